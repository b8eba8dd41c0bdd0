"""Which of many wordings matches at a place of a text: only those are tried there that can begin there.

In: wordings in the order in which they are tried.  Out: matches, each with the number of its wording.  What a wording
can begin with is read from the parsed pattern, so that a new one is an entry of its list and nothing else.  Refused:
nothing; a wording of which it cannot be told is tried everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as patterns  # type: ignore[attr-defined]
from typing import Any, NamedTuple

ZERO_WIDTH = (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT)
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
# Stands for all digits there are, of which ten are ASCII.
DIGIT = r"\d"
WIDEST_RANGE = 26


class Hit(NamedTuple):
    """A match: text[start:end] is what the wording with this number matches."""

    start: int
    end: int
    number: int


def members(items: Sequence[Any]) -> set[str] | None:
    """The characters of a class; None where it is everything but something."""
    found: set[str] = set()
    for kind, value in items:
        if kind is kinds.LITERAL:
            found.add(chr(value))
        elif kind is kinds.RANGE and value[1] - value[0] < WIDEST_RANGE:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is kinds.CATEGORY and value is kinds.CATEGORY_DIGIT:
            found.add(DIGIT)
        else:
            return None
    return found


def inner_parts(kind: Any, value: Any) -> list[Any]:
    """The sequences of which one stands at this part of a pattern; none for a part that is no group."""
    if kind is kinds.BRANCH:
        return list(value[1])
    if kind is kinds.SUBPATTERN and not value[1]:
        return [value[3]]
    return [value[2]] if kind in REPEATS else []


def first_characters(parts: Any) -> tuple[set[str] | None, bool]:
    """The characters that a sequence can begin with, None for any, and whether it can be empty."""
    found: set[str] = set()
    for kind, value in parts:
        if kind in ZERO_WIDTH:
            continue
        inner = [first_characters(one) for one in inner_parts(kind, value)]
        if not inner:
            items = value if kind is kinds.IN else [(kind, value)]
            inner = [(members(items), False)]
        for characters, _ in inner:
            if characters is None:
                return None, False
            found |= characters
        if not (any(empty for _, empty in inner) or (kind in REPEATS and value[0] == 0)):
            return found, False
    return found, True


def beginnings(word: str) -> frozenset[str] | None:
    """The characters that a match of a wording can begin with; None where it may be any.

    >>> sorted(beginnings("(?<!新)(?:申请)?(?:行政)?复议(?:案件)?") or ()), beginnings("[^,]报道")
    (['复', '申', '行'], None)
    """
    found, is_empty = first_characters(patterns.parse(word))
    return None if found is None or is_empty else frozenset(found)


def one_character(known: Sequence[frozenset[str] | None]) -> re.Pattern[str]:
    """A pattern for one character of these sets; for any character where one of them is not known."""
    characters = sorted({char for one in known if one is not None for char in one})
    inside = "".join(char if char == DIGIT else re.escape(char) for char in characters)
    return re.compile(r"[\s\S]" if None in known or not inside else f"[{inside}]")


class Tried(dict[str, tuple[re.Pattern[str], list[int]]]):
    """By a character, worked out when it is first met: the wordings that can begin with it, and their numbers.

    An empty group behind each wording says which of them matched.
    """

    def __init__(self, words: Sequence[str], known: Sequence[frozenset[str] | None]) -> None:
        self.words, self.known = words, known

    def __missing__(self, char: str) -> tuple[re.Pattern[str], list[int]]:
        same = {char, DIGIT} if char.isdecimal() else {char}
        numbers = [number for number, known in enumerate(self.known) if known is None or known & same]
        self[char] = re.compile("|".join(f"(?:{self.words[number]})()" for number in numbers)), numbers
        return self[char]


class Alternatives:
    """Many wordings; at one place the first of them that matches counts.

    `places` finds the characters that any of them can begin with; most characters are none.
    """

    def __init__(self, words: Sequence[str]) -> None:
        known = [beginnings(word) for word in words]
        self.places = one_character(known)
        self.tried = Tried(words, known)

    def find_all(self, text: str, start: int, end: int) -> list[Hit]:
        """All matches of a stretch, from left to right, none within another.

        >>> Alternatives(["公开(?:信息)?", "信息"]).find_all("公开信息和信息", 0, 7)
        [Hit(start=0, end=4, number=0), Hit(start=5, end=7, number=1)]
        """
        found: list[Hit] = []
        for place in self.places.finditer(text, start, end):
            at = place.start()
            if at < start:
                continue
            pattern, numbers = self.tried[text[at]]
            if match := pattern.match(text, at, end):
                start = match.end()
                found.append(Hit(at, start, numbers[(match.lastindex or 1) - 1]))
        return found

    def find_around(self, text: str, start: int, index: int) -> Hit | None:
        r"""The first match that begins between two indices and ends behind the second.

        >>> Alternatives([r"第\d+条", r"\d+"]).find_around("按第20条", 0, 2)
        Hit(start=1, end=5, number=0)
        """
        for place in self.places.finditer(text, start, index + 1):
            at = place.start()
            pattern, numbers = self.tried[text[at]]
            match = pattern.match(text, at)
            if match and match.end() > index:
                return Hit(at, match.end(), numbers[(match.lastindex or 1) - 1])
        return None
