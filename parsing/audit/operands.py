"""Typed operands: what stands in a cell or in a sentence, and sums that keep their addends.

In: cells and claims.  Out: `Operand` and `Sum`, with bounds instead of values where the report says 余, 近 or 万.
Refused: nothing is made a number here that the report does not give as one; blank stays blank and unread unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import inf
from operator import mul
from typing import Literal, NamedTuple, Protocol

from parsing.audit.labels import labels_of
from parsing.audit.results import plain, show
from parsing.extraction.folding import fold
from parsing.findings import Evidence
from parsing.model import Cell, CellStatus, Claim, Locator
from parsing.templates import TableTemplate

Number = float | int
Axis = Literal["row", "column", "full"]
Role = Literal["left", "right", "context"]

BLANK = frozenset((CellStatus.BLANK, CellStatus.NOT_APPLICABLE))
UNREAD = frozenset((CellStatus.UNREADABLE, CellStatus.ABSENT))
# 1.53万条 is printed to a hundred, 196.4万 to a thousand.
LARGE_UNIT = re.compile(r"\d(?:\.(?P<decimals>\d+))?(?P<unit>[万亿])")
ZEROS = {"万": 4, "亿": 8}
# 0.01万; a smaller figure stands beside such a unit and is not in it.
LEAST_IN_LARGE_UNITS = 100
APPROXIMATE_SHARE = 0.05
# More addends than this are not spelled out when they are zero.
SPELLED_OUT = 4
# Characters of the original shown on each side of a place.
REACH = 80


class Operand(NamedTuple):
    """One cell or claim as an operand; `value` is None unless the report gives a number.

    A cell has an address and the table of the form that it belongs to, a claim has neither.  `origin` is put before
    the label where the operand comes from another report.
    """

    value: Number | None
    status: CellStatus
    is_doubtful: bool
    report_id: str
    claim: Claim | None = None
    address: str | None = None
    table: TableTemplate | None = None
    cell: Cell | None = None
    origin: str = ""

    def label(self, axis: Axis) -> str:
        """What the operand is called: by its row, by its column, or by both."""
        if self.claim is not None:
            return f"{self.origin}正文“{self.claim.quote}”"
        if self.table is None or self.address is None:
            return self.origin
        return self.origin + labels_of(self.table, self.address)[("row", "column", "full").index(axis)]

    @property
    def bounds(self) -> tuple[Number, Number]:
        """The least and the greatest value that the report can mean; a blank counts 0."""
        if self.claim is not None and isinstance(self.claim.value, int | float):
            return claim_bounds(self.claim)
        return (self.value or 0, self.value or 0)

    def evidence(self, role: Role) -> Evidence:
        """The operand as one side of a finding, with the place and the words there."""
        if self.claim is not None:
            claim = self.claim
            return Evidence(claim.where, None, claim.metric, claim.value, claim.quote, role, self.report_id)
        where, raw = (self.cell.where, self.cell.raw.strip()) if self.cell else (None, "")
        return Evidence(where, self.address, None, self.value, around(where) or raw, role, self.report_id)


def around(where: Locator | None) -> str:
    """The text at a place; of a long line only what stands near the place, cut ends marked with ….

    >>> around(Locator(line=1, column=1, text=" 一、本年新收 | 11 "))
    '一、本年新收 | 11'
    """
    if where is None or not where.text:
        return ""
    middle = (where.column or 1) - 1
    start, end = max(middle - REACH, 0), middle + REACH
    cut = where.text[start:end].strip()
    return f"{'…' if start else ''}{cut}{'…' if end < len(where.text) else ''}"


def claim_bounds(claim: Claim) -> tuple[Number, Number]:
    """What an exact, an approximate or a rounded figure of the prose can stand for.

    900余 may be anything up to 1000 and, since the word can also be 近, five per cent less; 1.53万 is 15,250 to
    15,350; 6.2% is left to the check, which knows whether it was rounded.
    """
    value = float(claim.value)
    low = high = value
    if claim.approx:
        whole = str(int(abs(value)))
        step = 10 ** (len(whole) - len(whole.rstrip("0"))) if value == int(value) and value else 0
        low, high = value * (1 - APPROXIMATE_SHARE), max(value * (1 + APPROXIMATE_SHARE), value + step)
    match = LARGE_UNIT.search(fold(claim.quote)) if value >= LEAST_IN_LARGE_UNITS else None
    if match and value >= 10 ** ZEROS[match["unit"]] // 100:
        half = 10 ** (ZEROS[match["unit"]] - len(match["decimals"] or "")) / 2
        low, high = min(low, value - half), max(high, value + half)
    return low, high


class Sum:
    """Addends in order, each with its sign; `name` is what they are together (六类申请人之和).

    `value` is the sum of what can be read: a blank counts 0, and the caller asks `has_blanks` and `has_unread` what
    that is worth.  `is_plain` says that every addend is a number in a cell: the common case, in which value and bounds
    are the same.
    """

    is_plain = is_of_cells = True
    has_blanks = has_unread = is_blank = False

    def __init__(self, terms: tuple[Operand, ...], name: str = "", signs: tuple[int, ...] = ()) -> None:
        self._terms, self.name, self.signs = terms, name, signs
        self.is_of_cells = all([term.claim is None for term in terms])
        self.weigh([term.value for term in terms], [term.status for term in terms])

    def weigh(self, values: Sequence[Number | None], statuses: Sequence[CellStatus]) -> None:
        """Add up, and look at what stands in the addends."""
        self.value = add_up([value or 0 for value in values], self.signs)
        self.has_blanks, self.is_blank = not BLANK.isdisjoint(statuses), bool(statuses) and BLANK.issuperset(statuses)
        self.has_unread = not UNREAD.isdisjoint(statuses)
        self.is_plain = self.is_of_cells and statuses.count(CellStatus.NUMBER) == len(statuses)

    @property
    def terms(self) -> tuple[Operand, ...]:
        return self._terms

    def signed(self) -> Iterable[tuple[int, Operand]]:
        return zip(self.signs or (1,) * len(self.terms), self.terms, strict=True)

    @property
    def bounds(self) -> tuple[Number, Number]:
        if self.is_of_cells:
            return self.value, self.value
        low = high = 0.0
        for sign, term in self.signed():
            ends = sorted(sign * bound for bound in term.bounds)
            low, high = low + ends[0], high + ends[1]
        return plain(low), plain(high)

    @property
    def reach(self) -> tuple[Number, Number]:
        """The bounds where a blank may stand for any amount that is not negative."""
        low, high = self.bounds
        signs = {sign for sign, term in self.signed() if term.status in BLANK} if self.has_blanks else set()
        return (-inf if -1 in signs else low), (inf if 1 in signs else high)

    @property
    def blanks(self) -> list[Operand]:
        return [term for term in self.terms if term.status in BLANK] if self.has_blanks else []

    @property
    def unread(self) -> list[Operand]:
        return [term for term in self.terms if term.status in UNREAD] if self.has_unread else []

    @property
    def is_doubtful(self) -> bool:
        return any(term.is_doubtful for term in self.terms)

    def title(self, axis: Axis) -> str:
        """What the sum is called: its name, else its addends, each in quotation marks."""
        if self.name:
            return self.name
        labels = [term.label(axis) if term.claim else f"“{term.label(axis)}”" for term in self.terms]
        return "、".join(labels) + ("之和" if len(labels) > 1 else "")

    def written(self, axis: Axis) -> str:
        """The addends with their labels: `自然人 4 + 商业企业 7 + 其余 4 项 0`, a blank as `空白`."""
        if not self.terms:
            return self.name
        spelled, zeros = [], 0
        for sign, term in self.signed():
            if len(self.terms) > SPELLED_OUT and term.value == 0:
                zeros += 1
                continue
            figure = show(term.value) if term.value is not None else "空白" if term.status in BLANK else "未读出"
            spelled.append(("-" if sign < 0 else "+", f"{term.label(axis)} {figure}"))
        if zeros:
            spelled.append(("+", f"{'其余 ' if spelled else ''}{zeros} 项 0"))
        first, *others = spelled
        start = f"-{first[1]}" if first[0] == "-" else first[1]
        return start + "".join(f" {sign} {text}" for sign, text in others)

    def written_out(self, axis: Axis) -> str:
        """The addends and what they come to; a single one only once."""
        text = self.written(axis)
        return text if len(self.terms) < 2 else f"{text} = {show(self.value)}"

    def evidence(self, role: Role) -> tuple[Evidence, ...]:
        return tuple(term.evidence(role) for term in self.terms)


def add_up(values: Iterable[Number], signs: tuple[int, ...] = ()) -> Number:
    return plain(sum(map(mul, signs, values) if signs else values))


class Cells(Protocol):
    """Where a sum finds its cells by address: all, those that are plain numbers, and any of them as an operand."""

    @property
    def cells(self) -> Mapping[str, Cell]: ...

    @property
    def numbers(self) -> Mapping[str, Number]: ...

    def operand(self, address: str) -> Operand: ...


class SumOfCells(Sum):
    """A sum over cells that makes operands of them only for who asks what they are called and where they stand.

    Most sums of most reports hold, and then nobody asks.
    """

    def __init__(self, source: Cells, addresses: tuple[str, ...], name: str = "", signs: tuple[int, ...] = ()) -> None:
        self.source, self.addresses, self.name, self.signs = source, addresses, name, signs
        try:
            self.value = add_up(map(source.numbers.__getitem__, addresses), signs)
        except KeyError:  # a cell is blank, unread or absent, or has a word for none
            cells = [source.cells.get(address) for address in addresses]
            statuses = [cell.status if cell else CellStatus.ABSENT for cell in cells]
            self.weigh([cell.value if cell else None for cell in cells], statuses)

    @cached_property
    def terms(self) -> tuple[Operand, ...]:
        return tuple([self.source.operand(address) for address in self.addresses])
