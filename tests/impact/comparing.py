"""What two versions of the checks say of the same reports, side by side.

In: the answers of `reading` of both versions.  Out: one `Change` for every flag that came, went or says something else,
and counts of outcomes that changed; lines for people.  Refused: nothing; what is not spelled out is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Answers = Mapping[str, Any]
Kind = Literal["new", "dropped", "changed"]
KINDS: tuple[Kind, ...] = ("new", "dropped", "changed")
# More examples of one check and kind than this are counted.
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One flag that is not the same in both versions, and what it says in each."""

    check: str
    kind: Kind
    report: str
    before: Sequence[Any] | None
    after: Sequence[Any] | None

    def words(self) -> str:
        """The message as it is now; of a changed flag what it was, and what it became."""
        if self.before is None or self.after is None:
            said = self.before or self.after or ()
            return f"{self.report}: [{said[0]}] {said[-1]}"
        pairs = [f"{old} → {new}" for old, new in zip(self.before, self.after, strict=True) if old != new]
        return f"{self.report}: {'; '.join(pairs)}"


def pairs_of(before: Answers, after: Answers) -> Iterator[tuple[str, Answers, Answers]]:
    """The answers for every report that either version read."""
    empty: Answers = {"flags": {}, "ledger": {}}
    for corpus in sorted({*before, *after}):
        old, new = before.get(corpus, {}), after.get(corpus, {})
        for file in sorted({*old, *new}):
            yield f"{corpus}/{file}", old.get(file, empty), new.get(file, empty)


def compare_flags(before: Answers, after: Answers) -> list[Change]:
    changes = []
    for report, old, new in pairs_of(before, after):
        for key in sorted({*old["flags"], *new["flags"]}):
            one, other = old["flags"].get(key), new["flags"].get(key)
            check = (one or other)["check"]
            said, says = one and one["says"], other and other["says"]
            if said != says:
                kind: Kind = "new" if one is None else "dropped" if other is None else "changed"
                changes.append(Change(check, kind, report, said, says))
    return changes


def compare_outcomes(before: Answers, after: Answers) -> Counter[tuple[str, str, str]]:
    """How often a check came to another outcome: (check, before, after); a check that there was not is `no check`."""
    moved: Counter[tuple[str, str, str]] = Counter()
    for _, old, new in pairs_of(before, after):
        for check in sorted({*old["ledger"], *new["ledger"]}):
            was, became = old["ledger"].get(check, "no check"), new["ledger"].get(check, "no check")
            if was != became:
                moved[check, was, became] += 1
    return moved


def write_flags(changes: Sequence[Change]) -> list[str]:
    """The table check × (new, dropped, changed), and examples of each."""
    if not changes:
        return ["No flag came, went or changed."]
    counts = Counter((change.check, change.kind) for change in changes)
    lines = ["| check | new | dropped | changed |", "|---|--:|--:|--:|"]
    for check in sorted({change.check for change in changes}):
        lines.append(f"| {check} | " + " | ".join(str(counts[check, kind]) for kind in KINDS) + " |")
    for check, kind in sorted(counts):
        found = [change for change in changes if (change.check, change.kind) == (check, kind)]
        lines += ["", f"{check}, {kind}:", *(f"  - {change.words()}" for change in found[:EXAMPLES])]
        if len(found) > EXAMPLES:
            lines.append(f"  - and {len(found) - EXAMPLES} more")
    return lines


def write_outcomes(moved: Counter[tuple[str, str, str]]) -> list[str]:
    """The table of outcomes that changed, whether a flag did or not."""
    if not moved:
        return ["No outcome changed."]
    rows = [f"| {check} | {was} | {became} | {count} |" for (check, was, became), count in sorted(moved.items())]
    return ["| check | outcome before | outcome after | reports |", "|---|---|---|--:|", *rows]
