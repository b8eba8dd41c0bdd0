"""The marks of the prose: every figure and what became of it, and the claims that are stated without a figure.

In: the frames of one report.  Out: `Mark`s in the order of the text, each with its place in the text that is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pages.ui.wording import name_claim, name_code
from parsing.tables import Corpus


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure, or the words of a claim that has none: `line` and `column` (from 1) in the text that is shown.

    `kind` is what became of it (claimed, ignored, unclassified; said for words without a figure), `claims` the numbers
    of the claims that it states.
    """

    id: str
    kind: str
    line: int
    column: int
    raw: str
    hint: str
    claims: tuple[int, ...]
    where: Mapping[str, Any]
    reason: str = ""
    is_flagged: bool = False

    @property
    def end(self) -> int:
        return self.column + len(self.raw)


def place_of(where: Mapping[str, Any]) -> tuple[int, int]:
    """Line and column in the text that is shown."""
    shown = where.get("shown") or where
    return shown["line"], shown["column"]


def list_marks(corpus: Corpus) -> list[Mark]:
    """All figures of the prose, and the claims that are stated without one, in the order of the text."""
    claims = {row.claim: row for row in corpus.claims.itertuples()}
    flagged = flagged_claims(corpus)
    marks: list[Mark] = []
    for number, row in enumerate(corpus.figures.itertuples(), 1):
        stated = tuple(int(one) for one in row.claims.split(";")) if isinstance(row.claims, str) else ()
        hint = "；".join(describe(claims[one]) for one in stated) or describe_fate(row.outcome, row.reason)
        reason = row.reason if isinstance(row.reason, str) else ""
        is_flagged = not flagged.isdisjoint(stated)
        place = place_of(row.where)
        marks.append(Mark(f"f{number}", row.outcome, *place, row.raw, hint, stated, row.where, reason, is_flagged))
    with_figure = {claim for mark in marks for claim in mark.claims}
    marks += wordless_marks([row for number, row in claims.items() if number not in with_figure], flagged)
    return sorted(marks, key=lambda mark: (mark.line, mark.column))


def wordless_marks(rows: Sequence[Any], flagged: set[int]) -> Iterator[Mark]:
    """Claims without a figure: one mark for all that the same words state (未发生行政复议和行政诉讼)."""
    for _, group in groupby(rows, key=lambda row: (*place_of(row.where), row.quote)):
        same = list(group)
        numbers = tuple(int(row.claim) for row in same)
        hint = "；".join(map(describe, same))
        first = same[0]
        is_flagged = not flagged.isdisjoint(numbers)
        place = place_of(first.where)
        yield Mark(f"c{numbers[0]}", "said", *place, first.quote, hint, numbers, first.where, "", is_flagged)


def describe(claim: Any) -> str:
    """A claim in a few words: 收到申请 75 件."""
    value = f"{claim.value_text} {claim.unit}" if claim.unit != "date" else claim.value_text
    return f"{name_claim(claim.metric, claim.dim)} {value}"


def describe_fate(outcome: str, reason: Any) -> str:
    name = name_code("figure", outcome)
    return f"{name}：{reason}" if isinstance(reason, str) else name


def flagged_claims(corpus: Corpus) -> set[int]:
    """The numbers of the claims that a flag of the report accuses."""
    numbers = {claim_key(row.metric, row.where): row.claim for row in corpus.claims.itertuples()}
    sides = [side for evidence in corpus.flags["evidence"] for side in evidence if side.get("role") != "context"]
    keys = {claim_key(side["metric"], side["where"]) for side in sides if side.get("metric")}
    return {int(numbers[key]) for key in keys & numbers.keys()}


def claim_key(metric: str, where: Any) -> tuple[str, str]:
    """What tells one claim of a report from another."""
    return metric, json.dumps(where, sort_keys=True)
