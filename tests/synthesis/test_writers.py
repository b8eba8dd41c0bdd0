"""What the writers make holds the report: other libraries than the readers' find every word and figure in it.

In: made-up reports.  Out: nothing.
"""

from __future__ import annotations

import csv
import email
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from random import Random

import docx
import lxml.html
import openpyxl
import pypdfium2
import pytest

from tests.synthesis.grids import Grid, GridCell
from tests.synthesis.logical import LogicalReport
from tests.synthesis.writers import KINDS, pack, report_of_text
from tests.synthesis.writers.programs import ConversionFailed, convert, find_office
from tests.synthesis.writers.shelf import files_of, forms

WHITE = re.compile(r"[\s\u200b]")


def bare(text: str) -> str:
    return WHITE.sub("", text)


def decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("neither UTF-8 nor GB 18030")


def words_of_page(page: str) -> str:
    """The text of a page; the declared charset is left out because the text is decoded already."""
    tree = lxml.html.fromstring(re.sub(r"charset=[\"']?[\w-]+", "", page))
    for furniture in tree.xpath("//script | //style | //comment()"):
        furniture.drop_tree()
    return str(tree.text_content())


def words_of_mhtml(data: bytes) -> str:
    part = next(one for one in email.message_from_bytes(data).walk() if one.get_content_type() == "text/html")
    return words_of_page(decode(part.get_payload(decode=True)))  # type: ignore[arg-type]


def words_of_docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))


def words_of_workbook(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return "".join(str(value) for row in rows for value in row if value is not None)


def words_of_csv(data: bytes) -> str:
    return "".join(cell for row in csv.reader(io.StringIO(decode(data))) for cell in row)


def words_of_markdown(data: bytes) -> str:
    return re.sub(r"(?m)^#+ |\||<br>|-{3}", "", decode(data))


def words_of_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in document)


READ: dict[str, Callable[[bytes], str]] = {
    "html": lambda data: words_of_page(decode(data)),
    "mhtml": words_of_mhtml,
    "docx": words_of_docx,
    "xlsx": words_of_workbook,
    "csv": words_of_csv,
    "md": words_of_markdown,
    "pdf": words_of_pdf,
}
WRITTEN_HERE = [name for name, kind in KINDS.items() if kind.needs is None]


def cells_in_order(report: LogicalReport) -> list[str]:
    return [bare(cell.text) for block in report.blocks if isinstance(block, Grid) for row in block.rows for cell in row]


def missing_words(report: LogicalReport, words: str) -> list[str]:
    """Paragraphs that are not there, and the cells that do not follow each other in the order of the report."""
    prose = [bare(block.text) for block in report.blocks if not isinstance(block, Grid)]
    gone = [text for text in prose if re.sub(r"^[一二三四五六七]、", "", text) not in words]
    at = 0
    for text in cells_in_order(report):
        at = words.find(text, at)
        if at < 0:
            return [*gone, text]
        at += len(text)
    return gone


@pytest.mark.parametrize("name", [name for name in WRITTEN_HERE if not name.startswith("pdf")])
def test_every_word_and_figure_is_in_the_file_in_the_order_of_the_report(name: str) -> None:
    for key, data in files_of(name).items():
        assert missing_words(forms()[key].report, bare(READ[KINDS[name].format](data))) == [], key


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.format == "pdf"])
def test_every_character_of_the_report_is_printed(name: str) -> None:
    """Merged cells and page breaks change the order on paper, fonts the code of a character (⼀ for 一)."""
    for key, data in files_of(name).items():
        report = forms()[key].report
        prose = [block.text for block in report.blocks if not isinstance(block, Grid)]
        due = Counter(unicodedata.normalize("NFKC", bare("".join([*report.title, *prose, *cells_in_order(report)]))))
        assert due - Counter(unicodedata.normalize("NFKC", bare(words_of_pdf(data)))) == Counter(), key


@pytest.mark.parametrize("name", WRITTEN_HERE)
def test_the_same_report_gives_the_same_file(name: str) -> None:
    report = forms()["D"].report
    assert KINDS[name].write(report, Random(7)) == KINDS[name].write(report, Random(7))


def test_merged_cells_are_merged() -> None:
    report = forms()["C"].report
    merged = sum(
        cell.rows > 1 or cell.columns > 1
        for block in report.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
    )
    sheet = openpyxl.load_workbook(io.BytesIO(files_of("xlsx_sheet")["C"])).worksheets[0]
    page = lxml.html.fromstring(re.sub("charset=.?[a-zA-Z0-9-]+", "", decode(files_of("html_clean")["C"])))
    document = docx.Document(io.BytesIO(files_of("docx")["C"]))
    applications = document.tables[1]
    assert len(sheet.merged_cells.ranges) == len(page.xpath("//*[@rowspan or @colspan]")) == merged
    assert applications.cell(5, 0)._tc is applications.cell(24, 0)._tc
    assert (applications.cell(0, 3).text, applications.cell(0, 9).text) == ("申请人情况", "申请人情况")


def test_a_figure_is_cut_in_two_by_a_change_of_font() -> None:
    page = decode(files_of("html_word")["C"])
    assert re.search(r">\d+</span><font face=宋体><span[^>]*>\d+</span></font>", page)


def test_numbers_of_headings_are_words_own() -> None:
    document = docx.Document(io.BytesIO(files_of("docx_numbered")["D"]))
    headings = [one for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert [one.text for one in headings][:2] == ["总体情况", "主动公开政府信息情况"]
    assert all(one._p.pPr is not None and one._p.pPr.numPr is not None for one in headings)


@pytest.mark.parametrize(("is_cp936", "encoding"), [(False, "utf-8"), (True, "cp936")])
def test_names_in_an_archive_are_chinese(is_cp936: bool, encoding: str) -> None:
    data = pack({"年报/档案局2022年.docx": b"1", "年报/旧/墨坪镇.txt": b"2"}, is_cp936)
    names = zipfile.ZipFile(io.BytesIO(data), metadata_encoding=None if not is_cp936 else "cp936").namelist()
    assert names == ["年报/档案局2022年.docx", "年报/旧/墨坪镇.txt"]
    assert "年报/旧/墨坪镇.txt".encode(encoding) in data


def test_a_text_becomes_the_blocks_that_it_draws() -> None:
    rows = (
        "申请人情况 | | | 自然人 | 法人或其他组织 | | | | | 总计 |",
        "一、本年新收 | | | 1 | 2 | | | | | 3 |",
        "三、办理结果 | （一）予以公开 | | 1 | | | | | | 1 |",
    )
    text = "\n".join(("一、总体情况", "本年度如下。", *rows))
    heading, prose, grid = report_of_text(text.encode()).blocks
    assert (heading.text, prose.text) == ("一、总体情况", "本年度如下。")  # type: ignore[union-attr]
    assert isinstance(grid, Grid)
    assert [[cell.columns for cell in row] for row in grid.rows] == [
        [3, 1, 5, 1],
        [3, *[1] * 7],
        [1, 2, *[1] * 7],
    ]
    assert grid.rows[1][-1] == GridCell("3")


@pytest.mark.skipif(find_office() is None, reason="no LibreOffice on this machine")
def test_a_file_that_cannot_be_converted_is_named() -> None:
    with pytest.raises(ConversionFailed, match=r"no doc of broken\.docx"):
        convert({"broken.docx": b"PK\x03\x04 no package"}, "doc")
