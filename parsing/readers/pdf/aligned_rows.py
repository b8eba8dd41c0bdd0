"""The rows of a table without upright lines: which lines are one row, which piece stands in which column.

In: lines whose pieces stand under one another.  Out: rows of cells.  Lines are one row where ruling lines say so, or
where they stand closer than rows do and no figure says otherwise.  A blank cell is made only where the other figures
of its row stand in the columns of the rows around.  Figures whose columns are not certain stay together in one cell,
so that none is read in a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from parsing.readers.pdf.content import Box, PageContent
from parsing.readers.pdf.lines import FIRST_WIDE, WIDE_GAP, Line, join_words
from parsing.readers.pdf.runs import Run
from parsing.readers.pdf.tables import DraftCell

# What stands in a column of figures: a figure with its unit, a sign or a word for nothing.
VALUE = re.compile(
    r"[+\-−]?\d+(?:[,，]\d{3})*(?:\.\d+)?\s*(?:[%％]|[万亿]?(?:[元件条次个项人篇份宗起场期]|[件条人]次)?)$"
    r"|[-—–/]+$|无$|零$|不涉及$|不适用$"
)
# How near the middle or an edge of a figure must be to that of its column, in heights of a line.
ALIGNED = 0.45
# A ruling line parts rows when it runs along this share of the table.
RULED_SHARE = 0.6
FEWEST_RULED = 3
# Lines of one label stand at most so far apart, in heights of a line; rows stand further apart by this factor.
CLOSEST = 1.8
FURTHER = 1.12

Span = tuple[float, float]


def values_of(line: Line) -> list[Run]:
    """The figures of a line: what begins a line with words in it is a label, figure or not."""
    found = [run for run in line.runs if VALUE.match(run.text)]
    return found[1:] if found and found[0] is line.runs[0] and len(found) < len(line.runs) else found


def edges_of(run: Run) -> tuple[float, float, float]:
    return run.x0, (run.x0 + run.x1) / 2, run.x1


class Columns:
    """The columns of figures that the rows show, from 1; what stands left of them are labels."""

    def __init__(self, lines: Sequence[Line]) -> None:
        rows = [values for line in lines if (values := values_of(line))]
        self.columns: list[list[Run]] = []
        reach = float("-inf")
        for run in sorted((run for row in rows for run in row), key=lambda run: run.x0):
            if run.x0 >= reach:
                self.columns.append([])
            self.columns[-1].append(run)
            reach = max(reach, run.x1)
        self.spans: list[Span] = [(column[0].x0, max(run.x1 for run in column)) for column in self.columns]
        self.start = self.spans[0][0] if self.spans else float("inf")
        labels = [[run.x0 for run in line.runs if run.x1 <= self.start] for line in lines if values_of(line)]
        self.label = median([max(places) for places in labels if places] or [0.0])
        # A column is known by two figures in it, or by a row without blanks.
        is_known = all(len(column) > 1 for column in self.columns) or any(len(row) == len(self.columns) for row in rows)
        self.are_proven = is_known and self.are_straight()

    def are_straight(self) -> bool:
        """Whether the figures of each column stand exactly under one another: by their left, middle or right."""
        for column in self.columns:
            sides = zip(*map(edges_of, column), strict=True)
            if min(max(side) - min(side) for side in sides) > ALIGNED * column[0].height:
                return False
        return True

    def of(self, run: Run) -> tuple[int, int]:
        """The first and last column that a piece stands over; (1, 0) where it stands over none."""
        hit = [index for index, (x0, x1) in enumerate(self.spans, 1) if run.x1 > x0 and run.x0 < x1]
        return (hit[0], hit[-1]) if hit else (1, 0)

    def inner(self, line: Line) -> list[Run]:
        """The pieces of a line that are no labels."""
        return [run for run in line.runs if run.x1 > self.start]

    def is_group(self, line: Line) -> bool:
        """Whether a line holds nothing but the label of a group, left of the labels of rows."""
        return all(run.x1 < self.label for run in line.runs)


def part_headings(line: Line, columns: Columns) -> Line:
    """The line with headings parted that stand so close that they look like one, each over a column of its own."""
    runs = [part for run in line.runs for part in part_run(run, columns)]
    return line if len(runs) == len(line.runs) else replace(line, runs=runs)


def part_run(run: Run, columns: Columns) -> list[Run]:
    """The words of a run, by the widths that characters have on average, where each has its column."""
    words = run.text.split(" ")
    first, last = columns.of(run)
    if len(words) != last - first + 1 or len(words) < 2:
        return [run]
    unit = (run.x1 - run.x0) / sum(width_of(char) for char in run.text)
    parts, at = [], run.x0
    for word in words:
        end = at + unit * sum(map(width_of, word))
        parts.append(run._replace(text=word, x0=at, x1=end))
        at = end + unit * width_of(" ")
    places = [columns.of(part) for part in parts]
    return parts if places == [(column, column) for column in range(first, last + 1)] else [run]


def width_of(char: str) -> float:
    return 1.0 if char >= FIRST_WIDE else 0.5


def piece(page: PageContent, runs: Sequence[Run], first: int, last: int, raw: str | None = None) -> DraftCell:
    """A cell of the pieces given."""
    box: Box = (
        min(run.x0 for run in runs), min(run.y0 for run in runs),
        max(run.x1 for run in runs), max(run.y1 for run in runs),
    )  # fmt: skip
    where = page.place(box)
    return DraftCell(join_words([run.text for run in runs]) if raw is None else raw, where, 0, 0, first, last)


def blank(page: PageContent, line: Line, columns: Columns, column: int) -> DraftCell:
    x0, x1 = columns.spans[column - 1]
    where = page.place((x0, line.y0, x1, line.y1))
    return DraftCell("", where, 0, 0, column, column)


def under_another(runs: Sequence[Run]) -> list[list[Run]]:
    """Pieces that stand under one another together, from left to right."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y0):
        group = next((one for one in groups if any(run.x0 < own.x1 and run.x1 > own.x0 for own in one)), None)
        if group is None:
            groups.append([run])
        else:
            group.append(run)
    return sorted(groups, key=lambda group: min(run.x0 for run in group))


