"""The parts of an Excel workbook that its sheets share: list of sheets, strings, styles.

In: the archive of the workbook.  Out: what the part says.  Refused, as `BrokenMarkup`: a part that is no XML, or says
what the format (ECMA-376) does not know; as `UnreadablePart`: one that the archive does not hand out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsing.readers.docx.markup import BrokenMarkup, Element, parse
from parsing.readers.number_formats import Kind, kind_of
from parsing.readers.zipped import Archive

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
SIDES = frozenset(("left", "right", "top", "bottom", "start", "end"))
# A control character that XML cannot hold is written as its number: _x000D_.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def bare_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def space_of(root: Element) -> str:
    """The namespace of a part in braces: strict and transitional files have different ones."""
    return str(root.tag).rpartition("}")[0] + "}" if "}" in str(root.tag) else ""


@dataclass(frozen=True, slots=True)
class Styles:
    """For each style of a cell what it makes of numbers, and whether it rules the cell."""

    kinds: tuple[Kind, ...] = ()
    ruled: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet as the workbook lists it; `part` is None for what is no sheet of cells."""

    number: int
    name: str
    is_hidden: bool
    part: str | None


def read_text(element: Element, space: str) -> str:
    """The text of a string, its parts in several fonts taken together, without the guide to pronunciation."""
    plain, run = f"{space}t", f"{space}r"
    parts = []
    for child in element:
        if child.tag == plain:
            parts.append(child.text or "")
        elif child.tag == run:
            parts += [text.text or "" for text in child if text.tag == plain]
    text = "".join(parts)
    return ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text


def read_strings(archive: Archive, name: str) -> list[str]:
    if name not in archive.members:
        return []
    root = parse(archive.read(name))
    space = space_of(root)
    return [read_text(element, space) for element in root.iterfind(f"{space}si")]


def number(element: Element, name: str) -> int:
    """An attribute that is a number; 0 where it is missing."""
    value = element.get(name, "0")
    if not (value.isascii() and value.isdigit()):
        raise BrokenMarkup(f"{name}={value}")
    return int(value)


def is_border(border: Element) -> bool:
    """Whether a cell is ruled on two sides at least: one line alone is the edge of the cell beside it."""
    lines = [side for side in border if bare_name(side) in SIDES and side.get("style", "none") != "none"]
    return len(lines) >= 2


def read_styles(archive: Archive, name: str) -> Styles:
    if name not in archive.members:
        return Styles()
    root = parse(archive.read(name))
    space = space_of(root)
    formats = root.iterfind(f"{space}numFmts/{space}numFmt")
    codes = {number(one, "numFmtId"): one.get("formatCode", "") for one in formats}
    borders = [is_border(one) for one in root.iterfind(f"{space}borders/{space}border")]
    kinds: list[Kind] = []
    ruled: list[bool] = []
    for style in root.iterfind(f"{space}cellXfs/{space}xf"):
        form, border = number(style, "numFmtId"), number(style, "borderId")
        kinds.append(kind_of(form, codes.get(form)))
        ruled.append(border < len(borders) and borders[border])
    return Styles(tuple(kinds), tuple(ruled))


def read_relations(archive: Archive) -> dict[str, tuple[str, str]]:
    """By the id of each relation of the workbook its kind and the part that it leads to."""
    root = parse(archive.read("xl/_rels/workbook.xml.rels"))
    found = {}
    for relation in root.iterfind(f"{RELATIONS}Relationship"):
        target = relation.get("Target", "")
        part = target[1:] if target.startswith("/") else f"xl/{target.removeprefix('./')}"
        found[relation.get("Id", "")] = relation.get("Type", "").rpartition("/")[2], part.lower()
    return found


def list_entries(workbook: Element, relations: dict[str, tuple[str, str]]) -> list[Entry]:
    space = space_of(workbook)
    entries = []
    for position, sheet in enumerate(workbook.iterfind(f"{space}sheets/{space}sheet"), 1):
        relation = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        kind, part = relations.get(relation, ("worksheet", ""))
        is_hidden = sheet.get("state", "visible") != "visible"
        entries.append(Entry(position, sheet.get("name", ""), is_hidden, part if kind == "worksheet" else None))
    return entries
