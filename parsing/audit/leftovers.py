"""Traces of another text in a report: instructions of its template, another kind of agency, another township's name.

In: the printed lines of the prose, the agency and its level.  Out: `Trace`s with their places.  Refused: a trace that
the same sentence explains (李××诉我局), and words in quotation marks.

A report alone must cost next to nothing, so a pattern is tried only where one of its plain words occurs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from parsing.audit.shingles import load_words
from parsing.extraction.agencies import core_of
from parsing.extraction.folding import fold
from parsing.extraction.identity import plain_name
from parsing.model import Locator, ProseLine

SENTENCE_END = re.compile(r"[。;；!！?？]")
# Behind a trace so much of its sentence is quoted.
QUOTED = 24
# 公开 in traditional characters stands in every report that is written in them.
TRADITIONAL = "開"
# What stands before 镇 where no township is named.
GENERIC = re.compile(
    r"^(?:全|其他|有关|相关|所有|所在|所属|当地|辖区|下属|部分|个别|每|两|由|和|在)|[我本该各的与及并将把被从]|^[乡村集城小市]?[镇乡]$"
)
# A township's own name, without the regions before it, is no longer.
LONGEST_NAME = 8
NAMED = re.compile(
    r"(?:\d{4}年度?,?|今年,?|今年以来,?|一年来,?|全年,?)?(?P<name>[一-鿿]{1,14}(?:街道|(?<![乡村集城])镇|(?<!城)乡))"
)
TOWNSHIP = r"(?:街道|镇|乡)(?:人民政府|办事处|党政(?:综合)?办(?:公室)?)?"
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
        stop = SENTENCE_END.search(self.line.raw, self.end)
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
            re.compile(entry["pattern"]),
            re.compile(entry["unless"]) if "unless" in entry else None,
        )
        for entry in load_words()["template"]
    )


def whole_text(lines: Sequence[ProseLine]) -> str:
    """All lines as one text, in which plain words can be looked for."""
    text = "\n".join([line.raw for line in lines])
    return fold(text) if TRADITIONAL in text else text


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of a stretch of a line."""
    before = max((match.end() for match in SENTENCE_END.finditer(text, 0, start)), default=0)
    after = SENTENCE_END.search(text, end)
    return text[before : after.start() if after else len(text)]


def find_template_text(lines: Sequence[ProseLine]) -> list[Trace]:
    """What a template asks of its user and the user left standing, in the order of the text."""
    text = whole_text(lines)
    tried = [one for one in template_wordings() if any(word in text for word in one.words)]
    return [trace for line in lines for trace in traces_in(line, tried)] if tried else []


def traces_in(line: ProseLine, wordings: Sequence[Wording]) -> Iterator[Trace]:
    """The traces in a line, the first that fits a place."""
    folded = fold(line.raw)
    end = 0
    found = [(match.span(), one) for one in wordings for match in one.pattern.finditer(folded)]
    for (start, stop), one in sorted(found, key=lambda pair: pair[0]):
        is_innocent = one.unless is not None and one.unless.search(sentence_around(folded, start, stop))
        if start >= end and not is_innocent:
            yield Trace(one.name, line.raw[start:stop], line, start, stop)
            end = stop


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


def find_foreign_selves(lines: Sequence[ProseLine], agency: str) -> list[Trace]:
    """Where the report calls its agency what another kind of agency is called: 我乡 in the report of a 镇."""
    text = whole_text(lines)
    tried = [(word, pattern) for word, pattern in foreign_selves(agency) if word in text]
    if not tried:
        return []
    return [
        Trace("self", match.group(), line, *match.span())
        for line in lines
        for folded in [fold(line.raw)]
        for _, pattern in tried
        for match in pattern.finditer(folded)
        if not is_quoted(folded, match.start())
    ]


def is_quoted(text: str, at: int) -> bool:
    """Whether a place stands in quotation marks that are open."""
    return text.count("“", 0, at) > text.count("”", 0, at)


@cache
def speaking() -> re.Pattern[str]:
    """A township of which the report speaks as of itself: 某镇主动公开…"""
    return re.compile(f"{TOWNSHIP}{load_words()['foreign']['verbs']}")


@cache
def announcing() -> re.Pattern[str]:
    """A township that the report names as its contact or its author."""
    return re.compile(f"{load_words()['foreign']['before']}(?P<name>[一-鿿]{{2,16}}?(?:街道|镇|乡))")


def find_foreign_names(lines: Sequence[ProseLine], agency: str, level: str | None) -> list[Trace]:
    """Where the report speaks of another township as of itself, names it as its contact or is signed by it."""
    found = [trace for line in lines for trace in names_in(line, level == "township")] + list(signatures(lines))
    return [trace for trace in found if is_foreign(trace.words, agency)]


def names_in(line: ProseLine, is_township: bool) -> Iterator[Trace]:
    """The townships that one line speaks of as of the agency itself."""
    folded = fold(line.raw)
    for match in speaking().finditer(folded) if is_township else ():
        before = max((one.end() for one in SENTENCE_END.finditer(folded, 0, match.start())), default=0)
        lead = re.match(r"\s*", folded[before:])
        first = before + (lead.end() if lead else 0)
        kind = 2 if match.group().startswith("街道") else 1
        named = NAMED.fullmatch(folded[first : match.start() + kind])
        if named:
            yield Trace("name", named["name"], line, first + named.start("name"), first + named.end("name"))
    for match in announcing().finditer(folded):
        yield Trace("name", match["name"], line, *match.span("name"))


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
