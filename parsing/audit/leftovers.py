"""Traces of another text in a report: instructions of its template, another kind of agency, another township's name.

In: the printed lines of the prose, the agency and its level.  Out: `Trace`s with their places.  Refused: a trace that
the same sentence explains (李××诉我局), and words in quotation marks.

A report alone must cost next to nothing, so a pattern is tried only where one of its plain words occurs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate, pairwise

from parsing.audit.shingles import load_words
from parsing.extraction.agencies import core_of
from parsing.extraction.folding import fold
from parsing.extraction.identity import plain_name
from parsing.model import Locator, ProseLine

SENTENCE_MARKS = "。;!?\n"
SENTENCE_END = re.compile(r"[。;!?\n]")
PRINTED_END = re.compile(r"[。;；!！?？]")
# What is set wide as often as not; the patterns are written for the narrow forms.
WIDE, NARROW = "（），：；！？Ｘｘ", "(),:;!?Xx"
# Behind a trace so much of its sentence is quoted.
QUOTED = 24
# 公开 in traditional characters stands in every report that is written in them.
TRADITIONAL = "開"
# What stands before 镇 where no township is named.
GENERIC = re.compile(
    r"^(?:全|其他|有关|相关|所有|所在|所属|当地|辖区|下属|部分|个别|每|两|由|和|在)|[我本该各的与及并将把被从]|[乡村集城小市]镇$|城乡$"
)
# A township's own name, without the regions before it, is no longer.
LONGEST_NAME = 8
NAMED = re.compile(
    r"\s*(?:[(][一二三四五六七八九十]+[)])?(?:\d{4}年度?,?|今年,?|今年以来,?|一年来,?|全年,?)?(?P<name>[一-鿿]{1,14}(?:街道|(?<![乡村集城])镇|(?<!城)乡))"
)
TOWNSHIP = r"(?:街道|镇|乡)(?:人民政府|办事处|党政(?:综合)?办(?:公室)?)?"
ANNOUNCED = r"人民政府|政府|办事处|党政|综合|\d{4}年"
SIGNED = re.compile(r"[一-鿿]{2,20}(?:镇|乡)人民政府|[一-鿿]{2,20}街道办事处")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
# The signature is looked for in so many lines from the end.
FOOT = 8


@dataclass(frozen=True, slots=True)
class Trace:
    """A stretch of one printed line, what it is an instance of, and the words that tell."""

    name: str
    words: str
    line: ProseLine
    start: int
    end: int

    @property
    def where(self) -> Locator:
        place = self.line.where
        return place._replace(column=place.column + self.start) if place.column is not None else place

    @property
    def quote(self) -> str:
        """The trace with what follows it in its sentence."""
        stop = PRINTED_END.search(self.line.raw, self.end)
        return self.line.raw[self.start : min(stop.start() if stop else len(self.line.raw), self.end + QUOTED)].rstrip()


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a template: the plain words that announce it, the pattern, what makes it innocent."""

    name: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def template_wordings() -> tuple[Wording, ...]:
    """The wordings of `copying.toml`."""
    return tuple(
        Wording(
            entry["name"],
            tuple(entry["words"]),
            re.compile(entry["pattern"], re.MULTILINE),
            re.compile(entry["unless"]) if "unless" in entry else None,
        )
        for entry in load_words()["template"]
    )


class WholeText:
    """The printed lines as one text in which every character keeps its place; simplified where it has to be."""

    def __init__(self, lines: Sequence[ProseLine]) -> None:
        self.lines = lines
        text = "\n".join([line.raw for line in lines])
        for wide, narrow in zip(WIDE, NARROW, strict=True):
            text = text.replace(wide, narrow)
        self.text = fold(text) if TRADITIONAL in text else text

    @cached_property
    def starts(self) -> list[int]:
        return [0, *accumulate(len(line.raw) + 1 for line in self.lines)]

    def trace(self, name: str, start: int, end: int) -> Trace:
        """What stands from `start` to `end`, which is in one line."""
        at = bisect_right(self.starts, start) - 1
        first = self.starts[at]
        return Trace(name, self.text[start:end], self.lines[at], start - first, end - first)

    def sentence_start(self, at: int) -> int:
        """Where the sentence begins in which a place stands."""
        return max(self.text.rfind(mark, 0, at) for mark in SENTENCE_MARKS) + 1

    def is_quoted(self, at: int) -> bool:
        """Whether a place stands in quotation marks that its line opened."""
        line = self.text.rfind("\n", 0, at) + 1
        return self.text.count("“", line, at) > self.text.count("”", line, at)

    def sentence(self, start: int, end: int) -> str:
        """The sentence of a stretch."""
        stop = SENTENCE_END.search(self.text, end)
        return self.text[self.sentence_start(start) : stop.start() if stop else len(self.text)]


