"""From runs to lines of text, and lines to the order in which they are read.

In: runs of one page that stand outside tables, or those of one cell.  Out: `Line` objects from top to bottom; on a
page of two columns the left one before the right one, between lines that go across.  Nothing is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsing.readers.pdf.content import Box, PageContent
from parsing.readers.pdf.runs import Run

# Runs share a line when they overlap upwards by this share of the lower one.
OVERLAP = 0.5
# Between two columns of text nothing stands, at least so wide, in points; it lies in the middle of the page.
GUTTER = 9.0
MIDDLE = (0.3, 0.7)
# Columns of text have so many lines each, most of them filled to this share.
FEWEST_LINES = 5
FILLED = 0.6
WIDE_GAP = "  "
FIRST_WIDE = "\u2e80"


@dataclass(slots=True)
class Line:
    """Runs beside each other, from left to right, with the box around them.

    `height` is that of the highest run; `column` counts columns of text.
    """

    page: PageContent
    runs: list[Run]
    x0: float
    y0: float
    x1: float
    y1: float
    height: float
    column: int = 0

    @property
    def text(self) -> str:
        """The words of the line; wide gaps stay wide."""
        return self.runs[0].text if len(self.runs) == 1 else WIDE_GAP.join(run.text for run in self.runs)

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def box(self) -> Box:
        return self.x0, self.y0, self.x1, self.y1


def make_line(page: PageContent, runs: list[Run]) -> Line:
    if len(runs) == 1:
        _, x0, y0, x1, y1, _ = runs[0]
        return Line(page, runs, x0, y0, x1, y1, y1 - y0)
    runs.sort(key=lambda run: run.x0)
    top, bottom = min(run.y0 for run in runs), max(run.y1 for run in runs)
    height = max(run.y1 - run.y0 for run in runs)
    return Line(page, runs, runs[0].x0, top, max(run.x1 for run in runs), bottom, height)


def gather(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs that stand on one line, line by line from top to bottom."""
    group: list[Run] = []
    top = bottom = 0.0
    for run in sorted(runs, key=lambda run: run.y0 + run.y1):
        _, _, y0, _, y1, _ = run
        if group and min(bottom, y1) - max(top, y0) < OVERLAP * min(y1 - y0, bottom - top):
            yield group
            group = []
        if not group:
            top, bottom = y0, y1
        group.append(run)
    if group:
        yield group


def make_lines(page: PageContent, runs: Sequence[Run]) -> list[Line]:
    return [make_line(page, group) for group in gather(runs)]


def are_wide(before: str, behind: str) -> bool:
    """Whether two characters are written without a space between them; figures are not."""
    return before >= FIRST_WIDE and behind >= FIRST_WIDE and not (before.isdigit() or behind.isdigit())


def join_words(texts: Sequence[str]) -> str:
    """The lines of one cell as one text: joined where the writing has no spaces, never two figures."""
    found = texts[0]
    for text in texts[1:]:
        found += text if are_wide(found[-1], text[0]) else " " + text
    return found


def find_gutter(page: PageContent, runs: Sequence[Run]) -> float | None:
    """The middle of the empty strip between two columns of text; None where the page has one column."""
    low, high = MIDDLE[0] * page.width, MIDDLE[1] * page.width
    across = sum(run.x0 < low and run.x1 > high for run in runs)
    if len(runs) < 2 * FEWEST_LINES or across > len(runs) / 4:
        return None
    candidates = sorted({run.x1 for run in runs if low < run.x1 < high})
    best: tuple[int, float] | None = None
    for place in candidates:
        crossing = sum(run.x0 < place + GUTTER and run.x1 > place + 0.1 for run in runs)
        if best is None or crossing < best[0]:
            best = crossing, place
    if best is None or best[0] > len(runs) / 4:
        return None
    place = best[1]
    free = [run for run in runs if not (run.x0 < place + GUTTER and run.x1 > place + 0.1)]
    left, right = [run for run in free if run.x1 <= place + 0.1], [run for run in free if run.x0 >= place + GUTTER]
    return place + GUTTER / 2 if is_column(left) and is_column(right) else None


def is_column(runs: Sequence[Run]) -> bool:
    """Whether runs are lines of running text: enough of them, most as wide as the column."""
    if len(runs) < FEWEST_LINES:
        return False
    wide = max(run.x1 for run in runs) - min(run.x0 for run in runs)
    return sum(run.x1 - run.x0 > FILLED * wide for run in runs) > len(runs) / 2


def read_lines(page: PageContent, runs: Sequence[Run]) -> list[Line]:
    """The lines of the page in reading order."""
    gutter = find_gutter(page, runs)
    if gutter is None:
        return make_lines(page, runs)
    found: list[Line] = []
    left: list[Run] = []
    right: list[Run] = []

    def end_columns() -> None:
        for number, column in enumerate((left, right), 1):
            lines = make_lines(page, column)
            for line in lines:
                line.column = number
            found.extend(lines)
            column.clear()

    for run in sorted(runs, key=lambda run: run.y0):
        if run.x1 <= gutter:
            left.append(run)
        elif run.x0 >= gutter:
            right.append(run)
        else:
            end_columns()
            found.append(make_line(page, [run]))
    end_columns()
    return found
