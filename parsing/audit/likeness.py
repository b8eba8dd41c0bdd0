"""Which reports of a corpus share text: an exact index over the shingles of their own sentences.

In: the reports of one corpus.  Out: for one of them, how many of its own characters another has too.  Refused: reports
whose own prose is too short to be compared.

A shingle is a run of `SHINGLE` folded characters, so a character counts as copied when it stands in a stretch of at
least that length which the other report has as well, wherever it stands there.  The prints, one hash in `SAMPLED`, find
the candidates (`neighbours.py`); all hashes measure a pair, four bytes a character and as many for its place.  That is
simpler than sketches (MinHash), and exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parsing.audit.neighbours import Neighbours, common_sentences, group_agencies
from parsing.audit.prints import SHINGLE, Common, Own, Places, draft, print_draft
from parsing.audit.ragged import is_in
from parsing.model import Report


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much of one report's own prose another one (`position` in the corpus) has too, in characters."""

    position: int
    copied: int
    size: int

    @property
    def share(self) -> float:
        return self.copied / self.size if self.size else 0.0


def cover(places: Places, length: int) -> NDArray[np.bool_]:
    """Which characters stand in the shingles that begin at these places."""
    steps = np.zeros(length + 1, dtype=np.int32)
    np.add.at(steps, places, 1)
    np.add.at(steps, places + SHINGLE, -1)
    return np.cumsum(steps[:-1]) > 0


class Index:
    """The own prose of all reports of a corpus, by their position in it.

    Either all reports are at hand; `common` are then the common sentences where the corpus is larger than they.  Or
    `near` knows them by their prints: then `reports` may open one when it is asked for by its position, and that is
    done only for a pair that shares enough by the estimate.
    """

    def __init__(self, reports: Sequence[Report], common: Common | None = None, near: Neighbours | None = None) -> None:
        self.reports = reports
        self._own: dict[int, Own] = {}
        self.is_estimated = near is not None
        self.near = near or self._draw_near(common)

    def _draw_near(self, common: Common | None) -> Neighbours:
        """The neighbours of reports that are at hand."""
        drafts = [draft(report) for report in self.reports]
        prints = [print_draft(one) for one in drafts]
        facts = [report.particulars for report in self.reports]
        names, years = [one.agency for one in facts], [one.year for one in facts]
        groups = group_agencies(names)
        common = common_sentences(prints, groups) if common is None else common
        self._own = {position: one.keep_own(common) for position, one in enumerate(drafts)}
        return Neighbours(prints, names, years, [report.report_id for report in self.reports], common, groups)

    def own(self, position: int) -> Own:
        """What is a report's own; kept, once it was worked out."""
        if position not in self._own:
            self._own[position] = draft(self.reports[position]).keep_own(self.near.common)
        return self._own[position]

    def copied_places(self, position: int, other: int, but: int | None = None) -> Places:
        """Where the shingles of a report begin that another one has too; not those of a third one (`but`)."""
        own = self.own(position)
        found = is_in(own.hashes, self.own(other).hashes)
        if but is not None:
            found &= ~is_in(own.hashes, self.own(but).hashes)
        return own.places[found]

    def measure(self, position: int, other: int, but: int | None = None) -> Resemblance:
        """How much of a report another one has too."""
        places = self.copied_places(position, other, but)
        length = int(places[-1]) + SHINGLE if len(places) else 0
        return Resemblance(other, int(cover(places, length).sum()), self.near.size(position))

    def find_share(self, position: int, other: int, least: float, but: int | None = None) -> Resemblance | None:
        """The same where it is at least such a share of the report's own prose, else None."""
        if self.is_estimated and not self.near.may_share(position, other, least, but):
            return None
        found = self.measure(position, other, but)
        return found if found.share >= least else None

    def resembling(self, position: int, but: int | None = None, least: float = 0.0) -> list[Resemblance]:
        """The reports of other agencies, of this year or the one before, that share most; the nearest first."""
        others = self.near.nearest(position, but)
        found = [one for other in others if (one := self.find_share(position, other, least, but))]
        return sorted(found, key=lambda one: (-one.copied, *self.near.rank(position, one.position)))


@dataclass(frozen=True, slots=True)
class Company:
    """A report among the others of its corpus."""

    index: Index
    position: int

    @property
    def size(self) -> int:
        """The characters of its own sentences."""
        return self.index.near.size(self.position)


def companies(reports: Sequence[Report]) -> Iterator[Company | None]:
    """The company of each report; one that is alone has none, and costs nothing."""
    if len(reports) < 2:
        yield from (None for _ in reports)
        return
    index = Index(reports)
    yield from (Company(index, position) for position in range(len(reports)))
