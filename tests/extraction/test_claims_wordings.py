"""The wording files of the claims: what the loader refuses, and that every wording can be met."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from parsing.extraction.claims import channels, echoes, figures, guards, lists, negations, periods, rates, rules, topics
from parsing.extraction.claims import wordings as files

# The loader of every file, and a table of it that gets a key too many.
LOADERS: dict[str, tuple[Callable[[], Any], str]] = {
    "disclosure.toml": (channels.channels, "[[channels]]"),
    "echoes.toml": (echoes.echo_words, "[echoes]"),
    "figures.toml": (figures.load_amount_words, "[amounts]"),
    "guards.toml": (guards.guards, "[guards]"),
    "lists.toml": (lists.list_words, "[lists]"),
    "negations.toml": (negations.denials, "[negations.things]"),
    "noise.toml": (figures.load_noise, "[[noise]]"),
    "periods.toml": (periods.period_words, "[periods]"),
    "rates.toml": (rates.rate_words, "[rates]"),
    "rules.toml": (rules.load_rules, "[[rules]]"),
    "topics.toml": (topics.load_topics, "[[topics]]"),
}


def forget() -> None:
    """Drop what was loaded, so that the files are read again."""
    files.read_file.cache_clear()
    for load, _ in LOADERS.values():
        load.cache_clear()  # type: ignore[attr-defined]


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The wording files where a test may spoil them."""
    for name in files.TABLES:
        shutil.copy(files.FOLDER / name, tmp_path)
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    forget()
    yield tmp_path
    forget()


def test_every_file_of_the_folder_is_known() -> None:
    assert {path.name for path in files.FOLDER.glob("*.toml")} == set(files.TABLES) == set(LOADERS)


@pytest.mark.parametrize("name", LOADERS)
def test_an_unknown_key_is_refused(copies: Path, name: str) -> None:
    load, table = LOADERS[name]
    text = (copies / name).read_text("utf-8")
    (copies / name).write_text(text.replace(table, f"{table}\ncolour = ['red']", 1), "utf-8")
    with pytest.raises(files.WordingError, match="colour"):
        load()


@pytest.mark.parametrize("name", LOADERS)
def test_an_unknown_table_is_refused(copies: Path, name: str) -> None:
    text = (copies / name).read_text("utf-8")
    (copies / name).write_text(f"{text}\n[colours]\nred = 1\n", "utf-8")
    with pytest.raises(files.WordingError, match="colours"):
        LOADERS[name][0]()


def test_a_rule_with_an_unknown_topic_is_refused(copies: Path) -> None:
    rule = "\n[[rules]]\nmetric = 'fee_yuan'\nwords = ['费']\nunits = 'money'\ntopics = ['weather']\n"
    with (copies / "rules.toml").open("a", encoding="utf-8") as stream:
        stream.write(rule)
    with pytest.raises(files.WordingError, match="weather"):
        rules.load_rules()


def test_a_topic_defined_twice_is_refused(copies: Path) -> None:
    with (copies / "topics.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n[[topics]]\ncode = 'review'\nwords = ['复议']\n")
    with pytest.raises(files.WordingError, match="twice"):
        topics.load_topics()


def test_a_wording_that_is_no_pattern_is_refused() -> None:
    with pytest.raises(files.WordingError):
        files.one_of(("(",))


def test_no_wording_matches_nothing_at_all() -> None:
    words = [word for topic in topics.load_topics().values() for word in topic.words]
    words += [word for rule in rules.load_rules() for word in (*rule.words, *rule.without)]
    assert [word for word in words if files.one_of((word,)).fullmatch("")] == []


def test_every_topic_of_no_metric_says_what_it_is() -> None:
    used = {topic for rule in rules.load_rules() for topic in rule.topics} | {"disclosure"}
    assert {code for code, topic in topics.load_topics().items() if not topic.reason} == used - {rules.NO_TOPIC}
