"""How charts look: one palette for light, one for dark, one of the reader's own where colours are forced."""

from __future__ import annotations

#: The palette in light and in dark. What text stands on keeps 4.5:1, what lines and shapes stand on 3:1.
PALETTE = {
    "paper": ("#ffffff", "#14181d"),
    "ink": ("#1b2430", "#e8ecf1"),
    "muted": ("#566171", "#a3afbd"),
    "grid": ("#dfe4ea", "#2c343d"),
    "line": ("#77828f", "#7f8b98"),
    "fill": ("#2f6690", "#6fa8d0"),
    "on-fill": ("#ffffff", "#10151a"),
    "soft": ("#e9f0f6", "#1e2a35"),
    "late": ("#a8421c", "#e79a72"),
    "link": ("#1d5580", "#8cc0e4"),
    "shade-1": ("#f4f6f8", "#1b2127"),
    "shade-2": ("#f6e7c8", "#3a3222"),
    "shade-3": ("#eebb90", "#6b3d20"),
    "shade-4": ("#e79c84", "#7a2b22"),
}

#: The same where the reader's own colours are forced: nothing is told by shade there, everything by line and word.
FORCED = {
    "paper": "Canvas",
    "ink": "CanvasText",
    "muted": "CanvasText",
    "grid": "GrayText",
    "line": "CanvasText",
    "fill": "CanvasText",
    "on-fill": "Canvas",
    "soft": "Canvas",
    "late": "CanvasText",
    "link": "LinkText",
    "shade-1": "Canvas",
    "shade-2": "Canvas",
    "shade-3": "Canvas",
    "shade-4": "Canvas",
}


def _properties(index: int) -> str:
    return "".join(f"--chart-{name}:{pair[index]};" for name, pair in PALETTE.items())


_FORCED = "".join(f"--chart-{name}:{value};" for name, value in FORCED.items())

#: All that charts need of a page's style sheet. Where the reader may choose, `data-theme` stands on the page's root.
STYLE = f"""
:root{{{_properties(0)}}}
@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{_properties(1)}}}}}
:root[data-theme=dark]{{{_properties(1)}}}
@media print{{:root,:root[data-theme]{{{_properties(0)}}}}}
@media (forced-colors:active){{:root,:root[data-theme]{{{_FORCED}}}}}
.chart{{margin:0;color:var(--chart-ink);font-family:system-ui,sans-serif}}
.chart figcaption{{margin:0 0 .6rem}}
.chart-title{{display:block;font-weight:600;font-size:1rem;line-height:1.3}}
.chart-note{{display:block;color:var(--chart-muted);font-size:.8125rem;line-height:1.4;margin-top:.15rem;max-width:36rem}}
.chart-none{{color:var(--chart-muted);margin:.5rem 0}}
.chart svg{{display:block;width:100%;height:auto;max-width:27rem;forced-color-adjust:none}}
.chart text{{fill:var(--chart-ink);font-size:13px}}
.chart text.small{{font-size:11px}}
.chart text.muted{{fill:var(--chart-muted)}}
.chart text.strong{{font-weight:600}}
.chart text.mid{{text-anchor:middle}}
.chart text.end{{text-anchor:end}}
.chart text,.chart td{{font-variant-numeric:tabular-nums}}
.chart a{{color:var(--chart-link)}}
.chart svg a text.led{{fill:var(--chart-link);text-decoration:underline 1px;text-underline-offset:2px}}
.chart svg a:hover text.led{{text-decoration-thickness:2px}}
.chart svg a:focus-visible{{outline:2px solid var(--chart-link);outline-offset:2px}}
.chart .fill{{fill:var(--chart-fill)}}
.chart .late{{fill:var(--chart-late)}}
.chart .open{{fill:var(--chart-paper);stroke:var(--chart-line);stroke-width:1}}
.chart .hatch{{stroke:var(--chart-paper);stroke-width:2}}
.chart .grid{{stroke:var(--chart-grid);stroke-width:1}}
.chart .axis{{stroke:var(--chart-line);stroke-width:1}}
.chart .range{{stroke:var(--chart-line);stroke-width:2;stroke-linecap:round}}
.chart .middle{{fill:var(--chart-fill);stroke:var(--chart-paper);stroke-width:2}}
.chart .cell{{stroke:var(--chart-line);stroke-width:1}}
.chart .shade-1{{fill:var(--chart-shade-1)}}
.chart .shade-2{{fill:var(--chart-shade-2)}}
.chart .shade-3{{fill:var(--chart-shade-3)}}
.chart .shade-4{{fill:var(--chart-shade-4)}}
.chart .dot{{fill:var(--chart-ink)}}
.chart svg text.on-dot,.chart svg a text.on-dot.led{{fill:var(--chart-paper)}}
.chart text.halo{{paint-order:stroke;stroke:var(--chart-paper);stroke-width:3px;stroke-linejoin:round}}
.chart .way{{fill:none;stroke:var(--chart-line);stroke-width:1.5}}
.chart .way.main{{stroke:var(--chart-fill);stroke-width:2.5}}
.chart .way.back{{stroke-dasharray:4 3}}
.chart .parting{{fill:none;stroke:var(--chart-paper);stroke-width:6}}
.chart .head{{fill:var(--chart-line)}}
.chart .head.main,.chart .start{{fill:var(--chart-fill)}}
.chart .frame{{fill:var(--chart-paper);stroke:var(--chart-line);stroke-width:1}}
.chart .frame.usual{{fill:var(--chart-soft);stroke:var(--chart-fill);stroke-width:1.5}}
.chart .frame.here{{fill:var(--chart-soft);stroke:var(--chart-ink);stroke-width:3}}
.chart .inner{{fill:none;stroke:var(--chart-line);stroke-width:1}}
.chart .pill.none{{fill:var(--chart-paper);stroke:var(--chart-line);stroke-width:1}}
.chart .pill.some{{fill:var(--chart-fill)}}
.chart text.on-some{{fill:var(--chart-on-fill)}}
.chart text.name{{font-size:12.5px}}
.chart-cited{{color:var(--chart-muted)}}
.chart details{{margin-top:.5rem;font-size:.8125rem}}
.chart summary{{cursor:pointer;color:var(--chart-muted);width:max-content}}
.chart td a{{display:inline-block;padding:.2rem 0}}
.chart-tables{{overflow-x:auto}}
.chart-tables:focus-visible{{outline:2px solid var(--chart-link);outline-offset:2px}}
.chart table{{border-collapse:collapse;margin:.4rem 0 0}}
.chart caption{{text-align:left;color:var(--chart-muted);padding:.2rem 0}}
.chart th,.chart td{{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;font-weight:400}}
.chart th,.chart td{{border-bottom:1px solid var(--chart-grid);overflow-wrap:break-word;min-width:4em;max-width:20em}}
.chart thead th{{color:var(--chart-muted);border-bottom-color:var(--chart-line)}}
.chart-hidden{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
@media print{{.chart{{break-inside:auto}}.chart figcaption{{break-after:avoid}}}}
@media print{{.chart svg,.chart table,.chart tr{{break-inside:avoid}}.chart-tables{{overflow:visible}}}}
@media print{{.chart summary{{display:none}}.chart ::details-content{{content-visibility:visible;display:block}}}}
"""
