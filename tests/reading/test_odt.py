"""OpenDocument texts: whole reports, merged and nested tables, text boxes, tracked changes, refusals."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from parsing import parse_report
from parsing.model import Document, Paragraph
from parsing.readers import ods, odt, read_document
from tests.reading.reading_back import FORMS, assert_reads_back, facts_of
from tests.synthesis import build_report
from tests.synthesis.grids import Grid

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "drawing")
).replace("xmlns:drawing=", "xmlns:draw=")
KIND = "application/vnd.oasis.opendocument."


def pack(body: str, kind: str = "text", manifest: str = "<manifest/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND + kind, zipfile.ZIP_STORED)
        holder = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        archive.writestr("content.xml", f"<office:document-content {SPACES}>{holder}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def table(grid: Grid) -> str:
    """A table with its covered cells, as LibreOffice writes them."""
    rows = []
    for places in grid.spread():
        cells = []
        for cell in places:
            if isinstance(cell, str):
                cells.append("<table:covered-table-cell/>")
            else:
                spans = f'table:number-columns-spanned="{cell.columns}" table:number-rows-spanned="{cell.rows}"'
                words = f"<text:p>{escape(cell.text)}</text:p>"
                cells.append(f"<table:table-cell {spans}>{words}</table:table-cell>")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f"<table:table>{''.join(rows)}</table:table>"


def write(form: str, has_blanks: bool) -> bytes:
    report = build_report(facts_of(form, has_blanks))
    parts = [f"<text:p>{escape(line)}</text:p>" for line in (*report.metadata, *report.title)]
    for block in report.blocks:
        parts.append(table(block) if isinstance(block, Grid) else f"<text:p>{escape(block.text)}</text:p>")
    return pack("".join(parts))


def drawn(document: Document) -> list[list[str] | str]:
    found: list[list[str] | str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text.raw)
        else:
            found += [[cell.raw for cell in row.cells] for row in block.rows]
    return found


@pytest.mark.parametrize("has_blanks", [False, True], ids=["full", "blanks"])
@pytest.mark.parametrize("form", FORMS)
def test_a_report_reads_back_to_its_facts(form: str, has_blanks: bool) -> None:
    assert_reads_back(write(form, has_blanks), "odt", form, has_blanks)


def test_spaces_breaks_and_spans_are_text_and_notes_stand_behind() -> None:
    body = "<text:note-body><text:p>注</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    body = f'<text:p>全年<text:span>公<text:s text:c="2"/>开</text:span>{note}3条<text:line-break/>其中</text:p>'
    assert drawn(read_document(pack(body))) == ["全年公  开3条", "其中", "注"]


def test_text_boxes_are_read_once_and_deleted_text_is_not() -> None:
    box = "<draw:frame><draw:text-box><text:p>盒中</text:p></draw:text-box></draw:frame>"
    gone = "<text:tracked-changes><text:p>已删</text:p></text:tracked-changes>"
    assert drawn(read_document(pack(f"{gone}<text:p>正文{box}</text:p>"))) == ["正文", "盒中"]


def test_a_table_that_holds_a_table_is_layout() -> None:
    inner = "<table:table><table:table-row><table:table-cell><text:p>规章</text:p></table:table-cell>"
    inner += "<table:table-cell><text:p>3</text:p></table:table-cell></table:table-row></table:table>"
    outer = "<table:table><table:table-row><table:table-cell><text:p>总体情况</text:p>"
    outer += f"{inner}</table:table-cell></table:table-row></table:table>"
    document = read_document(pack(outer))
    assert drawn(document) == ["总体情况", ["规章", "3"]]
    assert [block.text.where.path for block in document.blocks if isinstance(block, Paragraph)] == ["p[1]"]


@pytest.mark.parametrize("reader", [odt, ods])
def test_locked_and_broken_files_are_refused(reader: object) -> None:
    kind = "text" if reader is odt else "spreadsheet"
    locked = read_document(pack("", kind, "<manifest><encryption-data/></manifest>"))
    broken = read_document(pack("<text:p>", kind))
    assert [document.problems[0].kind for document in (locked, broken)] == ["encrypted_file", "damaged_file"]
    assert locked.blocks == broken.blocks == ()


def test_a_row_repeated_a_million_times_is_no_report() -> None:
    cell = '<table:table-cell table:number-columns-repeated="100"><text:p>1</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    for kind in ("text", "spreadsheet"):
        document = read_document(pack(f"<table:table>{row}</table:table>", kind))
        assert [problem.kind for problem in document.problems] == ["file_too_large"]


def test_what_a_sheet_shows_and_stores() -> None:
    values = (
        ('office:value-type="float" office:value="11"', "11件"),
        ('office:value-type="float" office:value="2060387.04"', "2,060,387.04"),
        ('office:value-type="percentage" office:value="0.985"', "98.5%"),
        ('office:value-type="date" office:date-value="2022-03-04"', "22年3月"),
        ('office:value-type="string"', "#DIV/0!"),
    )
    cells = "".join(f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>" for kind, text in values)
    sheet = f'<table:table table:name="年报"><table:table-row>{cells}</table:table-row></table:table>'
    document = read_document(pack(sheet, "spreadsheet"))
    assert drawn(document) == [["11", "2060387.04", "98.5%", "2022-03-04", "#DIV/0!"]]


def test_a_file_cut_off_anywhere_is_read_right_or_refused() -> None:
    data, expected = write("D", True), facts_of("D", True).expected()
    for share in range(0, 100, 3):
        report = parse_report(data[: len(data) * share // 100], "made-up")
        values = {cell.address: cell.value for cell in report.cells if cell.value is not None}
        assert values == {address: expected[address] for address in values}
        assert report.cells or report.problems
