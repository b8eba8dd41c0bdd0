"""Stores for the tests of the pages: of a folder, and of reports made by hand.

In: files, or reports.  Out: a `Shelf`, as a page gets it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa

from pages.ui.chosen import Selection
from pages.ui.data import Shelf, shelf_at
from parsing.corpus.batches import Batch, Piece, to_table
from parsing.corpus.ingest import ingest
from parsing.corpus.joining import join_reports
from parsing.corpus.schema import JOINED, TABLES
from parsing.corpus.store import Store
from parsing.corpus.summaries import MARK, summarise
from parsing.model import Report
from parsing.requests import FileInput

# A table of the store by its name, changed as a test wants it.
Edit = Callable[[str, pa.Table], pa.Table]


def read_folder(folder: Path, address: Path) -> Shelf:
    """The files of a folder, read into a store."""
    ingest([folder], address, is_mirror=True)
    return shelf_at(str(address))


def shelve(reports: Sequence[Report], address: Path, edit: Edit | None = None) -> Shelf:
    """Reports as a store, as if each had been read from a file; `edit` changes what is found about them."""
    batch = Batch(run=1, parser="")
    for report in reports:
        batch.add(Piece(FileInput(report.source.file, b""), 0, 0), report.source.sha256, (report,))
    tables = {name: to_table(rows, TABLES[name]) for name, rows in batch.rows.items() if rows}
    with Store.writing(address) as store:
        store.add({name: edit(name, table) if edit else table for name, table in tables.items()})
        join_reports(store)
        if edit:
            joined = {name: store.place.read_table(str(store.joined_file(name))) for name in JOINED}
            store.keep_joined([(name, edit(name, table)) for name, table in joined.items()], summarise, MARK)
    return shelf_at(str(address))


def choose(shelf: Shelf, *report_ids: str) -> Selection:
    """Some reports of a store; nothing chosen means all."""
    if not report_ids:
        return Selection(shelf, "true", ())
    return Selection(shelf, f"report_id IN ({', '.join('?' * len(report_ids))})", report_ids)
