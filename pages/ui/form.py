"""The official tables as the form prints them, each cell coloured by its status and open to a click.

In: the cells of one report and the templates.  Out: the address of the chosen cell.  Merged headings and row
groups are rebuilt from the template.  The browser gets data and makes text nodes of it (`assets/form.js`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from pages.ui.browser import draw_form
from pages.ui.wording import name_code, say
from parsing.templates import Field, TableTemplate, load_templates

Box = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """The cells of one report by address, and which of them a flag accuses."""

    cells: pd.DataFrame
    flagged: frozenset[str]

    def box(self, address: str) -> Box:
        """One cell of the form as data for the browser; a cell that the report lacks is 缺行."""
        if address not in self.cells.index:
            return {"text": name_code("status", "absent"), "status": "absent"}
        cell = self.cells.loc[address]
        return {
            "text": text_of(cell),
            "status": cell["status"],
            "address": address,
            "flagged": address in self.flagged,
            "doubtful": cell["confidence"] == "doubtful",
            "hint": say(
                "原文：{raw}\n{status} · {place}",
                raw=cell["raw"] or "",
                place=cell["place"],
                status=name_code("status", cell["status"]),
            ),
        }


def text_of(cell: pd.Series) -> str:
    """What stands in a cell of the drawn form: the report's own figure, or the word for why there is none."""
    if cell["status"] in ("number", "zero_word"):
        return str(cell["raw"]).strip()
    return name_code("status", cell["status"])


def fill_form(cells: pd.DataFrame, flagged: Iterable[str]) -> Filled:
    """The cells of one report, ready to be drawn."""
    return Filled(cells.drop_duplicates("address").set_index("address"), frozenset(flagged))


def tables_of(layouts: Sequence[str], cells: pd.DataFrame) -> list[TableTemplate]:
    """The tables of one report in the order of the form: those of its layouts that it has cells of."""
    present = set(cells["table"].dropna())
    found: dict[str, TableTemplate] = {}
    for template in load_templates():
        for table in template.tables:
            if table.layout in layouts and table.code in present:
                found.setdefault(table.code, table)
    # Table 4 is the same in two forms, so that it is met before the tables of the later one: groups are in order.
    return sorted(found.values(), key=lambda table: table.group)


def show_form(table: TableTemplate, filled: Filled, chosen: str | None) -> str | None:
    """Draw one table; the address of the cell that was just clicked, or None."""
    build = {"matrix": lay_matrix, "single_row": lay_row, "indicators": lay_indicators}[table.kind]
    head, body = build(table, filled)
    return draw_form(head, body, chosen, f"form-{table.code}")


def lay_matrix(table: TableTemplate, filled: Filled) -> tuple[list[list[Box]], list[list[Box]]]:
    """Labelled rows and columns; row groups of the form become merged cells on the left."""
    rows = [row for row in table.rows if not row.is_heading]
    paths = [path_of(row, rows) for row in rows]
    depth = max(len(path) for path in paths)
    head = lay_head(table.columns, {"text": table.title, "across": depth})
    body: list[list[Box]] = []
    for at, (row, path) in enumerate(zip(rows, paths, strict=True)):
        line: list[Box] = []
        for level, name in enumerate(path):
            if at and paths[at - 1][: level + 1] == path[: level + 1] and level < len(path) - 1:
                continue
            is_label = level == len(path) - 1
            line.append(
                {
                    "text": name,
                    "kind": "label" if is_label else "group",
                    "across": depth - level if is_label else 1,
                    "down": 1 if is_label else count_same(paths, at, level),
                }
            )
        body.append(line + [filled.box(f"{table.code}.{row.code}.{column.code}") for column in table.columns])
    return head, body


def path_of(row: Field, rows: Sequence[Field]) -> list[str]:
    """The groups that enclose a row, outermost first, and its own label with the numbering of the form.

    A group encloses another one when its rows stand both before and after it: 三、本年度办理结果 begins with
    予以公开 and ends with 总计, so that （三）不予公开 lies within.
    """
    at = rows.index(row)
    parents = [one for one in dict.fromkeys(other.parent for other in rows) if one]
    spans = {one: [index for index, other in enumerate(rows) if other.parent == one] for one in parents}
    enclosing = [one for one in parents if row.parent and spans[one][0] <= at <= spans[one][-1]]
    return [*enclosing, number_label(row)]


def number_label(row: Field) -> str:
    """The label with the numbering of the form: 一、本年新收…, （一）予以公开, 1.属于国家秘密."""
    numbering = row.numbering or ""
    return f"{numbering}{'、' if numbering.isalpha() else ''}{row.label}"


def count_same(paths: Sequence[Sequence[str]], at: int, level: int) -> int:
    """How many rows from `at` on lie in the same group."""
    rest = list(paths[at:])
    return next((count for count, path in enumerate(rest) if path[: level + 1] != rest[0][: level + 1]), len(rest))


def lay_head(columns: Sequence[Field], corner: Box | None) -> list[list[Box]]:
    """The heading: one line, or two where columns stand under a common heading."""
    first: list[Box] = []
    second: list[Box] = []
    is_double = any(column.group for column in columns)
    if corner:
        first.append({**corner, "down": 2 if is_double else 1})
    for group, members in groupby(columns, key=lambda column: column.group):
        labels = [{"text": column.label} for column in members]
        if group:
            first.append({"text": group, "across": len(labels)})
            second += labels
        else:
            first += [{**label, "down": 2 if is_double else 1} for label in labels]
    return [first, second] if is_double else [first]


def lay_row(table: TableTemplate, filled: Filled) -> tuple[list[list[Box]], list[list[Box]]]:
    """A heading and one row of figures."""
    return lay_head(table.columns, None), [[filled.box(f"{table.code}.{column.code}") for column in table.columns]]


def lay_indicators(table: TableTemplate, filled: Filled) -> tuple[list[list[Box]], list[list[Box]]]:
    """Indicator, unit and figure; headings of the form have neither."""
    head = [[{"text": say("统计指标")}, {"text": say("单位")}, {"text": say("统计数")}]]
    body = []
    parents = {row.code: row.parent for row in table.rows}
    for row in table.rows:
        depth = count_parents(row.parent, parents)
        label = {"text": number_label(row), "kind": f"label depth-{depth}" + (" heading" if row.is_heading else "")}
        box = {"text": "——"} if row.is_heading else filled.box(f"{table.code}.{row.code}")
        body.append([label, {"text": row.unit or ""}, box])
    return head, body


def count_parents(parent: str | None, parents: Mapping[str, str | None]) -> int:
    """How deep an indicator stands under its headings."""
    return 0 if parent is None else 1 + count_parents(parents.get(parent), parents)


def name_address(address: str, layouts: Sequence[str]) -> str:
    """A cell in the words of its form: 表三 · 予以公开 · 总计; of table 2, which has parts, the part too.

    A row or column that no form knows keeps the wording of the report.
    """
    code, *rest = address.split(".")
    for template in load_templates():
        for table in template.tables:
            if table.code == code and table.layout in layouts:
                part = [table.title] if len(template.tables_of(table.group)) > 1 else []
                return " · ".join([name_code("table", table.group), *part, *(label_of(table, one) for one in rest)])
    return " · ".join(rest) if code == "extra" else address


def label_of(table: TableTemplate, code: str) -> str:
    """The label of a row or column, with the heading above it where there is one."""
    for field in (*table.rows, *table.columns):
        if field.code == code:
            return f"{field.group} {field.label}" if field.group else field.label
    return code
