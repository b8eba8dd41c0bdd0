"""What the checks that look beyond their report say of the reports of a store.

In: the address of a store, and which share of its reports is wanted.  Out: the rows of their flags, ledger entries and
bindings, group by group.  Refused: nothing.

Reports are opened in groups of agencies, first without places: nearly all of them only have to be found in order.  One
in which a check finds something is opened again with everything, so that each flag has its places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from parsing.audit import JOINED as JOINED_CHECKS
from parsing.audit.companions import GOVERNMENTS
from parsing.audit.comparisons import bind_past_claims
from parsing.audit.copying import FORWARD_NOTED, OTHER_NOTED
from parsing.audit.corpora import find_previous
from parsing.audit.likeness import Company, Index
from parsing.audit.neighbours import Neighbours
from parsing.audit.runner import audit_view
from parsing.audit.views import ReportView
from parsing.corpus.batches import add_audited, to_ipc
from parsing.corpus.company import Surroundings, open_surroundings
from parsing.corpus.reports import OpenedReports, open_light
from parsing.corpus.schema import JOINED
from parsing.corpus.standing import Version, find_versions
from parsing.corpus.store import Store
from parsing.corpus.views import open_store
from parsing.extraction.identity import agency_id
from parsing.findings import AuditedReport

FRAMES_JOINED = ("flags", "checks", "bindings")
# So many reports are open at a time.
REPORTS_AT_A_TIME = 5_000

# Another report, the share from which on something is said of it, and the report whose words do not count.
Pair = tuple[int, float, int | None]


@dataclass(frozen=True, slots=True)
class CrossRequest:
    """A share of a store: every `parts`-th group of agencies, beginning with the `part`-th."""

    address: str
    part: int
    parts: int

    def answer(self) -> Iterator[Mapping[str, bytes] | None]:
        """The tables of each group in bytes; None at the end."""
        with open_store(Store.open(self.address)) as connection:
            versions = find_versions(connection)
            previous = find_previous(versions)
            surroundings = open_surroundings(connection, versions)
            for number, group in enumerate(groups_of(versions)):
                if number % self.parts == self.part:
                    found: dict[str, list[Any]] = {name: [] for name in FRAMES_JOINED}
                    for audited in audit_group(connection, group, versions, previous, surroundings):
                        add_audited(found, audited, FRAMES_JOINED)
                    yield {name: to_ipc(rows, JOINED[name]) for name, rows in found.items()}
        yield None


def groups_of(versions: Sequence[Version]) -> Iterator[list[int]]:
    """The places of the reports in groups that hold all reports of an agency or of its namesakes."""
    agencies: dict[str, list[int]] = defaultdict(list)
    for at, version in enumerate(versions):
        agencies[agency_id(version.agency) if version.agency else ""].append(at)
    unnamed = agencies.pop("", [])
    group: list[int] = []
    for places in (*agencies.values(), *([at] for at in unnamed)):
        group += places
        if len(group) >= REPORTS_AT_A_TIME:
            yield group
            group = []
    if group:
        yield group


def audit_group(
    connection: duckdb.DuckDBPyConnection, group: Sequence[int], versions: Sequence[Version],
    previous: Sequence[int | str], surroundings: Surroundings,
) -> Iterator[AuditedReport]:  # fmt: skip
    """What the joined checks say of a group of reports, and which claims speak of the year before."""
    whole = OpenedReports(connection, [version.report_id for version in versions])
    index = open_index(connection, group, whole.report_ids, previous, surroundings.near)
    light = open_light(connection, [versions[at].report_id for at in group])
    views: dict[int, ReportView] = {}
    for at in group:
        views[at] = ReportView(light[versions[at].report_id], surroundings.companions)
        views[at].company = Company(index, at) if index else None
    for at in group:
        set_previous(views, at, previous[at])
    found = {at: audit_view(views[at], JOINED_CHECKS) for at in group}
    # Whether a government speaks for its region stands in its prose.
    telling = [at for at in group if found[at].flags or views[at].report.particulars.level in GOVERNMENTS]
    surroundings.cells.open_wanted(connection)
    whole.open({one for at in telling for one in (at, previous[at]) if isinstance(one, int)})
    for at in telling:
        found[at] = audit_view(open_whole(whole, views, at, previous[at]), JOINED_CHECKS)
    for at, audited in found.items():
        yield replace(audited, bindings=bind_past_claims(views[at]))


def open_index(
    connection: duckdb.DuckDBPyConnection, group: Sequence[int], report_ids: Sequence[str],
    previous: Sequence[int | str], near: Neighbours | None,
) -> Index | None:  # fmt: skip
    """The index over all prose, in which that is open already which a report of the group may share much with."""
    if near is None:
        return None
    prose, wanted = OpenedReports(connection, report_ids, ("prose",)), set[int]()
    for at in group:
        found = previous[at]
        before = found if isinstance(found, int) else None
        pairs: list[Pair] = [(other, OTHER_NOTED, before) for other in near.nearest(at, before)]
        pairs += [(before, FORWARD_NOTED, None)] if before is not None else []
        for other, least, but in pairs:
            if near.may_share(at, other, least, but):
                wanted |= {at, other} | ({but} if but is not None else set())
    prose.open(wanted)
    return Index(prose, near=near)


def set_previous(views: dict[int, ReportView], at: int, before: int | str) -> None:
    """The view of the year before, or why there is none."""
    if isinstance(before, str):
        views[at].why_no_previous = before
    else:
        views[at].previous = views[before]


def open_whole(whole: OpenedReports, views: dict[int, ReportView], at: int, before: int | str) -> ReportView:
    """The view of a report with all its places, and of the one before it."""
    opened = {one: ReportView(whole[one], views[one].companions) for one in (at, before) if isinstance(one, int)}
    for one, view in opened.items():
        view.company = views[one].company
    set_previous(opened, at, before)
    return opened[at]
