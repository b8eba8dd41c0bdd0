"""Every word that the app itself says, in Chinese or in English.

In: Chinese wording as written in the pages, and codes of the frames.  Out: the wording of the language that
the reader chose.  Text from reports never passes through here, so that it is never translated.
"""

from __future__ import annotations

import gettext
import io
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import polib
import streamlit as st

from pages.ui.links import widget_key

LANGUAGES = {"zh": "中文", "en": "English"}
LOCALE = Path(__file__).parents[2] / "locale"
CODES = Path(__file__).with_name("wording.toml")


@cache
def read_catalogue(language: str) -> gettext.NullTranslations:
    """The translations of one language, compiled in memory so that no stale binary can lie beside the source."""
    if language == "zh":
        return gettext.NullTranslations()
    entries = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "app.po"))
    return gettext.GNUTranslations(io.BytesIO(entries.to_binary()))


@cache
def read_codes() -> Mapping[str, Mapping[str, str]]:
    """Group of codes → code → Chinese wording, from `wording.toml`."""
    return tomllib.loads(CODES.read_text("utf-8"))


def chosen_language() -> str:
    """The language of this reader: the switch in the sidebar, else the link, else Chinese.

    The link is asked too because the first run of a session draws words before it draws the switch.
    """
    chosen = st.session_state.get(widget_key("lang")) or st.query_params.get("lang")
    return chosen if chosen in LANGUAGES else "zh"


def say(text: str, /, **values: Any) -> str:
    """The wording in the reader's language, its {placeholders} filled in.

    The result is plain text: with a value from a report it may only go where nothing is interpreted.
    """
    spoken = read_catalogue(chosen_language()).gettext(text)
    return spoken.format(**values) if values else spoken


def name_code(group: str, code: Any) -> str:
    """What a code of the frames is called; an unknown code is shown as it is, a missing one as nothing."""
    if not isinstance(code, str):
        return ""
    known = read_codes().get(group, {}).get(code)
    return say(known) if known else code


def name_codes(group: str, codes: pd.Series) -> pd.Series:
    """`name_code` for a whole column; each code is looked up once, however many rows there are."""
    return codes.map({code: name_code(group, code) for code in codes.dropna().unique()}).astype("string")


def name_claim(metric: Any, dim: Any = None) -> str:
    """What a statement of the prose is about: 申请方式·信函."""
    parts = (name_code("metric", metric), name_code("dim", dim))
    return "·".join(part for part in parts if part)
