"""Tables and headline figures: one look for all, one safe way to save each as a file.

In: frames with code names as columns.  Out: drawn tables with a CSV button each.  Values without a figure
are shown as the word for what they are (空白, 未读 …), never as 0 and never as an empty space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.measures import Total
from pages.ui.wording import name_code, say
from parsing.columns import FRAMES
from parsing.export import to_csv_bytes

# More rows than this make the browser slow; the file has all of them, and the page says so.
ROWS_SHOWN = 1000
SHADES = {
    "blank": "background-color: #eef1f4; color: #5b6775",
    "not_applicable": "background-color: #eef1f4; color: #5b6775",
    "unread": "background-color: #fdebd3; color: #7a4100",
    "absent": "background-color: #fdebd3; color: #7a4100",
    "conflict": "background-color: #fbe3d6; color: #8a2f00",
    "partial": "background-color: #fff6e0; color: #6b4e00",
    "none": "color: #8a95a1",
    "correct": "background-color: #fbe0d2; color: #8a2f00; font-weight: 600",
    "explain": "background-color: #fdf0d0; color: #6b4e00",
    "note": "background-color: #e3eff8; color: #0b4a78",
}


def format_number(value: Any) -> str:
    """1234.0 → 1,234; decimals as printed, at most four; nothing for a missing value."""
    if pd.isna(value):
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4f}".rstrip("0")


def format_measure(value: Any, state: str, missing: int) -> str:
    """The figure of a measure, or the word for why there is none."""
    if pd.isna(value):
        return name_code("state", state)
    text = format_number(value)
    if state == "partial":
        return say("{text}（缺 {missing} 格）", text=text, missing=missing)
    return say("约 {text}", text=text) if state == "approx" else text


def pad_figures(texts: pd.Series) -> pd.Series:
    """Figures padded to one width, so that the grid, which sorts texts, sorts them by size and words after them.

    A column that holds both figures and words (空白) can only be a text column.
    """
    width = max((len(text) for text in texts.dropna()), default=0)
    return texts.map(lambda text: text.rjust(width) if text[:1].isdigit() else text, na_action="ignore")


def show_totals(totals: Sequence[tuple[str, Total, str]]) -> None:
    """Headline sums; under each stands how many reports are not in it."""
    show_facts([(label, write_total(total, unit), write_gap(total)) for label, total, unit in totals])


def write_total(total: Total, unit: str) -> str:
    return say("无数据") if total.value is None else f"{format_number(total.value)} {say(unit)}"


def write_gap(total: Total) -> str:
    """How many reports the sum is made of, and how many it lacks."""
    if total.missing:
        return say("{counted} 份合计，{missing} 份缺数", counted=total.counted, missing=total.missing)
    return say("{counted} 份合计", counted=total.counted)


def show_facts(facts: Sequence[tuple[str, str, str]]) -> None:
    """Headline facts: label, value, remark.  Only wording and figures of our own; nothing from a report."""
    for column, (label, value, remark) in zip(st.columns(len(facts), gap="small"), facts, strict=True):
        with column.container(border=True, gap=None, height="stretch"):
            st.metric(label, value)
            st.caption(remark or "\u2003")


def show_table(
    frame: pd.DataFrame,
    name: str,
    labels: Mapping[str, str],
    *,
    shades: pd.DataFrame | None = None,
    figures: Iterable[str] = (),
    wide: Iterable[str] = (),
    saved: pd.DataFrame | None = None,
    height: int | str = "auto",
    nothing: str | None = None,
    **selection: Any,
) -> Any:
    """Draw a table with the columns of `labels` and the button that saves it; the selection if one is asked for.

    `shades` holds styles cell by cell, `figures` are columns of padded figures, `wide` those with long text,
    `saved` is what goes into the file when that is more than what is shown, `nothing` what is said of no rows.
    A `height` in pixels is the most that the table takes.
    """
    if frame.empty:
        say_nothing(nothing)
        return None
    shown = frame[list(labels)].head(ROWS_SHOWN)
    state = draw_table(st, shown, name, labels, shades, figures, wide, height, **selection)
    if len(frame) > ROWS_SHOWN:
        st.caption(say("共 {total} 行，这里列出前 {shown} 行；下载的文件是全部。", total=len(frame), shown=ROWS_SHOWN))
    offer_csv(frame[list(labels)].rename(columns=labels) if saved is None else saved, name)
    return state.selection if selection else None


def say_nothing(nothing: str | None) -> None:
    """What stands in the place of a table without rows."""
    st.text(nothing or say("没有符合条件的内容。请放宽上面的筛选条件。"))


def draw_table(
    place: Any,
    shown: pd.DataFrame,
    name: str,
    labels: Mapping[str, str],
    shades: pd.DataFrame | None,
    figures: Iterable[str],
    wide: Iterable[str],
    height: int | str,
    **selection: Any,
) -> Any:
    """Draw rows in a place of the page; the state of the table if a selection is asked for."""
    return place.dataframe(
        style_table(shown, shades),
        hide_index=True,
        height=fit_height(len(shown), height),
        placeholder="—",
        alt=name,
        column_config={code: configure(code, label, set(figures), set(wide)) for code, label in labels.items()},
        **selection,
    )


def show_glossary(frame: pd.DataFrame, name: str, labels: Mapping[str, str]) -> None:
    """A table whose cells wrap, for explanations of our own; it reads Markdown, so nothing from a report comes here."""
    shown = frame[list(labels)].rename(columns=labels)
    st.table(shown, hide_index=True, border="horizontal")
    offer_csv(shown, name)


def fit_height(rows: int, height: int | str) -> int | str:
    """A table of few rows is as high as they are: heading and rows take 35 pixels each."""
    return "content" if isinstance(height, int) and (rows + 1) * 35 + 3 <= height else height


def style_table(shown: pd.DataFrame, shades: pd.DataFrame | None) -> Any:
    """Figures as people write them, and the styles of `shades`."""
    floats = [name for name in shown if pd.api.types.is_float_dtype(shown[name].dtype)]
    styled = shown.style.format(format_number, subset=floats)
    return styled if shades is None else styled.apply(lambda _: shades.loc[shown.index, list(shown)], axis=None)


def configure(code: str, label: str, figures: set[str], wide: set[str]) -> Any:
    if code in figures:
        return st.column_config.TextColumn(label, alignment="right")
    return st.column_config.Column(label, width="large" if code in wide else None)


def offer_csv(frame: pd.DataFrame, name: str, label: str | None = None) -> None:
    """The button that saves a frame; the file is made when the button is pressed."""
    offer_file(label or say("下载 CSV"), lambda: to_csv_bytes(frame), f"{name}.csv", "text/csv")


def offer_file(label: str, make: Callable[[], bytes], file_name: str, mime: str) -> None:
    """A button that saves a file, which is made when the button is pressed."""
    st.download_button(
        label,
        data=make,
        file_name=file_name,
        mime=mime,
        key=f"save-{file_name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def shade_states(states: pd.DataFrame) -> pd.DataFrame:
    """The style of each cell from its state; only for the rows that a page shows."""
    return states.head(ROWS_SHOWN).map(lambda state: SHADES.get(state, "") if isinstance(state, str) else "")


def label_columns(frame: str, names: Iterable[str]) -> dict[str, str]:
    """Headings of some columns of a frame, from the column dictionary."""
    known = {column.name: column.label for column in FRAMES[frame]}
    return {name: say(known[name]) for name in names}
