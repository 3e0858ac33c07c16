"""Templates of pages: every value is encoded on its way in, and nothing is printed that is not there."""

from __future__ import annotations

import functools
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from partnerkit.reports.encode import terminal


def _inert(value: Any) -> Any:
    """A value without controls and direction marks; that it is no markup, the template's own escaping sees to."""
    return value if isinstance(value, Markup) or value is None else terminal(str(value))


@functools.cache
def templates() -> Environment:
    """The templates of a site."""
    return Environment(
        loader=PackageLoader("partnerkit.reports.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def page(template: str, **values: Any) -> bytes:
    """A page from its template."""
    return templates().get_template(template).render(**values).encode("utf-8", "backslashreplace")
