"""Lines of text joined to paragraphs.

In: lines in reading order, furniture taken out.  Out: paragraphs, each with its text and its place.  A line goes on in
the next one when it is full (the next word had no room on it) and the next one begins at the left margin, over the
end of a column or page too.  Headings and short lines stay by themselves.  Two figures that a line end parts become
one number only inside a sentence; a list of figures keeps its gaps.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from parsing.model import Locator
from parsing.readers.pdf.lines import FIRST_WIDE, Line

# In heights of a line: how far the next one may stand below, how far apart sizes may be, what counts as the margin.
WIDEST_STEP = 2.8
SAME_SIZE = 1.25
INDENT = 0.7
# The text of a page of one column reaches at least so far, as a share of its width.
NARROWEST = 0.75
SLACK = 0.3
CHUNK = re.compile(r"[\d.,%]+|[A-Za-z0-9.,%@:/_-]+|.[，。、；：！？）》”’〉】,.;:!?)]*")
# A line that begins so after the end of a sentence is a heading or an item, however full the line before it is.
NUMERAL = "[一二三四五六七八九十]"
NUMBERED = re.compile(rf"[(（]?{NUMERAL}{{1,3}}[)）、.．]|[(（]?\d{{1,2}}[)）、.．](?!\d)|第{NUMERAL}+[部章条]")
ENDS = "。！？!?；;：:"
LAST_NUMBER = re.compile(r"(?:^|(.))\d[\d.,]*$", re.S)
FIRST_NUMBER = re.compile(r"\d[\d.,]*(.)?", re.S)


class Margins:
    """Left and right edge of the text for each page and column; pages with few lines take those of the others."""

    def __init__(self, lines: Sequence[Line]) -> None:
        groups: dict[tuple[int, int], list[Line]] = {}
        for line in lines:
            groups.setdefault((line.page.number, line.column), []).append(line)
        self.found: dict[tuple[int, int], tuple[float, float]] = {}
        widest: dict[int, tuple[float, float]] = {}
        for key, group in groups.items():
            edges = edge([line.x0 for line in group], min), edge([line.x1 for line in group], max)
            self.found[key] = edges
            old = widest.get(key[1], edges)
            widest[key[1]] = min(old[0], edges[0]), max(old[1], edges[1])
        for key, group in groups.items():
            left, right = self.found[key]
            if sum(line.x1 > right - line.height for line in group) < 3:
                self.found[key] = left, widest[key[1]][1]
            if sum(line.x0 < left + line.height / 2 for line in group) < 2:
                self.found[key] = widest[key[1]][0], self.found[key][1]

    def of(self, line: Line) -> tuple[float, float]:
        """Left and right edge; where only short lines stand, the right one is where pages have it."""
        left, right = self.found[line.page.number, line.column]
        return left, right if line.column else max(right, NARROWEST * line.page.width)


def edge(places: Sequence[float], outermost: Callable[[Sequence[float]], float]) -> float:
    """The outermost place at which at least two lines begin or end, else the outermost one."""
    counts = Counter(round(place / 4) for place in places)
    common = [place for place in places if counts[round(place / 4)] > 1]
    return outermost(common or places)


def chunk_width(line: Line) -> float:
    """The width of what could not be parted at the beginning of a line: a number, a word, a character."""
    run = line.runs[0]
    match = CHUNK.match(run.text)
    size = match.end() if match else 1
    wide = sum(1.0 if char >= FIRST_WIDE else 0.5 for char in run.text) or 1.0
    part = sum(1.0 if char >= FIRST_WIDE else 0.5 for char in run.text[:size])
    return part / wide * (run.x1 - run.x0)


def is_below(one: Line, other: Line) -> bool:
    """Whether the other line follows directly: under it, or at the top of the next column or page."""
    if one.page.number == other.page.number and one.column == other.column:
        step = other.middle - one.middle
        return 0 < step <= WIDEST_STEP * max(one.height, other.height)
    is_next_column = one.page.number == other.page.number and other.column == one.column + 1 > 1
    return is_next_column or other.page.number == one.page.number + 1


def goes_on(one: Line, other: Line, margins: Margins) -> bool:
    """Whether a paragraph runs on from one line to the next."""
    if not is_below(one, other) or max(one.height, other.height) > SAME_SIZE * min(one.height, other.height):
        return False
    if is_row(one, other) or is_row(other, one):
        return False
    if one.text[-1] in ENDS and NUMBERED.match(other.runs[0].text):
        return False
    left = margins.of(other)[0]
    is_at_margin = other.x0 <= left + INDENT * other.height
    return is_at_margin and is_full(one, chunk_width(other), margins)


def is_row(line: Line, other: Line) -> bool:
    """Whether a line with wide gaps is the row of a table: figures at its end, or a line like it beside it."""
    return len(line.runs) > 1 and (len(other.runs) > 1 or line.runs[-1].text.isdigit())


def is_full(line: Line, wanted: float, margins: Margins) -> bool:
    return line.x1 + wanted > margins.of(line)[1] - SLACK * line.height


def glue(one: str, line: Line, other: Line, margins: Margins) -> str:
    """What stands between two lines of a paragraph: nothing where the writing has no spaces."""
    text = other.text
    before, behind = one[-1], text[0]
    if before.isdigit() and behind.isdigit():
        return "" if is_torn_number(one, text) and is_full(line, line.height / 2, margins) else " "
    is_word = before.isascii() and behind.isascii() and before.isalpha() and behind.isalpha()
    return " " if is_word else ""


def is_torn_number(before: str, behind: str) -> bool:
    """Whether the figures at a line end are halves of one number in a sentence, not two of a list."""
    last, first = LAST_NUMBER.search(before), FIRST_NUMBER.match(behind)
    around = [last.group(1) if last else None, first.group(1) if first else None]
    return all(char is not None and not char.isspace() for char in around)


def join_lines(lines: Sequence[Line]) -> Iterator[tuple[str, Locator]]:
    """Paragraphs with the place of their first page."""
    margins = Margins(lines)
    index = 0
    while index < len(lines):
        first = last = lines[index]
        parts = [first.text]
        box = first.box
        while index + 1 < len(lines) and goes_on(last, lines[index + 1], margins):
            index += 1
            parts += [glue(parts[-1], last, lines[index], margins), lines[index].text]
            last = lines[index]
            if last.page is first.page and last.column == first.column:
                box = min(box[0], last.x0), box[1], max(box[2], last.x1), last.y1
        yield "".join(parts), first.page.place(box)
        index += 1
