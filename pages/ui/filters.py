"""The filters of the pages; each is in the address, so that a filtered page can be sent to someone.

In: options by their codes.  Out: the codes that are chosen.  Streamlit's own binding writes the wording of an option
into the address, which changes with the language; here it is the code.  Option texts from reports stand only in
selection boxes, which show them as plain text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.ui.links import read_choice, widget_key, write_choice
from pages.ui.wording import say

CONSEQUENCES = ("correct", "explain", "note")


def choose_many(name: str, label: str, options: Sequence[str], names: Mapping[str, str] | None = None) -> list[str]:
    """Several of the options, none meaning all; `names` says what the codes are called."""
    known = names or {}
    key = widget_key(name)
    kept = st.session_state.get(key)
    st.session_state[key] = (
        read_choice(name, options) if kept is None else [option for option in kept if option in options]
    )
    chosen = st.multiselect(
        label,
        options,
        key=key,
        format_func=lambda option: known.get(option, option),
        placeholder=say("全部"),
    )
    write_choice(name, chosen)
    return chosen


def choose_switch(name: str, label: str, remark: str) -> bool:
    """Something on or off, off unless the address says 1."""
    key = widget_key(name)
    if key not in st.session_state:
        st.session_state[key] = bool(read_choice(name, ["1"]))
    chosen = st.toggle(label, key=key, help=remark)
    write_choice(name, ["1"] if chosen else [])
    return chosen


def choose_view(name: str, label: str, views: Mapping[str, str], start: str | None = None) -> str:
    """One of a few views of the same thing; `start`, or else the first one, unless another is chosen."""
    default = start or next(iter(views))
    key = widget_key(name)
    if (wanted := st.session_state.pop(f"{key}.next", None)) in views:
        st.session_state[key] = wanted
    if st.session_state.get(key) not in views:
        st.session_state[key] = next(iter(read_choice(name, list(views))), default)
    chosen = st.segmented_control(
        label,
        list(views),
        required=True,
        format_func=lambda code: views.get(code, code),
        key=key,
        label_visibility="collapsed",
    )
    write_choice(name, [] if chosen == default else [chosen])
    return chosen


def open_view(name: str, code: str) -> None:
    """Draw the page again with another view: a widget that is already drawn takes no other value."""
    st.session_state[f"{widget_key(name)}.next"] = code
    st.rerun()
