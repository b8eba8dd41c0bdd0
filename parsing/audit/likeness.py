"""Which reports of a corpus share text: an exact index over the shingles of their own sentences.

In: the reports of one corpus.  Out: for one of them, how many of its own characters another has too.  Refused: reports
whose own prose is too short to be compared.

A shingle is a run of `SHINGLE` folded characters, so a character counts as copied when it stands in a stretch of at
least that length which the other report has as well, wherever it stands there.  Only hashes are kept: four bytes a
character, and as many for its place.  For 5,000 reports that is faster and simpler than sketches (MinHash), and exact;
one hash in `SAMPLED` finds the candidates, all of them measure a pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from random import Random

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from parsing.audit.shingles import fold_lines, own_sentences
from parsing.extraction.identity import corpus_ids, may_be_same
from parsing.model import Report

SHINGLE = 16
SAMPLED = 8
# A sentence that half of the agencies print, and at least so many, is nobody's own.
COMMON_SHARE, FEWEST_AGENCIES = 0.5, 5
# Of the candidates that share most hashes so many are measured.
MEASURED = 4
Hashes = NDArray[np.uint32]
Places = NDArray[np.int32]
Span = tuple[int, int]

_chance = Random("shingles")
FACTORS = np.array([_chance.getrandbits(64) | 1 for _ in range(SHINGLE)], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Own:
    """What is a report's own: the hashes of its shingles with their places in the folded text, and its characters."""

    hashes: Hashes
    places: Places
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The prose before it is known which sentences are common: hashes by place, sentences with a number for each."""

    hashes: Hashes
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much of one report's own prose another one (`position` in the corpus) has too, in characters."""

    position: int
    copied: int
    size: int

    @property
    def share(self) -> float:
        return self.copied / self.size if self.size else 0.0


