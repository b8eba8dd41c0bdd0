"""The reports of a store beside each other: which agency is which, which version counts, what the years say together.

In: a store that its writer has open.  Out: its joined tables, over all reports, exactly as if all of them had been read
at once.  Refused: nothing; checks that crash stand in the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import duckdb
import pyarrow as pa

from parsing.audit.corpora import find_previous
from parsing.corpus.batches import to_table
from parsing.corpus.crosswise import FRAMES_JOINED, CrossRequest
from parsing.corpus.place import ROWS_A_GROUP
from parsing.corpus.schema import JOINED
from parsing.corpus.standing import DUPLICATE, Version, find_versions, latest_of, positions_of
from parsing.corpus.store import NamedTable, Store
from parsing.corpus.summaries import MARK, summarise
from parsing.corpus.views import SETTINGS, open_store, spill_folder
from parsing.extraction.identity import corpus_ids
from parsing.workers import WORKERS, Limits, Worker

# So many reports are worth a process of their own, which has to find all agencies and prints first.
REPORTS_A_PROCESS = 3_000
# A process may take its time over a group of reports, and needs room for the prints of all.
LIMITS = Limits(seconds=3_600, memory=16_000_000_000)
# The number of a row that comes after those of any report.
LAST = 1_000_000
Tables = dict[str, list[pa.Table]]


def join_reports(store: Store) -> None:
    """Join all reports of a store."""
    with open_store(store) as connection:
        versions = find_versions(connection)
    tables: Tables = {name: [to_table([], JOINED[name])] for name in FRAMES_JOINED}
    processes = max(1, min(WORKERS.count, len(versions) // REPORTS_A_PROCESS))
    requests = [CrossRequest(store.place.address, part, processes) for part in range(processes)]
    with ThreadPoolExecutor(processes) as threads:
        answers = threads.map(ask, requests) if processes > 1 else map(answer_here, requests)
        for answer in answers:
            for name, found in answer.items():
                tables[name] += found
    joined = {name: pa.concat_tables(parts) for name, parts in tables.items()}
    flags = Counter(joined["flags"]["report_id"].to_pylist())
    joined["standing"] = to_table(list(place(versions, flags)), JOINED["standing"])
    joined["problems"] = to_table(list(name_copies(versions)), JOINED["problems"])
    store.keep_joined(by_report(joined), summarise, MARK)


def by_report(tables: Mapping[str, pa.Table]) -> Iterator[NamedTable]:
    """The rows sorted by report, by and by: so those of one report are found without reading those of all."""
    for name, table in tables.items():
        order = "report_id, seq" if "seq" in table.schema.names else "report_id"
        with duckdb.connect(config={**SETTINGS, "temp_directory": spill_folder()}) as connection:
            connection.register("found", table)
            rows = connection.sql(f"SELECT * FROM found ORDER BY {order}").to_arrow_reader(ROWS_A_GROUP)
            yield name, rows.cast(table.schema)


def ask(request: CrossRequest) -> Tables:
    """The tables of one part of the reports, worked out in a process of its own."""
    worker = Worker(LIMITS)
    try:
        worker.send(request)
        return collect(iter(worker.receive, None))
    finally:
        worker.end()


def answer_here(request: CrossRequest) -> Tables:
    return collect(one for one in request.answer() if one is not None)


def collect(answers: Iterator[Mapping[str, bytes]]) -> Tables:
    tables: Tables = {}
    for answer in answers:
        for name, data in answer.items():
            tables.setdefault(name, []).append(pa.ipc.open_stream(data).read_all())
    return tables


def place(versions: Sequence[Version], flags: Mapping[str, int]) -> Iterator[tuple[Any, ...]]:
    """What each report is among the others: its file, whose it is, whether it counts, its place, the one before it."""
    ids = corpus_ids(one.agency for one in versions if one.agency)
    latest, positions = latest_of(versions, ids), positions_of(versions)
    for one, before in zip(versions, find_previous(versions), strict=True):
        key, agency = one.report_id, ids[one.agency] if one.agency else None
        previous = versions[before].report_id if isinstance(before, int) else None
        yield key, one.file, agency, key in latest, positions[key, one.file], previous, flags.get(key, 0)


def name_copies(versions: Sequence[Version]) -> Iterator[tuple[Any, ...]]:
    """The files that say the same as another one, as problems."""
    positions = positions_of(versions)
    for one in versions:
        for _, copy in one.copies:
            message = DUPLICATE.format(one.file)
            yield one.report_id, copy, "duplicate_file", message, "", None, LAST, positions[one.report_id, copy]
