"""Html tables within plain text, as character recognition writes them for merged cells.

In: a text and where a table stands in it.  Out: its rows, each cell at its line and column, with the columns of the
grid; a table that is not closed goes on to the end of the text.  Refused, as `TooManyCells`: a table that is wider than
any form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.model import Locator, Row, Text
from parsing.readers.sheets import WIDEST, TooManyCells

OPEN = re.compile(r"<table\b[^<>]*>", re.IGNORECASE)
CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)
CELL_TAG = re.compile(r"</?(?:table|thead|tbody|tr|td|th)\b[^<>]*>", re.IGNORECASE)
PART = re.compile(r"<(/?)(tr|td|th)\b([^<>]*)>", re.IGNORECASE)
SPAN = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
MOST_SPANNED = 100


def blank(text: str) -> str:
    """As long, with nothing to see; line ends stay."""
    if "\n" not in text and "\r" not in text:
        return " " * len(text)
    return "".join(char if char in "\r\n" else " " for char in text)


def show_bars(text: str) -> str:
    """The text with a bar for each tag of a table, as long as it was."""
    return CELL_TAG.sub(lambda tag: "|" + blank(tag.group()[1:]), text)


def find_tables(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each table, one after the other."""
    at = 0
    while opened := OPEN.search(text, at):
        closed = CLOSE.search(text, opened.end())
        at = closed.end() if closed else len(text)
        yield opened.start(), at


def show_tables(text: str) -> str:
    """The text with bars in its tables; a tag of a table that stands outside of any is text, and shown as it is."""
    shown, at = [], 0
    for start, end in find_tables(text):
        shown += [text[at:start], show_bars(text[start:end])]
        at = end
    return "".join([*shown, text[at:]])


def spans_of(attributes: str) -> tuple[int, int]:
    """Rows and columns that a cell lies in."""
    found = {name.lower(): int(value) for name, value in SPAN.findall(attributes)}
    rows, columns = (min(max(found.get(name, 1), 1), MOST_SPANNED) for name in ("rowspan", "colspan"))
    return rows, columns


class Grid:
    """Rows in the making; `open` has for each column how many further rows the cell above lies in."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.cells: list[Text] = []
        self.spans: list[tuple[int, int]] = []
        self.open: dict[int, int] = {}
        self.next_open: dict[int, int] = {}

    def add(self, cell: Text, rows: int, columns: int) -> None:
        first = self.spans[-1][1] + 1 if self.spans else 0
        while self.open.get(first, 0) > 0:
            first += 1
        if first + columns > WIDEST:
            raise TooManyCells
        self.cells.append(cell)
        self.spans.append((first, first + columns - 1))
        if rows > 1:
            self.next_open.update(dict.fromkeys(range(first, first + columns), rows - 1))

    def end_row(self, is_closed: bool = False) -> None:
        """End a row at its end or at the start of the next; one that cells from above fill has none of its own."""
        if not self.cells and not is_closed:
            return
        if self.cells:
            self.rows.append(Row(tuple(self.cells), tuple(self.spans)))
        self.open = {column: rows - 1 for column, rows in self.open.items() if rows > 1} | self.next_open
        self.cells, self.spans, self.next_open = [], [], {}


class Cursor:
    """Goes through the text and knows the line that it is in; `lines` stand before the one that holds `at`."""

    def __init__(self, text: str, at: int, lines: int) -> None:
        self.text = text
        self.line = lines
        self.end = text.rfind("\n", 0, at)
        self.go_on()

    def go_on(self) -> None:
        """To the next line."""
        self.start, self.line = self.end + 1, self.line + 1
        stop = self.text.find("\n", self.start)
        self.end = stop if stop >= 0 else len(self.text)
        self.shown = show_bars(self.text[self.start : self.end]).rstrip("\r")

    def cut(self, start: int, end: int) -> Text:
        """What stands between two tags, tags inside it made spaces."""
        inner = TAG.sub(lambda tag: blank(tag.group()), self.text[start:end])
        start += len(inner) - len(inner.lstrip())
        while start > self.end and self.end < len(self.text):
            self.go_on()
        return Text.untouched(inner.strip(), Locator(self.line, start - self.start + 1, self.shown))


def read_table(text: str, start: int, end: int, lines: int) -> tuple[Row, ...]:
    """The rows of the table between two places; `lines` stand before it."""
    grid, cursor = Grid(), Cursor(text, start, lines)
    parts = list(PART.finditer(text, start, end))
    for number, part in enumerate(parts):
        is_closing, name = bool(part.group(1)), part.group(2).lower()
        if name == "tr":
            grid.end_row(is_closed=is_closing)
        elif not is_closing:
            stop = parts[number + 1].start() if number + 1 < len(parts) else end
            grid.add(cursor.cut(part.end(), stop), *spans_of(part.group(3)))
    # A last cell without end, where cells have one, may have lost digits and neighbours.
    if not (parts and parts[-1].group(2).lower() != "tr" and not parts[-1].group(1) and has_ends(parts)):
        grid.end_row()
    return tuple(grid.rows)


def has_ends(parts: list[re.Match[str]]) -> bool:
    return any(part.group(1) and part.group(2).lower() != "tr" for part in parts)
