"""The lines that a pdf page draws: strokes, thin filled rectangles, the sides of drawn rectangles.

In: a page handle of pdfium.  Out: thin boxes in the page's own coordinates, and whether a picture covers the page.
Left out: white and transparent lines, filled areas (shading), slanted and curved lines, specks.  What a form object
holds is followed.  A page of more objects than a report ever has is looked at up to a limit.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

Segment = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

# The thickest line, the shortest line, and how far from upright one may be, in points.
THICKEST = 3.0
SHORTEST = 3.0
SLANT = 0.75
# A page of a report has some hundred objects, one that draws each letter and dash a few ten thousand.
MOST_OBJECTS = 100_000
MOST_SEGMENTS = 20_000
DEEPEST_FORM = 4
WHITE = 250
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What the page draws: thin boxes; boxes of pictures; objects of text; whether the limits were reached."""

    lines: list[Segment] = field(default_factory=list)
    pictures: list[Segment] = field(default_factory=list)
    texts: list[object] = field(default_factory=list)
    objects: int = 0
    segments: int = 0


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def combine(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does `inner` first, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def matrix_of(handle: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def is_visible(handle: object, ask: Callable[..., int]) -> bool:
    """Whether a colour can be seen on white paper."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(handle, *parts):
        return True
    red, green, blue, alpha = (part.value for part in parts)
    return alpha > 0 and min(red, green, blue) < WHITE


class LineFinder:
    """Walks over the objects of one page."""

    def __init__(self) -> None:
        self.drawn = Drawn()
        self.left, self.bottom, self.right, self.top = (ctypes.c_float() for _ in range(4))
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()

    def walk(self, holder: object, matrix: Matrix = IDENTITY, depth: int = 0) -> Drawn:
        """Look at all objects of a page (depth 0) or of a form on it."""
        count, get = (
            (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
            if depth
            else (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
        )
        kind_of, drawn = pdfium.FPDFPageObj_GetType, self.drawn
        for index in range(min(count(holder), MOST_OBJECTS - drawn.objects)):
            handle = get(holder, index)
            kind = kind_of(handle)
            drawn.objects += 1
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                drawn.texts.append(handle)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.see_path(handle, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                drawn.pictures.append(self.bounds(handle, matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                self.walk(handle, combine(matrix_of(handle), matrix), depth + 1)
        return drawn

    def bounds(self, handle: object, matrix: Matrix) -> Segment:
        pdfium.FPDFPageObj_GetBounds(handle, self.left, self.bottom, self.right, self.top)
        box = self.left.value, self.bottom.value, self.right.value, self.top.value
        return box if matrix is IDENTITY else box_between(apply(matrix, *box[:2]), apply(matrix, *box[2:]))

    def see_path(self, handle: object, matrix: Matrix) -> None:
        """Add the lines of one path; its bounds settle the matter for the thin ones."""
        pdfium.FPDFPath_GetDrawMode(handle, self.fill, self.stroke)
        is_stroked, is_filled = bool(self.stroke.value), bool(self.fill.value)
        if not (is_stroked or is_filled):
            return
        box = self.bounds(handle, matrix)
        wide, high = box[2] - box[0], box[3] - box[1]
        is_thin = min(wide, high) <= THICKEST
        if max(wide, high) < SHORTEST or (not is_thin and not is_stroked and self.is_area(handle)):
            return
        is_stroked = is_stroked and is_visible(handle, pdfium.FPDFPageObj_GetStrokeColor)
        if not is_stroked and not (is_filled and is_visible(handle, pdfium.FPDFPageObj_GetFillColor)):
            return
        if is_thin:
            self.drawn.lines.append(box)
        elif is_stroked:
            self.drawn.lines += (line for part in self.parts(handle, matrix) for line in sides(part))
        else:
            boxes = (box_around(part) for part in self.parts(handle, matrix))
            self.drawn.lines += (one for one in boxes if is_line(one))

    def is_area(self, handle: object) -> bool:
        """A single filled rectangle."""
        return bool(pdfium.FPDFPath_CountSegments(handle) <= 5)

    def parts(self, handle: object, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The points of each stretch of a path; curves are left out and end a stretch."""
        whole = combine(matrix_of(handle), matrix)
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(min(pdfium.FPDFPath_CountSegments(handle), MOST_SEGMENTS - self.drawn.segments)):
            self.drawn.segments += 1
            segment = pdfium.FPDFPath_GetPathSegment(handle, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            if pdfium.FPDFPathSegment_GetType(segment) != pdfium.FPDF_SEGMENT_LINETO and points:
                yield points
                points = []
            points.append(apply(whole, x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
                points.append(points[0])
        if points:
            yield points


def box_between(one: tuple[float, float], other: tuple[float, float]) -> Segment:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def box_around(points: list[tuple[float, float]]) -> Segment:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def is_line(box: Segment) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return min(wide, high) <= THICKEST and max(wide, high) >= SHORTEST


def sides(points: list[tuple[float, float]]) -> Iterator[Segment]:
    """The upright and level strokes between the points."""
    for one, other in pairwise(points):
        box = box_between(one, other)
        if min(box[2] - box[0], box[3] - box[1]) <= SLANT and is_line(box):
            yield box
