"""Pdf pages drawn for the purpose: cells by their lines, paragraphs by their margins, furniture by its place."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from parsing.model import Document, Paragraph, Table
from parsing.readers import pdf, read_document
from parsing.readers.pdf.content import PageContent
from parsing.readers.pdf.layout import layout_pages
from tests.reading.pdf_drawing import HEIGHT, Page, draw_pdf

# A line of 45 characters of 10 points fills the width from 70 to 520.
FULL = "政务公开工作机构按照上级要求统一负责本机关全年信息公开目录的编制更新和日常维护工作并定期组织"


def tables(document: Document) -> list[list[list[str]]]:
    found = [block for block in document.blocks if isinstance(block, Table)]
    return [[[cell.raw for cell in row.cells] for row in table.rows] for table in found]


def paragraphs(document: Document) -> list[str]:
    return [block.text.raw for block in document.blocks if isinstance(block, Paragraph)]


def merged(page: Page) -> None:
    """Three columns; the first cell spans two rows, the heading two columns, one cell is blank."""
    for x, top in ((70, 100), (200, 100), (300, 120), (400, 100)):
        page.line(x, top, x, 180)
    for y, left in ((100, 70), (120, 200), (140, 70), (160, 200), (180, 70)):
        page.line(left, y, 400, y)
    page.text(210, 114, "办理情况")
    page.text(210, 134, "收到")
    page.text(310, 134, "办结")
    page.text(75, 164, "申请")
    page.text(210, 154, "12")
    page.text(310, 174, "7")


def test_merged_cells_stand_once_and_blank_ones_stay() -> None:
    table = next(block for block in pdf.read(draw_pdf(merged)).blocks if isinstance(block, Table))
    assert [[cell.raw for cell in row.cells] for row in table.rows] == [
        ["", "办理情况"], ["收到", "办结"], ["申请", "12", ""], ["", "7"],
    ]  # fmt: skip
    assert [row.spans for row in table.rows] == [
        ((0, 0), (1, 2)), ((1, 1), (2, 2)), ((0, 0), (1, 1), (2, 2)), ((1, 1), (2, 2)),
    ]  # fmt: skip


def test_a_cell_leads_to_its_place_on_the_page() -> None:
    table = next(block for block in pdf.read(draw_pdf(merged)).blocks if isinstance(block, Table))
    seven, blank = table.rows[3].cells[1].where, table.rows[3].cells[0].where
    assert seven.page == blank.page == 1
    x0, y0, x1, y1 = seven.box
    assert (x0, x1) == (310.0, 314.9)
    assert 160 < y0 < 174 < y1 < 180
    assert blank.box == (200.0, 160.0, 300.0, 180.0)
    assert seven.text == " | 7"


def test_lines_drawn_as_thin_areas_and_cell_by_cell_make_the_same_table() -> None:
    def draw(page: Page) -> None:
        for x in (70, 170, 270):
            for y in (100, 120):
                page.area(x, y, x + 0.5, y + 20)
        for y in (100, 120, 140):
            for x in (70, 170):
                page.area(x, y, x + 100, y + 0.5)
        page.rows((75, 175), 114, 20, [("行政许可", "3"), ("行政处罚", "")])

    assert tables(pdf.read(draw_pdf(draw))) == [[["行政许可", "3"], ["行政处罚", ""]]]


def test_white_lines_and_shading_make_no_table() -> None:
    def draw(page: Page) -> None:
        page.canvas.setFillGray(0.9)
        page.area(70, 100, 270, 140)
        page.canvas.setStrokeGray(1)
        page.grid((70, 170, 270), (100, 120, 140))
        page.canvas.setFillGray(0)
        page.text(75, 114, "工作机构的职责和分工")

    document = pdf.read(draw_pdf(draw))
    assert tables(document) == []
    assert paragraphs(document) == ["工作机构的职责和分工"]


def test_a_label_broken_over_lines_is_one_and_a_broken_number_is_none() -> None:
    def draw(page: Page) -> None:
        page.grid((70, 120, 170), (100, 140))
        page.rows((75, 125), 114, 14, [("采购总", "2060387."), ("金额", "04")])

    assert tables(pdf.read(draw_pdf(draw))) == [[["采购总金额", "2060387. 04"]]]


def test_values_in_one_run_fall_into_their_cells_by_their_places() -> None:
    def draw(page: Page) -> None:
        page.grid((70, 100, 130, 160), (100, 120, 140))
        page.canvas.setFont("STSong-Light", 10)
        text = page.canvas.beginText(82, HEIGHT - 114)
        text.setCharSpace(25)
        text.textOut("012")
        page.canvas.drawText(text)
        page.rows((82, 112, 142), 134, 20, [("3", "", "5")])

    assert tables(pdf.read(draw_pdf(draw))) == [[["0", "1", "2"], ["3", "", "5"]]]


def test_a_number_across_a_line_is_not_cut_in_two() -> None:
    def draw(page: Page) -> None:
        page.grid((70, 100, 130), (100, 120, 140))
        page.text(88, 114, "123456")
        page.rows((80, 110), 134, 20, [("7", "8")])

    assert tables(pdf.read(draw_pdf(draw))) == [[["123 456", "123 456"], ["7", "8"]]]


def test_double_lines_are_one() -> None:
    def draw(page: Page) -> None:
        page.grid((70, 72, 170, 172, 270, 272), (100, 102, 120, 122, 140, 142))
        page.rows((80, 180), 114, 20, [("机构数", "4"), ("人员数", "9")])

    assert tables(pdf.read(draw_pdf(draw))) == [[["机构数", "4"], ["人员数", "9"]]]


def test_a_frame_around_the_page_is_no_table() -> None:
    def draw(page: Page) -> None:
        page.grid((40, 555), (40, 800))
        page.text(70, 100, "一、总体情况")
        page.grid((70, 170, 270), (120, 140, 160))
        page.rows((75, 175), 134, 20, [("规章", "0"), ("文件", "2")])

    document = pdf.read(draw_pdf(draw))
    assert paragraphs(document) == ["一、总体情况"]
    assert tables(document) == [[["规章", "0"], ["文件", "2"]]]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_the_same(turn: int) -> None:
    upright, turned = pdf.read(draw_pdf(merged)), pdf.read(draw_pdf(merged, turn=turn))
    assert tables(turned) == tables(upright)


def test_boxes_on_a_turned_page_are_those_of_the_page_as_displayed() -> None:
    """A page of 595 by 842 points that is displayed a quarter turn clockwise is 842 wide; its text runs downwards."""
    table = next(block for block in pdf.read(draw_pdf(merged, turn=90)).blocks if isinstance(block, Table))
    assert table.rows[3].cells[0].where.box == (842 - 180.0, 200.0, 842 - 160.0, 300.0)
    picture = pdf.render_page(draw_pdf(merged, turn=90), 1)
    assert picture is not None and picture[1:] == (842, 595)


@pytest.mark.parametrize(("corner", "angle"), [((0, 842), -90), ((595, 0), 90), ((595, 842), 180)])
@pytest.mark.parametrize("turn", [0, 90])
def test_text_drawn_sideways_is_read_upright(corner: tuple[int, int], angle: int, turn: int) -> None:
    def sideways(page: Page) -> None:
        page.canvas.translate(*corner)
        page.canvas.rotate(angle)
        merged(Page(page.canvas, 842 if angle == 180 else 595))

    assert tables(pdf.read(draw_pdf(sideways, turn=turn))) == tables(pdf.read(draw_pdf(merged)))


def test_the_place_of_sideways_text_is_that_on_the_page_as_displayed() -> None:
    def sideways(page: Page) -> None:
        page.canvas.translate(0, 842)
        page.canvas.rotate(-90)
        merged(Page(page.canvas, 595))

    table = next(block for block in pdf.read(draw_pdf(sideways)).blocks if isinstance(block, Table))
    assert table.rows[3].cells[0].where.box == (415.0, 200.0, 435.0, 300.0)


def prose(page: Page, *lines: tuple[float, str]) -> None:
    for number, (x, words) in enumerate(lines):
        page.text(x, 100 + 18 * number, words)


def test_full_lines_are_joined_and_short_ones_are_not() -> None:
    lines = [(90, FULL[:43]), (70, FULL[:45]), (70, "年度汇总。"), (70, "二、其他事项"), (90, "没有其他事项。")]
    document = pdf.read(draw_pdf(lambda page: prose(page, *lines)))
    assert paragraphs(document) == [FULL[:43] + FULL[:45] + "年度汇总。", "二、其他事项", "没有其他事项。"]


def test_a_number_that_a_line_end_tore_is_whole_again() -> None:
    # The first line ends half a character before the margin, where no further figure fits.
    lines = [(90, FULL[:39] + "公开信5"), (70, "48条，" + FULL[:42]), (70, "。")]
    document = pdf.read(draw_pdf(lambda page: prose(page, *lines)))
    assert "公开信548条，" in paragraphs(document)[0]


def test_figures_of_a_list_at_a_line_end_stay_apart() -> None:
    row = "0 1 " * 22
    document = pdf.read(draw_pdf(lambda page: prose(page, (70, FULL[:45]), (70, row + "1"), (70, "2 0 1 0"))))
    assert all("12" not in words.replace("1 2", "") for words in paragraphs(document))


def test_a_sentence_goes_on_over_a_page_break_past_page_numbers() -> None:
    def first(page: Page) -> None:
        prose(page, (70, FULL[:45]), (70, FULL[:45]))
        page.text(290, 815, "- 1 -")

    def second(page: Page) -> None:
        prose(page, (70, "年度汇总。"), (90, FULL[:43]), (70, FULL[:45]))
        page.text(290, 815, "- 2 -")

    document = pdf.read(draw_pdf(first, second))
    assert paragraphs(document) == [FULL[:45] * 2 + "年度汇总。", FULL[:43] + FULL[:45]]


def numbered(*marks: str) -> bytes:
    def page_with(mark: str, words: str):
        def draw(page: Page) -> None:
            page.text(70, 100, words)
            page.text(290, 815, mark)

        return draw

    words = ("一、总体情况", "二、主动公开", "三、依申请公开")
    return draw_pdf(*(page_with(mark, word) for mark, word in zip(marks, words, strict=False)))


@pytest.mark.parametrize("marks", [("1", "2", "3"), ("第 4 页", "第 5 页"), ("— 1 —", "— 2 —"), ("1/3", "2/3", "3/3")])
def test_page_numbers_are_left_out(marks: tuple[str, ...]) -> None:
    words = paragraphs(pdf.read(numbered(*marks)))
    assert words == ["一、总体情况", "二、主动公开", "三、依申请公开"][: len(marks)]


@pytest.mark.parametrize("marks", [("17", "4"), ("0", "0")])
def test_a_bare_number_that_does_not_count_up_is_kept(marks: tuple[str, ...]) -> None:
    words = paragraphs(pdf.read(numbered(*marks)))
    assert [word for word in words if word.isdigit()] == list(marks)


def test_a_running_head_is_left_out_and_a_title_is_not() -> None:
    def page_with(words: str):
        def draw(page: Page) -> None:
            page.text(200, 40, "云溪市档案局年度报告")
            page.text(200, 200, "云溪市档案局")
            page.text(70, 300, words)

        return draw

    words = paragraphs(pdf.read(draw_pdf(page_with("甲"), page_with("乙"))))
    assert words == ["云溪市档案局", "甲", "云溪市档案局", "乙"]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    def draw(page: Page) -> None:
        page.text(70, 80, "关于政府信息公开工作情况的年度报告以及有关说明和下一年度工作安排的总体考虑")
        for number in range(8):
            page.text(70, 120 + 18 * number, FULL[number : number + 20])
            page.text(300, 120 + 18 * number, FULL[number + 20 : number + 40])

    left = "".join(FULL[number : number + 20] for number in range(8))
    right = "".join(FULL[number + 20 : number + 40] for number in range(8))
    assert "".join(paragraphs(pdf.read(draw_pdf(draw)))).endswith(left + right)


def test_rows_without_lines_are_read_by_alignment() -> None:
    def draw(page: Page) -> None:
        page.rows((70, 250, 300, 350), 100, 20, [
            ("项目", "上年", "本年", "合计"),
            ("行政许可", "1", "2", "3"),
            ("行政处罚", "4", "", "4"),
            ("行政强制", "0", "5", "5"),
        ])  # fmt: skip

    assert tables(pdf.read(draw_pdf(draw))) == [[
        ["项目", "上年", "本年", "合计"], ["行政许可", "1", "2", "3"], ["行政处罚", "4", "", "4"],
        ["行政强制", "0", "5", "5"],
    ]]  # fmt: skip


def test_figures_whose_columns_are_not_proven_stay_in_one_cell() -> None:
    def draw(page: Page) -> None:
        page.rows((70, 250, 300, 350), 100, 20, [
            ("行政许可", "1", "2", "3"), ("行政处罚", "4", "5", "6"), ("行政强制", "0", "5", "5"),
        ])  # fmt: skip
        page.rows((70, 270, 331), 160, 20, [("行政检查", "8", "9")])

    assert tables(pdf.read(draw_pdf(draw)))[0][-1] == ["行政检查", "8  9"]


def test_a_label_around_its_figures_is_one_row() -> None:
    def draw(page: Page) -> None:
        page.rows((70, 250, 300), 100, 30, [("规章", "1", "2"), ("", "4", "5"), ("文件", "6", "7")])
        page.rows((70, 70), 124, 12, [("规范性文件的", ""), ("备案数量", "")])

    assert tables(pdf.read(draw_pdf(draw))) == [
        [["规章", "1", "2"], ["规范性文件的备案数量", "4", "5"], ["文件", "6", "7"]],
    ]


def test_radicals_that_look_like_characters_are_kept_as_the_file_has_them() -> None:
    """Kangxi radicals come from fonts whose tables name the radical; labels are matched all the same."""
    characters = "第⼆⼗条"
    boxes = np.array([(70 + 10 * index, 100, 80 + 10 * index, 110) for index in range(len(characters))], float)
    page = PageContent(1, 595, 842, characters, boxes, np.empty((0, 3)), np.empty((0, 3)))
    assert paragraphs(layout_pages([page])) == ["第⼆⼗条"]


def test_the_reader_is_chosen_by_content() -> None:
    data = draw_pdf(merged)
    assert pdf.sniff(data) and pdf.sniff(b"\n\n" + data)
    assert not pdf.sniff(b"plain text") and not pdf.sniff(b"x" * 2000 + data)
    assert read_document(data).format == "pdf"


def test_a_picture_of_a_page_is_drawn_with_the_size_in_points() -> None:
    found = pdf.render_page(draw_pdf(merged), 1, scale=2)
    assert found is not None
    image = Image.open(io.BytesIO(found[0]))
    assert (image.size, found[1:]) == ((1190, 1684), (595, 842))
    assert image.convert("L").getpixel((140, 300)) < 100
    assert pdf.render_page(draw_pdf(merged), 2) is None
    assert pdf.render_page(b"%PDF-nothing", 1) is None


def test_a_picture_of_a_huge_page_is_drawn_smaller() -> None:
    found = pdf.render_page(draw_pdf(merged, size=(9000, 9000)), 1, scale=3)
    assert found is not None
    assert max(Image.open(io.BytesIO(found[0])).size) == 3000


def test_pages_that_are_pictures_are_refused_with_what_to_do() -> None:
    picture = ImageReader(Image.new("L", (200, 280), 128))
    document = pdf.read(draw_pdf(lambda page: page.canvas.drawImage(picture, 0, 0, 595, 842)))
    assert (document.blocks, document.problems[0].kind) == ((), "scanned_file")
    assert "requirements-ocr.txt" in document.problems[0].message


def test_a_picture_among_pages_of_text_is_named() -> None:
    picture = ImageReader(Image.new("L", (200, 280), 128))
    document = pdf.read(
        draw_pdf(
            lambda page: page.text(70, 100, "一、总体情况"),
            lambda page: page.canvas.drawImage(picture, 0, 0, 595, 842),
        )
    )
    assert paragraphs(document) == ["一、总体情况"]
    assert [(one.kind, one.where.page) for one in document.problems if one.where] == [("page_unreadable", 2)]