def hash_shingles(text: str) -> Hashes:
    """A hash for each place at which a shingle begins, the same on every machine."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(codes) < SHINGLE:
        return np.empty(0, dtype=np.uint32)
    sums = sliding_window_view(codes.astype(np.uint64), SHINGLE) @ FACTORS
    return (sums >> np.uint64(32)).astype(np.uint32)


def draft(report: Report) -> Draft:
    text = fold_lines(report.prose, report.particulars.agency)
    spans = tuple(own_sentences(text))
    return Draft(hash_shingles(text), spans, tuple(hash(text[at:end]) for at, end in spans))


def cover(places: Places, length: int) -> NDArray[np.bool_]:
    """Which characters stand in the shingles that begin at these places."""
    steps = np.zeros(length + 1, dtype=np.int32)
    np.add.at(steps, places, 1)
    np.add.at(steps, places + SHINGLE, -1)
    return np.cumsum(steps[:-1]) > 0


def keep_own(drafted: Draft, common: frozenset[int]) -> Own:
    """What is left of a report without the common sentences; a shingle counts that lies in own ones entirely."""
    size = len(drafted.hashes) + SHINGLE
    is_own = np.zeros(size, dtype=np.int32)
    for (at, end), sentence in zip(drafted.spans, drafted.sentences, strict=True):
        if sentence not in common:
            is_own[at:end] = 1
    sums = np.concatenate(([0], np.cumsum(is_own)))
    places = np.flatnonzero(sums[SHINGLE:-1] - sums[: -SHINGLE - 1] == SHINGLE).astype(np.int32)
    return Own(drafted.hashes[places], places, int(is_own.sum()))


class Index:
    """The own prose of all reports of a corpus, by their position in it."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        names = [report.particulars.agency for report in reports]
        ids = corpus_ids(name for name in names if name)
        self.agencies = [ids[name] if name else f"#{at}" for at, name in enumerate(names)]
        self.groups = np.unique(self.agencies, return_inverse=True)[1]
        self.years = np.array([report.particulars.year or 0 for report in reports], dtype=np.int32)
        drafts = [draft(report) for report in reports]
        common = self.common_sentences(drafts)
        self.own = [keep_own(one, common) for one in drafts]

    def common_sentences(self, drafts: Sequence[Draft]) -> frozenset[int]:
        """The sentences that most agencies print, in whatever year."""
        printed: dict[str, set[int]] = {}
        for agency, one in zip(self.agencies, drafts, strict=True):
            printed.setdefault(agency, set()).update(one.sentences)
        counts = Counter(sentence for sentences in printed.values() for sentence in sentences)
        least = max(FEWEST_AGENCIES, COMMON_SHARE * len(printed))
        return frozenset(sentence for sentence, count in counts.items() if count >= least)

    @cached_property
    def postings(self) -> tuple[Hashes, NDArray[np.int32], NDArray[np.int64]]:
        """The sampled hashes in order, the report of each; where the run of each different one begins."""
        sampled = [np.unique(one.hashes[one.hashes % SAMPLED == 0]) for one in self.own]
        hashes = np.concatenate(sampled) if sampled else np.empty(0, dtype=np.uint32)
        owners = np.repeat(np.arange(len(sampled), dtype=np.int32), [len(one) for one in sampled])
        order = np.argsort(hashes, kind="stable")
        keys, starts = np.unique(hashes[order], return_index=True)
        return keys, owners[order], np.append(starts, len(hashes))

    def copied_places(self, position: int, other: int, but: int | None = None) -> Places:
        """Where the shingles of a report begin that another one has too; not those of a third one (`but`)."""
        own = self.own[position]
        found = np.isin(own.hashes, self.own[other].hashes)
        if but is not None:
            found &= ~np.isin(own.hashes, self.own[but].hashes)
        return own.places[found]

    def measure(self, position: int, other: int, but: int | None = None) -> Resemblance:
        """How much of a report another one has too."""
        places = self.copied_places(position, other, but)
        length = int(places[-1]) + SHINGLE if len(places) else 0
        return Resemblance(other, int(cover(places, length).sum()), self.own[position].size)

    def resembling(self, position: int, but: int | None = None) -> list[Resemblance]:
        """The reports of other agencies, of this year or the one before, that share most; the nearest first."""
        own = self.own[position]
        hashes = np.unique(own.hashes[own.hashes % SAMPLED == 0])
        if but is not None:
            hashes = hashes[~np.isin(hashes, self.own[but].hashes)]
        shared = self.count_shared(hashes)
        ages = self.years[position] - self.years
        shared[(ages != 0) & (ages != 1)] = 0
        shared[self.groups == self.groups[position]] = 0
        measured = [self.measure(position, other, but) for other in self.nearest(position, shared)]
        return sorted(measured, key=lambda one: (-one.copied, *self.rank(position, one.position)))

    def nearest(self, position: int, shared: NDArray[np.int64]) -> list[int]:
        """The reports of other agencies that have most of the hashes; of equal ones the same whatever their order."""
        least = max(int(np.partition(shared, -MEASURED)[-MEASURED]) if len(shared) > MEASURED else 0, 1)
        others = [int(one) for one in np.flatnonzero(shared >= least)]
        others.sort(key=lambda one: (-shared[one], *self.rank(position, one)))
        return list(islice((one for one in others if self.is_other(position, one)), MEASURED))

    def rank(self, position: int, other: int) -> tuple[int, str]:
        """Among equals this year's stand before last year's."""
        return int(self.years[position] - self.years[other]), self.reports[other].report_id

    def count_shared(self, hashes: Hashes) -> NDArray[np.int64]:
        """How many of these hashes each report has."""
        keys, owners, starts = self.postings
        at = np.searchsorted(keys, hashes)
        at = at[keys[np.minimum(at, len(keys) - 1)] == hashes] if len(keys) else at[:0]
        firsts, sizes = starts[at], starts[at + 1] - starts[at]
        steps = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.bincount(owners[np.repeat(firsts, sizes) + steps], minlength=len(self.reports))

    def is_other(self, position: int, other: int) -> bool:
        """Whether two reports are of different agencies, as far as their names tell."""
        one, two = (self.reports[at].particulars.agency for at in (position, other))
        return bool(one and two) and not may_be_same(one or "", two or "")


@dataclass(frozen=True, slots=True)
class Company:
    """A report among the others of its corpus."""

    index: Index
    position: int


def companies(reports: Sequence[Report]) -> Iterator[Company | None]:
    """The company of each report; one that is alone has none, and costs nothing."""
    if len(reports) < 2:
        yield from (None for _ in reports)
        return
    index = Index(reports)
    yield from (Company(index, position) for position in range(len(reports)))
