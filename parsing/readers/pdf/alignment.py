"""Tables without upright lines: rows whose pieces stand under one another.

In: items of a page in reading order.  Out: the same, with stretches of lines whose pieces are aligned as tables.  A
blank cell is made only where the other figures of its row stand in the columns of the rows around; a row that fits no
columns keeps its pieces in order.  Everything less certain stays lines, wide gaps and all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parsing.model import Locator
from parsing.readers.pdf.content import Box, PageContent
from parsing.readers.pdf.lines import Line, join_words
from parsing.readers.pdf.runs import Run
from parsing.readers.pdf.tables import DraftCell, DraftTable

# So many rows of one length make a table; they have a label and at least so many further pieces.
FEWEST_ROWS = 3
FEWEST_PIECES = 3
# How far a row of a table may stand below the one before it, in heights of a line.
WIDEST_STEP = 3.5
# How near the middle or an edge of a figure must be to that of its column, in heights of a line.
ALIGNED = 0.4
# A ruling line parts rows when it runs along this share of the table.
RULED_SHARE = 0.6

Item = Line | DraftTable


def blocks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Stretches of lines that could be one table, and everything else one by one."""
    block: list[Item] = []
    for item in items:
        last = block[-1] if block else None
        if isinstance(item, Line) and isinstance(last, Line) and is_next(last, item):
            block.append(item)
            continue
        if block:
            yield block
        block = [item]
    if block:
        yield block


def is_next(one: Line, other: Line) -> bool:
    if one.page is not other.page or one.column != other.column:
        return False
    return 0 <= other.middle - one.middle <= WIDEST_STEP * max(one.height, other.height)


def trimmed(lines: Sequence[Line]) -> tuple[int, int]:
    """From the first to behind the last line of several pieces."""
    several = [index for index, line in enumerate(lines) if len(line.runs) > 1]
    return (several[0], several[-1] + 1) if several else (0, 0)


class Columns:
    """The columns that the rows of the commonest length show; the first holds the labels."""

    def __init__(self, rows: Sequence[Line]) -> None:
        pieces = list(zip(*(line.runs for line in rows), strict=True))
        self.spans = [(min(run.x0 for run in column), max(run.x1 for run in column)) for column in pieces]
        self.pieces = pieces
        self.start = self.spans[1][0]

    @property
    def are_apart(self) -> bool:
        return all(one[1] < other[0] for one, other in zip(self.spans, self.spans[1:], strict=False))

    def of(self, run: Run) -> tuple[int, int]:
        """The first and last column that a piece stands in; (0, -1) where it stands in none."""
        hit = [index for index, (x0, x1) in enumerate(self.spans) if index and run.x1 > x0 and run.x0 < x1]
        return (hit[0], hit[-1]) if hit else (0, -1)

    def is_aligned(self, run: Run, column: int) -> bool:
        """Whether a piece has its left edge, middle or right edge where every piece of the column has it."""
        near = ALIGNED * run.height
        sides = ((run.x0, lambda one: one.x0), (run.x1, lambda one: one.x1),
                 ((run.x0 + run.x1) / 2, lambda one: (one.x0 + one.x1) / 2))  # fmt: skip
        return any(all(abs(side(one) - place) <= near for one in self.pieces[column]) for place, side in sides)


def piece(page: PageContent, runs: Sequence[Run], first: int, last: int) -> DraftCell:
    """A cell of the pieces given, which stand under one another."""
    box: Box = (
        min(run.x0 for run in runs), min(run.y0 for run in runs),
        max(run.x1 for run in runs), max(run.y1 for run in runs),
    )  # fmt: skip
    where = Locator(page=page.number, box=page.displayed(box))
    return DraftCell(join_words([run.text for run in runs]), where, 0, 0, first, last)


def blank(page: PageContent, line: Line, columns: Columns, column: int) -> DraftCell:
    x0, x1 = columns.spans[column]
    return DraftCell("", Locator(page=page.number, box=page.displayed((x0, line.y0, x1, line.y1))), 0, 0, column, column)


