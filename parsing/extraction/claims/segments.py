"""The words that belong to an amount: what leads up to it, what follows, in which sentence and which bracket.

In: folded text of a passage and its amounts.  Out: a `Mention` for each amount.  Nothing is refused.

A label ends at a comma, a stop or the amount before it; brackets inside it are left out, so that
财政预决算(含“三公”经费)4条 leads with 财政预决算, and an amount within brackets knows the amount that they explain.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from parsing.extraction.claims.figures import Amount

# A question mark is what a lost character leaves (?1340条?), not the end of a sentence.
STOPS = re.compile(r"[。!|](?!”)|;(?=[一二三四五六七八九十]是)")
BREAKS = frozenset(",;。!|")
TAIL = re.compile(r"[^,;。:!()、|]{0,30}")


@dataclass(frozen=True, slots=True)
class Mention:
    """One amount in its sentence.

    `lead` are its own words before it, which begin at `start`; `tail` those behind it.  `gap` is all that stands
    between the amount before and the lead, or the sentence's beginning: list words such as 其中 stand there or at the
    head of the lead.  `host` is the index of the amount whose brackets hold this one; `opens` and `closes` bound that
    bracket.  `twin` is the index of the amount that this one measures again (1人2次, 294期1014条).
    """

    amount: Amount
    start: int
    lead: str
    tail: str
    sentence: tuple[int, int]
    host: int | None = None
    opens: int = -1
    closes: int = -1
    twin: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Where sentences end and which brackets belong together."""

    stops: tuple[int, ...]
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
    for match in re.finditer(r"[()]", text):
        if match.group() == "(":
            stack.append(match.start())
        elif stack:
            first = stack.pop()
            closing[first], opening[match.start()] = match.start(), first
    return Layout(tuple(match.end() for match in STOPS.finditer(text)), closing, opening)


def read_lead(text: str, layout: Layout, at: int, floor: int) -> tuple[str, int, int]:
    """The words that end at `at`: themselves, where they begin, and the bracket that holds them (-1 for none)."""
    kept: list[str] = []
    index = at - 1
    while index >= floor:
        char = text[index]
        if char == ")" and index in layout.opening:
            index = layout.opening[index] - 1
            continue
        if char == "(" and index in layout.closing:
            return "".join(reversed(kept)), index + 1, index
        if char in BREAKS or (char == ":" and any(one not in "共计为有约的数量“”" for one in kept)):
            break
        kept.append(char)
        index -= 1
    return "".join(reversed(kept)), index + 1, -1


def bracket_around(layout: Layout, index: int, floor: int) -> int:
    """The innermost bracket that is open at `index`, from `floor` on."""
    around = [first for first, last in layout.closing.items() if floor <= first < index < last]
    return max(around, default=-1)


def make_mention(text: str, layout: Layout, amounts: Sequence[Amount], index: int) -> Mention:
    amount = amounts[index]
    first = amount.start
    sentence = layout.sentence(first, len(text))
    before = amounts[index - 1] if index else None
    floor = max(sentence[0], before.end if before else 0)
    lead, start, _ = read_lead(text, layout, first, floor)
    opens = bracket_around(layout, first, sentence[0])
    host = next((at for at in range(index) if amounts[at].end == opens), None) if opens >= 0 else None
    tail_match = TAIL.match(text, amount.end)
    tail = tail_match.group() if tail_match else ""
    after = amounts[index + 1] if index + 1 < len(amounts) else None
    if after and amount.end + len(tail) >= after.start:
        tail = ""
    twin = index - 1 if before and before.end == first and before.unit and not before.is_word else None
    closes = layout.closing.get(opens, -1)
    return Mention(amount, start, lead, tail, sentence, host, opens, closes, twin)


def find_mentions(text: str, amounts: Sequence[Amount]) -> list[Mention]:
    """A mention for every amount, in order.

    >>> from parsing.extraction.claims.figures import find_figures
    >>> text = "公开信息202条,其中规划计划、工作总结3条;财政预决算(含“三公”经费)4条。"
    >>> [one.lead for one in find_mentions(text, find_figures(text).amounts)]
    ['公开信息', '其中规划计划、工作总结', '财政预决算']
    """
    layout = lay_out(text)
    return [make_mention(text, layout, amounts, index) for index in range(len(amounts))]
