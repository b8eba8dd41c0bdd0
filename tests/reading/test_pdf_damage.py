"""Pdf files that are damaged, locked, enormous or unreadable: a clear problem, never an exception."""

from __future__ import annotations

import io
import re
import zlib
from random import Random

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from parsing import parse_report
from parsing.readers import pdf, read_document
from parsing.readers.pdf.content import PageContent
from parsing.readers.pdf.reading import is_garbled, read_pages
from parsing.readers.pdf.streams import has_broken_stream
from parsing.readers.refusals import MOST_PAGES
from tests.reading.pdf_drawing import Page, draw_pdf
from tests.synthesis.logical import build_report
from tests.synthesis.variants import facts_of
from tests.synthesis.writers.paper import write_ruled_pdf

FACTS = facts_of("D")
REPORT = write_ruled_pdf(build_report(FACTS), Random(1))


def text(page: Page) -> None:
    page.text(70, 100, "一、总体情况")


def kind_of(data: bytes) -> str:
    document = read_document(data)
    assert document.blocks == ()
    assert re.search(r"请", document.problems[0].message)
    return document.problems[0].kind


def test_a_password_to_open_is_asked_for() -> None:
    assert kind_of(draw_pdf(text, encryption=StandardEncryption("secret", "owner"))) == "encrypted_file"


def test_a_password_against_changes_does_not_matter() -> None:
    document = pdf.read(draw_pdf(text, encryption=StandardEncryption("", "owner", canPrint=0, canCopy=0)))
    assert document.text == "一、总体情况"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4\n" + b"\x00" * 5000, b"%PDF-" + b"\xff" * 300, REPORT[:3000]])
def test_what_does_not_open_is_named(data: bytes) -> None:
    assert kind_of(data) == "damaged_file"


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.97, 0.999])
def test_a_file_cut_off_reads_right_or_not_at_all(share: float) -> None:
    read = parse_report(REPORT[: int(len(REPORT) * share)], "made-up")
    expected = FACTS.expected()
    values = {cell.address: cell.value for cell in read.cells if cell.value is not None}
    assert values == {address: expected.get(address) for address in values}


@pytest.mark.parametrize("seed", range(12))
def test_bytes_changed_at_random_never_make_a_wrong_value(seed: int) -> None:
    chance, data = Random(seed), bytearray(REPORT)
    for _ in range(40):
        data[chance.randrange(200, len(data))] = chance.randrange(256)
    read = parse_report(bytes(data), "made-up")
    expected = FACTS.expected()
    values = {cell.address: cell.value for cell in read.cells if cell.value is not None}
    assert values == {address: expected.get(address) for address in values}


def test_too_many_pages_are_refused_with_their_number() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(MOST_PAGES + 1):
        document.new_page(595, 842).close()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    assert kind_of(buffer.getvalue()) == "file_too_large"
    assert f"有 {MOST_PAGES + 1} 页" in read_document(buffer.getvalue()).problems[0].message


def test_an_empty_page_is_an_empty_file() -> None:
    assert kind_of(draw_pdf(lambda page: None)) == "empty_file"


@pytest.mark.parametrize("size", [(14_400.0, 14_400.0), (1.0, 1.0)])
def test_odd_sizes_of_pages_are_read(size: tuple[float, float]) -> None:
    document = pdf.read(draw_pdf(lambda page: page.text(0, 0.9 * size[1], "总计 5"), size=size))
    assert "5" in document.text


def test_thousands_of_lines_are_read_in_bounds() -> None:
    def draw(page: Page) -> None:
        for number in range(6000):
            page.line(70 + number % 400, 100 + number / 10, 72 + number % 400, 140 + number / 10)
        text(page)

    assert "总体情况" in pdf.read(draw_pdf(draw)).text


def test_text_without_a_table_of_characters_is_refused_and_not_read_as_rubbish() -> None:
    """Characters of the private area stand for glyphs that only the font knows."""
    assert is_garbled("\ue001\ue002\ue0a3" * 20)
    assert not is_garbled("政府信息公开工作年度报告\ue001")
    assert not is_garbled("")


def test_every_page_is_read_in_the_coordinates_of_its_own_box() -> None:
    data = draw_pdf(text)
    document = pypdfium2.PdfDocument(data)
    document[0].set_cropbox(50, 100, 500, 800)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    pages, lost = read_pages(buffer.getvalue())
    assert lost == [] and isinstance(pages[0], PageContent)
    assert (pages[0].width, pages[0].height) == (450, 700)
    # The text begins 70 points from the left edge of the paper and 20 from that of the box.
    assert round(float(pages[0].boxes[0, 0])) == 20


def packed(content: bytes) -> bytes:
    """A pdf with one compressed part, as office suites write fonts and pages."""
    head = b"%PDF-1.4\n1 0 obj\n<</Length " + str(len(content)).encode() + b"/Filter/FlateDecode/Length1 9>>\nstream\n"
    return head + content + b"\nendstream\nendobj\n"


def test_a_part_that_is_not_what_its_checksum_says_is_damage() -> None:
    """A byte of a font that changed takes a figure out of a number: 243 became 4, with nothing to show for it."""
    content = zlib.compress(bytes(range(256)) * 40)
    changed = content[:60] + bytes([content[60] ^ 1]) + content[61:]
    assert not has_broken_stream(packed(content))
    assert has_broken_stream(packed(changed))
    assert has_broken_stream(packed(content)[:100])
    assert kind_of(packed(changed)) == "damaged_file"


def test_parts_in_another_wrapping_are_not_taken_for_damage() -> None:
    assert not has_broken_stream(packed(b"x" * 50).replace(b"/FlateDecode", b"[/ASCII85Decode /FlateDecode]"))
    assert not has_broken_stream(packed(b"x" * 50).replace(b"/Length1", b"/Encrypt 5 0 R/Length1"))


def test_a_page_that_lost_its_font_is_not_read() -> None:
    """Without its part of a font pdfium drops characters silently; the tag in the name says that there was one."""
    data = draw_pdf(text)
    tagged = data.replace(b"/BaseFont /STSong-Light", b"/BaseFont /ABCDEF+Light")
    assert tagged != data and len(tagged) == len(data)
    assert kind_of(tagged) == "damaged_file"
