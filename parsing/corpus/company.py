"""What lies around each report of a store: peers, units and like texts, known without opening any report.

In: a connection to a store, and its reports in order.  Out: the figures that agencies are compared by, and the prints
of all prose.  Refused: nothing; a store of one report has no surroundings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import duckdb

from parsing.audit.companions import Companions
from parsing.audit.neighbours import Neighbours, common_sentences, group_agencies
from parsing.audit.prints import decode
from parsing.corpus.reports import open_light


class Placed(Protocol):
    """A report of the store, by its own facts."""

    @property
    def report_id(self) -> str: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def year(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the joined checks ask besides a report and the one before it."""

    companions: Companions
    near: Neighbours | None


def open_surroundings(connection: duckdb.DuckDBPyConnection, versions: Sequence[Placed]) -> Surroundings:
    """The surroundings of all reports of a store."""
    ids = [version.report_id for version in versions]
    light = open_light(connection, ids)
    return Surroundings(Companions([light[one] for one in ids]), open_neighbours(connection, versions))


def open_neighbours(connection: duckdb.DuckDBPyConnection, versions: Sequence[Placed]) -> Neighbours | None:
    """The prints of all reports; None where there is nothing to compare with."""
    if len(versions) < 2:
        return None
    stored = dict(connection.execute("SELECT report_id, print FROM own_prints").fetchall())
    prints = [decode(stored[version.report_id]) for version in versions]
    names = [version.agency for version in versions]
    groups = group_agencies(names)
    common = common_sentences(prints, groups)
    years, ids = [version.year for version in versions], [version.report_id for version in versions]
    return Neighbours(prints, names, years, ids, common, groups)
