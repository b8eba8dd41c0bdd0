"""Reads the TOML files of this folder into frozen dataclasses and search patterns.

In: a file name and the dataclass of its entries.  Out: tuples of entries; patterns are compiled once, at first use.
Refused: an unknown key, a missing key, a wording that is no valid pattern; the message names file and entry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

FOLDER = Path(__file__).parent
# What each file may hold.
TABLES: Mapping[str, frozenset[str]] = {
    "disclosure.toml": frozenset({"words", "units", "channels"}),
    "echoes.toml": frozenset({"echoes"}),
    "figures.toml": frozenset({"amounts"}),
    "guards.toml": frozenset({"guards", "units"}),
    "lists.toml": frozenset({"lists", "parts"}),
    "negations.toml": frozenset({"negations"}),
    "noise.toml": frozenset({"noise"}),
    "periods.toml": frozenset({"periods", "labels", "sections"}),
    "rates.toml": frozenset({"rates"}),
    "rules.toml": frozenset({"units", "rules"}),
    "topics.toml": frozenset({"topics"}),
}

Entry = TypeVar("Entry")


class WordingError(ValueError):
    """A wording file says something that the loader does not know."""


class Wordings(tuple[str, ...]):
    """The wordings of one list; `pattern` finds any of them and is compiled at first use.

    A list keeps its pattern itself: looking it up by all its words would take longer than most searches.
    """

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compile_words(self)


@cache
def read_file(name: str) -> Mapping[str, Any]:
    """The tables of one TOML file of this folder."""
    tables = tomllib.loads((FOLDER / name).read_text("utf-8"))
    if unknown := sorted(tables.keys() - TABLES[name]):
        raise WordingError(f"{name}: unknown table {', '.join(unknown)}; known are {', '.join(sorted(TABLES[name]))}")
    return tables


def make_entry(kind: type[Entry], table: Mapping[str, Any], origin: str) -> Entry:
    """One dataclass of one TOML table; lists become `Wordings`."""
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(table) - known)
    if unknown:
        raise WordingError(f"{origin}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    try:
        return kind(**{key: Wordings(value) if isinstance(value, list) else value for key, value in table.items()})
    except TypeError as error:
        raise WordingError(f"{origin}: {error}") from error


def load_entries(name: str, key: str, kind: type[Entry]) -> tuple[Entry, ...]:
    """All entries of the array of tables `key` in file `name`, in the order of the file."""
    tables = read_file(name)[key]
    return tuple(make_entry(kind, table, f"{name}, {key} {number}") for number, table in enumerate(tables, 1))


def load_words(name: str, key: str, kind: type[Entry]) -> Entry:
    """The single table `key` of file `name`: lists of wordings by what they are for."""
    return make_entry(kind, read_file(name)[key], f"{name}, {key}")


def one_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of the wordings; one that finds nothing where there are none.

    >>> one_of(("微博", "微信(?!群)")).findall("微信群、微博、微信")
    ['微博', '微信']
    """
    return words.pattern if isinstance(words, Wordings) else compile_words(words)


@cache
def compile_words(words: tuple[str, ...]) -> re.Pattern[str]:
    try:
        return re.compile("|".join(words) if words else r"(?!)")
    except re.error as error:
        raise WordingError(f"{words}: {error}") from error


def last_match(pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The last place where a pattern matches between two indices."""
    found = None
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        found = match
    return found


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of a few plain words stands in the text."""
    return any(word in text for word in words)
