"""From characters to runs: stretches of text on one line, without wide gaps, within one cell.

In: the characters of a page and its grids.  Out: `Run` objects in the order of the file.  White space inside a run
stands where the file has it or where a gap shows it.  A word through which a line of the table passes belongs to the
cell that holds most of it; figures so cut are parted by a space and shown in both cells, so that neither is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from parsing.readers.pdf.content import Flags, Floats, Ints, PageContent
from parsing.readers.pdf.grids import Grid

# In heights of a line: gaps that part words, runs; how far characters of one line may stand apart upwards; how deep
# a line of a table must cut into a character to have passed through its word.
WORD_GAP = 0.25
RUN_GAP = 0.9
SAME_HEIGHT = 0.45
CUT = 0.15
# A mark lower than this share of its neighbours is as high as they are, if it stands so near to their height.
SMALL = 0.6
NEAR = 0.2
SPACES = (0x20, 0xA0, 0x3000)
OUTSIDE = -1
# Characters without a meaning: pdfium's marks for hyphens and for glyphs that no table explains.
MEANINGLESS = (0xFFFE, 0xFFFF)


class Run(NamedTuple):
    """Text with its box, in tenths of a point; `cell` counts through the cells of all grids of the page, -1 outside."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    cell: int

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def is_white(codes: NDArray[np.uint32]) -> Flags:
    found: Flags = (codes <= 0x20) | is_one_of(codes, (0xA0, 0x3000, 0xFEFF, *MEANINGLESS))
    return found | ((codes >= 0x2000) & (codes <= 0x200D))


def is_one_of(codes: NDArray[np.uint32], wanted: Sequence[int]) -> Flags:
    """As numpy's `isin`, ten times faster where few are wanted."""
    found: Flags = codes == wanted[0]
    for code in wanted[1:]:
        found |= codes == code
    return found


def before_each(values: Floats) -> Floats:
    """For each value the one before it, for the first one the last."""
    return np.concatenate((values[-1:], values[:-1]))


