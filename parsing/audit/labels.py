"""What the cells of a table are called in a message: as the form prints its rows and columns.

In: a table of a form and an address in it.  Out: row, column and full label.  Refused: nothing; a table without rows
calls its cells by their columns.
"""

from __future__ import annotations

import re

from parsing.templates import Field, TableTemplate

REMARK = re.compile(r"[（(].*$")

Labels = tuple[str, str, str]
# By layout and address: a form never has two tables with the same address in one layout.
_known: dict[tuple[str, str], Labels] = {}


def labels_of(table: TableTemplate, address: str) -> Labels:
    """Row, column and full label: of `t3.result_total.total` （七）总计, 总计 and （七）总计·总计."""
    key = table.layout, address
    if key not in _known:
        _known[key] = make_labels(table, address)
    return _known[key]


def make_labels(table: TableTemplate, address: str) -> Labels:
    codes = address.split(".")[1:]
    column = next((one for one in table.columns if one.code == codes[-1]), table.columns[0])
    row = next((one for one in table.rows if one.code == codes[0]), None)
    if row is None:
        heading = f"{column.group}·{column.label}" if column.group else column.label
        return heading, heading, heading
    name = row_label(row)
    return (name, column.label, f"{name}·{column.label}") if len(codes) > 1 else (name, name, name)


def row_label(row: Field) -> str:
    """The label with what the form prints before it, without the remark in brackets.

    >>> row_label(Field("x", "部分公开（区分处理的，只计这一情形）", numbering="（二）"))
    '（二）部分公开'
    """
    number = row.numbering or ""
    return number + ("、" if number and number[-1] in "一二三四五六七八九十" else "") + REMARK.sub("", row.label)
