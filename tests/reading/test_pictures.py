"""Pictures of pages: refused with what to do where the extra is missing, read and doubted where it is there."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from parsing import parse_report
from parsing.model import Document, Table
from parsing.readers import pdf, pictures, read_document
from parsing.readers.pictures import reading, recognition
from tests.conftest import CHECKOUT
from tests.reading.pdf_drawing import Page, draw_pdf
from tests.reading.test_pdf import merged, tables
from tests.synthesis.logical import build_report
from tests.synthesis.variants import facts_of
from tests.synthesis.writers.paper import write_ruled_pdf

needs_extra = pytest.mark.skipif(not recognition.is_installed(), reason="needs requirements-ocr.txt")


def photograph(data: bytes, page: int = 1, scale: float = 200 / 72) -> Image.Image:
    found = pdf.render_page(data, page, scale)
    assert found is not None
    return Image.open(io.BytesIO(found[0])).convert("L")


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def scanned(*images: Image.Image) -> bytes:
    """A pdf of pictures, as a scanner makes it."""
    return draw_pdf(*(lambda page, one=one: page.canvas.drawImage(ImageReader(one), 0, 0, 595, 842) for one in images))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_pictures_are_known_by_content(kind: str) -> None:
    data = saved(Image.new("L", (40, 60), 255), kind)
    assert pictures.sniff(data)
    assert read_document(data).format == "picture"


def test_text_that_begins_like_a_picture_is_none() -> None:
    assert not pictures.sniff("BM 表格\n1\t2".encode())
    assert not pictures.sniff(b"RIFF" + b"x" * 20)


@pytest.mark.parametrize("data", [saved(Image.new("L", (400, 560), 255)), scanned(Image.new("L", (400, 560), 200))])
def test_without_the_extra_people_are_told_what_to_do(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsing.readers.pictures.reading.is_installed", lambda: False)
    monkeypatch.setattr("parsing.readers.pdf.reading.is_installed", lambda: False)
    document = read_document(data)
    assert (document.blocks, document.problems[0].kind) == ((), "scanned_file")
    assert "pip install -r requirements-ocr.txt" in document.problems[0].message


@needs_extra
@pytest.mark.parametrize("keep", [0.02, 0.5])
def test_a_picture_cut_off_is_damaged_or_shows_what_is_left(keep: float) -> None:
    data = saved(photograph(draw_pdf(merged)))
    document = read_document(data[: int(len(data) * keep)])
    assert (document.blocks, document.problems[0].kind) == ((), "damaged_file")


@needs_extra
def test_an_enormous_picture_is_refused_before_it_is_unpacked() -> None:
    document = read_document(saved(Image.new("1", (20_000, 20_000))))
    assert document.problems[0].kind == "file_too_large"


@needs_extra
def test_a_strip_is_no_page() -> None:
    """Its short side would be widened to what recognition needs, and the long one with it."""
    document = read_document(saved(Image.new("L", (60_000, 10), 255)))
    assert [problem.kind for problem in document.problems] in (["file_too_large"], ["scanned_file"])
    if recognition.is_installed():
        assert "60000×10" in document.problems[0].message


@needs_extra
def test_a_scan_without_text_is_not_told_to_install_what_is_there() -> None:
    document = read_document(scanned(Image.new("L", (400, 560), 200)))
    assert [problem.kind for problem in document.problems] == ["scanned_file"]
    assert "pip" not in document.problems[0].message
    assert "没有识别出文字" in document.problems[0].message


@needs_extra
def test_recognition_reports_to_nobody_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """Since 1.29 onnxruntime keeps a list of what it did in the home folder and sends it to its makers."""
    start = "import numpy; from parsing.readers.pictures.recognition import find_words as find; "
    start += "find(numpy.full((200, 200, 3), 255, numpy.uint8))"
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    left_out = ("CI", "ORT_DISABLE_TELEMETRY")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    subprocess.run([sys.executable, "-c", start], check=True, env=environment | home, cwd=CHECKOUT)
    assert [*tmp_path.rglob("*")] == []


@needs_extra
def test_too_many_pages_are_refused() -> None:
    page = Image.new("1", (20, 20), 1)
    data = saved(page, "TIFF", save_all=True, append_images=[page] * reading.MOST_PAGES)
    assert read_document(data).problems[0].kind == "file_too_large"


@needs_extra
def test_a_picture_without_text_says_so() -> None:
    document = read_document(saved(Image.new("L", (800, 1100), 255)))
    assert (document.blocks, document.problems[0].kind) == ((), "scanned_file")


def test_a_page_of_a_picture_is_drawn_in_points() -> None:
    found = pictures.render_page(saved(Image.new("L", (1190, 1684), 90)), 1, scale=1)
    assert found is not None
    assert (Image.open(io.BytesIO(found[0])).size, found[1:]) == ((595, 842), (595.0, 842.0))
    assert pictures.render_page(saved(Image.new("L", (20, 20))), 2) is None
    assert pictures.render_page(b"\x89PNG\r\n\x1a\n", 1) is None


def same_as_drawn(document: Document) -> bool:
    return [[[raw.replace(" ", "") for raw in row] for row in table] for table in tables(document)] == [
        [["", "办理情况"], ["收到", "办结"], ["申请", "12", ""], ["", "7"]],
    ]  # fmt: skip


@needs_extra
@pytest.mark.slow
@pytest.mark.parametrize("angle", [0.0, 0.8, -1.5])
def test_a_table_in_a_picture_is_read_cell_by_cell(angle: float) -> None:
    image = photograph(draw_pdf(merged)).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    document = read_document(saved(image, "JPEG", quality=80))
    assert document.is_guessed
    assert same_as_drawn(document)


@needs_extra
@pytest.mark.slow
def test_a_scanned_pdf_is_read_and_its_boxes_are_those_of_the_page() -> None:
    document = pdf.read(scanned(photograph(draw_pdf(merged))))
    assert document.is_guessed and same_as_drawn(document)
    table = next(block for block in document.blocks if isinstance(block, Table))
    x0, y0, x1, y1 = table.rows[3].cells[1].where.box
    # Drawn at 310 to 315 across, with its foot at 174.
    assert 305 < x0 < 311 and 314 < x1 < 322 and 160 < y0 < 170 and 172 < y1 < 180


@needs_extra
@pytest.mark.slow
def test_a_cell_with_ink_that_is_no_figure_is_not_blank() -> None:
    image = photograph(draw_pdf(merged))
    scale = 200 / 72
    stamp = ImageDraw.Draw(image)
    for step in range(5):
        left = 310 + step * 9
        stamp.ellipse([left * scale, 145 * scale, (left + 12) * scale, 156 * scale], outline=0, width=3)
    cells = tables(read_document(saved(image)))[0]
    assert cells[2][2] != ""


@needs_extra
@pytest.mark.slow
def test_a_whole_scanned_report_reads_back_to_its_facts() -> None:
    facts = facts_of("D")
    data = write_ruled_pdf(build_report(facts), Random(3))
    count = len(pdf_pages(data))
    read = parse_report(scanned(*(photograph(data, page) for page in range(1, count + 1))), "made-up")
    expected = facts.expected()
    values = {cell.address: cell.value for cell in read.cells if cell.value is not None}
    assert values == {address: expected.get(address) for address in values}
    assert len(values) > 0.95 * len(expected)
    assert {cell.confidence for cell in read.cells if cell.value is not None} == {"doubtful"}


def pdf_pages(data: bytes) -> list[int]:
    """The numbers of the pages that have something to show."""
    numbers = []
    while pdf.render_page(data, len(numbers) + 1, 0.1) is not None:
        numbers.append(len(numbers) + 1)
    return numbers


def test_a_page_that_is_only_text_needs_no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise AssertionError("recognised")

    monkeypatch.setattr("parsing.readers.pdf.reading.recognise", fail)

    def draw(page: Page) -> None:
        page.text(70, 100, "一、总体情况")

    document = pdf.read(draw_pdf(draw))
    assert (document.text, document.is_guessed) == ("一、总体情况", False)
