"""The reports of a store beside each other: which agency is which, which version counts, what the years say together.

In: a store that its writer has open.  Out: its joined tables, over all reports, exactly as if all of them had been read
at once.  Refused: nothing; checks that crash stand in the ledger.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from parsing.audit import JOINED as JOINED_CHECKS
from parsing.audit.comparisons import bind_claims
from parsing.audit.corpora import join_years
from parsing.audit.runner import audit_view
from parsing.corpus.batches import add_audited, to_table
from parsing.corpus.reports import open_reports
from parsing.corpus.schema import JOINED
from parsing.corpus.standing import DUPLICATE, find_versions, latest_of, positions_of
from parsing.corpus.store import Store
from parsing.corpus.views import open_store
from parsing.extraction.identity import corpus_ids

FRAMES_JOINED = ("flags", "checks", "bindings")
# The number of a row that comes after those of any report.
LAST = 1_000_000


def join_reports(store: Store) -> None:
    """Join all reports of a store."""
    with open_store(store) as connection:
        versions = find_versions(connection)
        reports = open_reports(connection, [one.report_id for one in versions])
    views = join_years([reports[one.report_id] for one in versions])
    found: dict[str, list[Any]] = {name: [] for name in JOINED}
    for view in views:
        audited = audit_view(view, JOINED_CHECKS)
        bound = tuple(one for one in bind_claims(view) if one.report_id)
        add_audited(found, replace(audited, bindings=bound), FRAMES_JOINED)
    ids = corpus_ids(one.agency for one in versions if one.agency)
    latest, positions = latest_of(versions, ids), positions_of(versions)
    flagged = Counter(row[1] for row in found["flags"])
    for view, one in zip(views, versions, strict=True):
        key, file = one.report_id, one.file
        previous = view.previous.report_id if view.previous else None
        agency = ids[one.agency] if one.agency else None
        found["standing"].append((key, file, agency, key in latest, positions[key, file], previous, flagged[key]))
        for _, copy in one.copies:
            message = DUPLICATE.format(file)
            found["problems"].append((key, copy, "duplicate_file", message, "", None, LAST, positions[key, copy]))
    store.keep_joined({name: to_table(name, found[name], JOINED[name]) for name in JOINED})
