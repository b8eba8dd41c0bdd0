"""What a report is made of, from the bytes to what it says.

In: nothing, this module imports no other of the project.  Out: frozen dataclasses that every room shares.  The way is
Document (what the reader saw) → Report (what the report says) → AuditedReport (`findings`: what contradicts itself).
Nothing is refused here: the rooms that fill these classes do that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, NamedTuple

Json = dict[str, Any]
Confidence = Literal["sure", "doubtful"]
MatchedBy = Literal["label", "alias", "position", "repair"]
UnitSource = Literal["cell", "header", "template", "unknown"]
ProseKind = Literal["heading", "text", "row"]


class Locator(NamedTuple):
    """The place of a piece of text in the original file.

    `line`/`column` (1-based, characters) count in the text of the file as it is shown (`Document.text`); for a plain
    text file that is the file itself.  Other formats add their own place: `table`/`row`/`cell` (1-based, as the file
    draws them) and `path` for html, Word and Excel; `page` (1-based) and `box` (points, origin top left) for pdf.
    `text` is the line or cell printed there.
    """

    line: int | None = None
    column: int | None = None
    text: str | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    path: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    def to_json(self) -> Json:
        """The WHERE object of the contract: only what is set; where the file has no lines, `shown` has the place."""
        found: Json = {name: value for name, value in self._asdict().items() if value is not None}
        if self.box:
            found["box"] = list(self.box)
        if self.path or self.page:
            found["shown"] = {name: found.pop(name) for name in ("line", "column") if name in found}
        return found


class Text(NamedTuple):
    """A piece of the original and what the repairs made of it.

    `raw` is printed at `where`; `clean` is what is read.  `origin[i]` is the index in `raw` of the i-th character of
    `clean` and has one entry more, for the end; None means that both are the same string.
    """

    raw: str
    where: Locator
    clean: str = ""
    origin: tuple[int, ...] | None = None

    @classmethod
    def untouched(cls, raw: str, where: Locator) -> Text:
        return cls(raw, where, raw)

    def raw_index(self, index: int) -> int:
        """The place in `raw` of the `index`-th character of `clean`."""
        return index if self.origin is None else self.origin[index]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (for plain text: one line) outside any table that the reader recognised."""

    text: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One physical row: its cells from left to right, empty ones included where the format shows them.

    A cell that a merged one covers is not there.  `spans`, for formats that know it, has for each cell the first and
    the last column of the table's grid that it lies in, counted from 0.
    """

    cells: tuple[Text, ...]
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the file draws it."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, said to a person: what, where, what to do."""

    kind: str
    message: str
    where: Locator | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """One piece of damage that was undone: `before` stands in the original at `where`."""

    kind: str
    before: str
    after: str
    where: Locator


@dataclass(frozen=True, slots=True)
class Source:
    """The file: path as given, format by content, encoding (None for formats that fix it), hash, size in bytes."""

    file: str
    format: str
    encoding: str | None
    sha256: str
    bytes: int
    part: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A file as its reader saw it: blocks in reading order, and what went wrong on the way.

    `text` is what a person sees of the file; places count lines and characters in it.  `is_guessed` says that
    characters were recognised from a picture: every value is doubtful.  `open_line` is the number of a last line
    that nothing ends: where the file was cut off there, its row or its last figure has lost its end.
    """

    blocks: tuple[Block, ...]
    format: str
    encoding: str | None = None
    problems: tuple[Problem, ...] = ()
    text: str = ""
    is_guessed: bool = False
    open_line: int | None = None


class CellStatus(StrEnum):
    """What stands in a cell: blank is not zero, and unreadable is not blank."""

    NUMBER = "number"
    ZERO_WORD = "zero_word"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


class Cell(NamedTuple):
    """One cell of a table of the form.

    `address` is `table.row.column`, or `table.code` for single-row and indicator tables; `value` is in `unit` (万 and
    亿 multiplied out) and None unless the status is number or zero_word; `raw` is the text as printed.
    """

    address: str
    value: float | int | None
    status: CellStatus
    unit: str | None
    unit_source: UnitSource
    raw: str
    matched_by: MatchedBy
    confidence: Confidence
    where: Locator | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure, date or explicit "none" that the prose states.

    `metric` and `dim` are those of the claims vocabulary; `value` is a number in `unit` or an ISO date; `year` is the
    year the clause speaks of; `quote` is printed at `where`.  `list_id` joins the parts of one list (其中 …) with
    `list_role` "total" or "part", and `is_exhaustive` says that the parts must add up to the total.
    """

    metric: str
    dim: str | None
    label: str | None
    value: float | int | str
    unit: str
    year: int | None
    approx: bool
    negated: bool
    quote: str
    section: str | None
    where: Locator
    list_id: int | None = None
    list_role: Literal["total", "part"] | None = None
    is_exhaustive: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the prose and what became of it: claim, ignored (with the reason) or unclassified.

    `claims` are the claims that it states, by their index in the report.
    """

    raw: str
    outcome: Literal["claimed", "ignored", "unclassified"]
    reason: str | None
    where: Locator
    claims: tuple[int, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ProseLine:
    """One printed line of the prose, or one cell of a row that belongs to no table of the forms.

    Lines of one sentence that a page break tore have the same `paragraph` (counted from 1), and so have the cells of a
    row; `raw` is printed at `where`.
    """

    paragraph: int
    kind: ProseKind
    section: str | None
    raw: str
    where: Locator


@dataclass(frozen=True, slots=True)
class Section:
    """One heading; `code` is s1–s6, s3_fee … of the form, None for a heading that the form does not know."""

    code: str | None
    title: str
    where: Locator
    is_top: bool = True


@dataclass(frozen=True, slots=True)
class Particulars:
    """Who reports, on which year, published when; None where the report does not say; `evidence` has the places."""

    agency: str | None = None
    level: str | None = None
    region: str | None = None
    year: int | None = None
    published_date: str | None = None
    evidence: Mapping[str, Locator] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one report says, each value with its place; `prose` is the text that claims were read from."""

    source: Source
    particulars: Particulars
    layouts: Mapping[str, str | None]
    sections: tuple[Section, ...] = ()
    cells: tuple[Cell, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()
    repairs: tuple[Repair, ...] = ()
    text: str = ""
    prose: tuple[ProseLine, ...] = field(default=(), repr=False)

    @property
    def report_id(self) -> str:
        """Stable over runs and machines: the content's hash and the part of the file."""
        suffix = "" if self.source.part == 1 else f"-{self.source.part}"
        return self.source.sha256[:16] + suffix
