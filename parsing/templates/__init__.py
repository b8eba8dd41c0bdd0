"""The official forms as data: one TOML a template era, and the loader that refuses what it does not know.

In: the TOML files beside this module.  Out: frozen `Template` objects.  Refused: an unknown key, a
missing key, a label that stands for two fields of one table, two templates for one year.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, TypeVar

FOLDER = Path(__file__).parent
ERA_FILES = ("a.toml", "b.toml", "c.toml", "d.toml")


class TemplateError(ValueError):
    """A template file says something that the loader does not know; the message names file and key."""


@dataclass(frozen=True, slots=True)
class Field:
    """One row or column of a table: its code, the official label and the wordings that stand for it.

    `unit` is None where the form prints none; `group` is the heading above a column, `parent` the
    row that it is a part of; `numbering` is what the form prints before the label.
    """

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    numbering: str | None = None
    parent: str | None = None
    group: str | None = None
    is_heading: bool = False
    is_signed: bool = False
    is_money: bool = False
    legal: tuple[str, ...] = ()


# A table or form is the object that `load_templates` made, so what is worked out for it once may be cached by it.
@dataclass(frozen=True, eq=False)
class TableTemplate:
    """One table of a form.

    `group` is the key under which the contract names the layout (t2, t3, t4, indicators).  `kind`:
    matrix (labelled rows × columns), single_row (columns only), indicators (label, unit, value).
    """

    code: str
    group: str
    layout: str
    title: str
    kind: Literal["matrix", "single_row", "indicators"]
    columns: tuple[Field, ...]
    rows: tuple[Field, ...] = ()

    def addresses(self) -> tuple[str, ...]:
        """All cell addresses of the table in the order of the form, row by row."""
        return self._addresses

    @cached_property
    def _addresses(self) -> tuple[str, ...]:
        leaves = [row.code for row in self.rows if not row.is_heading]
        if self.kind == "matrix":
            return tuple(f"{self.code}.{row}.{column.code}" for row in leaves for column in self.columns)
        if self.kind == "indicators":
            return tuple(f"{self.code}.{row}" for row in leaves)
        return tuple(f"{self.code}.{column.code}" for column in self.columns)


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """The form of one era: the report years it is due for, both included, and its tables in order."""

    code: str
    years: tuple[int, int]
    regime: str
    tables: tuple[TableTemplate, ...]
    form: str | None = None

    def tables_of(self, group: str) -> tuple[TableTemplate, ...]:
        return tuple(table for table in self.tables if table.group == group)


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """One part of a report: its code, its official title and other wordings of the heading."""

    code: str
    title: str
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


Part = TypeVar("Part", Field, TableTemplate, Template, SectionTemplate)


def build(kind: type[Part], entry: Mapping[str, Any], origin: str) -> Part:
    """Make a dataclass of one TOML table; lists become tuples, an unknown or missing key is refused."""
    known = {one.name for one in fields(kind)}
    unknown = sorted(set(entry) - known)
    if unknown:
        raise TemplateError(f"{origin}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    make: Any = kind
    try:
        made: Part = make(**frozen)
    except TypeError as error:
        raise TemplateError(f"{origin}: {error}") from error
    return made


def load_template(path: Path) -> Template:
    """Read one era from its TOML file."""
    entry = tomllib.loads(path.read_text("utf-8"))
    tables = []
    for table in entry.pop("tables"):
        origin = f"{path.name}, table {table.get('code')}"
        parts = {side: [build(Field, one, origin) for one in table.get(side, [])] for side in ("rows", "columns")}
        tables.append(build(TableTemplate, {**table, **parts}, origin))
    return build(Template, {**entry, "tables": tables}, path.name)


@cache
def load_templates() -> tuple[Template, ...]:
    """All eras in the order of their years; two eras for one report year are refused."""
    templates = tuple(load_template(FOLDER / name) for name in ERA_FILES)
    for before, after in pairwise(templates):
        if before.years[1] >= after.years[0]:
            raise TemplateError(f"{before.code} and {after.code} are both due for {after.years[0]}")
    return templates


@cache
def has_one_set_of_columns(code: str) -> bool:
    """Whether all eras print the same columns in a table, so that even without headings they are known."""
    versions = [table for template in load_templates() for table in template.tables if table.code == code]
    return len({tuple(column.code for column in table.columns) for table in versions}) == 1


@cache
def load_sections() -> tuple[SectionTemplate, ...]:
    """The parts of a report, in the order in which headings of free wording are tried."""
    entries = tomllib.loads((FOLDER / "sections.toml").read_text("utf-8"))["sections"]
    return tuple(build(SectionTemplate, entry, "sections.toml") for entry in entries)


def template_due(year: int) -> Template | None:
    """The era whose form was due for a report year; None before 2008, when there was no duty to report."""
    return next((one for one in load_templates() if one.years[0] <= year <= one.years[1]), None)


def find_table(layout: str, code: str) -> TableTemplate:
    """The table `code` (t3, t2_art20_1, b …) in the version that carries `layout` (C, D, CD, B, A1 …)."""
    for template in load_templates():
        for table in template.tables:
            if table.layout == layout and table.code == code:
                return table
    raise KeyError(f"no table {code} with layout {layout}")
