"""The narrative claims of a report.

In: passages and particulars.  Out: `ClaimReading`.  What a figure is depends on its own words, on what its sentence
speaks of and on the list it stands in; the wordings are in the TOML files of this folder.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsing.extraction.claims.reading import read_claims
from parsing.extraction.passages import Passage
from parsing.model import Claim, Figure, Particulars, Problem


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """Claims and figures in the order of the text, and what could not be read."""

    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()


def extract_claims(
    passages: Sequence[Passage], particulars: Particulars, open_line: int | None = None
) -> ClaimReading:
    """Everything that the prose states in figures, dates and denials; every figure is accounted for.

    `open_line` as in `Document`: an amount at the very end of that line may have lost figures and is no claim.
    """
    return ClaimReading(*read_claims(passages, particulars, open_line))
