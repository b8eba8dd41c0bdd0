"""The app's own words: all of them translated, placeholders kept, codes named, reports left as they are."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import polib
import pytest

from pages.ui.wording import CODES, LANGUAGES, LOCALE
from parsing.model import CellStatus
from tests.app.conftest import OpenApp
from tests.app.wordings import collect_wordings

WORDINGS = collect_wordings()
TRANSLATED = [language for language in LANGUAGES if language != "zh"]


def catalogue(language: str) -> dict[str, str]:
    path = LOCALE / language / "LC_MESSAGES" / "app.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if not entry.obsolete}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_wording_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = {text: place for text, place in WORDINGS.items() if not known.get(text)}
    assert missing == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_over(language: str) -> None:
    assert sorted(set(catalogue(language)) - WORDINGS.keys()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_survive_translation(language: str) -> None:
    differing = {
        text: translated
        for text, translated in catalogue(language).items()
        if placeholders(text) != placeholders(translated)
    }
    assert differing == {}


def test_a_translation_is_no_chinese() -> None:
    names_of_characters = {"万", "亿"}
    for translated in catalogue("en").values():
        assert not {char for char in translated if "\u4e00" <= char <= "\u9fff"} - names_of_characters


def test_every_status_has_a_name() -> None:
    codes = tomllib.loads(Path(CODES).read_text("utf-8"))
    assert {status.value for status in CellStatus} == codes["status"].keys()


def test_the_english_page_keeps_the_words_of_reports(open_app: OpenApp) -> None:
    app = open_app(None, "flags", lang=["en"])
    assert app.title[0].value == "Flags"
    shown = app.dataframe[0].value
    assert set(shown["consequence"]) <= {"Must correct", "Must explain", "Note"}
    assert all(any("\u4e00" <= char <= "\u9fff" for char in message) for message in shown["message"])


def test_the_language_stays_when_the_page_changes(open_app: OpenApp) -> None:
    app = open_app(None)
    switch = next(one for one in app.segmented_control if one.key == "overview.lang")
    switch.set_value("en").run()
    app.switch_page("pages/method.py").run()
    assert app.title[0].value == "Method"
