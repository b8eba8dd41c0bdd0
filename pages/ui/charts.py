"""Charts: one palette, one size, labels and units in words.  Every chart stands beside its table.

In: tidy rows with a figure in `value`.  Out: drawn Plotly charts.  Names from reports are escaped, since
Plotly reads a little HTML in its labels.  Missing figures leave a gap; they are no zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.ui.measures import BARS_SHOWN, Bars
from pages.ui.wording import say

# Okabe and Ito (2008), in an order in which neighbours differ in lightness too.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7f7f7f", "#b8a900")
CONSEQUENCE_COLOURS = {"correct": "#d55e00", "explain": "#e69f00", "note": "#56b4e9"}
HEIGHT = 340


def show_chart(figure: go.Figure, name: str) -> None:
    """Draw a chart without the tool bar; `name` is what a screen reader says."""
    st.plotly_chart(figure, key=f"chart-{name}", alt=name, config={"displayModeBar": False})


def lay_out(figure: go.Figure, across: str, up: str, *, height: int = HEIGHT) -> go.Figure:
    """Margins, legend and axis titles that all charts share."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "title": None, "traceorder": "normal"},
        barmode="stack",
        bargap=0.3,
        hoverlabel={"namelength": -1},
    )
    figure.update_xaxes(title=across, automargin=True, rangemode="tozero")
    figure.update_yaxes(title=up, automargin=True, rangemode="tozero")
    return figure


def show_stack(
    bars: Bars, names: Mapping[str, str], unit: str, title: str, by: str = "year", *, share: bool = False
) -> None:
    """Stacked bars by year or by agency with what they leave out; the parts are named by `names`."""
    if bars.rows.empty:
        st.text(say("所选报告没有可以画成图的数。"))
        return
    draw = stack_years if by == "year" else stack_agencies
    show_chart(draw(bars.rows, names, unit, share=share), title)
    say_what_is_cut(bars.agencies, BARS_SHOWN)
    if bars.undated:
        st.caption(say("另有 {count} 份报告没有写明年度，图中不列。", count=bars.undated))


def stack_years(rows: pd.DataFrame, names: Mapping[str, str], unit: str, *, share: bool = False) -> go.Figure:
    """Columns by year, one colour for each `part` of `names`; `share` shows per cent of the year's sum."""
    sums = (
        rows.groupby(["year", "part"])["value"]
        .sum(min_count=1)
        .unstack("part")
        .reindex(columns=list(names))
        .astype("float64")
    )
    values = sums.div(sums.sum(axis=1), axis=0).mul(100) if share else sums
    unit = "%" if share else unit
    figure = go.Figure()
    for (part, name), colour in zip(names.items(), colours_of(names), strict=True):
        figure.add_bar(
            x=[str(year) for year in values.index],
            y=values[part].fillna(0),
            name=escape(name),
            marker_color=colour,
            customdata=write_values(values[part], unit),
            hovertemplate=f"%{{x}} {escape(name)}：%{{customdata}}<extra></extra>",
        )
    figure.update_xaxes(type="category")
    figure.update_yaxes(tickformat=",")
    return lay_out(figure, say("年度"), say("占比（%）") if share else say("数量（{unit}）", unit=say(unit)))


def stack_agencies(rows: pd.DataFrame, names: Mapping[str, str], unit: str, *, share: bool = False) -> go.Figure:
    """Bars by agency, longest on top, one colour for each part; at most `BARS_SHOWN` agencies."""
    sums = (
        rows.groupby(["agency", "part"])["value"]
        .sum(min_count=1)
        .unstack("part")
        .reindex(columns=list(names))
        .astype("float64")
    )
    sums = sums.loc[sums.sum(axis=1).sort_values(ascending=False).index[:BARS_SHOWN][::-1]]
    values = sums.div(sums.sum(axis=1), axis=0).mul(100) if share else sums
    unit = "%" if share else unit
    figure = go.Figure()
    for (part, name), colour in zip(names.items(), colours_of(names), strict=True):
        figure.add_bar(
            y=[escape(agency) for agency in values.index],
            x=values[part].fillna(0),
            name=escape(name),
            orientation="h",
            marker_color=colour,
            customdata=write_values(values[part], unit),
            hovertemplate=f"%{{y}} {escape(name)}：%{{customdata}}<extra></extra>",
        )
    across = say("占比（%）") if share else say("数量（{unit}）", unit=say(unit))
    figure.update_xaxes(tickformat=",")
    return lay_out(figure, across, "", height=max(HEIGHT, 90 + 24 * len(sums)))


def write_values(values: pd.Series, unit: str) -> list[str]:
    """What the pointer shows; a part without a figure has a bar of no length, and says that it has none.

    Plotly starts a stack anew after a gap, so that a gap would put the parts above it in the wrong place.
    """
    return [say("无数据") if pd.isna(value) else f"{value:,.6g} {say(unit)}" for value in values]


def colours_of(names: Mapping[str, str]) -> list[str]:
    """A colour for each part: by consequence where the parts are consequences, else in the palette's order."""
    return [CONSEQUENCE_COLOURS.get(part, PALETTE[at % len(PALETTE)]) for at, part in enumerate(names)]


def say_what_is_cut(total: int, shown: int) -> None:
    """Under a chart by agency: how many agencies it leaves out."""
    if total > shown:
        st.caption(say("图中是数量最多的 {shown} 个机关，共 {total} 个；表中是全部。", shown=shown, total=total))


def draw_lines(rows: pd.DataFrame, years: Sequence[int], unit: str) -> go.Figure:
    """One line per agency over the years; a year without a figure breaks the line."""
    figure = go.Figure()
    lines = sorted(rows["agency"].unique())
    for agency, colour in zip(lines, [PALETTE[at % len(PALETTE)] for at in range(len(lines))], strict=True):
        values = rows[rows["agency"] == agency].set_index("year")["value"]
        figure.add_scatter(
            x=[str(year) for year in years],
            y=[None if pd.isna(values.get(year)) else float(values[year]) for year in years],
            name=escape(agency),
            mode="lines+markers",
            connectgaps=False,
            line={"color": colour},
            hovertemplate=f"%{{x}} {escape(agency)}：%{{y:,.6~g}} {unit}<extra></extra>",
        )
    figure.update_xaxes(type="category")
    figure.update_yaxes(tickformat=",")
    return lay_out(figure, say("年度"), say("数量（{unit}）", unit=say(unit)))
