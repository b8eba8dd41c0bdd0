"""The only door through which markup reaches the browser: one style sheet and the components of our own.

In: data for the components.  Out: what was clicked.  Markup, styles and scripts are the constant files in
`assets/`; text from a report travels as data and is made a text node there, so it is never interpreted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).with_name("assets")


def read_asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


SOURCE_CSS, SOURCE_JS = read_asset("source.css"), read_asset("source.js")
FORM_CSS, FORM_JS = read_asset("form.css"), read_asset("form.js")
PROSE_CSS, PROSE_JS = read_asset("prose.css"), read_asset("prose.js")
READINGS_CSS, READINGS_JS = read_asset("readings.css"), read_asset("readings.js")
PASSAGES_CSS, PASSAGES_JS = read_asset("passages.css"), read_asset("passages.js")

source_text = st.components.v2.component("source_text", html='<div class="source"></div>', css=SOURCE_CSS, js=SOURCE_JS)
official_form = st.components.v2.component(
    "official_form", html='<div class="form"><table></table></div>', css=FORM_CSS, js=FORM_JS
)

marked_prose = st.components.v2.component(
    "marked_prose",
    html='<div class="legend"></div><div class="prose"></div>',
    css=PROSE_CSS,
    js=PROSE_JS,
)
readings_of_figure = st.components.v2.component(
    "readings_of_figure", html='<div class="readings"></div>', css=READINGS_CSS, js=READINGS_JS
)

paired_passages = st.components.v2.component(
    "paired_passages",
    html='<div class="legend"></div><div class="passages"></div>',
    css=PASSAGES_CSS,
    js=PASSAGES_JS,
)


def apply_style(language: str) -> None:
    """The few rules that the theme cannot express, and Chinese for the words that Streamlit draws itself."""
    st.html(ASSETS / "page.css")
    if language == "zh":
        st.html(ASSETS / "page.zh.css")


def draw_source(lines: Sequence[Mapping[str, Any]], height: int, key: str) -> None:
    """Numbered lines: `number`, `text`, `marks` (each `from`, `to`, `chosen`; columns from 0, end excluded)."""
    source_text(data={"lines": list(lines), "height": height}, key=key)


def draw_form(head: Sequence[Any], body: Sequence[Any], chosen: str | None, key: str) -> str | None:
    """A table from rows of boxes (`text`, `across`, `down`, `address` …); the address just clicked, or None."""
    result = official_form(data={"head": head, "body": body, "chosen": chosen}, key=key, on_picked_change=lambda: None)
    return result.picked if isinstance(result.picked, str) else None


def draw_prose(text: Mapping[str, Any], key: str) -> str | None:
    """`paragraphs` (`line`, `kind`, `pieces`: texts, and marks with `id`, `kind`, `hint`), `legend`, the `chosen` mark
    and the `height` in pixels; the mark just chosen, or None."""
    result = marked_prose(data=dict(text), key=key, on_picked_change=lambda: None)
    return result.picked if isinstance(result.picked, str) else None


def draw_readings(readings: Sequence[Any], key: str) -> str | None:
    """Cards (`name`, `outcome`, `verdict`, `cells`, `total`); the address of the cell just chosen, or None."""
    result = readings_of_figure(data={"readings": list(readings)}, key=key, on_picked_change=lambda: None)
    return result.picked if isinstance(result.picked, str) else None


def draw_passages(text: Mapping[str, Any], key: str) -> None:
    """`heads` of both sides, `pairs` of sides (`line`; `pieces`: `text`, `kind`, `hint`), `legend`, the `height`."""
    paired_passages(data=dict(text), key=key)
