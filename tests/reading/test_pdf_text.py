"""The prose of pdf pages: lines joined to paragraphs, columns read one after the other, furniture left out."""

from __future__ import annotations

import numpy as np
import pytest

from parsing.model import Document, Paragraph
from parsing.readers import pdf
from parsing.readers.pdf.content import PageContent
from parsing.readers.pdf.layout import layout_pages
from tests.reading.pdf_drawing import Draw, Page, draw_pdf

# A line of 45 characters of 10 points fills the width from 70 to 520.
FULL = "政务公开工作机构按照上级要求统一负责本机关全年信息公开目录的编制更新和日常维护工作并定期组织"


def paragraphs(document: Document) -> list[str]:
    return [block.text.raw for block in document.blocks if isinstance(block, Paragraph)]


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
    def page_with(mark: str, words: str) -> Draw:
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
    def page_with(words: str) -> Draw:
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


def test_radicals_that_look_like_characters_are_kept_as_the_file_has_them() -> None:
    """Kangxi radicals come from fonts whose tables name the radical; labels are matched all the same."""
    characters = "第⼆⼗条"
    boxes = np.array([(70 + 10 * index, 100, 80 + 10 * index, 110) for index in range(len(characters))], float)
    page = PageContent(1, 595, 842, characters, boxes, np.empty((0, 3)), np.empty((0, 3)))
    assert paragraphs(layout_pages([page])) == ["第⼆⼗条"]
