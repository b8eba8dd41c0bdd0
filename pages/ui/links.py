"""Addresses inside the app: what travels from page to page, and links to one report, cell or flag.

In: identifiers of the frames.  Out: query parameters and page switches.  Other modules never spell a
parameter's name.
"""

from __future__ import annotations

import streamlit as st

# Filters that mean the same on every page and therefore stay when the page changes.
TRAVELLING = ("lang", "agency", "year", "versions")


def travelling_parameters() -> dict[str, list[str]]:
    """The parameters of the present address that the next page shall keep."""
    kept = {name: st.query_params.get_all(name) for name in TRAVELLING}
    return {name: values for name, values in kept.items() if values}


def read_parameter(name: str) -> str | None:
    """One parameter of the present address; None when it is not there or empty."""
    return st.query_params.get(name) or None


def write_parameter(name: str, value: str | None) -> None:
    """Put what is chosen into the address, so that it can be sent to someone."""
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def language_parameter() -> dict[str, list[str]]:
    """Only the language: a link to one report must not bring filters that hide it."""
    return {name: values for name, values in travelling_parameters().items() if name == "lang"}


def open_report(report_id: str, address: str | None = None, flag: str | None = None) -> None:
    """Go to one report, with one cell or one flag of it chosen."""
    chosen = {"report": report_id, "address": address, "flag": flag}
    st.switch_page(
        "pages/inspect.py",
        query_params={**language_parameter(), **{name: value for name, value in chosen.items() if value}},
    )


def link_report(label: str, report_id: str, address: str | None = None, flag: str | None = None) -> None:
    """A link to one report, with one cell or one flag of it chosen."""
    chosen = {"report": report_id, "address": address, "flag": flag}
    parameters = {**language_parameter(), **{name: value for name, value in chosen.items() if value}}
    st.page_link("pages/inspect.py", label=label, icon=":material/find_in_page:", query_params=parameters)


def link_flags(label: str, **parameters: str | list[str]) -> None:
    """A link to the list of flags, filtered."""
    st.page_link(
        "pages/flags.py", label=label, icon=":material/flag:", query_params={**language_parameter(), **parameters}
    )
