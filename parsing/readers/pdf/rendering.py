"""A page of a pdf as a picture for people.

In: the bytes of a file, a page, a scale.  Out: PNG, and the size of the page in points, in which the boxes of places
count.  Refused (None): files that do not open, pages that are not there.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium
from PIL import Image

from parsing.readers.pdf.source import CannotOpen, count_pages, opened, opened_page

# Pixels of the largest picture: A4 at some 300 dots an inch.
MOST_PIXELS = 9_000_000
WHITE = 0xFFFFFFFF


@contextmanager
def canvas(wide: int, high: int) -> Iterator[object]:
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_BGRx, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, WHITE)
        yield bitmap
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def paint(document: object, index: int, scale: float) -> tuple[Image.Image, float, float] | None:
    """A page (0-based) as a picture, with its size in points."""
    with opened_page(document, index) as page:
        if page is None:
            return None
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        if width <= 0 or height <= 0:
            return None
        scale = min(scale, (MOST_PIXELS / (width * height)) ** 0.5)
        wide, high = max(1, int(width * scale)), max(1, int(height * scale))
        with canvas(wide, high) as bitmap:
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, pdfium.FPDF_ANNOT)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
        return Image.frombuffer("RGB", (wide, high), pixels, "raw", "BGRX", stride, 1), width, height


def draw_page(data: bytes, page: int, scale: float) -> tuple[bytes, float, float] | None:
    """A page (1-based) as PNG with its size in points."""
    try:
        with opened(data) as document:
            found = paint(document, page - 1, scale) if 1 <= page <= count_pages(document) else None
    except CannotOpen:
        return None
    if found is None:
        return None
    image, width, height = found
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=1)
    return target.getvalue(), width, height
