"""The demonstration district: the facts of every report, year after year, with what is planted in them.

In: `district.toml`, the replicas, the plants.  Out: `Sample` objects, one a file.  Refused: a plant in a year that has
no report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.synthesis.borrowing import COPIED, borrow
from tests.synthesis.clean import layouts_due, next_facts, opening_after, tell
from tests.synthesis.facts import Agency, Facts, Narrative, Value
from tests.synthesis.forms import Opening
from tests.synthesis.logical import LogicalReport, build_report
from tests.synthesis.plants import PLANTS, Plant
from tests.synthesis.replicas import Replica, load_replicas
from tests.synthesis.twists import (
    BUSY_YEARS,
    OF_APPLICATIONS,
    OFFICE_ALONE,
    QUOTED_WRONGLY,
    TWISTED_OPENINGS,
    WRONG_LAYOUTS,
    quote_wrongly,
)
from tests.synthesis.writers import KINDS

FIRST_YEAR, LAST_YEAR = 2011, 2024
# What the retold reports say of the year before them: 548 items are 6.2 % more than 516; 98 is quoted.
TOTALS_BEFORE_REPLICAS = {("砚池镇", 2019): 516, ("鹤汀镇", 2019): 98}
# How a file is written down that none of `KINDS` writes: text in a layout, a report retold, and what is no report.
TEXT, RETOLD, RUBBISH = "text", "retold", "rubbish"
TEXT_FORMAT = "txt"
PLANTED = {**PLANTS, **COPIED}


@dataclass(frozen=True, slots=True)
class Sample:
    """One report file: what it states, how it is written down, what must be found in it.

    `name` is the path below the folder of samples, through the archive for a member of one.  Layout and encoding are
    those of a text and empty for any other kind.
    """

    name: str
    facts: Facts
    report: LogicalReport
    kind: str
    layout: str
    encoding: str
    damage: tuple[str, ...]
    raises: tuple[str, ...]
    plant: Plant | None

    @property
    def format(self) -> str:
        """The format that the file must be recognised as."""
        return TEXT_FORMAT if self.kind == TEXT else KINDS[self.kind].format


@cache
def load_plan() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("district.toml").read_text("utf-8"))


@cache
def load_agencies() -> dict[str, Agency]:
    """The agencies by short name, the district's government first."""
    plan = load_plan()
    known = {one.name for one in fields(Agency)}
    entries = [{"region": plan["region"], **entry} for entry in plan["agencies"]]
    return {entry["short"]: Agency(**{key: entry[key] for key in entry if key in known}) for entry in entries}


@cache
def replicas() -> dict[tuple[str, int], Replica]:
    return load_replicas(load_agencies())


def restate_total(facts: Facts, total: int, before: int | None) -> Facts:
    """The same year with another total of items disclosed."""
    return tell(replace(facts, narrative=Narrative(disclosed_total=total)), before)


@cache
def history(short: str, is_planted: bool = True) -> Mapping[int, Facts]:
    """The facts of an agency of its own in every year, with what is planted between years or with nothing planted."""
    agency, seed = load_agencies()[short], load_plan()["seed"]
    provincial = next(entry.get("provincial") for entry in load_plan()["agencies"] if entry["short"] == short)
    years: dict[int, Facts] = {}
    opening = Opening()
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        key = (short, year)
        if key in replicas():
            years[year] = replicas()[key].facts
        else:
            layouts = layouts_due(year, provincial)
            if is_planted:
                opening = TWISTED_OPENINGS.get(key, lambda same: same)(opening)
                layouts = WRONG_LAYOUTS.get(key, layouts)
            ends_clear = (short, year + 1) in replicas()
            applications = BUSY_YEARS.get(key, agency.applications)
            busy = replace(agency, applications=applications)
            years[year] = next_facts(busy, year, seed, opening, layouts, ends_clear)
            if key in TOTALS_BEFORE_REPLICAS:
                years[year] = restate_total(years[year], TOTALS_BEFORE_REPLICAS[key], opening.disclosed)
        opening = opening_after(years[year])
    return years


