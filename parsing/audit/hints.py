"""Where one changed cell would make every sum of a table hold, and no other cell would: which one.

In: the equations between cells that were tested on one report, each with its verdict.  Out: for a table the cell and
the value that it would have, as a hint to a person.  Refused: a choice; where two cells would do there is no hint,
and no figure is ever changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsing.audit.evaluators import Relation
from parsing.audit.operands import Number, Operand
from parsing.audit.results import plain, show

# One equation alone always has several cells that would make it hold.
FEWEST_BROKEN = 2


@dataclass(frozen=True, slots=True)
class Hint:
    """The one cell, and the value with which every sum of its table holds."""

    cell: Operand
    value: Number

    def words(self) -> str:
        """The hint as a sentence; digits in another order, or a zero too many, are called so."""
        old, new = show(self.cell.value or 0), show(self.value)
        if sorted(old) == sorted(new):
            kind = "，像是数字颠倒"
        elif old == f"{new}0" or new == f"{old}0":
            kind = "，像是多写或少写一个 0"
        else:
            kind = ""
        return f"供核对：只要“{self.cell.label('full')}”由 {old} 改为 {new}，该表各项合计就都成立{kind}。"


def table_of(relation: Relation) -> str | None:
    """The table whose cells an equation joins; None where it joins anything else."""
    terms = (*relation.left.terms, *relation.right.terms)
    if relation.sign != "==" or any(term.address is None or term.origin for term in terms):
        return None
    tables = {(term.address or "").partition(".")[0] for term in terms}
    return tables.pop() if len(tables) == 1 else None


def weights(relation: Relation) -> dict[str, int]:
    """How far the left side moves against the right when a cell grows by one."""
    moved: dict[str, int] = {}
    for side, total in ((1, relation.left), (-1, relation.right)):
        for sign, term in total.signed():
            if term.address:
                moved[term.address] = moved.get(term.address, 0) + side * sign
    return moved


def cure(address: str, broken: Sequence[Relation]) -> Number | None:
    """By how much a cell must change so that every broken equation holds; None when no one change does."""
    changes = set()
    for relation in broken:
        weight = weights(relation).get(address, 0)
        if not weight:
            return None
        changes.add(plain((relation.right.value - relation.left.value) / weight))
    return changes.pop() if len(changes) == 1 else None


def find_hint(broken: Sequence[Relation], kept: Sequence[Relation]) -> Hint | None:
    """The only cell of a table that cures all its broken equations and stands in none that holds."""
    if len(broken) < FEWEST_BROKEN:
        return None
    bound = {term.address for one in kept for term in (*one.left.terms, *one.right.terms)}
    found = []
    for term in (*broken[0].left.terms, *broken[0].right.terms):
        change = cure(term.address, broken) if term.address and term.address not in bound else None
        if change is not None and term.value is not None and term.value + change >= 0:
            found.append(Hint(term, plain(term.value + change)))
    return found[0] if len(found) == 1 else None
