"""`make bench`: whole reports in every format beside what people would use to read the same files.

In: made-up reports of the form in use, as web page, Word, pdf and workbook.  Out: a table of medians and ratios, and
who gets table 3 right.  This program does the whole work, from the bytes to cells, claims and flags; the rivals only
read.  All take turns on the same files in one run, so that a busy machine slows every one alike.
"""

from __future__ import annotations

import importlib
import io
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx as word
import openpyxl
import pandas as pd
import pypdfium2

from parsing.audit import audit_reports
from parsing.pipeline import parse_bytes
from tests.benchmarks.caches import content_caches
from tests.synthesis.writers import KINDS
from tests.synthesis.writers.shelf import files_of, forms

ROUNDS = 11
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
    tables = pd.read_html(io.BytesIO(data), encoding="utf-8")
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
    Rival("selectolax, text", "html_clean", selectolax_text, 3.5),
    Rival("python-docx", "docx", python_docx, 0.5),
    Rival("kreuzberg", "docx", kreuzberg_docx, 2.0),
    Rival("pdfplumber", "pdf_word", pdfplumber_all, 0.2),
    Rival("pypdfium2, text", "pdf_word", pdfium_text, 2.5),
    Rival("LibreOffice", "doc", office_text, 0.02),
    Rival("openpyxl", "xlsx_sheet", openpyxl_cells, 1.0),
)


def ours(data: bytes) -> object:
    return audit_reports(parse_bytes(data, "report"))


def seconds(work: Callable[[bytes], object], data: bytes) -> float:
    for cache in content_caches():
        cache.cache_clear()
    started = time.perf_counter()
    work(data)
    return time.perf_counter() - started


def has_table(rows: Rows) -> bool:
    """Whether every row of table 3 comes out with its seven figures, in order, behind its label."""
    case = forms()[FORM]
    table = next(one for one in case.facts.tables() if one.group == "t3")
    printed = ["".join("".join(cell.split()) for cell in row) for row in rows]
    for row in table.rows:
        figures = [str(case.expected[f"{table.code}.{row.code}.{column.code}"]) for column in table.columns]
        if not any(row.label in line and line.endswith("".join(figures)) for line in printed):
            return False
    return True


def measure(rival: Rival, data: bytes) -> tuple[float, float]:
    """Median milliseconds of this program and of the rival, by turns."""
    rounds = 3 if rival.limit < 0.1 else ROUNDS
    pairs = [(seconds(ours, data), seconds(rival.read, data)) for _ in range(rounds)]
    return statistics.median(one for one, _ in pairs) * 1000, statistics.median(one for _, one in pairs) * 1000


def lines() -> Iterator[str]:
    """The table as Markdown."""
    yield "| file | KB | this program, ms | beside | ms | ratio | goal | its rows of table 3 |"
    yield "|---|--:|--:|---|--:|--:|--:|---|"
    for rival in RIVALS:
        data = files_of(rival.kind)[FORM]
        own, other = measure(rival, data)
        right = "right" if has_table(rival.read(data)) else "not"
        yield (
            f"| {KINDS[rival.kind].suffix} | {len(data) / 1024:.0f} | {own:.1f} | {rival.name} | {other:.1f}"
            f" | {own / other:.2f} | {rival.limit} | {right} |"
        )
