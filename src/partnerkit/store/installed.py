"""From where the partnerkit that runs here was installed, as its installer wrote it down (PEP 610)."""

from __future__ import annotations

import json
from importlib import metadata
from typing import Any

_NAME = "partnerkit"


def direct_url() -> dict[str, Any] | None:
    """What an installer noted of a place that was named to it; None where it came from a package index.

    Where nothing is known, nothing is in it.
    """
    try:
        noted = metadata.distribution(_NAME).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return {}
    if noted is None:
        return None
    try:
        found = json.loads(noted)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
