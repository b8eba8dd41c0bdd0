"""The lines that a pdf page draws: strokes, thin filled rectangles, the sides of drawn rectangles.

In: a page handle of pdfium.  Out: thin boxes in the page's own coordinates, and whether a picture covers the page.
Left out: white and transparent lines, filled areas (shading), slanted and curved lines, specks.  What a form object
holds is followed.  A page of more objects than a report ever has is looked at up to a limit.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as pdfium

from parsing.readers.pdf import calls
from parsing.readers.pdf.calls import address

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
# The segments of one rectangle.
RECTANGLE = 5
TEXT, PATH, IMAGE, FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM,
)  # fmt: skip
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What the page draws: thin boxes; boxes of pictures; objects of text; whether the limits were reached."""

    lines: list[Segment] = field(default_factory=list)
    pictures: list[Segment] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
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


class LineFinder:
    """Walks over the objects of one page.

    pdfium writes what it is asked into `boxes`, `colours`, `modes`, at the addresses beside them.
    """

    def __init__(self) -> None:
        self.drawn = Drawn()
        self.boxes, self.colours, self.modes = (ctypes.c_float * 6)(), (ctypes.c_uint * 4)(), (ctypes.c_int * 2)()
        self.box_at, self.colour_at, self.mode_at = (
            tuple(range(ctypes.addressof(buffer), ctypes.addressof(buffer) + ctypes.sizeof(buffer), 4))
            for buffer in (self.boxes, self.colours, self.modes)
        )

    def walk(self, page: Any) -> Drawn:
        """Look at all objects of a page."""
        self.look_at(address(page), pdfium.FPDFPage_CountObjects(page), calls.object_of_page, IDENTITY, 0)
        return self.drawn

    def look_at(self, holder: int, count: int, get: Callable[..., int], matrix: Matrix, depth: int) -> None:
        """Look at the objects of a page (depth 0) or of a form on it."""
        drawn = self.drawn
        handles = list(map(get, repeat(holder), range(min(count, MOST_OBJECTS - drawn.objects))))
        for handle, kind in zip(handles, map(calls.type_of, handles), strict=True):
            if kind == TEXT:
                drawn.texts.append(handle)
            elif kind == PATH:
                self.see_path(handle, matrix)
            elif kind == IMAGE:
                drawn.pictures.append(self.bounds(handle, matrix))
            elif kind == FORM and depth < DEEPEST_FORM:
                inner = pdfium.FPDFFormObj_CountObjects(ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT))
                self.look_at(handle, inner, calls.object_of_form, combine(self.matrix(handle), matrix), depth + 1)
        drawn.objects += count

    def bounds(self, handle: int, matrix: Matrix) -> Segment:
        calls.bounds_of(handle, *self.box_at[:4])
        x0, y0, x1, y1 = self.boxes[:4]
        return (x0, y0, x1, y1) if matrix is IDENTITY else box_between(apply(matrix, x0, y0), apply(matrix, x1, y1))

    def matrix(self, handle: int) -> Matrix:
        if not calls.matrix_of(handle, self.box_at[0]):
            return IDENTITY
        a, b, c, d, e, f = self.boxes
        return a, b, c, d, e, f

    def is_visible(self, handle: int, ask: Callable[..., int]) -> bool:
        """Whether a colour can be seen on white paper."""
        if not ask(handle, *self.colour_at):
            return True
        red, green, blue, alpha = self.colours
        return alpha > 0 and min(red, green, blue) < WHITE

    def see_path(self, handle: int, matrix: Matrix) -> None:
        """Add the lines of one path; its bounds settle the matter for the thin ones."""
        calls.draw_mode(handle, *self.mode_at)
        is_filled, is_stroked = self.modes
        if not (is_stroked or is_filled):
            return
        box = self.bounds(handle, matrix)
        wide, high = box[2] - box[0], box[3] - box[1]
        is_thin = wide <= THICKEST or high <= THICKEST
        # A single filled rectangle is shading.
        if max(wide, high) < SHORTEST or not (is_thin or is_stroked or calls.count_segments(handle) > RECTANGLE):
            return
        is_stroke_seen = is_stroked and self.is_visible(handle, calls.colour_of_stroke)
        if not is_stroke_seen and not (is_filled and self.is_visible(handle, calls.colour_of_fill)):
            return
        if is_thin:
            self.drawn.lines.append(box)
        elif is_stroke_seen:
            self.drawn.lines += (line for part in self.parts(handle, matrix) for line in sides(part))
        else:
            boxes = (box_around(part) for part in self.parts(handle, matrix))
            self.drawn.lines += (one for one in boxes if is_line(one))

    def parts(self, handle: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The points of each stretch of a path; curves are left out and end a stretch."""
        whole = combine(self.matrix(handle), matrix)
        points: list[tuple[float, float]] = []
        for index in range(min(calls.count_segments(handle), MOST_SEGMENTS - self.drawn.segments)):
            self.drawn.segments += 1
            segment = calls.segment_of(handle, index)
            calls.point_of(segment, *self.box_at[:2])
            if calls.type_of_segment(segment) != pdfium.FPDF_SEGMENT_LINETO and points:
                yield points
                points = []
            points.append(apply(whole, self.boxes[0], self.boxes[1]))
            if calls.closes(segment) and len(points) > 1:
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