def label_cells(page: PageContent, runs: Sequence[Run]) -> list[DraftCell]:
    """Pieces of labels as cells: those under one another are one label."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.y0):
        group = next((one for one in groups if run.x0 < max(r.x1 for r in one) and run.x1 > min(r.x0 for r in one)), None)
        if group is None:
            groups.append([run])
        else:
            group.append(run)
    groups.sort(key=lambda group: min(run.x0 for run in group))
    return [piece(page, group, 0, 0) for group in groups]


def make_row(lines: Sequence[Line], columns: Columns, is_between: bool) -> list[DraftCell]:
    """One row of the lines given; blank cells only where `is_between` rows that show the columns and figures agree."""
    page, size = lines[0].page, len(columns.spans)
    runs = [run for line in lines for run in line.runs]
    labels = [run for run in runs if run.x1 < columns.start]
    values = sorted((run for run in runs if run.x1 >= columns.start), key=lambda run: run.x0)
    cells = label_cells(page, labels)
    places = [columns.of(run) for run in values]
    if len(values) == size - 1:
        places = [(index, index) for index in range(1, size)]
    is_certain = (
        is_between
        and bool(labels)
        and 2 * len(values) >= size - 1
        and len(values) > 1
        and all(first == last > 0 for first, last in places)
        and len(set(places)) == len(places)
        and all(columns.is_aligned(run, first) for run, (first, _) in zip(values, places, strict=True))
    )
    found = [piece(page, [run], max(first, 0), max(first, last)) for run, (first, last) in zip(values, places, strict=True)]
    if is_certain:
        missing = set(range(1, size)) - {first for first, _ in places}
        found += [blank(page, lines[0], columns, column) for column in missing]
        found.sort(key=lambda cell: cell.first)
    return [*cells, *found]


def rules_of(lines: Sequence[Line], page: PageContent) -> list[float]:
    """The heights of ruling lines that run along most of the block."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    across = page.across
    length = across[:, 2].clip(x0, x1) - across[:, 1].clip(x0, x1)
    return sorted(across[length >= RULED_SHARE * (x1 - x0), 0].tolist())


def together(lines: Sequence[Line], columns: Columns) -> list[list[Line]]:
    """The lines of each row: by ruling lines where they part all rows, else figures between the halves of a label."""
    rules = rules_of(lines, lines[0].page)
    ruled: dict[int, list[Line]] = {}
    for line in lines:
        ruled.setdefault(sum(rule < line.middle for rule in rules), []).append(line)
    counts = [sum(has_values(line, columns) for line in group) for group in ruled.values()]
    if len(ruled) > FEWEST_ROWS and max(counts) == 1:
        return list(ruled.values())
    rows: list[list[Line]] = []
    index = 0
    while index < len(lines):
        size = 3 if is_around(lines[index : index + 3], columns) else 1
        rows.append(list(lines[index : index + size]))
        index += size
    return rows


def has_values(line: Line, columns: Columns) -> bool:
    return any(run.x1 >= columns.start for run in line.runs)


def has_label(line: Line, columns: Columns) -> bool:
    return any(run.x1 < columns.start for run in line.runs)


def is_around(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether a label of two lines stands around its figures: label, figures, label, nearer than lines of text."""
    if len(lines) < 3 or [has_values(line, columns) for line in lines] != [False, True, False]:
        return False
    above, values, below = lines
    steps = values.middle - above.middle, below.middle - values.middle
    return not has_label(values, columns) and max(steps) < values.height and abs(steps[0] - steps[1]) < values.height / 4


def build_table(lines: Sequence[Line]) -> DraftTable | None:
    """A table of a stretch of lines; None where they show no columns."""
    counts = Counter(len(line.runs) for line in lines if len(line.runs) >= FEWEST_PIECES)
    size, count = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if count < FEWEST_ROWS:
        return None
    full = [line for line in lines if len(line.runs) == size]
    columns = Columns(full)
    if not columns.are_apart:
        return None
    ends = full[0].y0, full[-1].y1
    rows = [make_row(row, columns, ends[0] < row[0].y0 < ends[1]) for row in together(lines, columns)]
    edges = [span[0] for span in columns.spans] + [columns.spans[-1][1]]
    page = lines[0].page.number
    # The edges are those of the text: no table on another page is known by them to go on.
    return DraftTable(page, page + 1_000_000, edges, [row for row in rows if row])


def find_aligned(items: Sequence[Item]) -> list[Item]:
    """Items in reading order, tables without lines among them."""
    found: list[Item] = []
    for block in blocks(items):
        lines = [item for item in block if isinstance(item, Line)]
        start, end = trimmed(lines) if len(lines) == len(block) else (0, 0)
        table = build_table(lines[start:end]) if end - start >= FEWEST_ROWS else None
        found += block if table is None else [*lines[:start], table, *lines[end:]]
    return found