def cells_at(boxes: Floats, grids: Sequence[Grid]) -> Ints:
    """The cell that the middle of each box lies in, -1 where there is none."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    found = np.full(len(boxes), OUTSIDE, np.int64)
    for grid in grids:
        x0, y0, x1, y1 = grid.outline
        inside = np.flatnonzero((x > x0) & (x < x1) & (y > y0) & (y < y1))
        if len(inside):
            rows = np.searchsorted(grid.ys, y[inside]) - 1
            columns = np.searchsorted(grid.xs, x[inside]) - 1
            found[inside] = grid.label[rows, columns] + grid.offset
    return found


def even_heights(boxes: Floats) -> Floats:
    """Boxes with the small marks (，。一“) as high as the characters beside them.

    Fonts without ascent give boxes as high as the ink: a comma would stand on a line of its own.
    """
    height = boxes[:, 3] - boxes[:, 1]
    tallest = height.copy()
    for shift in (1, 2):
        tallest[shift:] = np.maximum(tallest[shift:], height[:-shift])
        tallest[:-shift] = np.maximum(tallest[:-shift], height[shift:])
    small = height < SMALL * tallest
    if not small.any():
        return boxes
    places = np.arange(len(boxes))
    before = np.maximum.accumulate(np.where(small, 0, places))
    behind = np.minimum.accumulate(np.where(small, len(boxes) - 1, places)[::-1])[::-1]
    at = np.flatnonzero(small)
    middle, even = (boxes[at, 1] + boxes[at, 3]) / 2, boxes.copy()
    for other in (behind[at], before[at]):
        top, bottom, reach = boxes[other, 1], boxes[other, 3], NEAR * height[other]
        near = (middle > top - reach) & (middle < bottom + reach) & ~small[other]
        even[at[near], 1], even[at[near], 3] = top[near], bottom[near]
    return even


class Characters:
    """The characters of a page that are no white space, and where words and runs begin among them."""

    def __init__(self, content: PageContent, grids: Sequence[Grid]) -> None:
        codes = np.frombuffer(content.text.encode("utf-32-le", "replace"), np.uint32)
        kept = np.flatnonzero(~is_white(codes))
        self.text = content.text if len(kept) == len(codes) else codes[kept].tobytes().decode("utf-32-le")
        self.boxes = even_heights(content.boxes[kept])
        self.grids = grids
        self.cells = cells_at(self.boxes, grids)
        self.repeated: list[tuple[int, int, int]] = []
        if len(kept):
            self.part(codes, kept)

    def part(self, codes: NDArray[np.uint32], kept: Ints) -> None:
        """Find where a space, a word, a run begins."""
        x0, y0, x1, y1 = self.boxes.T
        heights, middles = np.maximum(y1 - y0, 1.0), y0 + y1
        size = np.maximum(heights, before_each(heights))
        gap = x0 - before_each(x1)
        is_moved = np.abs(middles - before_each(middles)) > 2 * SAME_HEIGHT * size
        spaces = np.cumsum(is_one_of(codes, SPACES))[kept]
        is_spaced = spaces > np.concatenate(([0], spaces[:-1]))
        breaks = is_moved | (gap > RUN_GAP * size) | (gap < -0.5 * size)
        self.is_spaced = is_spaced | (gap > WORD_GAP * size)
        is_word = breaks | self.is_spaced
        is_word[0] = breaks[0] = True
        self.keep_words_whole(np.flatnonzero(is_word), gap, size)
        breaks[1:] |= self.cells[1:] != self.cells[:-1]
        self.starts = np.flatnonzero(breaks)

    def keep_words_whole(self, starts: Ints, gap: Floats, size: Floats) -> None:
        """Give each word that a line passes through to one cell."""
        if not self.grids or not len(starts):
            return
        low, high = np.minimum.reduceat(self.cells, starts), np.maximum.reduceat(self.cells, starts)
        ends = np.append(starts[1:], len(self.cells))
        for word in np.flatnonzero(low != high).tolist():
            start, end = int(starts[word]), int(ends[word])
            for at in range(start + 1, end):
                if self.cells[at] != self.cells[at - 1] and not self.is_cut(at, float(gap[at]), float(size[at])):
                    self.settle(start, at)
                    start = at
            self.settle(start, end)

    def is_cut(self, at: int, gap: float, size: float) -> bool:
        """Whether a line passes through the word between two of its characters, not through a gap between words."""
        line = self.line_between(at)
        before, behind = self.boxes[at - 1], self.boxes[at]
        is_through = line is not None and max(before[2] - line, line - behind[0]) > CUT * size
        return bool(is_through) or (self.has_figures(at) and gap <= CUT * size)

    def line_between(self, at: int) -> float | None:
        one, other = int(self.cells[at - 1]), int(self.cells[at])
        for grid in self.grids:
            if grid.offset <= one < grid.offset + len(grid.cells):
                return grid.box(grid.cells[one - grid.offset])[2]
            if grid.offset <= other < grid.offset + len(grid.cells):
                return grid.box(grid.cells[other - grid.offset])[0]
        return None

    def has_figures(self, at: int) -> bool:
        return self.text[at - 1].isdigit() and self.text[at].isdigit()

    def settle(self, start: int, end: int) -> None:
        """One cell for the characters from `start` to `end`: that of most of them."""
        own = self.cells[start:end]
        cells, counts = np.unique(own, return_counts=True)
        if len(cells) == 1:
            return
        torn = [at for at in range(start + 1, end) if self.cells[at] != self.cells[at - 1] and self.has_figures(at)]
        most = int(cells[counts.argmax()])
        if torn:
            self.is_spaced[torn] = True
            self.repeated += [(start, end, int(cell)) for cell in cells if cell not in (most, OUTSIDE)]
        self.cells[start:end] = most

    def words(self, start: int, end: int) -> str:
        """The text of a stretch, with a space where one was found."""
        found, last = "", start
        for at in (np.flatnonzero(self.is_spaced[start + 1 : end]) + start + 1).tolist():
            found += self.text[last:at] + " "
            last = at
        return found + self.text[last:end]

    def runs(self) -> Iterator[Run]:
        if not self.text:
            return
        starts, ends = self.starts, np.append(self.starts[1:], len(self.text))
        boxes = np.empty((len(starts), 4))
        np.minimum.reduceat(self.boxes[:, :2], starts, axis=0, out=boxes[:, :2])
        np.maximum.reduceat(self.boxes[:, 2:], starts, axis=0, out=boxes[:, 2:])
        inner = np.cumsum(self.is_spaced)
        has_space = (inner[ends - 1] > inner[starts]).tolist()
        cells = self.cells[starts].tolist()
        rows = zip(starts.tolist(), ends.tolist(), boxes.round(1).tolist(), cells, has_space, strict=True)
        for start, end, (x0, y0, x1, y1), cell, spaced in rows:
            yield Run(self.words(start, end) if spaced else self.text[start:end], x0, y0, x1, y1, cell)
        for start, end, cell in self.repeated:
            box = self.boxes[start:end]
            (x0, y0), (x1, y1) = box[:, :2].min(axis=0).round(1), box[:, 2:].max(axis=0).round(1)
            yield Run(self.words(start, end), float(x0), float(y0), float(x1), float(y1), cell)


def make_runs(content: PageContent, grids: Sequence[Grid]) -> list[Run]:
    """All runs of a page."""
    return list(Characters(content, grids).runs())

