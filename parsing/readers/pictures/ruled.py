"""Ruling lines in the picture of a page, and how far the page was laid askew.

In: a picture in shades of grey.  Out: boxes of lines, in pixels; the angle of the page.  Left out: strokes of letters,
which are short.  Nothing is refused; a page without lines has the angle 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from parsing.readers.pdf.content import Floats

Pixels = NDArray[np.uint8]
Labels = NDArray[Any]

# In shares of the page's width: the shortest line, the gap in a line that print or paper left, the thickest line.
SHORTEST = 0.022
GAP = 0.002
THICKEST = 0.006
# A line so long is no stroke of a letter.
SURE = 0.06
# Paper is not always white: what is so much darker than the page around it is ink.
DARKER = 25
NEIGHBOURHOOD = 41
# Lines so long show the angle of the page, in degrees; beyond the largest it is no skew.
LONG = 0.3
SMALLEST_ANGLE, LARGEST_ANGLE = 0.08, 6.0


def ink_of(pixels: Pixels) -> Pixels:
    """255 where there is ink, 0 where there is paper; `pixels` are rows of blue, green, red."""
    # Part of the extra, which need not be there.
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, NEIGHBOURHOOD, DARKER)
    return np.asarray(dark, np.uint8)


def strokes(ink: Pixels, is_across: bool) -> tuple[Labels, Labels]:
    """Long runs of ink in one direction, numbered; and for each number left, top, width, height and area."""
    import cv2

    wide = ink.shape[1]
    length, gap = max(8, int(wide * SHORTEST)), max(2, int(wide * GAP))
    sizes = ((gap, 1), (length, 1)) if is_across else ((1, gap), (1, length))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(sizes[0][::-1], np.uint8))
    runs = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(sizes[1][::-1], np.uint8))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    return np.asarray(labels), np.asarray(boxes)


def find_lines(ink: Pixels) -> Floats:
    """Boxes (x0, y0, x1, y1) of the ruling lines."""
    found = []
    for is_across in (True, False):
        _, boxes = strokes(ink, is_across)
        thickness = boxes[1:, 3 if is_across else 2]
        thin = boxes[1:][thickness <= max(4, THICKEST * ink.shape[1])]
        found.append(np.column_stack((thin[:, 0], thin[:, 1], thin[:, 0] + thin[:, 2], thin[:, 1] + thin[:, 3])))
    return without_strokes(np.concatenate(found).astype(np.float64), ink.shape[1])


def without_strokes(lines: Floats, wide: int) -> Floats:
    """The lines without the strokes of large letters: what is short must touch a line that is not."""
    size = np.maximum(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    long = lines[size >= SURE * wide]
    reach = max(3.0, GAP * wide)
    touch = (
        (lines[:, 0:1] <= long[:, 2] + reach) & (lines[:, 2:3] >= long[:, 0] - reach)
        & (lines[:, 1:2] <= long[:, 3] + reach) & (lines[:, 3:4] >= long[:, 1] - reach)
    )  # fmt: skip
    kept: Floats = lines[touch.any(axis=1)]
    return kept


def angle_of(ink: Pixels) -> float:
    """Degrees by which the long lines of the page fall to the right."""
    labels, boxes = strokes(ink, True)
    angles = []
    for index in range(1, len(boxes)):
        if boxes[index, 2] >= LONG * ink.shape[1]:
            rows, columns = np.nonzero(labels == index)
            angles.append(float(np.degrees(np.arctan(np.polyfit(columns, rows, 1)[0]))))
    angle = float(np.median(angles)) if angles else 0.0
    return angle if SMALLEST_ANGLE < abs(angle) < LARGEST_ANGLE else 0.0


def straighten(picture: Pixels, angle: float) -> Pixels:
    """The picture turned back by an angle, on white paper."""
    import cv2

    high, wide = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return np.asarray(turned, np.uint8)
