"""The narrative claims of a report.

In: passages and particulars.  Out: `ClaimReading`.  Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsing.extraction.passages import Passage
from parsing.model import Claim, Figure, Particulars, Problem


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """Claims, figures and problems of the prose."""

    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()


def extract_claims(passages: Sequence[Passage], particulars: Particulars) -> ClaimReading:
    """Nothing yet."""
    return ClaimReading()