def add_up(facts: Facts, units: list[Facts]) -> dict[str, Value]:
    """The cells of the district: its own and those of all its agencies that fill in the same national table.

    Provincial tables differ from agency to agency and are not added up.
    """
    indicators = facts.layouts.get("indicators")
    units = [unit for unit in units if unit.layouts.get("indicators") == indicators and indicators in (None, "B")]
    return {
        address: round(float(value) + sum(float(unit.count(address)) for unit in units), 2)
        if isinstance(value, float)
        else value + sum(unit.count(address) for unit in units)
        for address, value in facts.cells.items()
        if isinstance(value, int | float)
    }


@cache
def district_history() -> Mapping[int, Facts]:
    """The district government reports for the whole district: what its agencies report is in its figures."""
    agencies = list(load_agencies())
    whole, total_before = {}, None
    for year, own in history(agencies[0]).items():
        units = [history(short, is_planted=False)[year] for short in agencies[1:]]
        facts = replace(own, cells=add_up(own, units))
        if year in OFFICE_ALONE:
            alone = {address: own.cells[address] for address in own.cells if address.startswith(OF_APPLICATIONS)}
            facts = facts.with_cells(alone)
        total = facts.count("b.disclosed_total") or facts.count("a.a_disclosed_total")
        whole[year] = restate_total(facts, total or own.narrative.disclosed_total or 0, total_before)
        total_before = whole[year].narrative.disclosed_total
    return whole


def facts_of(short: str, year: int) -> Facts:
    """What the report of an agency states, with what is planted in it."""
    years = district_history() if short == next(iter(load_agencies())) else history(short)
    facts = years[year]
    if (short, year) in QUOTED_WRONGLY:
        facts = quote_wrongly(facts, years[year - 1])
    return PLANTED[short, year].change(facts) if (short, year) in PLANTED else facts


def file_name(entry: Mapping[str, Any], year: int, written: str) -> str:
    """The path of a report below the folder; a kind may name the suffix that its file bears."""
    kind, _, suffix = written.partition(".")
    suffix = suffix or (KINDS[kind].suffix if kind in KINDS else TEXT_FORMAT)
    folder = f"{archive}/" if (archive := load_plan()["archives"].get(str(year))) else ""
    return f"{folder}青岚区_{entry.get('file', entry['short'])}_{year}.{suffix}"


def planned_files() -> Iterator[tuple[Mapping[str, Any], int, list[str]]]:
    """Agency, year and writing of every file, in the order of the plan."""
    for entry in load_plan()["agencies"]:
        for year, writing in entry["files"].items():
            yield entry, int(year), writing


def unreadable_names() -> list[str]:
    """The files that are no text."""
    return [file_name(entry, year, writing[0]) for entry, year, writing in planned_files() if writing == [RUBBISH]]


def report_of(facts: Facts, plant: Plant | None) -> LogicalReport:
    """The report of these facts, in the words of another one where the plant says so."""
    report = build_report(facts)
    if plant is None or plant.source is None:
        return report
    source = facts_of(*plant.source)
    return borrow(report, facts.agency, build_report(source), source.agency)


def make_sample(entry: Mapping[str, Any], year: int, writing: list[str]) -> Sample:
    """One file of the plan."""
    short, name = entry["short"], file_name(entry, year, writing[0])
    if writing == [RETOLD]:
        told = replicas()[short, year]
        layout, encoding = told.layout, told.encoding
        return Sample(name, told.facts, told.report, TEXT, layout, encoding, told.damage, told.raises, None)
    kind = writing[0].partition(".")[0]
    layout, encoding, *kinds = writing[1:] if kind == TEXT else ("", "", *writing[1:])
    facts, plant = facts_of(short, year), PLANTED.get((short, year))
    checks = (plant.check,) if plant else ()
    return Sample(name, facts, report_of(facts, plant), kind, layout, encoding, tuple(kinds), checks, plant)


@cache
def load_samples() -> tuple[Sample, ...]:
    """Every report file of the district, in the order of agencies and years."""
    files = [one for one in planned_files() if one[2] != [RUBBISH]]
    planned = {(entry["short"], year) for entry, year, _ in files}
    if not planned >= set(PLANTED):
        raise ValueError(f"planted in reports that do not exist: {sorted(set(PLANTED) - planned)}")
    return tuple(make_sample(*one) for one in files)
