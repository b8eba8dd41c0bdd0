"""The picture of a page → characters with boxes and ruling lines, by the optional extra `ocr` (rapidocr, onnxruntime).

In: a picture and the width of its page in points.  Out: a `PageContent` like that of a pdf page with text.  A cell that
shows ink but no recognised character gets U+FFFD, so that it is unreadable and never blank.  Refused: nothing;
`is_installed` says whether the extra is there.  Nothing is sent to anybody.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parsing.readers.pdf.content import Box, PageContent, lines_of
from parsing.readers.pdf.grids import Grid, find_grids
from parsing.readers.pdf.lines import FIRST_WIDE
from parsing.readers.pdf.runs import cells_at

# Gaps between characters of one word, in heights of the line.
CLOSE = 0.7
# A cell that is read by itself is taken when the model is so sure.
SURE_OF_A_CELL = 0.9
# So many dark pixels in a cell of 200 dots an inch are a character, and no speck; lines are left out by a margin.
FEWEST_DARK = 12
MARGIN = 2.5
UNKNOWN = "\ufffd"
# The longest side that is searched for text: A4 at 200 dots an inch.
LONGEST_SIDE = 2400

Pixels = NDArray[np.uint8]
Words = list[tuple[str, Box]]
GAP = (" ", (0.0, 0.0, 0.0, 0.0))


def is_installed() -> bool:
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@cache
def engine() -> Any:
    """The recogniser; its models are part of the package, so nothing is fetched."""
    # Asked for before it starts: since 1.29 onnxruntime sends what it does to its makers unless this is set.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "Global.max_side_len": LONGEST_SIDE})


def find_words(pixels: Pixels) -> Words:
    """Recognised pieces of text with their boxes in pixels, character by character as far as the model tells."""
    result = engine()(pixels, use_det=True, use_cls=False, use_rec=True, return_word_box=True)
    texts, boxes = list(result.txts or ()), result.boxes
    lines = result.word_results or ()
    found: Words = []
    for index, text in enumerate(texts):
        line = lines[index] if len(lines) == len(texts) else ()
        found += [*pieces_of(text, line, box_around(boxes[index])), GAP]
    return found


def pieces_of(text: str, line: Any, box: Box) -> Words:
    """The pieces of one line; the model leaves out those that it cannot place, then the whole line is one piece."""
    words = [(word, box_around(corners)) for word, _, corners in line] if isinstance(line, tuple) else []
    words = [(word, own) for word, own in words if word.strip()]
    if "".join(word for word, _ in words) != "".join(text.split()):
        return [(text, box)]
    found: Words = []
    for word, (x0, y0, x1, y1) in words:
        if found and 0 < x0 - found[-1][1][2] < CLOSE * (y1 - y0):
            # Boxes are as wide as the ink; between neighbours there is no space.
            before, (left, top, right, bottom) = found[-1]
            middle = (right + x0) / 2
            found[-1] = before, (left, top, middle, bottom)
            x0 = middle
        found.append((word, (x0, y0, x1, y1)))
    return found


def box_around(corners: Any) -> Box:
    points = np.asarray(corners, float)
    (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return x0, y0, x1, y1


def spread(words: Words) -> Iterator[tuple[str, Box]]:
    """Characters with boxes; a piece of several shares its box out, half as much to a Latin character or figure."""
    for text, (x0, y0, x1, y1) in words:
        unit = (x1 - x0) / (sum(map(width_of, text)) or 1.0)
        for char in text:
            yield char, (x0, y0, x0 + unit * width_of(char), y1)
            x0 += unit * width_of(char)


def width_of(char: str) -> float:
    return 1.0 if char >= FIRST_WIDE else 0.5


def recognise(picture: Pixels, number: int, width: float) -> PageContent:
    """One page from its picture (an array of rows of red, green, blue)."""
    from parsing.readers.pictures.ruled import angle_of, find_lines, ink_of, straighten

    pixels = np.ascontiguousarray(picture[:, :, ::-1])
    ink = ink_of(pixels)
    angle = angle_of(ink)
    if angle:
        pixels = straighten(pixels, angle)
        ink = ink_of(pixels)
    scale = width / pixels.shape[1]
    across, down = lines_of(find_lines(ink) * scale)
    words = find_words(pixels)
    words += missed(pixels, ink, words, find_grids(across, down), scale)
    marks = list(spread(words))
    boxes = np.array([box for _, box in marks], float).reshape(-1, 4) * scale
    text = "".join(char for char, _ in marks)
    return PageContent(number, width, pixels.shape[0] * scale, text, boxes, across, down, 0, True)


def missed(pixels: Pixels, ink: Pixels, words: Words, grids: Sequence[Grid], scale: float) -> Words:
    """What stands in cells where nothing was found though there is ink: read by itself, else U+FFFD."""
    boxes = np.array([box for text, box in words if text.strip()], float).reshape(-1, 4) * scale
    filled = set(cells_at(boxes, grids).tolist())
    found: Words = []
    for grid in grids:
        for index, cell in enumerate(grid.cells, grid.offset):
            place = ink_within(ink, grid.box(cell), scale) if index not in filled else None
            if place is not None:
                found += [(read_alone(pixels, place), place), GAP]
    return found


def ink_within(ink: Pixels, cell: Box, scale: float) -> Box | None:
    """The box in pixels around the ink in a cell, None where there is no more than specks."""
    x0, y0, x1, y1 = cell
    left, top = round((x0 + MARGIN) / scale), round((y0 + MARGIN) / scale)
    right, bottom = round((x1 - MARGIN) / scale), round((y1 - MARGIN) / scale)
    part = ink[top:bottom, left:right]
    if np.count_nonzero(part) < FEWEST_DARK:
        return None
    rows, columns = (np.flatnonzero(part.max(axis=axis)) for axis in (1, 0))
    x0, x1, y0, y1 = left + columns[0], left + columns[-1] + 1, top + rows[0], top + rows[-1] + 1
    return float(x0), float(y0), float(x1), float(y1)


def read_alone(pixels: Pixels, place: Box) -> str:
    """The text of a piece of the picture that holds nothing else; U+FFFD where the model is not sure."""
    left, top, right, bottom = map(int, place)
    edge = max(4, (bottom - top) // 4)
    part = pixels[max(0, top - edge) : bottom + edge, max(0, left - edge) : right + edge]
    result = engine()(part, use_det=False, use_cls=False, use_rec=True, return_word_box=False)
    texts, scores = list(result.txts or ()), list(result.scores or ())
    is_sure = len(texts) == 1 and bool(texts[0].strip()) and scores[0] >= SURE_OF_A_CELL
    return str(texts[0]).strip() if is_sure else UNKNOWN
