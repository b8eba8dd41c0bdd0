"""The compact print of a report's prose: enough to find the reports that share text with it, without the text.

In: a report.  Out: `Draft`, the hashes of its prose for a while, and `Print`, some hundred bytes to keep, which are the
same on every machine and in every run.  Refused (`ValueError`): bytes of another version of the print.

A shingle is a run of `SHINGLE` folded characters of the report's own sentences, which one knows by its hash.  One hash
in `SAMPLED` is kept in the print, the same ones in every report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from struct import Struct
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from parsing.audit.shingles import fold_lines, own_sentences
from parsing.model import Report

SHINGLE = 16
SAMPLED = 8
Hashes = NDArray[np.uint32]
Places = NDArray[np.int32]
Span = tuple[int, int]
Common = frozenset[int]
NOTHING: Common = frozenset()

_chance = Random("shingles")
FACTORS = np.array([_chance.getrandbits(64) | 1 for _ in range(SHINGLE)], dtype=np.uint64)

VERSION = 1
# The version, the bytes of one length and of one step, how many sentences and shingles follow.
HEAD = Struct("<BBBII")


def hash_shingles(text: str) -> Hashes:
    """A hash for each place at which a shingle begins, the same on every machine."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(codes) < SHINGLE:
        return np.empty(0, dtype=np.uint32)
    sums = sliding_window_view(codes.astype(np.uint64), SHINGLE) @ FACTORS
    return (sums >> np.uint64(32)).astype(np.uint32)


def hash_sentence(sentence: str) -> int:
    """64 bits that are the same on every machine."""
    return int.from_bytes(blake2b(sentence.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Own:
    """What is a report's own: the hashes of its shingles with their places in the folded text, and its characters."""

    hashes: Hashes
    places: Places
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The prose of a report: hashes by place in the folded text, its sentences with a hash for each."""

    hashes: Hashes
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]

    def count_own(self, common: Common) -> NDArray[np.int64]:
        """How many characters of own sentences, those that are not common, stand before each place."""
        is_own = np.zeros(len(self.hashes) + SHINGLE, dtype=np.int64)
        for (at, end), sentence in zip(self.spans, self.sentences, strict=True):
            if sentence not in common:
                is_own[at:end] = 1
        return np.concatenate(([0], np.cumsum(is_own)))

    def keep_own(self, common: Common) -> Own:
        """What is left without the common sentences; a shingle counts that lies in own ones entirely."""
        sums = self.count_own(common)
        places = np.flatnonzero(sums[SHINGLE:-1] - sums[: -SHINGLE - 1] == SHINGLE).astype(np.int32)
        return Own(self.hashes[places], places, int(sums[-1]))


def draft(report: Report) -> Draft:
    text = fold_lines(report.prose, report.particulars.agency)
    spans = tuple(own_sentences(text))
    return Draft(hash_shingles(text), spans, tuple(hash_sentence(text[at:end]) for at, end in spans))


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """The own sentences of a report, in their order, and the sampled shingles that lie in them.

    `places` count the characters of the own sentences alone, as if they stood one after the other.
    """

    sentences: NDArray[np.uint64]
    lengths: NDArray[np.int64]
    hashes: Hashes
    places: NDArray[np.int64]

    def without(self, common: Common) -> Print:
        """The print of what is left without the common sentences; a shingle that touches one is gone with it."""
        is_own = np.array([one not in common for one in self.sentences.tolist()], dtype=bool)
        if is_own.all():
            return self
        ends = np.cumsum(self.lengths)
        firsts, lasts = (np.searchsorted(ends, self.places + step, side="right") for step in (0, SHINGLE - 1))
        gone = np.concatenate(([0], np.cumsum(np.where(is_own, 0, self.lengths))))
        kept = gone[lasts + 1] == gone[firsts]
        places = self.places - gone[firsts]
        return Print(self.sentences[is_own], self.lengths[is_own], self.hashes[kept], places[kept])


def print_of(report: Report) -> Print:
    """The print of a report, to be kept beside it."""
    return print_draft(draft(report))


def print_draft(drafted: Draft) -> Print:
    own = drafted.keep_own(NOTHING)
    kept = own.hashes % SAMPLED == 0
    return Print(
        np.array(drafted.sentences, dtype=np.uint64),
        np.array([end - at for at, end in drafted.spans], dtype=np.int64),
        own.hashes[kept],
        drafted.count_own(NOTHING)[own.places[kept]],
    )


def encode(one: Print) -> bytes:
    """A print as bytes, to be read by `decode`: ten a sentence, five a shingle as a rule."""
    steps = np.diff(one.places, prepend=0)
    widths = [width_of(numbers) for numbers in (one.lengths, steps)]
    head = HEAD.pack(VERSION, *widths, len(one.sentences), len(one.hashes))
    lengths, steps = (array.astype(f"<u{width}") for array, width in zip((one.lengths, steps), widths, strict=True))
    kept = (one.sentences.astype("<u8"), one.hashes.astype("<u4"), lengths, steps)
    return head + b"".join(array.tobytes() for array in kept)


def decode(data: bytes) -> Print:
    """The print that `encode` wrote; `ValueError` for anything else."""
    if not data or data[0] != VERSION or len(data) < HEAD.size:
        raise ValueError(f"no print of version {VERSION}")
    _, *widths, sentences, shingles = HEAD.unpack_from(data)
    parts = (("<u8", sentences), ("<u4", shingles), (f"<u{widths[0]}", sentences), (f"<u{widths[1]}", shingles))
    hashed, sampled, lengths, steps = split(data, parts)
    return Print(hashed, lengths.astype(np.int64), sampled, np.cumsum(steps, dtype=np.int64))


def split(data: bytes, parts: Sequence[tuple[str, int]]) -> list[NDArray[Any]]:
    """The arrays of these types and lengths that stand behind the head."""
    arrays, at = [], HEAD.size
    for kind, count in parts:
        arrays.append(np.frombuffer(data, dtype=kind, count=count, offset=at))
        at += arrays[-1].nbytes
    if at != len(data):
        raise ValueError("a print that was cut off, or has more behind it")
    return arrays


def width_of(numbers: NDArray[np.int64]) -> int:
    """The bytes that the greatest of these numbers takes: 1, 2 or 4."""
    greatest = int(numbers.max(initial=0))
    return next(width for width in (1, 2, 4) if greatest < 1 << 8 * width)
