"""`make bench`: whole reports in every format beside what people would use to read the same files.

In: made-up reports of the form in use, as web pages, Word, pdf and workbook.  Out: a table of medians and ratios, and
of how many reports table 3 comes out right.  This program does the whole work, from the bytes to cells, claims and
flags; the rivals only read.  All take turns on the same files in one run, so that a busy machine slows every one
alike.  Each file is another report and is read once, as in a folder: whatever remembers pieces of text knows the
labels of the form, which every report repeats, and nothing else of the file.
"""

from __future__ import annotations

import gc
import importlib
import io
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx as word
import openpyxl
import pandas as pd
import pypdfium2

from parsing.audit import audit_reports
from parsing.findings import AuditedReport
from parsing.pipeline import parse_bytes
from tests.synthesis.facts import Facts
from tests.synthesis.logical import build_report
from tests.synthesis.variants import facts_of
from tests.synthesis.writers.press import print_reports

FILES = 15
SLOW_FILES = 3
FIRST_SEED = 31
FORM = "D"
Rows = list[list[str]]
Read = Callable[[bytes], Rows]


@dataclass(frozen=True, slots=True)
class Rival:
    """One way to read a file, the kind of file, and the ratio to it that this program promises (0: none)."""

    name: str
    kind: str
    read: Read
    limit: float


def pandas_html(data: bytes) -> Rows:
    tables = pd.read_html(io.BytesIO(data))
    return [[str(value) for value in row] for table in tables for row in table.to_numpy().tolist()]


def selectolax_text(data: bytes) -> Rows:
    parser = importlib.import_module("selectolax.lexbor").LexborHTMLParser(data.decode("utf-8", "replace"))
    return [parser.body.text(separator="\n").split("\n")]


def python_docx(data: bytes) -> Rows:
    document = word.Document(io.BytesIO(data))
    rows = [[paragraph.text] for paragraph in document.paragraphs]
    return rows + [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def kreuzberg_docx(data: bytes) -> Rows:
    kreuzberg = importlib.import_module("kreuzberg")
    mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    found: Any = kreuzberg.extract_bytes_sync(data, mime)
    return [line.split("|") for line in found.content.split("\n")]


def pdfplumber_all(data: bytes) -> Rows:
    with importlib.import_module("pdfplumber").open(io.BytesIO(data)) as document:
        rows: Rows = []
        for page in document.pages:
            rows.append([page.extract_text()])
            rows += [[cell or "" for cell in row] for table in page.extract_tables() for row in table]
    return rows


def pdfium_text(data: bytes) -> Rows:
    document = pypdfium2.PdfDocument(data)
    return [document[number].get_textpage().get_text_range().split("\n") for number in range(len(document))]


def openpyxl_cells(data: bytes) -> Rows:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    return [["" if value is None else str(value) for value in row] for sheet in workbook for row in sheet.values]


def office_text(data: bytes) -> Rows:
    """LibreOffice as people call it from a script: one start for one file."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "report.doc")
        file.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", "--headless", profile, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder]
        subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=120)
        return [line.split("\t") for line in Path(folder, "report.txt").read_text("utf-8-sig").split("\n")]


RIVALS = (
    Rival("pandas.read_html", "html_clean", pandas_html, 0.7),
    Rival("pandas.read_html", "html_government", pandas_html, 0.7),
    Rival("pandas.read_html", "html_word", pandas_html, 0.7),
    Rival("selectolax, text", "html_clean", selectolax_text, 3.5),
    Rival("selectolax, text", "html_government", selectolax_text, 3.5),
    Rival("selectolax, text", "html_word", selectolax_text, 3.5),
    Rival("python-docx", "docx", python_docx, 0.5),
    Rival("kreuzberg", "docx", kreuzberg_docx, 2.0),
    Rival("pdfplumber", "pdf_word", pdfplumber_all, 0.2),
    Rival("pypdfium2, text", "pdf_word", pdfium_text, 2.5),
    Rival("LibreOffice", "doc", office_text, 0.02),
    Rival("openpyxl", "xlsx_sheet", openpyxl_cells, 1.0),
)


def ours(data: bytes) -> Sequence[AuditedReport]:
    return audit_reports(parse_bytes(data, "report"))


def seconds(work: Callable[[bytes], object], data: bytes) -> float:
    started = time.perf_counter()
    work(data)
    return time.perf_counter() - started


@cache
def reports() -> dict[str, Facts]:
    """The facts of as many reports as are read, all different, by a name."""
    return {str(seed): facts_of(FORM, seed) for seed in range(FIRST_SEED, FIRST_SEED + FILES + 1)}


@cache
def files_of(kind: str) -> dict[str, bytes]:
    return print_reports({name: build_report(facts) for name, facts in reports().items()}, kind)


def has_table(rows: Rows, facts: Facts) -> bool:
    """Whether every row of table 3 comes out with its seven figures, in order, behind its label."""
    table, expected = next(one for one in facts.tables() if one.group == "t3"), facts.expected()
    printed = ["".join("".join(cell.split()) for cell in row) for row in rows]
    for row in table.rows:
        if row.is_heading:
            continue
        figures = [str(expected[f"{table.code}.{row.code}.{column.code}"]) for column in table.columns]
        if not any(row.label in line and line.endswith("".join(figures)) for line in printed):
            return False
    return True


def has_cells(audited: Sequence[AuditedReport], facts: Facts) -> bool:
    """The same of this program, by the addresses of the cells."""
    found = {cell.address: cell.value for one in audited for cell in one.report.cells}
    return all(found.get(key) == value for key, value in facts.expected().items() if key.startswith("t3."))


def line_for(rival: Rival) -> str:
    """One row of the table; the first file is read by both before the clock starts."""
    names = [*files_of(rival.kind)]
    first, *rest = [files_of(rival.kind)[name] for name in names]
    ours(first)
    rival.read(first)
    files = rest[:SLOW_FILES] if rival.limit < 0.1 else rest
    gc.collect()
    gc.freeze()
    pairs = [(seconds(ours, data), seconds(rival.read, data)) for data in files]
    own, other = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    facts = [reports()[name] for name in names[1 : len(files) + 1]]
    right = sum(has_table(rival.read(data), one) for data, one in zip(files, facts, strict=True))
    own_right = sum(has_cells(ours(data), one) for data, one in zip(files, facts, strict=True))
    size = statistics.median(map(len, files)) / 1024
    return (
        f"| {rival.kind} | {size:.0f} | {own:.1f} | {rival.name} | {other:.1f} | {own / other:.2f} | {rival.limit}"
        f" | {own_right}/{len(files)} | {right}/{len(files)} |"
    )


def lines() -> Iterator[str]:
    """The table as Markdown."""
    yield "| file | KB | this program, ms | beside | ms | ratio | goal | table 3 right: this program | the other |"
    yield "|---|--:|--:|---|--:|--:|--:|--:|--:|"
    yield from map(line_for, RIVALS)
