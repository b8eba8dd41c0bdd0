"""The pages of a pdf as pdfium sees them.

In: the bytes of a pdf file.  Out: a `PageContent` for each page, one after the other.  Refused, as `CannotOpen`: bytes
that pdfium cannot open, with the reason.  Handles are closed whatever happens; pdfium is no more than one thread's
at a time.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from math import pi
from threading import RLock
from typing import Any

import numpy as np
import pypdfium2 as _library  # noqa: F401  (starts pdfium)
import pypdfium2.raw as pdfium

from parsing.readers.pdf import calls
from parsing.readers.pdf.calls import address
from parsing.readers.pdf.content import Floats, PageContent, columns_of, lines_of, turn_once
from parsing.readers.pdf.rulings import Drawn, LineFinder

LOCK = RLock()
# Characters on one page; more is no page of a report but a program's output or an attack.
MOST_CHARACTERS = 200_000
# A picture of at least this share of the page is a scan.
SCAN_SHARE = 0.5
INVISIBLE = 3
# The direction of the text is that of so many characters spread over the page, if most agree.
SAMPLES = 12
MAP_SAMPLES = 50
NAME_LENGTH = 200
PART_OF_FONT = re.compile(rb"[A-Z]{6}\+")
FIGURE = re.compile(r"\d")
SAME_WAY = 0.7
QUARTER = pi / 2


BOX_BYTES = ctypes.sizeof(pdfium.FS_RECTF)


class CannotOpen(Exception):
    """pdfium refuses the file; `is_encrypted` says that a password is missing."""

    def __init__(self, is_encrypted: bool) -> None:
        super().__init__("encrypted" if is_encrypted else "damaged")
        self.is_encrypted = is_encrypted


@contextmanager
def opened(data: bytes) -> Iterator[object]:
    """A document handle for as long as the block lasts."""
    with LOCK:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            raise CannotOpen(pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD)
        try:
            yield document
        finally:
            pdfium.FPDF_CloseDocument(document)


@contextmanager
def opened_page(document: object, index: int) -> Iterator[object | None]:
    """A page handle, None for a page that is damaged."""
    page = pdfium.FPDF_LoadPage(document, index)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def count_pages(document: object) -> int:
    return int(pdfium.FPDF_GetPageCount(document))


def read_page(document: object, index: int) -> PageContent | None:
    """One page by its 0-based index; None where it cannot be loaded or lost one of its fonts."""
    with opened_page(document, index) as page:
        if page is None:
            return None
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return None
        try:
            text, boxes = read_characters(text_page)
            upright = turns_to_upright(text_page, text)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        drawn = LineFinder().walk(page)
        if lacks_font(drawn):
            return None
        return compose(page, index + 1, text, boxes, drawn, upright)


def lacks_font(drawn: Drawn) -> bool:
    """Whether a font that must be part of the file is gone.

    The name of a font of which a file holds only the characters that it uses begins with six letters and a plus sign.
    Without the font pdfium leaves characters out: 243 became 4, on the screen too.
    """
    buffer = ctypes.create_string_buffer(NAME_LENGTH)
    for font in set(map(calls.font_of, drawn.texts)):
        if font and calls.is_embedded(font) == 0:
            calls.name_of_font(font, ctypes.addressof(buffer), NAME_LENGTH)
            if PART_OF_FONT.match(buffer.value):
                return True
    return False


def read_characters(text_page: Any) -> tuple[str, Floats]:
    """All characters in the order of the file, with their boxes (left, top, right, bottom) in the page's coordinates.

    The text comes in one call; only where it does not match the characters one by one (some have no meaning), each is
    asked for.
    """
    count = min(pdfium.FPDFText_CountChars(text_page), MOST_CHARACTERS)
    if count <= 0:
        return "", np.empty((0, 4))
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer).decode("utf-16-le", "replace").split("\x00", 1)[0]
    if len(text) != count:
        get = pdfium.FPDFText_GetUnicode
        codes = (get(text_page, index) for index in range(count))
        text = "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)
    rectangles = (pdfium.FS_RECTF * count)()
    handle, start = address(text_page), ctypes.addressof(rectangles)
    text = without_guesses(handle, text)
    # The boxes of white space, a quarter of all characters, mean nothing.
    shown = np.flatnonzero(np.frombuffer(text.encode("utf-32-le"), np.uint32) > ord(" "))
    places = start + shown * BOX_BYTES
    for _ in map(calls.character_box, repeat(handle), shown.tolist(), places.tolist()):
        continue
    return text, np.frombuffer(rectangles, np.float32).reshape(-1, 4).astype(np.float64)


def without_guesses(text_page: int, text: str) -> str:
    """The text with U+FFFD for characters that the font does not explain; pdfium guesses them from their codes.

    A figure in a font of its own would be read as another one, so each figure is asked about; for the rest a few
    characters spread over the page tell whether all must be asked.
    """
    ask = calls.has_no_meaning
    spread = (index for index in range(0, len(text), max(1, len(text) // MAP_SAMPLES)) if text[index] > " ")
    figures = (match.start() for match in FIGURE.finditer(text))
    if 1 not in map(ask, repeat(text_page), chain(spread, figures)):
        return text
    return "".join("\ufffd" if char > " " and ask(text_page, index) == 1 else char for index, char in enumerate(text))


def compose(page: object, number: int, text: str, boxes: Floats, drawn: Drawn, upright: int | None) -> PageContent:
    """Put characters and lines into the coordinates of the page, turned so that its text stands upright."""
    frame, displayed = pdfium.FS_RECTF(), pdfium.FPDFPage_GetRotation(page) % 4
    pdfium.FPDF_GetPageBoundingBox(page, frame)
    wide, high = frame.right - frame.left, frame.top - frame.bottom
    is_picture = shows_picture(drawn, wide * high)
    characters = from_corner(boxes, frame.left, frame.top)
    segments = from_corner(np.array(drawn.lines).reshape(-1, 4), frame.left, frame.top)
    turns = displayed if upright is None else upright
    for _ in range(turns):
        characters, segments = turn_once(characters, high), turn_once(segments, high)
        wide, high = high, wide
    across, down = lines_of(segments)
    return PageContent(number, wide, high, text, characters, across, down, (turns - displayed) % 4, is_picture)


def from_corner(boxes: Floats, left: float, top: float) -> Floats:
    """Boxes (left, top, right, bottom, counted from below) with the origin at the top left corner of the page."""
    x0, y0, x1, y1 = boxes.T
    across, up = (np.minimum(x0, x1), np.maximum(x0, x1)), (np.maximum(y0, y1), np.minimum(y0, y1))
    return columns_of(across[0] - left, top - up[0], across[1] - left, top - up[1])


def turns_to_upright(text_page: object, text: str) -> int | None:
    """Quarter turns clockwise of the bare page that set most of its text upright; None where it points many ways."""
    spread = range(0, len(text), max(1, len(text) // SAMPLES))
    # White space that pdfium adds between lines has no direction.
    angles = [pdfium.FPDFText_GetCharAngle(text_page, index) for index in spread if text[index] > " "]
    turns, votes = Counter(-round(angle / QUARTER) % 4 for angle in angles).most_common(1)[0] if angles else (0, 0)
    return turns if votes > SAME_WAY * len(angles) else None


def shows_picture(drawn: Drawn, area: float) -> bool:
    """Whether a picture covers most of the page, and any text on it is invisible: the work of a recogniser."""
    if not any((x1 - x0) * (y1 - y0) > SCAN_SHARE * area for x0, y0, x1, y1 in drawn.pictures):
        return False
    return all(calls.render_mode(one) == INVISIBLE for one in drawn.texts)