def make_row(lines: Sequence[Line], columns: Columns) -> list[DraftCell]:
    """One row of the lines given: labels, then figures or headings from left to right."""
    page, size = lines[0].page, len(columns.spans)
    runs = [run for line in lines for run in line.runs]
    cells = [piece(page, group, 0, 0) for group in under_another([run for run in runs if run.x1 <= columns.start])]
    inner = under_another([run for run in runs if run.x1 > columns.start])
    figures = [group[0] for group in inner if len(group) == 1 and VALUE.match(group[0].text)]
    if len(figures) < len(inner):
        places = [columns.of(run) for run in (max(group, key=lambda one: one.x1 - one.x0) for group in inner)]
        pairs = zip(inner, places, strict=True)
        return [*cells, *(piece(page, own, first, max(first, last)) for own, (first, last) in pairs)]
    if len(figures) == size or len(figures) < 2:
        return [*cells, *(piece(page, [run], *columns.of(run)) for run in figures)]
    places = [columns.of(run) for run in figures]
    is_certain = columns.are_proven and all(one == last for one, last in places) and len(set(places)) == len(places)
    if not is_certain or not cells or 2 * len(figures) < size:
        return [*cells, piece(page, figures, 1, size, WIDE_GAP.join(run.text for run in figures))]
    found = {first: piece(page, [run], first, last) for run, (first, last) in zip(figures, places, strict=True)}
    return [*cells, *(found.get(column) or blank(page, lines[0], columns, column) for column in range(1, size + 1))]


def rules_of(lines: Sequence[Line]) -> list[float]:
    """The heights of ruling lines that run along most of the block."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    across = lines[0].page.across
    length = across[:, 2].clip(x0, x1) - across[:, 1].clip(x0, x1)
    return sorted(across[length >= RULED_SHARE * (x1 - x0), 0].tolist())


def ruled_rows(lines: Sequence[Line]) -> list[list[Line]] | None:
    """The lines between neighbouring ruling lines; None where those do not part all rows."""
    rules = rules_of(lines)
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(sum(rule < line.middle for rule in rules), []).append(line)
    figures = [sum(bool(values_of(line)) for line in group) for group in found.values()]
    return list(found.values()) if len(found) > FEWEST_RULED and max(figures) == 1 else None


def is_row(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether lines that stand close can be one row: labels around the one line with figures, not headings."""
    return len(lines) == 1 or sum(bool(columns.inner(line)) for line in lines) <= 1


def apart(lines: Sequence[Line]) -> list[list[Line]]:
    return [[line] for line in lines]


def close_rows(lines: Sequence[Line], columns: Columns) -> list[list[Line]]:
    """Lines taken together that stand closer than rows do; each by itself where that is not clear."""
    # Labels of groups that share a line may stand a little higher or lower than the row itself.
    steps = [other.runs[-1].middle - one.runs[-1].middle for one, other in pairwise(lines)]
    height = median(line.height for line in lines)
    for limit in sorted({step for step in steps if step <= CLOSEST * height}, reverse=True):
        beyond = min((step for step in steps if step > limit + 0.1), default=0.0)
        # Lines that overlap upwards are no rows; others must be seen to stand closer than rows do.
        if limit > height and beyond < FURTHER * limit:
            continue
        rows = [[lines[0]]]
        for step, line in zip(steps, lines[1:], strict=True):
            if step <= limit:
                rows[-1].append(line)
            else:
                rows.append([line])
        # Headings of columns stand above each other in many ways and are kept as they are.
        if all(is_row(row, columns) or not any(map(values_of, row)) for row in rows):
            return [part for row in rows for part in ([row] if is_row(row, columns) else apart(row))]
    return apart(lines)


def rows_of(lines: Sequence[Line], columns: Columns) -> list[list[Line]]:
    """The lines of each row, from top to bottom; labels of groups that stand between lines are rows of their own."""
    ruled = ruled_rows(lines)
    if ruled:
        # Headings of columns stand above each other between two lines, too.
        return [part for row in ruled for part in ([row] if is_row(row, columns) else apart(row))]
    groups = [line for line in lines if columns.is_group(line)]
    inner = [line for line in lines if not columns.is_group(line)]
    found = [*close_rows(inner, columns), *apart(groups)] if inner else apart(groups)
    return sorted(found, key=lambda row: row[0].middle)
