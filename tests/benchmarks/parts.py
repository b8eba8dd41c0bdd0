"""`make bench`: what the prose of a report costs beside its tables.

In: report files.  Out: two tables of median milliseconds.  The first takes reports apart by the rooms: the reader, the
tables of the forms, the prose with its claims.  The second goes the whole way, bytes to flags, with made-up reports
that hold only their prose, or only their tables.  Each file is read once, as in a folder.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parsing.audit import audit_reports
from parsing.extraction.cells import extract_cells
from parsing.extraction.claims import extract_claims
from parsing.extraction.particulars import read_particulars
from parsing.extraction.prose import read_prose
from parsing.extraction.sections import read_sections
from parsing.extraction.tokens import tokenise
from parsing.pipeline import parse_bytes
from parsing.readers import read_document
from parsing.repairs import mend_document
from tests.synthesis.grids import Grid
from tests.synthesis.logical import LogicalReport, build_report
from tests.synthesis.variants import facts_of
from tests.synthesis.writers.press import print_reports

PARTS = ("reading", "tables", "prose")
FORMS = ("B", "D")
KINDS = ("html_clean", "docx")
SEEDS = range(31, 47)


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
    yield f"{len(times)} reports, medians in ms; the goal of both ratios is at most 1.0"
    yield ""
    yield "| " + " | ".join(PARTS) + " | prose / tables |"
    yield "|--:" * (len(PARTS) + 1) + "|"
    yield "| " + " | ".join(f"{value:.2f}" for value in medians) + f" | {ratio:.2f} |"


def whole_way(files: Sequence[bytes]) -> float:
    """The median milliseconds from the bytes of a file to its flags; the first file is read before the clock starts."""
    times = []
    for data in files:
        started = time.perf_counter()
        audit_reports(parse_bytes(data, "report"))
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[1:])


def half_of(report: LogicalReport, is_tables: bool) -> LogicalReport:
    return replace(report, blocks=tuple(block for block in report.blocks if isinstance(block, Grid) == is_tables))


def halves() -> Iterator[str]:
    """The second table as Markdown."""
    yield "| form | file | whole report | only its prose | only its tables | prose / tables |"
    yield "|---|---|--:|--:|--:|--:|"
    for form in FORMS:
        reports = {str(seed): build_report(facts_of(form, seed)) for seed in SEEDS}
        for kind in KINDS:
            halves_of = [{name: half_of(one, side) for name, one in reports.items()} for side in (False, True)]
            printed = [print_reports(some, kind) for some in (reports, *halves_of)]
            whole, prose, tables = (whole_way([*files.values()]) for files in printed)
            yield f"| {form} | {kind} | {whole:.2f} | {prose:.2f} | {tables:.2f} | {prose / tables:.2f} |"
