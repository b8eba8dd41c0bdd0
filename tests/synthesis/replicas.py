"""Reports that keep the figures, layout and damage of reports met in the wild, retold in `replicas.toml`.

In: the TOML file, the agencies by short name.  Out: `Replica` objects with their facts and their logical report.
Refused: a figure for a cell that the report's layouts do not have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.synthesis.facts import Agency, Facts, Narrative, Printed, Value
from tests.synthesis.grids import draw_group
from tests.synthesis.logical import Block, Heading, LogicalReport, Prose
from tests.synthesis.prose import print_date


@dataclass(frozen=True, slots=True)
class Replica:
    """One retold report: its facts, its text, how it is written down, and the checks that it raises."""

    facts: Facts
    report: LogicalReport
    layout: str
    encoding: str
    damage: tuple[str, ...]
    raises: tuple[str, ...]


def cells_of(facts: Facts, entry: Mapping[str, Any]) -> dict[str, Value]:
    """All cells: zero but for the figures given, blank where a pattern says so."""
    blank = [re.compile(pattern) for pattern in entry.get("blank", ())]
    printed = {address: Printed(**cell) for address, cell in entry.get("printed", {}).items()}
    given = {**entry.get("figures", {}), **printed}
    addresses = [address for table in facts.tables() for address in table.addresses()]
    unknown = sorted(set(given) - set(addresses))
    if unknown:
        raise KeyError(f"{entry['short']} {entry['year']} has no cells {', '.join(unknown)}")
    return {
        address: None if any(one.fullmatch(address) for one in blank) else given.get(address, 0)
        for address in addresses
    }


def blocks_of(entry: Mapping[str, Any], facts: Facts) -> Iterator[Block]:
    for part in entry["parts"]:
        if "heading" in part:
            yield Heading(part["heading"], 1)
        yield from (Prose(line) for line in part["lines"])
        grid = draw_group(facts, part["table"]) if "table" in part else None
        if grid is not None:
            yield grid
    if facts.signed_date:
        yield from (Prose(facts.agency.name, "right"), Prose(print_date(facts.signed_date), "right"))


def build_replica(entry: Mapping[str, Any], agency: Agency) -> Replica:
    """One entry of the file as a report of an agency."""
    facts = Facts(
        agency,
        entry["year"],
        entry["layouts"],
        {},
        Narrative(disclosed_total=entry.get("disclosed_total")),
        signed_date=entry.get("signed_date"),
        published_date=entry.get("published_date"),
        filled_date=entry.get("filled_date"),
        omitted=frozenset(entry.get("omitted", ())),
        labels=entry.get("labels", {}),
    )
    facts = facts.with_cells(cells_of(facts, entry))
    report = LogicalReport(tuple(entry.get("metadata", ())), tuple(entry["title"]), tuple(blocks_of(entry, facts)))
    return Replica(facts, report, entry["layout"], entry["encoding"], tuple(entry["damage"]), tuple(entry["raises"]))


def load_replicas(agencies: Mapping[str, Agency]) -> dict[tuple[str, int], Replica]:
    """All retold reports by short name of the agency and year."""
    entries = tomllib.loads(Path(__file__).with_name("replicas.toml").read_text("utf-8"))["replicas"]
    return {(entry["short"], entry["year"]): build_replica(entry, agencies[entry["short"]]) for entry in entries}
