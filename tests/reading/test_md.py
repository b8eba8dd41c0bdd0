"""Markdown: tables whole, in pieces and as html, marks inside cells, every character at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from parsing import parse_report
from parsing.model import Document, Paragraph, Table, Text
from parsing.readers import md, read_document
from tests.reading.reading_back import FORMS, assert_reads_back, facts_of
from tests.synthesis import LAYOUTS, build_report, write_text
from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import Heading

Mark = Callable[[str], str]
MARKS: dict[str, Mark] = {
    "plain": lambda text: text,
    "bold": lambda text: f"**{text}**" if text else "",
    "breaks": lambda text: f"{text[:4]}<br>{text[4:]}" if len(text) > 6 and not text[0].isdigit() else text,
    "hard_spaces": lambda text: text or "&nbsp;",
}


def rows_of(grid: Grid, mark: Mark) -> list[str]:
    """A line for each row; what a merged cell covers is empty."""
    places = ([cell.text if isinstance(cell, GridCell) else "" for cell in row] for row in grid.spread())
    return ["| " + " | ".join(map(mark, texts)) + " |" for texts in places]


def whole(grid: Grid, mark: Mark, chance: Random) -> Iterator[str]:
    first, *others = rows_of(grid, mark)
    yield from (first, "|" + " --- |" * grid.width, *others, "")


def pieces(grid: Grid, mark: Mark, chance: Random) -> Iterator[str]:
    """Many small tables, each of which makes a head of its first row."""
    rows = rows_of(grid, mark)
    while rows:
        count = chance.randint(4, 9)
        yield from (rows[0], "|" + " --- |" * grid.width, *rows[1:count], "")
        rows = rows[count:]


def headless(grid: Grid, mark: Mark, chance: Random) -> Iterator[str]:
    """Many small tables, each with the empty head that Markdown demands."""
    rows = rows_of(grid, mark)
    while rows:
        count = chance.randint(3, 9)
        yield from ("|" + "  |" * grid.width, "|" + "---|" * grid.width, *rows[:count], "")
        rows = rows[count:]


def cell_tag(cell: GridCell) -> str:
    rows = f" rowspan={cell.rows}" if cell.rows > 1 else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<td{rows}{columns}>{cell.text}</td>"


def html_line(grid: Grid, mark: Mark, chance: Random) -> Iterator[str]:
    """A table on one line, as character recognition writes it."""
    yield "<table>" + "".join(f"<tr>{''.join(map(cell_tag, row))}</tr>" for row in grid.rows) + "</table>"
    yield ""


def html_lines(grid: Grid, mark: Mark, chance: Random) -> Iterator[str]:
    for_rows = ("\n".join(("<tr>", *map(cell_tag, row), "</tr>")) for row in grid.rows)
    yield from ("<table border='1'>", *for_rows, "</table>", "")


DRAWN = (whole, pieces, headless, html_line, html_lines)


def write(form: str, has_blanks: bool, draw: Callable[[Grid, Mark, Random], Iterator[str]], mark: Mark) -> str:
    report, chance = build_report(facts_of(form, has_blanks)), Random(3)
    lines = [*report.metadata, "", *(f"# {title}\n" for title in report.title)]
    for block in report.blocks:
        if isinstance(block, Grid):
            lines += draw(block, mark, chance)
        elif isinstance(block, Heading):
            lines += ["#" * (block.level + 1) + " " + mark(block.text), ""]
        else:
            lines += [block.text, ""]
    return "\n".join(lines)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
@pytest.mark.parametrize("has_blanks", [False, True], ids=["full", "blanks"])
@pytest.mark.parametrize("form", FORMS)
def test_a_report_reads_back_to_its_facts(
    form: str, has_blanks: bool, draw: Callable[[Grid, Mark, Random], Iterator[str]], mark: str
) -> None:
    assert_reads_back(write(form, has_blanks, draw, MARKS[mark]).encode(), "md", form, has_blanks)


def texts_of(document: Document) -> list[Text]:
    found: list[Text] = []
    for block in document.blocks:
        found += [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.cells]
    return found


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_every_piece_keeps_its_line_and_column_in_the_file(
    draw: Callable[[Grid, Mark, Random], Iterator[str]],
) -> None:
    text = write("D", True, draw, MARKS["bold"])
    document = read_document(text.encode())
    original, shown = text.split("\n"), document.text.split("\n")
    assert [len(line) for line in shown] == [len(line) for line in original]
    pieces_found = [piece for piece in texts_of(document) if piece.raw]
    assert len(pieces_found) > 200
    for piece in pieces_found:
        line, start = (piece.where.line or 0) - 1, (piece.where.column or 0) - 1
        assert shown[line][start:].startswith(piece.raw) and piece.where.text == shown[line]
        assert original[line][start:].startswith(piece.raw.strip()[:1]) or piece.raw[0].isspace()


def rows(text: str) -> list[list[str]]:
    tables = [block for block in md.read(text.encode()).blocks if isinstance(block, Table)]
    return [[cell.raw for cell in row.cells] for table in tables for row in table.rows]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("**11**", "11"),
        ("*11*", "11"),
        ("`11`", "11"),
        ("$11$", "11"),
        ("[11](http://example.invalid/2022/3)", "11"),
        ("![图3](a.png) 11", "11"),
        ("1\\. 规章", "1 . 规章"),
        ("11&nbsp;", "11"),
        ("<b>11</b>", "11"),
        ("1**1**", "1  1"),
        ("1<br>1", "1    1"),
        ("主动***息", "主动***息"),
        ("a_b_c", "a_b_c"),
        ("3*4*5", "3*4*5"),
        ("甲\\|乙", "甲  乙"),
    ],
)
def test_marks_are_spaces_and_join_nothing(cell: str, read: str) -> None:
    assert rows(f"| 规章 | {cell} |\n|---|---|\n") == [["规章", read]]


def test_a_figure_with_a_mark_inside_is_unread() -> None:
    table = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n| 规章 | 1**1** | 2 | 3 |\n"
    cells = {cell.raw: cell.value for cell in parse_report(table.encode(), "made-up").cells}
    assert (cells["1  1"], cells["2"]) == (None, 2)


def test_merged_cells_of_html_lie_in_their_columns() -> None:
    text = (
        "# 年报\n说明<table><tr><td rowspan=2>一</td><td colspan='2'>二</td></tr>"
        "<tr><td>3</td><td></td></tr></table>后记\n"
    )
    document = md.read(text.encode())
    _, _, table, last = document.blocks
    assert isinstance(table, Table) and isinstance(last, Paragraph)
    assert [([cell.raw for cell in row.cells], row.spans) for row in table.rows] == [
        (["一", "二"], ((0, 0), (1, 2))),
        (["3", ""], ((1, 1), (2, 2))),
    ]
    assert last.text.raw.strip() == "后记" and last.text.where.line == 2


def test_a_table_that_is_not_closed_is_read_to_the_end() -> None:
    assert rows("# 年报\n<table><tr><td>规章<td>1<tr><td>许可<td>2") == [["规章", "1"], ["许可", "2"]]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_plain_text_is_no_markdown(form: str, layout: str) -> None:
    assert not md.sniff(write_text(facts_of(form), layout).encode())


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_a_file_cut_off_anywhere_gives_no_number_that_was_not_there(
    draw: Callable[[Grid, Mark, Random], Iterator[str]],
) -> None:
    text, expected = write("D", True, draw, MARKS["plain"]), facts_of("D", True).expected()
    for cut in range(0, len(text), len(text) // 40):
        report = parse_report(text[:cut].encode(), "made-up")
        values = {cell.address: cell.value for cell in report.cells if cell.value is not None}
        assert values == {address: expected[address] for address in values}


@pytest.mark.parametrize(
    "bomb", ["|" * 300_000, "<table>" + "<tr><td rowspan=999 colspan=999>" * 50_000], ids=["bars", "spans"]
)
def test_more_cells_than_a_report_has_are_refused(bomb: str) -> None:
    document = read_document(f"# 年报\n\n## 一、总体情况\n\n{bomb}\n".encode())
    assert document.format == "md" and [one.kind for one in document.problems] == ["file_too_large"]


def test_marks_in_the_hundred_thousands_leave_every_other_character_at_its_place() -> None:
    """None of the patterns may go through the text again and again: this would never end."""
    for bomb in ("<!--", "[", "**a", "$", "`a", "<table>", "<td>1", "![", "*a", "_a ", "<table><tr><td>1"):
        text = "# 年报\n" + bomb * (400_000 // len(bomb))
        assert len(md.read(text.encode()).text) == len(text)
