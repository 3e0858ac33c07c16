"""Charts: values as figures for a page, each an inline drawing with its name, its description and its table.

Every function is pure, takes a value of this package and gives a `<figure>` that is HTML and XML at once; a page that
shows one needs `STYLE` once. Links are relative and given by the caller.
"""

from __future__ import annotations

from partnerkit.reports.charts.bars import Bar, Bars, bars
from partnerkit.reports.charts.columns import Column, Columns, columns
from partnerkit.reports.charts.diagram import Demand, Diagram, Stage, Way, diagram
from partnerkit.reports.charts.figure import Head
from partnerkit.reports.charts.lifecycle import lifecycle
from partnerkit.reports.charts.matrix import Item, Matrix, matrix
from partnerkit.reports.charts.shares import Share, Shares, shares
from partnerkit.reports.charts.strips import Strip, Strips, strips
from partnerkit.reports.charts.style import STYLE

__all__ = [
    "STYLE",
    "Bar",
    "Bars",
    "Column",
    "Columns",
    "Demand",
    "Diagram",
    "Head",
    "Item",
    "Matrix",
    "Share",
    "Shares",
    "Stage",
    "Strip",
    "Strips",
    "Way",
    "bars",
    "columns",
    "diagram",
    "lifecycle",
    "matrix",
    "shares",
    "strips",
]
