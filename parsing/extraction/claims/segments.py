"""The words that belong to an amount: what leads up to it, what follows, in which sentence and which bracket.

In: folded text of a passage and its amounts.  Out: a `Mention` for each amount.  Nothing is refused.

A label ends at a comma, a stop or the amount before it; brackets inside it are left out, so that
财政预决算(含“三公”经费)4条 leads with 财政预决算, and an amount within brackets knows the amount that they explain.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parsing.extraction.claims.figures import Amount

# A question mark is what a lost character leaves (?1340条?), not the end of a sentence.
STOPS = re.compile(r"[。!|](?!”)|;(?=[一二三四五六七八九十]是)")
BREAKS = frozenset(",;。!|")
MARKS = re.compile(r"[,;。!|:()]")
# A figure whose clause is no more than this belongs to the clause before: 其余结转下年办理,共5件.
FILLER = re.compile("(?:一共|共计|共有|合计|总计|累计|共|计|为|有)*")
TAIL = re.compile(r"[^,;。:!()、|]{0,30}")
JOINTS = "、和及与"
# A bracket around one character belongs to its word: 专(兼)职.
SHORT_BRACKET = 2


class Mention(NamedTuple):
    """One amount in its sentence.

    `lead` are its own words before it, which begin at `start`; `tail` those behind it.  `host` is the index of the
    amount whose brackets hold this one, `opens` where that bracket begins (-1 for none).  `twin` is the index of the
    amount that this one measures again (1人2次, 294期1014条).
    """

    amount: Amount
    start: int
    lead: str
    tail: str
    sentence: tuple[int, int]
    host: int | None = None
    opens: int = -1
    twin: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where sentences end, where words may end (`marks`), and which brackets belong together."""

    stops: tuple[int, ...]
    marks: list[int]
    closing: dict[int, int]
    opening: dict[int, int]

    def sentence(self, index: int, length: int) -> tuple[int, int]:
        """First index of the sentence that holds `index`, and its end."""
        at = bisect_right(self.stops, index)
        start = self.stops[at - 1] if at else 0
        return start, self.stops[at] if at < len(self.stops) else length


def lay_out(text: str) -> Layout:
    """Sentences and brackets of a passage; brackets without a partner are ignored."""
    closing: dict[int, int] = {}
    opening: dict[int, int] = {}
    stack: list[int] = []
    marks = [match.start() for match in MARKS.finditer(text)]
    for mark in marks:
        if text[mark] == "(":
            stack.append(mark)
        elif stack and text[mark] == ")":
            first = stack.pop()
            closing[first], opening[mark] = mark, first
    return Layout(tuple(match.end() for match in STOPS.finditer(text)), marks, closing, opening)


def read_lead(text: str, layout: Layout, at: int, floor: int) -> tuple[str, int]:
    """The words that end at `at`, brackets left out, and where they begin."""
    kept, last = "", at
    for mark in reversed(layout.marks[: bisect_left(layout.marks, at)]):
        if mark >= last:
            continue
        if mark < floor:
            break
        char = text[mark]
        if char == ")" and mark in layout.opening:
            first = layout.opening[mark]
            bracket = text[first : mark + 1] if mark - first <= SHORT_BRACKET else ""
            kept, last = bracket + text[mark + 1 : last] + kept, first
        elif (
            char in BREAKS
            or (char == "(" and mark in layout.closing)
            or (char == ":" and (text[mark + 1 : last] + kept).strip("共计为有约的数量“”"))
        ):
            floor = mark + 1
            break
    start = min(floor, last)
    kept = text[start:last] + kept
    if kept and kept[-1] in JOINTS:
        # 2名专职、3名兼职: what stands before the joint belongs to the figure before.
        return "", at
    return kept, start


def innermost_brackets(layout: Layout, amounts: Sequence[Amount]) -> list[int]:
    """Where the innermost bracket around each amount begins; -1 for none."""
    if not layout.closing:
        return [-1] * len(amounts)
    pairs = sorted(layout.closing.items())
    return [max((first for first, last in pairs if first < one.start < last), default=-1) for one in amounts]


def floor_of(layout: Layout, amounts: Sequence[Amount], brackets: Sequence[int], index: int) -> int:
    """Where the words of the amount before end: not of one in brackets that are closed by now.

    In 微博账号(1个)发布149条 nothing stands between 微博 and 149.
    """
    for at in range(index - 1, -1, -1):
        if brackets[at] < 0 or layout.closing[brackets[at]] >= amounts[index].start:
            return amounts[at].end
    return 0


def make_mention(text: str, layout: Layout, amounts: Sequence[Amount], brackets: Sequence[int], index: int) -> Mention:
    """One amount with its words; in a bracket that explains no amount, the words before the bracket are its own."""
    amount, opens = amounts[index], brackets[index]
    sentence = layout.sentence(amount.start, len(text))
    if opens < sentence[0]:
        opens = -1
    floor = max(sentence[0], floor_of(layout, amounts, brackets, index))
    lead, start = read_lead(text, layout, amount.start, floor)
    host = next((at for at in range(index) if amounts[at].end == opens), None) if opens >= 0 else None
    if opens >= 0 and host is None and not lead:
        lead, start = read_lead(text, layout, opens, sentence[0])
    tail_match = TAIL.match(text, amount.end)
    tail = tail_match.group() if tail_match else ""
    if index + 1 < len(amounts) and amount.end + len(tail) >= amounts[index + 1].start:
        tail = ""
    if (lead or not tail) and start > floor and text[start - 1] == "," and FILLER.fullmatch(lead):
        lead, start = read_lead(text, layout, start - 1, floor)
    is_twin = index and amounts[index - 1].end == amount.start and amounts[index - 1].unit
    twin = index - 1 if is_twin and not amounts[index - 1].is_word else None
    return Mention(amount, start, lead, tail, sentence, host, opens, twin)


def find_mentions(text: str, amounts: Sequence[Amount]) -> list[Mention]:
    """A mention for every amount, in order.

    >>> from parsing.extraction.claims.figures import find_figures
    >>> text = "公开信息202条,其中规划计划、工作总结3条;财政预决算(含“三公”经费)4条。"
    >>> [one.lead for one in find_mentions(text, find_figures(text).amounts)]
    ['公开信息', '其中规划计划、工作总结', '财政预决算']
    """
    layout = lay_out(text)
    brackets = innermost_brackets(layout, amounts)
    return [make_mention(text, layout, amounts, brackets, index) for index in range(len(amounts))]
