"""The bytes of a pdf file → a Document.

In: bytes that begin as a pdf.  Out: the Document of its pages.  Refused: what does not open, more pages than a report
has, text that no table of characters explains, files that hold nothing but pictures.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from parsing.model import Document, Locator, Problem
from parsing.readers.pdf.content import PageContent
from parsing.readers.pdf.layout import layout_pages
from parsing.readers.pdf.rendering import paint
from parsing.readers.pdf.source import CannotOpen, count_pages, opened, read_page
from parsing.readers.pdf.streams import has_broken_stream
from parsing.readers.pictures.recognition import is_installed, recognise
from parsing.readers.refusals import (
    LARGEST_FILE,
    LONGEST_TEXT,
    MOST_PAGES,
    refuse,
    refuse_damaged,
    refuse_encrypted,
    refuse_large,
)

FORMAT = "pdf"
WORDS = "PDF 文件"
# A page with fewer characters shows its text in the picture that covers it.
FEWEST_CHARACTERS = 4
# Characters without meaning: a file with more than this share of them cannot be read, one with fewer has a gap.
UNREADABLE_SHARE = 0.2
MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd\x01\x03-\x08\x0b\x0c\x0e-\x1f]")
WHITE = re.compile(r"\s+")
# Recognition takes seconds a page; the resolution is 200 dots an inch.
MOST_RECOGNISED = 60
PIXELS_A_POINT = 200 / 72
PICTURES = (
    "这个 PDF 的页面是扫描图片，没有可读取的文字。请改用 Word 原件或可复制文字的 PDF；"
    "也可以安装文字识别组件后再读：pip install -r requirements-ocr.txt（识别结果需人工核对）。"
)
NO_TEXT = (
    "这个 PDF 的页面是扫描图片，没有识别出文字。请改用 Word 原件或可复制文字的 PDF，或重新扫描得更清晰一些再提交。"
)
GARBLED = (
    "这个 PDF 的字体没有字符对照表，复制出来是乱码，无法读取。请向报送单位索取 Word 原件，"
    "或打印后扫描、用文字识别转换再提交。"
)


class TooLarge(Exception):
    """More than a report has; the words say of what."""


def is_garbled(text: str) -> bool:
    """Whether too many characters are of private use, replaced or control characters: glyphs without a meaning.

    >>> is_garbled("\ue001\ue002" * 20), is_garbled("年度报告")
    (True, False)
    """
    count = len(MEANINGLESS.findall(text))
    return count > 0 and count > UNREADABLE_SHARE * max(len(WHITE.sub("", text)), 20)


def is_bare_picture(page: PageContent) -> bool:
    return page.is_picture and len("".join(page.text.split())) < FEWEST_CHARACTERS


def read_pages(data: bytes) -> tuple[list[PageContent], list[int]]:
    """The pages that can be read, and the numbers of those that cannot; none at all where there are too many."""
    pages, lost = [], []
    with opened(data) as document:
        count = count_pages(document)
        if count > MOST_PAGES:
            raise TooLarge(f"有 {count:,} 页，最多读 {MOST_PAGES} 页")
        for index in range(count):
            page = read_page(document, index)
            if page is None:
                lost.append(index + 1)
            else:
                pages.append(page)
    length = sum(len(page.text) for page in pages)
    if length > LONGEST_TEXT:
        raise TooLarge(f"有 {length:,} 个字符，最多读 {LONGEST_TEXT:,} 个")
    return pages, lost


def read_pdf(data: bytes) -> Document:
    """All pages of a file, or the reason why it is not read."""
    if len(data) > LARGEST_FILE:
        measure = f"{len(data) // 1_000_000} MB，最多读 {LARGEST_FILE // 1_000_000} MB"
        return refuse_large(FORMAT, WORDS, measure)
    # What pdfium makes of a damaged part looks whole: figures are missing or are others.
    if has_broken_stream(data):
        return refuse_damaged(FORMAT, WORDS)
    try:
        pages, lost = read_pages(data)
    except TooLarge as error:
        return refuse_large(FORMAT, WORDS, str(error))
    except CannotOpen as error:
        return refuse_encrypted(FORMAT, WORDS) if error.is_encrypted else refuse_damaged(FORMAT, WORDS)
    if not pages:
        return refuse_damaged(FORMAT, WORDS)
    mute = {page.number for page in pages if is_bare_picture(page) or is_garbled(page.text)}
    if mute and is_installed():
        pages = recognise_pages(data, pages, mute)
    return document_of(pages, lost)


def recognise_pages(data: bytes, pages: list[PageContent], numbers: set[int]) -> list[PageContent]:
    """The pages with those that cannot be read as text read from their pictures, up to a limit."""
    found = {page.number: page for page in pages}
    with opened(data) as document:
        for number in sorted(numbers)[:MOST_RECOGNISED]:
            painted = paint(document, number - 1, PIXELS_A_POINT)
            if painted is not None:
                image, width, _ = painted
                found[number] = recognise(np.asarray(image), number, width)
    return [found[number] for number in sorted(found)]


def document_of(pages: list[PageContent], lost: list[int]) -> Document:
    """The Document of the pages that are text, with a problem for each page that is not."""
    pictures = [page.number for page in pages if is_bare_picture(page)]
    garbled = [page.number for page in pages if is_garbled(page.text)]
    left_out = {*pictures, *garbled}
    readable = [page for page in pages if page.number not in left_out]
    written = sum(len("".join(page.text.split())) for page in readable)
    if written < FEWEST_CHARACTERS and left_out:
        return refuse(FORMAT, "scanned_file", GARBLED if garbled else NO_TEXT if is_installed() else PICTURES)
    # One page that was recognised, by us or by whoever made the file, makes every value doubtful.
    found = layout_pages(readable, FORMAT, any(page.is_picture for page in readable))
    problems = [page_problem(number, number in garbled) for number in sorted(left_out)]
    problems += [glyph_problem(page) for page in readable if "\ufffd" in page.text]
    problems += [Problem("page_lost", f"第 {number} 页已损坏，未能读取。请从来源重新下载。") for number in lost]
    return replace(found, problems=(*found.problems, *problems))


def glyph_problem(page: PageContent) -> Problem:
    count = page.text.count("\ufffd")
    message = (
        f"第 {page.number} 页有 {count} 个字符的字体没有字符对照表，无法读取（显示为 \ufffd）。"
        "请核对原件，或改用 Word 原件。"
    )
    return Problem("glyphs_unreadable", message, Locator(page=page.number))


def page_problem(number: int, is_garbled_page: bool) -> Problem:
    what = "的字体没有字符对照表，复制出来是乱码" if is_garbled_page else "是扫描图片"
    message = f"第 {number} 页{what}，这一页没有读取。请核对原件，或改用 Word 原件。"
    return Problem("page_unreadable", message, Locator(page=number))
