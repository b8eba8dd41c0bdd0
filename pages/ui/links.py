"""Addresses inside the app: what a page's address says, what travels to the next page, links to one thing.

In: identifiers of the frames and choices of filters.  Out: query parameters and page switches.  Addresses hold
codes, never wording, so that a link means the same in every language.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

# Filters that mean the same on every page and therefore stay when the page changes.
TRAVELLING = ("lang", "agency", "year", "versions")


def enter_page(stem: str) -> None:
    """Note which page is drawn, so that its widgets have names of their own."""
    st.session_state["page"] = stem
    for name in TRAVELLING:
        # The menu is drawn before the filters, and its links must carry what was just chosen there.
        if (key := widget_key(name)) in st.session_state:
            write_choice(name, as_list(st.session_state[key]))


def widget_key(name: str) -> str:
    """The key of a widget on this page; a page that is entered anew takes its choices from the address."""
    return f"{st.session_state.get('page', '')}.{name}"


def as_list(value: object) -> list[str]:
    """What a widget holds as the values of a parameter: nothing for None and off, 1 for on."""
    if isinstance(value, list):
        return value
    return [] if value in (None, False) else ["1" if value is True else str(value)]


def read_choice(name: str, options: Sequence[str]) -> list[str]:
    """The values of a parameter that are among the options; unknown ones are ignored."""
    return [value for value in st.query_params.get_all(name) if value in options]


def read_values(name: str) -> list[str]:
    """The values of a parameter, whatever they are."""
    return st.query_params.get_all(name)


def write_choice(name: str, values: Sequence[str]) -> None:
    """Put a choice into the address; an empty one leaves it."""
    if not values:
        st.query_params.pop(name, None)
    elif st.query_params.get_all(name) != list(values):
        st.query_params[name] = list(values)


def read_parameter(name: str) -> str | None:
    """One parameter of the present address; None when it is not there or empty."""
    return st.query_params.get(name) or None


def write_parameter(name: str, value: str | None) -> None:
    """Put one chosen thing into the address, so that it can be sent to someone."""
    write_choice(name, [value] if value else [])


def travelling_parameters() -> dict[str, list[str]]:
    """The parameters of the present address that the next page shall keep."""
    kept = {name: st.query_params.get_all(name) for name in TRAVELLING}
    return {name: values for name, values in kept.items() if values}


def with_language(**chosen: str | None) -> dict[str, str | list[str]]:
    """Parameters of a link: what is chosen and the language, but no filters that could hide it."""
    language = {name: values for name, values in travelling_parameters().items() if name == "lang"}
    return {**language, **{name: value for name, value in chosen.items() if value}}


def open_report(report_id: str) -> None:
    """Go to one report."""
    st.switch_page("pages/inspect.py", query_params=with_language(report=report_id))


def open_flags(agency: str) -> None:
    """Go to the flags of one agency."""
    st.switch_page("pages/flags.py", query_params=with_language(agency=agency))


def link_report(label: str, report_id: str, flag: str | None = None) -> None:
    """A link to one report, with one flag of it chosen."""
    parameters = with_language(report=report_id, flag=flag)
    st.page_link("pages/inspect.py", label=label, icon=":material/find_in_page:", query_params=parameters)


def link_flags(label: str, **chosen: str) -> None:
    """A link to the list of flags, filtered."""
    st.page_link("pages/flags.py", label=label, icon=":material/flag:", query_params=with_language(**chosen))
