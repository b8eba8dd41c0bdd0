"""The cells of one table with labelled rows.

In: the token stream and one table of a form.  Out: a `TableReading`: cells, the tokens they came from, how well
the table fits.  A figure is given only where its label, row and column are established; everything else is
unreadable, with a problem that says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsing.extraction.gaps import fill_gaps
from parsing.extraction.headers import Header, column_of, columns_by_place, columns_for, read_header, stands_over, width
from parsing.extraction.indicators import figure_of
from parsing.extraction.rows import RowFound, find_rows, keep_one_each
from parsing.extraction.run_together import share_out
from parsing.extraction.tokens import Token
from parsing.extraction.values import read_value
from parsing.extraction.windows import Padding, window
from parsing.model import Cell, CellStatus, Confidence, Problem, Repair, UnitSource
from parsing.templates import Field, TableTemplate, has_one_set_of_columns

# How far above its first row the header of a table may stand, in cells.
HEADER_REACH = 40


@dataclass(slots=True)
class TableReading:
    """What one table of a form yields when the document is read by it."""

    table: TableTemplate
    cells: list[Cell] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    rows_read: int = 0
    columns_named: int = 0
    is_titled: bool = False
    first_at: int = -1

    @property
    def fit(self) -> tuple[int, int, int]:
        """Columns named by the headings first, then rows read, then how few columns the form has besides."""
        return self.columns_named, self.rows_read, -len(self.table.columns)

    @property
    def is_whole(self) -> bool:
        """Whether the document shows this very table: every column named, every row read."""
        rows = sum(not row.is_heading for row in self.table.rows)
        return self.columns_named == len(self.table.columns) and self.rows_read == rows and rows > 0


def make_cell(address: str, token: Token, column: Field, row: RowFound, header_unit: str | None) -> Cell:
    reading = read_value(token.text.clean, column, header_unit)
    confidence: Confidence = "doubtful" if row.is_doubtful else "sure"
    return Cell(
        address, reading.value, reading.status, reading.unit, reading.unit_source, token.text.raw,
        row.matched_by, confidence, token.text.where,
    )  # fmt: skip


def unread(address: str, column: Field, token: Token | None, status: CellStatus) -> Cell:
    """A cell without a value: its row is there but its figures are not established, or the row is missing."""
    where = token.text.where if token else None
    source: UnitSource = "template" if column.unit else "unknown"
    return Cell(address, None, status, column.unit, source, "", "label", "sure", where)


class TableReader:
    """Reads one table; the header seen last and the padding of the rows are remembered on the way.

    `is_known` says that the version of the table is established, so that full rows need no headings.
    """

    def __init__(
        self, tokens: Sequence[Token], table: TableTemplate, labels: Sequence[int], is_known: bool = False
    ) -> None:
        self.tokens = tokens
        self.table = table
        self.labels = labels
        self.is_known = is_known or has_one_set_of_columns(table.code)
        self.reading = TableReading(table)
        self.header = Header((), ())
        self.columns_by_count: dict[int, tuple[list[int | None], bool] | None] = {}
        self.padding = Padding()

    def read(self) -> TableReading:
        rows, repeated = keep_one_each(find_rows(self.tokens, self.table, self.labels))
        rows = fill_gaps(rows, self.tokens, self.table)
        shared = share_out(self.tokens, rows, self.table)
        rows = shared or rows
        for row in rows:
            self.learn_padding(row)
        previous = -1
        found = {row.index for row in rows}
        for row in rows:
            self.see_header(previous + 1, row.label_at)
            if self.may_run_on(row, found):
                self.keep_unread(row, [], "的下一行缺失，数字可能是下一行的")
            elif self.is_torn(row):
                self.keep_unread(row, [], "在文件末尾中断，数字不全")
            elif not shared and self.is_split(row):
                self.keep_unread(row, [], "紧接着还有不属于任何一行的数字，可能被拆成了两截")
            else:
                self.read_row(row)
            previous = max([row.label_at, *row.values])
        self.name_repeated(repeated)
        if rows:
            self.reading.first_at = rows[0].label_at
            above = self.tokens[max(0, rows[0].label_at - HEADER_REACH) : rows[0].label_at]
            self.reading.is_titled = any(token.is_title for token in above)
            self.reading.columns_named = len(self.header.columns)
            self.add_missing_rows({row.index for row in rows})
        return self.reading

    def shape(self, row: RowFound) -> tuple[int, int]:
        """Cells before and behind the label: rows of one shape are padded alike."""
        token_row = self.tokens[row.label_at].row
        before = [token for token in self.tokens[max(0, row.label_at - 4) : row.label_at] if token.row == token_row]
        return len(before), len(row.values)

    def learn_padding(self, row: RowFound) -> None:
        # Fewer cells than columns teach nothing about padding.
        if row.is_drawn and len(row.values) >= len(self.table.columns):
            values = [self.tokens[index] for index in row.values]
            self.padding.learn(values, len(self.table.columns), self.shape(row))

    def see_header(self, first: int, last: int) -> None:
        """Take what stands between two rows as the new header, if it names a column."""
        if first >= last:
            return
        start = max(first, last - HEADER_REACH)
        for index in range(start, last):
            # Nothing above the title of a block, or above prose, can be its header.
            if self.tokens[index].is_title or self.tokens[index].is_prose:
                start = index + 1
        between = self.tokens[start:last]
        if not any(column_of(token, self.table) is not None for token in between if token.matches):
            return
        header = read_header(between, self.table)
        if header.named and len(header.columns) >= len(self.header.columns):
            self.header = header
            self.columns_by_count = {}
            self.reading.used.update(
                index for index in range(start, last) if any(token is self.tokens[index] for _, token in header.named)
            )

    def read_row(self, row: RowFound) -> None:
        self.reading.used.update([row.label_at, *row.values])
        values = [self.tokens[index] for index in row.values]
        cells = figure_of(values, self.header) if self.table.kind == "indicators" else self.figures(row, values)
        if cells is None or row.index is None:
            self.keep_unread(row, values) if row.index is not None else self.keep_extra(row, cells)
            return
        if self.table.rows[row.index].is_heading:
            return
        self.reading.rows_read += 1
        self.note_label(row)
        self.add_cells(row, self.table.rows[row.index], cells)

    def figures(self, row: RowFound, values: list[Token]) -> list[tuple[int | None, Token]] | None:
        """The figures of a row with their columns."""
        size = width(self.header, self.table)
        if row.is_drawn and len(values) > len(self.table.columns):
            placed = columns_by_place(self.header, self.table, values)
            if placed is not None:
                return placed
        chosen = window(values, size, self.padding, self.shape(row)) if row.is_drawn else values
        filled = [token for token in values if not token.is_blank]
        if chosen is None or len(chosen) != size:
            chosen = filled
        # Where headings are missing only a full row shows which figure is which.
        is_sure = len(self.header.columns) >= max(1, len(self.table.columns) - 1)
        if not chosen or (not is_sure and any(token.is_blank for token in chosen)):
            return None
        if not self.header.named and not self.is_known:
            return None
        if len(chosen) not in self.columns_by_count:
            self.columns_by_count[len(chosen)] = columns_for(self.header, self.table, len(chosen))
        columns = self.columns_by_count[len(chosen)]
        if columns is None:
            return None
        row.is_doubtful = row.is_doubtful or not columns[1]
        if not columns[1] and row.matched_by in ("label", "alias"):
            row.matched_by = "position"
        return list(zip(columns[0], chosen, strict=True))

    def address(self, row: Field, column: Field) -> str:
        parts = [self.table.code, row.code] + ([column.code] if self.table.kind == "matrix" else [])
        return ".".join(parts)

    def add_cells(self, row: RowFound, entry: Field, cells: list[tuple[int | None, Token]]) -> None:
        columns, units, is_list = self.table.columns, self.header.units, self.table.kind == "indicators"
        for column_index, token in cells:
            if column_index is None:
                self.reading.cells.append(self.extra(entry.label, self.label_over(token), token, row))
                continue
            column = columns[column_index]
            unit = units[column_index] if units else None
            address = f"{self.table.code}.{entry.code}" if is_list else f"{self.table.code}.{entry.code}.{column.code}"
            self.reading.cells.append(make_cell(address, token, entry if is_list else column, row, unit))

    def label_over(self, figure: Token) -> str:
        """The heading, none of the form's, under which a figure stands."""
        own = [cell for column, cell in self.header.line if column is None]
        over = [cell for cell in self.header.others if stands_over(cell, figure)] or own
        return over[-1].text.clean if over else ""

    def extra(self, row_label: str, column_label: str, token: Token, row: RowFound) -> Cell:
        parts = (self.table.code, row_label, column_label)
        address = "extra." + ".".join("".join(part.split()).replace(".", "") for part in parts if part)
        return make_cell(address, token, Field("extra", row_label), row, None)

    def keep_extra(self, row: RowFound, cells: list[tuple[int | None, Token]] | None) -> None:
        """A row that the form does not know keeps its figures under its own label."""
        label = self.tokens[row.label_at].text.clean
        for number, (column, token) in enumerate(cells or [], 1):
            name = self.table.columns[column].label if column is not None else str(number)
            self.reading.cells.append(self.extra(label, name, token, row))

    def may_run_on(self, row: RowFound, found: set[int | None]) -> bool:
        """Whether lines may be lost between this label and the figures under it.

        Where a row takes several lines and the form's next row is nowhere, the end of this row and the label of the
        next may have been lost together: the figures could be the next row's.
        """
        label_line = self.tokens[row.label_at].text.where.line
        if row.index is None or all([self.tokens[index].text.where.line == label_line for index in row.values]):
            return False
        if self.table.rows[row.index].is_heading:
            return False
        rest = range(row.index + 1, len(self.table.rows))
        leaves = [index for index in rest if not self.table.rows[index].is_heading]
        # A text that ends here lost all rows that follow, not the next one only.
        is_cut_off = len(leaves) > 1 and found.isdisjoint(leaves)
        return bool(leaves) and leaves[0] not in found and not is_cut_off

    def is_torn(self, row: RowFound) -> bool:
        """Whether the row stands on a last line that nothing ends, and lacks figures: they may be lost."""
        filled = [index for index in row.values if not self.tokens[index].is_blank]
        return bool(row.values) and self.tokens[row.values[-1]].is_torn and len(filled) < len(self.table.columns)

    def is_split(self, row: RowFound) -> bool:
        """Whether a figure that belongs to no row stands directly under the row: a number may be broken in two.

        A page number has an empty line above it.
        """
        last = max(row.label_at, *row.values) if row.values else row.label_at
        if row.index is None or last + 1 >= len(self.tokens):
            return False
        token, below = self.tokens[last], self.tokens[last + 1]
        lines = token.text.where.line, below.text.where.line
        is_next = None not in lines and (lines[1] or 0) - (lines[0] or 0) == 1
        return is_next and below.row != token.row and below.is_value and not below.is_blank

    def keep_unread(self, row: RowFound, values: list[Token], reason: str | None = None) -> None:
        entry = self.table.rows[row.index or 0]
        token = self.tokens[row.label_at]
        columns = self.table.columns
        found = sum(1 for value in values if not value.is_blank)
        count = f"应有 {len(columns)} 个数，找到 {found} 个，无法确定各数属于哪一列" if found else "没有找到数字"
        message = f"“{entry.label}”一行{reason or count}，整行不采信。请核对原文。"
        self.reading.problems.append(Problem("row_unreadable", message, token.text.where))
        for column in columns:
            unit_field = entry if self.table.kind == "indicators" else column
            self.reading.cells.append(unread(self.address(entry, column), unit_field, token, CellStatus.UNREADABLE))

    def name_repeated(self, repeated: Sequence[RowFound]) -> None:
        """A second table of the same kind is not read: which of the two counts is for a person to say."""
        # 总计 and 其他 head columns of the other tables, where figures stand under them as well.
        again = [row for row in repeated if all(match.is_row for match in self.tokens[row.label_at].matches)]
        again = [row for row in again if all(self.tokens[index].is_value for index in row.values)]
        if again:
            where = self.tokens[again[0].label_at].text.where
            message = f"{self.table.title}有 {len(again)} 行出现不止一次，只采信第一次。请核对是否贴了两张表。"
            self.reading.problems.append(Problem("row_repeated", message, where))

    def note_label(self, row: RowFound) -> None:
        """A label that only its place explains is listed as a repair: what stands there, what it must be."""
        if row.matched_by == "position" and row.index is not None and not self.tokens[row.label_at].matches:
            text = self.tokens[row.label_at].text
            label = self.table.rows[row.index].label
            self.reading.repairs.append(Repair("label_by_position", text.raw, label, text.where))

    def add_missing_rows(self, found: set[int | None]) -> None:
        missing = [
            (index, entry) for index, entry in enumerate(self.table.rows) if index not in found and not entry.is_heading
        ]
        for _, entry in missing:
            for column in self.table.columns:
                unit_field = entry if self.table.kind == "indicators" else column
                self.reading.cells.append(unread(self.address(entry, column), unit_field, None, CellStatus.ABSENT))
        if missing:
            names = "、".join(entry.label for _, entry in missing)
            message = f"{self.table.title}缺少 {len(missing)} 行：{names}。请对照格式补齐，或核对原文是否已损坏。"
            self.reading.problems.append(Problem("row_absent", message, self.tokens[self.reading.first_at].text.where))
