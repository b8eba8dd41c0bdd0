"""Which cells of the tables a figure of the prose can mean: bindings.toml, applied to one report.

In: a metric and dim of the prose, and the view of a report.  Out: the sums of cells that it may stand for, in the order
in which they are tried, each with the sense in which it is then taken.  Refused (`BindingError`): an unknown key, a
meaning given twice; an address that no form has is refused by a test.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from parsing.audit.operands import SumOfCells
from parsing.audit.views import Layouts, ReportView, tables_with

FILE = Path(__file__).with_suffix(".toml")
Addresses = tuple[str, ...]


class BindingError(ValueError):
    """The file says something that the loader does not know."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One sense of a figure; what the fields say stands at the head of bindings.toml."""

    name: str
    cells: tuple[Addresses, ...]
    title: str = ""
    per: Addresses = ()
    each: bool = False
    counted: bool = False
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the figures of one metric and dim can stand for; the fields are explained in bindings.toml."""

    metric: str
    readings: tuple[Reading, ...]
    dim: str | None = None
    group: str = ""
    adds_up: bool = False
    years: tuple[int, ...] = (0,)


class Meant(NamedTuple):
    """What a figure means in one reading: the sum, and for a share the sum that it is a share of."""

    reading: Reading
    counted: SumOfCells
    base: SumOfCells | None


Entry = TypeVar("Entry", Reading, Meaning)


def frozen(value: Any) -> Any:
    return tuple(map(frozen, value)) if isinstance(value, list) else value


def make_entry(kind: type[Entry], table: Mapping[str, Any]) -> Entry:
    known = {one.name for one in fields(kind)}
    if unknown := sorted(table.keys() - known):
        raise BindingError(f"{FILE.name}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return kind(**{name: frozen(value) for name, value in table.items()})


def read_meanings(text: str) -> dict[tuple[str, str | None], Meaning]:
    """The meanings of a TOML text by metric and dim."""
    found: dict[tuple[str, str | None], Meaning] = {}
    for table in tomllib.loads(text)["meanings"]:
        readings = [make_entry(Reading, one) for one in table["readings"]]
        meaning = make_entry(Meaning, {**table, "readings": readings})
        key = meaning.metric, meaning.dim
        if key in found:
            raise BindingError(f"{FILE.name}: {meaning.metric} {meaning.dim or ''} is given twice")
        found[key] = meaning
    return found


@cache
def load_meanings() -> Mapping[tuple[str, str | None], Meaning]:
    return read_meanings(FILE.read_text("utf-8"))


def find_meaning(metric: str, dim: str | None = None) -> Meaning | None:
    """What a metric and dim can stand for in the tables; None where no form counts it."""
    return load_meanings().get((metric, dim))


def meanings_of(metric: str) -> list[Meaning]:
    """The meanings of a metric, dim by dim."""
    return [meaning for (name, _), meaning in load_meanings().items() if name == metric]


def first_cells(metric: str) -> tuple[str, ...]:
    """The cell of the first reading of a metric in every form that has it; of a sum, its first addend."""
    return tuple(addresses[0] for addresses in meanings_of(metric)[0].readings[0].cells)


def needed(metric: str) -> str:
    """The need of a check that compares a metric with its first reading, as the registry writes it."""
    return "|".join(first_cells(metric))


def on_form(alternatives: tuple[Addresses, ...], layouts: Layouts) -> Addresses:
    """The first of some lists of addresses that the tables of these layouts have, patterns spelled out; () for none."""
    known = dict.fromkeys(address for table in tables_with(layouts).values() for address in table.addresses())
    for addresses in alternatives:
        spelled = [spell_out(address, known) for address in addresses]
        if all(spelled):
            return tuple(address for found in spelled for address in found)
    return ()


class OnForm(NamedTuple):
    """A reading with its addresses in the tables of a form: added up, taken away, and those that a share is of."""

    reading: Reading
    added: Addresses
    less: Addresses
    base: Addresses


@lru_cache(maxsize=4096)
def readings_on(metric: str, dim: str | None, layouts: Layouts) -> tuple[OnForm, ...]:
    """The readings that the tables of these layouts have cells for."""
    found = []
    for reading in load_meanings()[metric, dim].readings:
        cells, base = on_form(reading.cells, layouts), on_form((reading.per,), layouts)
        if cells and (base or not reading.per):
            added = tuple(one for one in cells if one[0] != "-")
            less = tuple(one[1:] for one in cells if one[0] == "-")
            found.append(OnForm(reading, added, less, base))
    return tuple(found)


def spell_out(address: str, known: Mapping[str, None]) -> list[str]:
    """The addresses that one stands for, each with its sign, in the order of the form."""
    sign, pattern = ("-", address[1:]) if address.startswith("-") else ("", address)
    if "*" not in pattern:
        return [address] if pattern in known else []
    return [sign + one for one in known if fnmatchcase(one, pattern)]


def sums_of(view: ReportView, one: OnForm) -> list[SumOfCells]:
    """The sums that a reading stands for in a report: one, or one a cell, or none where nothing is counted."""
    reading, added, less = one.reading, one.added, one.less
    if reading.each:
        return [view.sum(cell) for cell in added if view.numbers.get(cell)] if len(added) > 1 else []
    if reading.counted:
        less = tuple(cell for cell in less if view.numbers.get(cell))
        if not less:
            return []
    return [view.sum(*added, less=less, name=reading.title if len(added) + len(less) > 1 else "")]


def list_meant(view: ReportView, meaning: Meaning) -> list[Meant]:
    """Everything that a figure can mean in a report, in the order in which it is tried."""
    return [
        Meant(one.reading, counted, view.sum(*one.base) if one.base else None)
        for one in readings_on(meaning.metric, meaning.dim, view.layouts)
        for counted in sums_of(view, one)
    ]


def sums_meant(view: ReportView, metric: str, dim: str | None = None, *, denied: bool = False) -> list[SumOfCells]:
    """The sums that a check compares a figure with; `denied` for the readings that only a figure of 0 has."""
    meaning = load_meanings()[metric, dim]
    return [one.counted for one in list_meant(view, meaning) if one.reading.denied == denied]
