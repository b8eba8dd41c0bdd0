"""What a made-up report states, before anything is written down.

In: figures from `clean`, from a plan or from a test.  Out: frozen `Facts`, from which every writer draws the same
report.  Refused: a cell that no table of the report has, and a layout that no template knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from parsing.templates import TableTemplate, load_templates

Level = Literal["county", "township", "department"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell that is printed otherwise than as a plain number: the text, and what a careful reader takes from it."""

    text: str
    value: float | int | None
    unit: str | None = None


Value = int | float | None | Printed


@dataclass(frozen=True, slots=True)
class Agency:
    """An invented agency and how busy it is in a usual year.

    `calls_itself` is the word of its prose (我镇); `disclosed`, `applications` and `decisions` are typical yearly
    counts of items disclosed, applications received and licences decided.
    """

    name: str
    short: str
    level: Level
    region: str
    calls_itself: str
    disclosed: int
    applications: int
    decisions: int


@dataclass(frozen=True, slots=True)
class Share:
    """One item of a list in the prose: the dimension of the claims vocabulary, the wording, the count."""

    dim: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Narrative:
    """The figures that the prose states; None where it says nothing.

    `disclosed_again`, `applications_again` are the same figures where a later part repeats them.  `bystander` is a
    figure about something else (calls, visits, tickets).  `extra` holds whole sentences by part (s1 … s6, s3_fee,
    preface).  Dates are ISO.
    """

    disclosed_total: int | None = None
    disclosed_again: int | None = None
    channels: tuple[Share, ...] = ()
    categories: tuple[Share, ...] = ()
    previous_total: int | None = None
    growth_pct: float | None = None
    applications: int | None = None
    applications_again: int | None = None
    methods: tuple[Share, ...] = ()
    closed: int | None = None
    closed_rate_pct: float | None = None
    outcomes: tuple[Share, ...] = ()
    carried_in: int | None = None
    carried_out: int | None = None
    reviews: int | None = None
    litigations: int | None = None
    normative: tuple[int, ...] = ()
    responses: int | None = None
    training: tuple[int, int, int] | None = None
    fee_yuan: int | None = None
    period: tuple[str, str] | None = None
    cutoff: str | None = None
    section_count: int | None = None
    bystander: int | None = None
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one report states.

    `layouts` is keyed as in the contract (t2, t3, t4, indicators); `cells` by address; `omitted` names tables of
    those layouts that the report leaves out; `labels` prints a row (`table.row`) otherwise than the form does.
    """

    agency: Agency
    year: int
    layouts: Mapping[str, str]
    cells: Mapping[str, Value]
    narrative: Narrative
    signed_date: str | None = None
    published_date: str | None = None
    filled_date: str | None = None
    omitted: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0

    def tables(self) -> tuple[TableTemplate, ...]:
        """The tables that the report contains, in the order of the form."""
        found = []
        for group, layout in self.layouts.items():
            template = next((one for one in load_templates() if table_group(one.tables, group, layout)), None)
            if template is None:
                raise ValueError(f"no template has layout {layout} of {group}")
            found += [one for one in table_group(template.tables, group, layout) if one.code not in self.omitted]
        return tuple(found)

    def with_cells(self, changes: Mapping[str, Value]) -> Facts:
        """The same facts with some cells changed; an address that the report does not have is refused."""
        known = {address for table in self.tables() for address in table.addresses()}
        unknown = sorted(set(changes) - known)
        if unknown:
            raise KeyError(f"no such cells in the report: {', '.join(unknown)}")
        return replace(self, cells={**self.cells, **changes})

    def with_narrative(self, **changes: object) -> Facts:
        """The same facts with other figures in the prose."""
        return replace(self, narrative=replace(self.narrative, **changes))

    def count(self, address: str) -> int:
        """A cell as a count; blank and absent count 0, as a reader who adds up would take them."""
        value = self.cells.get(address)
        number = value.value if isinstance(value, Printed) else value
        return int(number or 0)

    def expected(self) -> dict[str, float | int | None]:
        """What must be read from each cell: a number, or None for a blank."""
        return {
            address: value.value if isinstance(value, Printed) else value
            for table in self.tables()
            for address in table.addresses()
            for value in [self.cells[address]]
        }


def table_group(tables: tuple[TableTemplate, ...], group: str, layout: str) -> tuple[TableTemplate, ...]:
    return tuple(one for one in tables if one.group == group and one.layout == layout)
