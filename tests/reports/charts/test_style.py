"""The palette: what is read and what is looked at keep their contrast in light and in dark, and nothing is fetched."""

from __future__ import annotations

import re

import pytest

from partnerkit.reports.charts import STYLE
from partnerkit.reports.charts.style import FORCED, PALETTE

#: What text stands on what, and what shape on what.
TEXT = [
    *(("ink", ground) for ground in ("paper", "soft", "shade-1", "shade-2", "shade-3", "shade-4")),
    *(
        ("muted", "paper"),
        ("muted", "soft"),
        ("link", "paper"),
        ("link", "soft"),
        ("on-fill", "fill"),
        ("paper", "ink"),
    ),
]
SHAPES = [
    *(("line", "paper"), ("line", "soft"), ("fill", "paper"), ("fill", "soft"), ("late", "paper")),
    *(("ink", ground) for ground in ("shade-1", "shade-2", "shade-3", "shade-4")),
]


def _light(colour: str) -> float:
    """How bright a colour is, as WCAG counts it."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_contrast_is_counted_as_wcag_does() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_shapes_stand_out(scheme: int) -> None:
    colours = {name: pair[scheme] for name, pair in PALETTE.items()}
    low = [(*pair, _contrast(*(colours[one] for one in pair))) for pair in TEXT]
    assert [one for one in low if one[2] < 4.5] == []
    low = [(*pair, _contrast(*(colours[one] for one in pair))) for pair in SHAPES]
    assert [one for one in low if one[2] < 3] == []


def test_the_style_uses_the_palette_alone() -> None:
    used = set(re.findall(r"var\(--chart-([a-z0-9-]+)\)", STYLE))
    assert used == set(PALETTE) == set(FORCED)
    rules = re.sub(r"--chart-[a-z0-9-]+:[^;}]+", "", STYLE)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", rules), "a colour that no scheme knows"
    assert not re.search(r"url\(|@import|expression|https?:", STYLE)
    assert STYLE.count("{") == STYLE.count("}")


def test_every_scheme_sets_the_whole_palette() -> None:
    blocks = re.findall(r"\{((?:--chart-[^{}]+)+)\}", STYLE)
    assert len(blocks) == 5
    for block in blocks:
        assert set(re.findall(r"--chart-([a-z0-9-]+):", block)) == set(PALETTE)
