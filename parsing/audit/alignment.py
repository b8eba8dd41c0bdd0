"""Two paragraphs beside each other: which stretches are the same, where only a figure differs, where the words do.

In: the lines of two reports.  Out: spans with their places, and pieces of both texts for who shows them.  Refused:
chance; a stretch shorter than a shingle is not counted as copied, so it is not marked as the same either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from parsing.audit.likeness import Index, cover
from parsing.audit.prints import SHINGLE
from parsing.audit.shingles import FIGURE, NAME, TITLE, Layout, lay_out
from parsing.extraction.folding import fold

PieceKind = Literal["same", "figure", "name", "other"]
FOLDED = (FIGURE, NAME, TITLE)
# No stretch is shown to begin with one of these.
MARKS = "。、,;:!?)”"


@dataclass(frozen=True, slots=True)
class AlignedSpan:
    """A stretch that two reports share: where it begins in the folded text of each, and its length in characters."""

    first: int
    second: int
    length: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch as it is printed, and how it compares with the other side."""

    text: str
    kind: PieceKind


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph of a folded text begins and ends."""
    at = 0
    for paragraph in text.split("\n"):
        yield at, at + len(paragraph)
        at += len(paragraph) + 1


def find_in(text: str, stretch: str) -> tuple[int, int, int]:
    """Where the longest part of a stretch stands in a text: its index in the stretch, in the text, and its length."""
    at = text.find(stretch)
    if at >= 0:
        return 0, at, len(stretch)
    match = SequenceMatcher(None, stretch, text, autojunk=False).find_longest_match()
    return match.a, match.b, match.size


def list_spans(index: Index, position: int, other: int, but: int | None = None) -> list[list[AlignedSpan]]:
    """The shared stretches of every paragraph that shares one, the longest first, and so the paragraphs."""
    text, there = (layout.text for layout in layouts_of(index, position, other))
    is_copied = cover(index.copied_places(position, other, but), len(text) + SHINGLE)
    paragraphs = []
    for start, end in paragraph_spans(text):
        spans = [locate(text, there, start + at, start + stop) for at, stop in runs_of(is_copied[start:end].tolist())]
        if spans:
            paragraphs.append(sorted(spans, key=lambda span: -span.length))
    return sorted(paragraphs, key=lambda spans: -spans[0].length)


def locate(text: str, there: str, start: int, end: int) -> AlignedSpan:
    """Where the characters from `start` to `end` stand in another text; the longest part, if they stand apart there."""
    stretch = text[start:end].lstrip(MARKS)
    inside, second, length = find_in(there, stretch)
    return AlignedSpan(end - len(stretch) + inside, second, length)


def layouts_of(index: Index, *positions: int) -> list[Layout]:
    reports = [index.reports[position] for position in positions]
    return [lay_out(report.prose, report.particulars.agency) for report in reports]


def runs_of(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """The stretches of marked places.

    >>> runs_of([False, True, True, False, True])
    [(1, 3), (4, 5)]
    """
    runs, start = [], None
    for at, is_marked in enumerate([*marks, False]):
        if is_marked and start is None:
            start = at
        elif not is_marked and start is not None:
            runs.append((start, at))
            start = None
    return runs


def compare_texts(one: Layout, other: Layout) -> tuple[list[Piece], list[Piece]]:
    """Two paragraphs as pieces, from one end to the other."""
    matcher = SequenceMatcher(None, one.text, other.text, autojunk=False)
    kinds: tuple[list[PieceKind], list[PieceKind]] = (["other"] * len(one.text), ["other"] * len(other.text))
    for block in matcher.get_matching_blocks():
        if block.size >= SHINGLE:
            for step in range(block.size):
                kind = compare_characters(one, block.a + step, other, block.b + step)
                kinds[0][block.a + step] = kinds[1][block.b + step] = kind
    return list(cut_pieces(one, kinds[0])), list(cut_pieces(other, kinds[1]))


def compare_characters(one: Layout, first: int, other: Layout, second: int) -> PieceKind:
    """Whether what was folded into one character is printed alike on both sides."""
    sign = one.text[first]
    if sign not in FOLDED or fold(one.printed(first)) == fold(other.printed(second)):
        return "same"
    return "figure" if sign == FIGURE else "name"


def cut_pieces(layout: Layout, kinds: Sequence[PieceKind]) -> Iterator[Piece]:
    """The printed text of a layout in stretches of one kind; spaces go with what stands before them."""
    text, kind = "", None
    for at, one in enumerate(kinds):
        if kind is not None and (one != kind or one in ("figure", "name")):
            yield Piece(text, kind)
            text = ""
        text, kind = text + printed_to_next(layout, at), one
    if kind is not None:
        yield Piece(text, kind)


def printed_to_next(layout: Layout, at: int) -> str:
    """A character as it is printed, with the space behind it up to the next one of the same line."""
    end = layout.ends[at]
    is_last = at + 1 == len(layout.text) or layout.line_of[at + 1] != layout.line_of[at]
    return layout.lines[layout.line_of[at]].raw[layout.starts[at] : end if is_last else max(layout.starts[at + 1], end)]
