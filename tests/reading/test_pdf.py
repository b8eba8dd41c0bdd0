"""Pdf pages drawn for the purpose: cells by their lines, paragraphs by their margins, furniture by its place."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from parsing.model import Document, Paragraph, Table
from parsing.readers import pdf, read_document
from tests.reading.pdf_drawing import HEIGHT, Page, draw_pdf


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


def test_pages_that_are_pictures_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsing.readers.pdf.reading.is_installed", lambda: False)
    picture = ImageReader(Image.new("L", (200, 280), 128))
    document = pdf.read(draw_pdf(lambda page: page.canvas.drawImage(picture, 0, 0, 595, 842)))
    assert (document.blocks, document.problems[0].kind) == ((), "scanned_file")
    assert "文字识别" in document.problems[0].message


def test_a_picture_among_pages_of_text_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsing.readers.pdf.reading.is_installed", lambda: False)
    picture = ImageReader(Image.new("L", (200, 280), 128))
    document = pdf.read(
        draw_pdf(
            lambda page: page.text(70, 100, "一、总体情况"),
            lambda page: page.canvas.drawImage(picture, 0, 0, 595, 842),
        )
    )
    assert paragraphs(document) == ["一、总体情况"]
    assert [(one.kind, one.where.page) for one in document.problems if one.where] == [("page_unreadable", 2)]


def test_rows_between_level_lines_are_whole_and_headings_stay_apart() -> None:
    """Labels of two lines are one between two ruling lines; headings above each other are not."""

    def draw(page: Page) -> None:
        for y in (90, 140, 170, 200, 230):
            page.line(60, y, 400, y)
        page.rows((75, 255, 305), 104, 14, [("", "申请人", ""), ("", "自然人", "企业"), ("", "", "组织")])
        page.rows((75, 260, 310), 150, 14, [("本年新收政府信息", "", ""), ("申请数量", "", "")])
        page.rows((260, 310), 157, 30, [("4", "1"), ("0", "2"), ("3", "5")])
        page.rows((75,), 187, 30, [("上年结转",), ("本年办结",)])

    table = tables(pdf.read(draw_pdf(draw)))[0]
    assert table[-3:] == [["本年新收政府信息申请数量", "4", "1"], ["上年结转", "0", "2"], ["本年办结", "3", "5"]]
    assert [word for row in table[:-3] for word in row] == ["自然人", "企业", "组织"]