def find_template_text(whole: WholeText) -> list[Trace]:
    """What a template asks of its user and the user left standing, in the order of the text."""
    tried = (one for one in template_wordings() if any(word in whole.text for word in one.words))
    found = [(*match.span(), one) for one in tried for match in one.pattern.finditer(whole.text)]
    traces, last = [], 0
    for start, end, one in sorted(found, key=lambda hit: hit[:2]):
        is_innocent = one.unless is not None and one.unless.search(whole.sentence(start, end))
        if start >= last and not is_innocent and "\n" not in whole.text[start:end]:
            traces.append(whole.trace(one.name, start, end))
            last = end
    return traces


@lru_cache(maxsize=4096)
def foreign_selves(agency: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """How an agency of this name cannot call itself: the words, and the pattern that they must fit."""
    name = plain_name(agency)
    found = []
    for entry in load_words()["selves"]:
        if not any(own in name for own in entry["own"]):
            behind = f"(?!{entry['unless']})" if entry["unless"] else ""
            found.append((f"我{entry['word']}", re.compile(f"(?<!自)我{entry['word']}{behind}")))
    return tuple(found)


def find_foreign_selves(whole: WholeText, agency: str) -> list[Trace]:
    """Where the report calls its agency what another kind of agency is called: 我乡 in the report of a 镇."""
    tried = (pattern for word, pattern in foreign_selves(agency) if word in whole.text)
    places = sorted(match.span() for pattern in tried for match in pattern.finditer(whole.text))
    return [whole.trace("self", *place) for place in places if not whole.is_quoted(place[0])]


@cache
def speaking() -> re.Pattern[str]:
    """A township of which the report speaks as of itself: 某镇主动公开…"""
    return re.compile(f"{TOWNSHIP}{load_words()['foreign']['verbs']}")


@cache
def announcing() -> re.Pattern[str]:
    """A township that the report names as its contact or its author."""
    return re.compile(f"{load_words()['foreign']['before']}(?P<name>[一-鿿]{{2,16}}?(?:街道|镇|乡))(?={ANNOUNCED})")


def find_foreign_names(whole: WholeText, agency: str, level: str | None) -> list[Trace]:
    """Where the report speaks of another township as of itself, names it as its contact or is signed by it."""
    places = [match.span("name") for match in announcing().finditer(whole.text)]
    places += subjects(whole) if level == "township" else ()
    found = [whole.trace("name", *place) for place in sorted(set(places))] + list(signatures(whole.lines))
    return [trace for trace in found if is_foreign(trace.words, agency)]


def subjects(whole: WholeText) -> Iterator[tuple[int, int]]:
    """The townships with which a sentence begins that speaks of the work of the agency itself."""
    for match in speaking().finditer(whole.text):
        first = whole.sentence_start(match.start())
        kind = len("街道") if match.group().startswith("街道") else 1
        named = NAMED.fullmatch(whole.text[first : match.start() + kind])
        if named:
            yield first + named.start("name"), first + named.end("name")


def signatures(lines: Sequence[ProseLine]) -> Iterator[Trace]:
    """The township that stands above the date at the foot."""
    foot = [line for line in lines if line.raw.strip()][-FOOT:]
    for line, below in pairwise(foot):
        name, date = fold(line.raw).strip(), "".join(fold(below.raw).split())
        if SIGNED.fullmatch(name) and DATE.fullmatch(date):
            start = line.raw.find(line.raw.strip())
            yield Trace("name", name, line, start, start + len(name))


def is_foreign(name: str, agency: str) -> bool:
    """Whether a name is that of a township which is not the agency, nor in its name."""
    own, core = plain_name(agency), core_of(plain_name(name))
    if len(core) > LONGEST_NAME or GENERIC.search(name) or GENERIC.search(core):
        return False
    return core not in own and core_of(own) not in name
