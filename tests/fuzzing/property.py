"""What must hold for any bytes whatever: read or refused, never raised, and every value at its place.

In: the bytes of a file, or what a reader made of them.  Out: how many reports were read.  Refused: an AssertionError
says what does not hold; any other error is one that reading must not have raised.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from parsing.audit import audit_reports
from parsing.contract import file_line
from parsing.findings import AuditedReport
from parsing.model import Cell, Document, Locator, Paragraph, Report, Text
from parsing.pipeline import parse_bytes


def refuse_constant(name: str) -> float:
    raise AssertionError(f"{name} is no number of a report")


def texts_of(document: Document) -> Iterator[Text]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell for row in block.rows for cell in row.cells)


def check_document(document: Document) -> None:
    """Every piece that a reader hands on stands where it says; an empty document says why it is empty."""
    lines = document.text.split("\n")
    for text in texts_of(document):
        check_place(text.where, text.raw.split("\n")[0], lines)
    assert document.text.strip("\0\ufeff") or document.problems or not document.blocks, "blocks without a text"


def check_place(where: Locator | None, raw: str, lines: list[str]) -> None:
    """What was read is printed at the line and column that are given for it."""
    if where is None or where.line is None or where.column is None:
        return
    assert 1 <= where.line <= len(lines), f"line {where.line} of {len(lines)}"
    assert lines[where.line - 1].startswith(raw, where.column - 1), f"{raw!r} is not at {where.line}:{where.column}"


def check_cell(cell: Cell, lines: list[str]) -> None:
    has_value = cell.status in ("number", "zero_word")
    assert (cell.value is not None) == has_value, f"{cell.address}: {cell.status} with {cell.value!r}"
    check_place(cell.where, cell.raw.split("\n")[0], lines)


def check_report(report: Report) -> None:
    lines = report.text.split("\n")
    for cell in report.cells:
        check_cell(cell, lines)
    for claim in report.claims:
        assert claim.where.line, f"the claim {claim.quote!r} has no place"
    assert report.cells or report.prose or report.problems, "nothing was read and nothing is said"


def check_audited(audited: AuditedReport) -> None:
    crashed = [entry.check for entry in audited.ledger if entry.outcome == "crashed"]
    assert not crashed, f"checks that crashed: {crashed}"
    check_report(audited.report)


def check_bytes(data: bytes) -> int:
    """The whole way of one file, from its bytes to the line that the command prints."""
    audited = audit_reports(parse_bytes(data, "input"))
    assert audited, "a file without a report"
    for one in audited:
        check_audited(one)
    json.loads(file_line(audited).encode("utf-8"), parse_constant=refuse_constant)
    return len(audited)
