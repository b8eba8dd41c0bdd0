"""The reports of a store beside each other: which agency is which, which version counts, what the years say together.

In: a store that its writer has open.  Out: its joined tables, over all reports, exactly as if all of them had been read
at once.  Refused: nothing; checks that crash stand in the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePath
from typing import Any

import pyarrow as pa

from parsing.audit.corpora import find_previous
from parsing.corpus.batches import to_table
from parsing.corpus.crosswise import FRAMES_JOINED, CrossRequest, Version, list_versions
from parsing.corpus.schema import JOINED
from parsing.corpus.store import Store
from parsing.corpus.summaries import summarise
from parsing.corpus.views import open_store
from parsing.extraction.identity import corpus_ids
from parsing.workers import WORKERS, Limits, Worker

# So many reports are worth a process of their own, which has to find all agencies and prints first.
REPORTS_A_PROCESS = 3_000
# A process may take its time over a group of reports, and needs room for the prints of all.
LIMITS = Limits(seconds=3_600, memory=16_000_000_000)
Tables = dict[str, list[pa.Table]]


def join_reports(store: Store) -> None:
    """Join all reports of a store."""
    with open_store(store) as connection:
        versions = list_versions(connection)
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
    joined["standing"] = to_table(list(place(versions, find_previous(versions), flags)), JOINED["standing"])
    store.keep_joined(joined, summarise)


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


def place(versions: Sequence[Version], previous: Sequence[int | str], flags: Counter[str]) -> Iterator[tuple[Any, ...]]:
    """What each report is among the others: whose, whether it counts, where in the order of the files, after which."""
    ids = corpus_ids(version.agency for version in versions if version.agency)
    latest = latest_of(versions, ids)
    by_file = sorted(range(len(versions)), key=lambda at: (PurePath(versions[at].source_file).parts, versions[at].part))
    positions = {at: position for position, at in enumerate(by_file)}
    for at, (version, before) in enumerate(zip(versions, previous, strict=True)):
        name = ids[version.agency] if version.agency else None
        before_id = versions[before].report_id if isinstance(before, int) else None
        yield version.report_id, name, at in latest, positions[at], before_id, flags[version.report_id]


def latest_of(versions: Sequence[Version], ids: Mapping[str, str]) -> set[int]:
    """Of the versions of one agency and year the one published last; of equal ones the one that came last."""
    best: dict[tuple[str, int | None], int] = {}
    for at, version in enumerate(versions):
        key = (ids[version.agency] if version.agency else version.report_id, version.year)
        if key not in best or version.published >= versions[best[key]].published:
            best[key] = at
    return set(best.values())
