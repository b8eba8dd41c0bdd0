"""The reports of a store beside each other: which agency is which, which version counts, what the years say together.

In: a store that its writer has open.  Out: its joined tables, over all reports, exactly as if all of them had been read
at once.  Refused: nothing; checks that crash stand in the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from parsing.audit import JOINED as JOINED_CHECKS
from parsing.audit.comparisons import bind_claims
from parsing.audit.corpora import join_years
from parsing.audit.runner import audit_view
from parsing.corpus.batches import add_audited, to_table
from parsing.corpus.reports import open_reports
from parsing.corpus.schema import JOINED
from parsing.corpus.store import Store
from parsing.corpus.summaries import summarise
from parsing.corpus.views import open_store
from parsing.extraction.identity import corpus_ids

FRAMES_JOINED = ("flags", "checks", "bindings")


def join_reports(store: Store) -> None:
    """Join all reports of a store."""
    with open_store(store) as connection:
        rows = connection.execute(
            "SELECT r.report_id, r.agency, r.year, coalesce(r.published_date, ''), r.source_file, r.part, min(s.run)"
            " FROM own_reports r LEFT JOIN own_sources s USING (report_id) GROUP BY ALL"
        ).fetchall()
        rows.sort(key=lambda row: (row[6] or 0, PurePath(row[4]).parts, row[5]))
        reports = open_reports(connection, [row[0] for row in rows])
    views = join_years([reports[row[0]] for row in rows])
    found: dict[str, list[Any]] = {name: [] for name in JOINED}
    for view in views:
        audited = audit_view(view, JOINED_CHECKS)
        bound = tuple(one for one in bind_claims(view) if one.report_id)
        add_audited(found, replace(audited, bindings=bound), FRAMES_JOINED)
    ids = corpus_ids(row[1] for row in rows if row[1])
    latest = latest_of(rows, ids)
    positions = {row[0]: at for at, row in enumerate(sorted(rows, key=lambda row: (PurePath(row[4]).parts, row[5])))}
    flagged: dict[str, int] = {}
    for row in found["flags"]:
        flagged[row[1]] = flagged.get(row[1], 0) + 1
    for view, row in zip(views, rows, strict=True):
        key, agency = row[0], row[1]
        previous = view.previous.report_id if view.previous else None
        found["standing"].append(
            (key, ids[agency] if agency else None, key in latest, positions[key], previous, flagged.get(key, 0))
        )
    store.keep_joined({name: to_table(name, found[name], JOINED[name]) for name in JOINED}, summarise)


def latest_of(rows: Sequence[Any], ids: dict[str, str]) -> set[str]:
    """Of the versions of one agency and year the one published last; of equal ones the one that came last."""
    best: dict[tuple[str, int | None], Any] = {}
    for row in rows:
        key = (ids[row[1]] if row[1] else row[0], row[2])
        if key not in best or row[3] >= best[key][3]:
            best[key] = row
    return {row[0] for row in best.values()}
