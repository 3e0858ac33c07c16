"""A second opinion on what a text means, from a reader that shares no code with the first."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _loader() -> Any:
    # Imported here because it costs more than a whole command that only reads.
    from ruamel.yaml import YAML  # noqa: PLC0415
    from ruamel.yaml.constructor import SafeConstructor  # noqa: PLC0415

    class TextConstructor(SafeConstructor):
        """Keeps decimals, dates and timestamps as they are written."""

    for tag in ("float", "timestamp"):
        TextConstructor.add_constructor(f"tag:yaml.org,2002:{tag}", lambda _, node: str(node.value))
    loader = YAML(typ="safe", pure=True)
    loader.Constructor = TextConstructor
    return loader


def second_reading(text: str) -> Any:
    """What ruamel.yaml, by YAML 1.2, reads: decimals, dates and timestamps stay text.

    Raises:
        Exception: whatever ruamel.yaml raises where it refuses the text.
    """
    return _loader().load(text)
