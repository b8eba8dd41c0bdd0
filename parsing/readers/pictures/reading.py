"""The bytes of a picture file → a Document.

In: bytes that begin as a picture.  Out: the Document of its pages, recognised.  Refused: pictures on a machine without
the extra `ocr`, pictures that do not open, too many pages or pixels, pages without a word.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from parsing.model import Document
from parsing.readers.pdf.layout import layout_pages
from parsing.readers.pictures.recognition import is_installed, recognise
from parsing.readers.refusals import LARGEST_FILE, refuse, refuse_damaged, refuse_large

FORMAT = "picture"
WORDS = "图片"
# Recognition takes seconds a page.
MOST_PAGES = 60
MOST_PIXELS = 120_000_000
# The longest pictures of a screen are some twenty times as high as wide.
MOST_TIMES_LONGER = 50
# The side of a page that is laid across, and how wide it is made for recognition: A4 at 200 dots an inch.
PORTRAIT, LANDSCAPE = 595.0, 842.0
PIXELS_A_POINT = 200 / 72
NOT_INSTALLED = (
    "这是图片，没有可读取的文字。请改用 Word 原件或可复制文字的 PDF；"
    "也可以安装文字识别组件后再读：pip install -r requirements-ocr.txt（识别结果需人工核对）。"
)
NO_TEXT = "图片里没有识别出文字。请确认选对了文件，或重新扫描得更清晰一些再提交。"
ERRORS = (OSError, SyntaxError, ValueError, UnidentifiedImageError)


class TooLarge(Exception):
    """More pixels or pages than a report has; the words say how many."""


def frames(data: bytes) -> Iterator[Image.Image]:
    """The pages of a picture, upright as its camera says, in red, green and blue on white."""
    try:
        image = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise TooLarge(f"像素太多，最多读 {MOST_PIXELS // 1_000_000} 百万像素") from error
    count = getattr(image, "n_frames", 1)
    if count > MOST_PAGES:
        raise TooLarge(f"有 {count} 页，最多读 {MOST_PAGES} 页")
    for number in range(count):
        image.seek(number)
        size = f"{image.width}×{image.height} 像素"
        if image.width * image.height > MOST_PIXELS:
            raise TooLarge(f"{size}，最多读 {MOST_PIXELS // 1_000_000} 百万像素")
        if max(image.size) > MOST_TIMES_LONGER * min(image.size):
            raise TooLarge(f"{size}，一边是另一边的 {MOST_TIMES_LONGER} 倍以上")
        frame = (ImageOps.exif_transpose(image) or image).convert("RGBA")
        paper = Image.new("RGB", frame.size, "white")
        paper.paste(frame, mask=frame.getchannel(3))
        yield paper


def width_of(image: Image.Image) -> float:
    """The width in points of the page that a picture shows: A4, upright or laid across."""
    return PORTRAIT if image.height >= image.width else LANDSCAPE


def to_pixels(image: Image.Image) -> Any:
    """The picture as an array of the size that is recognised best."""
    wide = round(width_of(image) * PIXELS_A_POINT)
    high = max(1, round(image.height * wide / image.width))
    return np.asarray(image.resize((wide, high), Image.Resampling.LANCZOS))


def read_pictures(data: bytes) -> Document:
    """Recognise all pages of a file, or say why not."""
    if len(data) > LARGEST_FILE:
        measure = f"{len(data) // 1_000_000} MB，最多读 {LARGEST_FILE // 1_000_000} MB"
        return refuse_large(FORMAT, WORDS, measure)
    if not is_installed():
        return refuse(FORMAT, "scanned_file", NOT_INSTALLED)
    pages = []
    try:
        for number, image in enumerate(frames(data), 1):
            pages.append(recognise(to_pixels(image), number, width_of(image)))
    except TooLarge as error:
        return refuse_large(FORMAT, WORDS, str(error))
    except ERRORS:
        return refuse_damaged(FORMAT, WORDS)
    if not any(page.text.strip() for page in pages):
        return refuse(FORMAT, "scanned_file", NO_TEXT)
    return layout_pages(pages, FORMAT, is_guessed=True)


def draw_page(data: bytes, page: int, scale: float) -> tuple[bytes, float, float] | None:
    """A page (1-based) as PNG with its size in points."""
    try:
        image = next((frame for number, frame in enumerate(frames(data), 1) if number == page), None)
    except (TooLarge, *ERRORS):
        return None
    if image is None:
        return None
    width = width_of(image)
    height = width * image.height / image.width
    image.thumbnail((round(width * scale), round(height * scale)))
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=1)
    return target.getvalue(), width, height
