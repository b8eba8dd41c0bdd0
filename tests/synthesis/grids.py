"""The tables of a report as grids with merged cells, drawn from the official forms.

In: facts and the table templates.  Out: `Grid` objects, the same for every file format.  Refused: nothing; a cell
without a value is drawn blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from parsing.templates import Field, TableTemplate
from tests.synthesis.facts import Facts, Printed, Value

# What the forms print around the rows and columns; the templates hold only what leads to a value.
CONTENT = "信息内容"
ARTICULATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
APPLICANTS = "申请人情况"
LAWSUITS = "行政诉讼"
HEADERS = {"B": ("统计指标", "单位", "统计数")}
OLD_HEADERS = ("指标名称", "计量单位", "数量")
BLOCK_WIDTH = 4
DASHES = "——"
Covered = Literal["above", "left"]


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as it is drawn once, over `rows` rows and `columns` columns; `address` for a cell of the form."""

    text: str
    rows: int = 1
    columns: int = 1
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: in each row the cells that begin there, from left to right; cells begun above are not repeated."""

    code: str
    rows: tuple[tuple[GridCell, ...], ...]
    width: int

    def spread(self) -> list[list[GridCell | Covered]]:
        """Every row with `width` places: the cell where it begins, else on which side the cell lies that covers it."""
        places: list[list[GridCell | Covered | None]] = [[None] * self.width for _ in self.rows]
        for y, row in enumerate(self.rows):
            for cell in row:
                x = places[y].index(None)
                for below in range(y, y + cell.rows):
                    places[below][x : x + cell.columns] = ["above", *["left"] * (cell.columns - 1)]
                places[y][x] = cell
        return [[place for place in row if place is not None] for row in places]


def print_value(value: Value) -> str:
    """A value as it stands in a cell: nothing for a blank, the given text where it is printed otherwise."""
    if value is None:
        return ""
    return value.text if isinstance(value, Printed) else format(value, ".12g")


def print_label(row: Field) -> str:
    """A row's label with its number: 一、…, （一）…, 1.…, 其中：…."""
    numbering = row.numbering or ""
    is_bare = numbering and numbering[-1] in "一二三四五六七八九十"
    return f"{numbering}、{row.label}" if is_bare else numbering + row.label


def label_of(facts: Facts, table: TableTemplate, row: Field) -> str:
    return facts.labels.get(f"{table.code}.{row.code}", print_label(row))


def value_cells(facts: Facts, table: TableTemplate, row: Field) -> list[GridCell]:
    addresses = (f"{table.code}.{row.code}.{column.code}" for column in table.columns)
    return [GridCell(print_value(facts.cells[address]), address=address) for address in addresses]


def widen(cells: Sequence[GridCell], width: int) -> tuple[GridCell, ...]:
    """Let the last cell reach to the right edge of the table."""
    missing = width - sum(cell.columns for cell in cells)
    last = cells[-1]
    return (*cells[:-1], GridCell(last.text, last.rows, last.columns + missing, last.address))


def draw_block(facts: Facts, table: TableTemplate) -> Iterable[tuple[GridCell, ...]]:
    """One block of table 2: the item of article 20, the headings, the rows."""
    yield (GridCell(table.title, columns=BLOCK_WIDTH),)
    headings = [GridCell(column.label) for column in table.columns]
    yield widen([GridCell(CONTENT), *headings], BLOCK_WIDTH)
    for row in table.rows:
        yield widen([GridCell(label_of(facts, table, row)), *value_cells(facts, table, row)], BLOCK_WIDTH)


def group_sizes(rows: Sequence[Field]) -> dict[str, int]:
    """How many rows each group cell of table 3 spans; the outer group spans its inner groups too."""
    outer = next(row.parent for row in rows if row.parent and not row.parent.startswith("（"))
    sizes: dict[str, int] = {}
    for row in rows:
        for group in {row.parent, outer} if row.parent else ():
            sizes[group] = sizes.get(group, 0) + 1
    return sizes


def row_labels(row: Field, label: str, drawn: set[str], sizes: dict[str, int]) -> list[GridCell]:
    """The label cells of one row of table 3, with the group cells that begin there."""
    if row.parent is None:
        return [GridCell(label, columns=3)]
    outer = max(sizes, key=lambda group: sizes[group])
    cells = [GridCell(group, rows=sizes[group]) for group in (outer, row.parent) if group not in drawn]
    if row.parent == outer:
        cells = cells[:1]
    drawn.update((outer, row.parent))
    return [*cells, GridCell(label, columns=2 if row.parent == outer else 1)]


def draw_applications(facts: Facts, table: TableTemplate) -> Grid:
    """Table 3: three heading rows, then the rows with their groups on the left."""
    bodies = [column for column in table.columns if column.group]
    group = bodies[0].group or ""
    rows: list[tuple[GridCell, ...]] = [
        (GridCell(ARTICULATION, rows=3, columns=3), GridCell(APPLICANTS, columns=len(table.columns))),
        (
            GridCell(table.columns[0].label, rows=2),
            GridCell(group, columns=len(bodies)),
            GridCell(table.columns[-1].label, rows=2),
        ),
        tuple(GridCell(column.label) for column in bodies),
    ]
    sizes, drawn = group_sizes(table.rows), set[str]()
    for row in table.rows:
        labels = row_labels(row, label_of(facts, table, row), drawn, sizes)
        rows.append((*labels, *value_cells(facts, table, row)))
    return Grid(table.code, tuple(rows), 3 + len(table.columns))


def draw_disputes(facts: Facts, table: TableTemplate) -> Grid:
    """Table 4: reviews on the left, the two kinds of lawsuits on the right, one row of values."""
    groups = list(dict.fromkeys(column.group or "" for column in table.columns))
    members = {group: [column for column in table.columns if column.group == group] for group in groups}
    first, others = groups[0], groups[1:]
    second = [GridCell(column.label, rows=2) for column in members[first]]
    addresses = [f"{table.code}.{column.code}" for column in table.columns]
    rows = (
        (GridCell(first, columns=5), GridCell(LAWSUITS, columns=5 * len(others))),
        (*second, *(GridCell(group, columns=len(members[group])) for group in others)),
        tuple(GridCell(column.label) for group in others for column in members[group]),
        tuple(GridCell(print_value(facts.cells[address]), address=address) for address in addresses),
    )
    return Grid(table.code, rows, len(table.columns))


def draw_indicators(facts: Facts, table: TableTemplate) -> Grid:
    """An older table: label, unit and figure in each row, dashes beside a heading."""
    rows = [tuple(map(GridCell, HEADERS.get(table.layout, OLD_HEADERS)))]
    for row in table.rows:
        address = f"{table.code}.{row.code}"
        last = GridCell(DASHES) if row.is_heading else GridCell(print_value(facts.cells[address]), address=address)
        rows.append((GridCell(label_of(facts, table, row)), GridCell(row.unit or ""), last))
    return Grid(table.code, tuple(rows), 3)


def draw_group(facts: Facts, group: str) -> Grid | None:
    """The table of one group (t2, t3, t4, indicators) as one grid; None if the report has none."""
    tables = [table for table in facts.tables() if table.group == group]
    if not tables:
        return None
    if group == "t2":
        rows = tuple(row for table in tables for row in draw_block(facts, table))
        return Grid(group, rows, BLOCK_WIDTH)
    draw = {"t3": draw_applications, "t4": draw_disputes, "indicators": draw_indicators}[group]
    return draw(facts, tables[0])
