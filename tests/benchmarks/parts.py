"""`make bench`: what the prose of a report costs beside its tables.

In: report files.  Out: a table of median milliseconds: the reader, the tables of the forms, the prose with its claims,
and the ratio of the last two.  Each report is read once, as in a folder.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsing.extraction.cells import extract_cells
from parsing.extraction.claims import extract_claims
from parsing.extraction.particulars import read_particulars
from parsing.extraction.prose import read_prose
from parsing.extraction.sections import read_sections
from parsing.extraction.tokens import tokenise
from parsing.readers import read_document
from parsing.repairs import mend_document

PARTS = ("reading", "tables", "prose")


def measure(data: bytes) -> tuple[float, ...]:
    """Milliseconds of each of `PARTS` for one file."""
    clock = [time.perf_counter()]
    document, _ = mend_document(read_document(data))
    clock.append(time.perf_counter())
    tokens = tokenise(document)
    tables = extract_cells(tokens)
    clock.append(time.perf_counter())
    _, passages = read_sections(read_prose(tokens, tables.used))
    particulars, _ = read_particulars(passages)
    extract_claims(passages, particulars)
    clock.append(time.perf_counter())
    return tuple((after - before) * 1000 for before, after in pairwise(clock))


def lines(files: Sequence[bytes]) -> Iterator[str]:
    """The table as Markdown; the first file is read before the clock starts."""
    measure(files[0])
    gc.collect()
    gc.freeze()
    times = [measure(data) for data in files[1:]]
    medians = [statistics.median(column) for column in zip(*times, strict=True)]
    ratio = statistics.median(prose / tables for _, tables, prose in times)
    yield f"{len(times)} reports, medians in ms; goal of the ratio: 1.0"
    yield ""
    yield "| " + " | ".join(PARTS) + " | prose / tables |"
    yield "|--:" * (len(PARTS) + 1) + "|"
    yield "| " + " | ".join(f"{value:.2f}" for value in medians) + f" | {ratio:.2f} |"
