"""The prose of a report as it is compared: figures, names and titles of documents folded, and what is nobody's own.

In: the printed lines of a report and the name of its agency.  Out: one folded text, a line a paragraph, the place in
the print of each of its characters, and its sentences.  Refused: headings and rows of tables, which are the form's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from parsing.extraction.agencies import core_of
from parsing.extraction.folding import squash
from parsing.extraction.identity import plain_name

# Shorter ones are headings, leads (一是) and signatures; an own thought is longer.
SHORTEST_SENTENCE = 12
ENDS = "。;!?"
SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
# What is folded: a title of a document is quoted by all who are bound by it, figures and names change when one copies.
FIGURE, NAME, TITLE = "0", "@", "《"
FIGURES = r"\d+(?:[.,]\d+)*"
TITLES = r"《[^》\n]{1,80}》"
SELF = r"(?:我|本)(?:街道|[省市县区旗乡镇局厅委办院街])"


class Line(Protocol):
    """One printed line of the prose, of a report or of a frame."""

    @property
    def paragraph(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def raw(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """The folded text with its places: character `i` was printed as `raw[starts[i]:ends[i]]` of `lines[line_of[i]]`."""

    text: str
    lines: tuple[Line, ...]
    line_of: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]

    def printed(self, index: int) -> str:
        return self.lines[self.line_of[index]].raw[self.starts[index] : self.ends[index]]


@cache
def load_words() -> Mapping[str, Any]:
    """The wordings of `copying.toml`."""
    return tomllib.loads(Path(__file__).with_name("copying.toml").read_text("utf-8"))


@cache
def form_words() -> re.Pattern[str]:
    """What makes a sentence one that every report has."""
    return re.compile("|".join(load_words()["form"]["patterns"]))


@lru_cache(maxsize=4096)
def folding_of(agency: str | None) -> re.Pattern[str]:
    """What is folded in the prose of an agency: besides figures and titles its own name, long and short."""
    plain = plain_name(agency) if agency else ""
    names = sorted({name for name in (plain, core_of(plain) if plain else "") if len(name) > 1}, key=len, reverse=True)
    return re.compile("|".join([FIGURES, TITLES, *map(re.escape, names), SELF]))


def sign_of(match: re.Match[str]) -> str:
    first = match.group()[0]
    return FIGURE if first.isdigit() else TITLE if first == "《" else NAME


def paragraphs_of(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph of running text."""
    for _, group in groupby((line for line in lines if line.kind == "text"), key=lambda line: line.paragraph):
        yield list(group)


def fold_lines(lines: Iterable[Line], agency: str | None) -> str:
    """The folded text alone, which costs a third of its places."""
    whole = "\n".join("".join(squash(line.raw)[0] for line in group) for group in paragraphs_of(lines))
    return folding_of(agency).sub(sign_of, whole)


def lay_out(lines: Iterable[Line], agency: str | None) -> Layout:
    """The same text as `fold_lines`, with the place of every character; a line break has the place of nothing."""
    kept: list[Line] = []
    text: list[str] = []
    places: list[tuple[int, int, int]] = []
    for group in paragraphs_of(lines):
        if text:
            text.append("\n")
            places.append((len(kept) - 1, 0, 0))
        plain, spots = "", []
        for line in group:
            squashed, indices = squash(line.raw)
            plain += squashed
            spots += [(len(kept), index, index + 1) for index in indices[:-1]]
            kept.append(line)
        at = 0
        for match in folding_of(agency).finditer(plain):
            text += [plain[at : match.start()], sign_of(match)]
            places += [*spots[at : match.start()], join_spots(spots[match.start() : match.end()])]
            at = match.end()
        text.append(plain[at:])
        places += spots[at:]
    return Layout("".join(text), tuple(kept), *unzip(places))


def join_spots(spots: Sequence[tuple[int, int, int]]) -> tuple[int, int, int]:
    """The place of what is folded into one character, to the end of its line where it is torn."""
    line, start, _ = spots[0]
    return line, start, max(end for of, _, end in spots if of == line)


def unzip(places: Sequence[tuple[int, int, int]]) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    lines, starts, ends = zip(*places, strict=True) if places else ((), (), ())
    return lines, starts, ends


def own_sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences stand that are neither short nor the form's; a menu of a web page has no commas."""
    is_of_form = form_words().search
    found = (match for match in SENTENCE.finditer(text) if match.end() - match.start() >= SHORTEST_SENTENCE)
    whole = (match for match in found if text[match.end() - 1] in ENDS or "," in match.group())
    return [match.span() for match in whole if not is_of_form(match.group())]
