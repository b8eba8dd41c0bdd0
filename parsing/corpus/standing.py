"""Which file holds which report now, and in which order the reports would come if all files were read at once.

In: a connection with the tables of a store.  Out: a `Version` for each report that counts, and the files that say the
same as another one.  Refused: nothing.

A file holds what it held when it was last read.  What it held before are older versions: they stay, to be compared, but
stand behind whatever some file holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import duckdb

# Of each report its particulars, and the files that hold it or held it, with the number of the run.
REPORTS = "SELECT report_id, agency, year, coalesce(published_date, ''), source_file, part FROM own_reports"
SOURCES = """
SELECT report_id, path, source_file, run, run = newest FROM stored_sources
JOIN (SELECT path, max(run) AS newest, arg_max(report_id IS NULL, run) AS is_gone FROM stored_sources GROUP BY path)
USING (path) WHERE report_id IS NOT NULL AND NOT is_gone ORDER BY run, path, source_file
"""
DUPLICATE = "与 {} 的内容完全相同，只计一次。请确认是否重复报送。"
# Where a file comes in the order of `list_files`: by the parts of its path, and in an archive by the member's name.
Order = tuple[tuple[str, ...], str, int]


@dataclass(frozen=True, slots=True)
class Version:
    """A report: the file that it is read from, its place among all (`order`), the run that saw it first.

    `stands` says that some file holds it now; `copies` are the other ones that do, with their places.
    """

    report_id: str
    agency: str | None
    year: int | None
    published: str
    file: str
    order: Order
    run: int
    stands: bool
    copies: tuple[tuple[Order, str], ...]


def find_versions(connection: duckdb.DuckDBPyConnection) -> list[Version]:
    """The reports of a store: older versions first, then those that came in earlier runs, then in their order."""
    held: dict[str, set[tuple[str, str]]] = defaultdict(set)
    runs: dict[str, int] = {}
    last: dict[str, tuple[str, str]] = {}
    for report_id, path, file, run, stands in connection.execute(SOURCES).fetchall():
        runs.setdefault(report_id, run)
        last[report_id] = path, file
        if stands:
            held[report_id].add((path, file))
    versions = []
    for report_id, agency, year, published, file, part in connection.execute(REPORTS).fetchall():
        names = held.get(report_id) or {last.get(report_id, (file, file))}
        (order, first), *copies = sorted((order_of(*one, part), one[1]) for one in names)
        run, stands = runs.get(report_id, 0), report_id in held
        versions.append(Version(report_id, agency, year, published, first, order, run, stands, tuple(copies)))
    return sorted(versions, key=lambda one: (one.stands, one.run, one.order))


def order_of(path: str, file: str, part: int) -> Order:
    """
    >>> order_of("年报/a.zip", "年报/a.zip/b/c", 1)
    (('年报', 'a.zip'), '/b/c', 1)
    """
    return PurePath(path).parts, file.removeprefix(path), part


def latest_of(versions: Sequence[Version], ids: Mapping[str, str]) -> set[str]:
    """Of the versions of one agency and year the one that counts: that stands, was published last, came last."""
    best: dict[tuple[str, int | None], Version] = {}
    for one in versions:
        key = (ids[one.agency] if one.agency else one.report_id, one.year)
        if key not in best or (one.stands, one.published) >= (best[key].stands, best[key].published):
            best[key] = one
    return {one.report_id for one in best.values()}


def positions_of(versions: Sequence[Version]) -> dict[tuple[str, str], int]:
    """The place of each report, and of each of its copies, in the order of all files: by report and file."""
    places = [(one.order, one.report_id, one.file) for one in versions]
    places += [(order, one.report_id, file) for one in versions for order, file in one.copies]
    return {(report_id, file): at for at, (_, report_id, file) in enumerate(sorted(places))}
