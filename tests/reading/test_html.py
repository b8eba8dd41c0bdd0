"""Reports as web pages of every kind read as the same report does in plain text."""

from __future__ import annotations

import pytest

from parsing import parse_report
from parsing.model import CellStatus, Paragraph, Report, Table
from parsing.readers import html, read_document
from tests.reading.html_pages import PRODUCERS
from tests.synthesis import Agency, Facts, build_report, clean_facts, write_text

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
FORMS = {"A1": 2011, "A2": 2012, "A3": 2013, "B": 2016, "C": 2020, "D": 2022}


def facts_of(form: str, seed: int = 11) -> Facts:
    return clean_facts(OFFICE, FORMS[form], seed, form if form.startswith("A") else None)


def said(report: Report) -> set[tuple[str, str | None, float | int | str, int | None]]:
    return {(claim.metric, claim.dim, claim.value, claim.year) for claim in report.claims}


@pytest.mark.parametrize("producer", PRODUCERS)
@pytest.mark.parametrize("form", FORMS)
def test_a_page_reads_as_its_text_does(form: str, producer: str) -> None:
    facts = facts_of(form)
    report = parse_report(PRODUCERS[producer](build_report(facts)).encode(), "x")
    text = parse_report(write_text(facts).encode(), "x")
    assert report.source.format == "html"
    assert report.problems == ()
    assert {cell.address: cell.value for cell in report.cells} == facts.expected()
    assert {cell.confidence for cell in report.cells} == {"sure"}
    assert said(report) == said(text)
    assert (report.particulars.agency, report.particulars.year) == (text.particulars.agency, text.particulars.year)
    assert report.particulars.published_date == text.particulars.published_date


@pytest.mark.parametrize("producer", ["site", "word", "frame", "sloppy"])
@pytest.mark.parametrize("form", ["B", "C", "D"])
def test_blank_cells_stay_blank(form: str, producer: str) -> None:
    facts = facts_of(form)
    zeros = [address for address, value in facts.expected().items() if value == 0][::3]
    blanked = facts.with_cells(dict.fromkeys(zeros))
    report = parse_report(PRODUCERS[producer](build_report(blanked)).encode(), "x")
    cells = {cell.address: cell for cell in report.cells}
    assert {address: cells[address].value for address in cells} == blanked.expected()
    assert {cells[address].status for address in zeros} == {CellStatus.BLANK}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_encoding_is_told_by_the_bytes_whatever_the_page_says(encoding: str) -> None:
    facts = facts_of("D")
    report = parse_report(PRODUCERS["site"](build_report(facts)).encode(encoding), "x")
    assert {cell.address: cell.value for cell in report.cells} == facts.expected()
    assert report.problems == ()


def test_nothing_of_the_page_around_the_article_is_left() -> None:
    report = build_report(facts_of("D"))
    document = read_document(PRODUCERS["site"](report).encode())
    lines = document.text.split("\n")
    assert lines[0] == report.metadata[0].replace("　", " ")
    assert lines[1 : 1 + len(report.title)] == list(report.title)
    assert lines[-1] == report.blocks[-1].text


def test_places_count_tables_rows_and_cells_as_the_page_draws_them() -> None:
    page = """<table><tr><td><table><tr><td>甲<td>1</table></td></tr></table>
    <p>文字</p><table><thead><tr><th colspan=2>表头</th></tr></thead><tr style="display:none"><td>x</td></tr>
    <tr><td rowspan=2>乙</td><td>2</td></tr><tr><td>3</td></tr></table>"""
    document = read_document(page.encode())
    first, paragraph, second = document.blocks
    assert isinstance(first, Table) and isinstance(paragraph, Paragraph) and isinstance(second, Table)
    assert [cell.where.path for cell in first.rows[0].cells] == ["table[2]/tr[1]/td[1]", "table[2]/tr[1]/td[2]"]
    assert paragraph.text.where.path == "p[1]"
    assert [[(cell.raw, cell.where.row, cell.where.cell) for cell in row.cells] for row in second.rows] == [
        [("表头", 1, 1)], [("乙", 3, 1), ("2", 3, 2)], [("3", 4, 1)],
    ]  # fmt: skip
    assert {cell.where.table for row in second.rows for cell in row.cells} == {3}
    assert [row.spans for row in second.rows] == [((0, 1),), ((0, 0), (1, 1)), ((1, 1),)]


def test_every_text_stands_on_its_line_of_what_is_shown() -> None:
    document = read_document(PRODUCERS["word"](build_report(facts_of("C"))).encode())
    lines = document.text.split("\n")
    cells = [cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells]
    assert len(cells) > 200
    for cell in cells:
        start = (cell.where.column or 0) - 1
        assert lines[(cell.where.line or 0) - 1][start : start + len(cell.raw)] == cell.raw


@pytest.mark.parametrize(
    ("page", "is_page"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\xef\xbb\xbf  <html>", True),
        ("<html><body>年报".encode("utf-16"), True),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>', True),
        (b"<TABLE border=1><TR>", True),
        (b"<tr><td>1</td></tr>", True),
        ("年度报告</p>".encode() + b"<p>1</p>" * 8, True),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">', False),
        ("一、总体情况\n收到<5件申请，>3件办结".encode(), False),
        ("# 年报\n\n<table><tr>".encode() + b"<td>1</td>" * 20, False),
        (b"<<<<>>>>", False),
    ],
)
def test_a_page_is_known_by_its_tags(page: bytes, is_page: bool) -> None:
    assert html.sniff(page) is is_page
