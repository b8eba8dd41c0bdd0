"""Web pages that hold nothing but the report: one written with care, and one written without.

In: a logical report and a source of chance.  Out: the bytes of a page.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from random import Random

from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import Heading, LogicalReport, Prose

# The name that the page gives and the one that encodes its bytes: pages say gb2312 and hold characters beyond it.
CHARSETS = (("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gb18030"), ("UTF-8", "utf-8-sig"))
DrawCell = Callable[[GridCell, str], str]


def spans(cell: GridCell) -> str:
    """The attributes of a merged cell."""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return rows + (f' colspan="{cell.columns}"' if cell.columns > 1 else "")


def words_of(text: str) -> str:
    """The markup of a text whose line ends are breaks."""
    return escape(text).replace("\n", "<br>")


def plain_cell(cell: GridCell, tag: str) -> str:
    return f"<{tag}{spans(cell)}>{words_of(cell.text)}</{tag}>"


def paragraph_cell(cell: GridCell, tag: str) -> str:
    """As editors write it: a paragraph in each cell, a hard space in a blank one."""
    return f'<{tag}{spans(cell)} align="center"><p>{words_of(cell.text) or "&nbsp;"}</p></{tag}>'


# How many rows of headings the tables with several have; a block of table 2 has its headings in the middle.
HEADING_ROWS = {"t2": 0, "t3": 3, "t4": 3}


def heading_rows(grid: Grid) -> int:
    """How many rows are headings: never one with a figure."""
    figures = next((y for y, row in enumerate(grid.rows) if any(cell.address for cell in row)), 0)
    return min(figures, HEADING_ROWS.get(grid.code, 1))


def table(grid: Grid, draw: DrawCell, has_head: bool = False, attributes: str = ' border="1"') -> Iterator[str]:
    """The lines of a table; with `has_head` its headings stand in a thead, which a print-out repeats on each page."""
    head = heading_rows(grid) if has_head else 0
    yield f"<table{attributes}>"
    for y, row in enumerate(grid.rows):
        if head and y in (0, head):
            yield "<thead>" if y == 0 else "</thead><tbody>"
        yield "<tr>" + "".join(draw(cell, "th" if y < head else "td") for cell in row) + "</tr>"
    yield "</tbody></table>" if head else "</table>"


def page(title: str, charset: str, body: Sequence[str], head: Sequence[str] = ()) -> str:
    """A whole page around the lines of its body."""
    lines = ["<!DOCTYPE html>", '<html lang="zh-CN">', "<head>", f'<meta charset="{charset}">']
    return "\n".join(
        [*lines, f"<title>{escape(title)}</title>", *head, "</head>", "<body>", *body, "</body>", "</html>"]
    )


def write_clean(report: LogicalReport, chance: Random) -> bytes:
    """Headings are headings, paragraphs paragraphs, merged cells merged."""
    charset, encoding = chance.choice(CHARSETS)
    draw, has_head = chance.choice((plain_cell, paragraph_cell)), chance.random() < 0.5
    body = [f"<p>{escape(line)}</p>" for line in report.metadata]
    body += [f"<h1>{escape(line)}</h1>" for line in report.title]
    for block in report.blocks:
        if isinstance(block, Grid):
            body += table(block, draw, has_head)
        elif isinstance(block, Heading):
            body.append(f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>")
        else:
            body.append(f'<p style="text-align:{block.align}">{escape(block.text)}</p>')
    return page("".join(report.title), charset, body, ["<style>td, th { border: 1px solid }</style>"]).encode(encoding)


def split_blocks(grid: Grid) -> list[Grid]:
    """A table 2 as one table for each item of article 20; any other as it is."""
    starts = [y for y, row in enumerate(grid.rows) if len(row) == 1 and row[0].columns == grid.width]
    if grid.code != "t2" or not starts:
        return [grid]
    ends = [*starts[1:], len(grid.rows)]
    return [Grid(grid.code, grid.rows[start:end], grid.width) for start, end in zip(starts, ends, strict=True)]


def loose_rows(grid: Grid) -> Iterator[str]:
    """Cells without a row around them, closed or not; a row ends where the page says so or the next begins."""
    for y, row in enumerate(grid.rows):
        opening = "" if y % 2 else "<TR>"
        closing = "</TD>" if y % 3 else ""
        cells = "\n".join(f"<TD{spans(cell)} align=center>{words_of(cell.text) or '&nbsp'}{closing}" for cell in row)
        yield f"{opening}{cells}</tr>"


def write_sloppy(report: LogicalReport, chance: Random) -> bytes:
    """Upper case, unclosed tags, cells outside rows, one table drawn as several, text with line breaks only."""
    _, encoding = chance.choice(CHARSETS)
    body = ["<BODY bgcolor=white>", *(f"<center>{escape(line)}<br>" for line in report.metadata)]
    body += [f"<font size=5><b>{escape(line)}</b></font><br>" for line in report.title]
    body.append("</center>")
    for block in report.blocks:
        if isinstance(block, Grid):
            for part in split_blocks(block):
                body += ["<TABLE border=1 cellspacing=0><TBODY>", *loose_rows(part), "</table>"]
        elif isinstance(block, Prose) and chance.random() < 0.5:
            body.append(f"<br>&nbsp;&nbsp;&nbsp;&nbsp;{escape(block.text)}")
        else:
            body.append(f"<P>　　{escape(block.text)}")
    return "\n".join(["<HTML><HEAD><TITLE>报告</TITLE>", *body]).encode(encoding)
