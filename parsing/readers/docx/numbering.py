"""The numbers that Word itself puts before paragraphs: 一、, （二）, 3.

In: the roots of numbering.xml and styles.xml, and the paragraphs in the order of the document.  Out: for each paragraph
the number that a person sees before it.  Bullets are no numbers.  Nothing is refused: a paragraph whose list is not
defined has no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsing.readers.docx.markup import OFF, Element, W, is_on
from parsing.readers.docx.numerals import print_count

PLACEHOLDER = re.compile(r"%([1-9])")
# Styles can be based on one another in a circle.
LONGEST_CHAIN = 20
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `restarts_after` is the level (from 1) after which it counts anew, None for any above."""

    start: int = 1
    format_name: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    is_legal: bool = False
    style: str | None = None
    overridden_start: int | None = None

    @property
    def first(self) -> int:
        return self.start if self.overridden_start is None else self.overridden_start


@dataclass(frozen=True, slots=True)
class Listing:
    """One w:num: which definition it counts with, and its levels after its own changes."""

    definition: str
    levels: dict[int, Level]


def value_of(holder: Element, *path: str) -> str | None:
    """The w:val of an element further down."""
    found = holder.find("/".join(W + name for name in path))
    return None if found is None else found.get(W + "val")


def number_of(holder: Element, *path: str) -> int | None:
    value = value_of(holder, *path)
    return int(value) if value is not None and re.fullmatch(r"-?\d{1,9}", value) else None


def read_level(node: Element) -> Level:
    """A w:lvl; a number format of one's own stands in mc:AlternateContent, with a usual one to fall back on."""
    formats = [one.get(W + "val") for one in node.iter(W + "numFmt")]
    usual = [name for name in formats if name and name != "custom"]
    start = number_of(node, "start")
    return Level(
        start=0 if start is None else start,
        format_name=usual[-1] if usual else "decimal",
        text=value_of(node, "lvlText") or "",
        restarts_after=number_of(node, "lvlRestart"),
        is_legal=is_on(node, "isLgl"),
        style=value_of(node, "pStyle"),
    )


def read_levels(node: Element) -> dict[int, Level]:
    found = {}
    for level in node.iterchildren(W + "lvl"):
        depth = level.get(W + "ilvl", "0")
        if depth.isdecimal() and int(depth) < LEVELS:
            found[int(depth)] = read_level(level)
    return found


class Numbering:
    """Counts through a document; `number` must be asked once for each paragraph, in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self.styles = {one.get(W + "styleId"): one for one in self.children(styles, "style")}
        self.default = next((name for name, one in self.styles.items() if is_default(one)), None)
        self.definitions = {one.get(W + "abstractNumId"): one for one in self.children(numbering, "abstractNum")}
        self.nodes = {one.get(W + "numId"): one for one in self.children(numbering, "num")}
        self.listings: dict[str, Listing | None] = {}
        self.by_style: dict[str | None, tuple[str | None, int | None]] = {}
        self.counters: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    @staticmethod
    def children(root: Element | None, name: str) -> list[Element]:
        return [] if root is None else list(root.iterchildren(W + name))

    def listing(self, number_id: str) -> Listing | None:
        if number_id not in self.listings:
            self.listings[number_id] = self.read_listing(number_id, LONGEST_CHAIN)
        return self.listings[number_id]

    def read_listing(self, number_id: str, most: int) -> Listing | None:
        """A list by its number; its definition may lie behind a style of its own (w:numStyleLink)."""
        node = self.nodes.get(number_id)
        definition = value_of(node, "abstractNumId") if node is not None else None
        abstract = self.definitions.get(definition)
        if node is None or abstract is None or definition is None or not most:
            return None
        link = value_of(abstract, "numStyleLink")
        if link is not None and link in self.styles:
            linked = value_of(self.styles[link], "pPr", "numPr", "numId")
            return self.read_listing(linked, most - 1) if linked else None
        levels = read_levels(abstract)
        for override in node.iterchildren(W + "lvlOverride"):
            name = override.get(W + "ilvl", "0")
            depth = int(name) if name.isdecimal() else 0
            for level in read_levels(override).values():
                levels[depth] = level
            start = number_of(override, "startOverride")
            if start is not None and depth in levels:
                levels[depth] = replace(levels[depth], overridden_start=start)
        return Listing(definition, levels)

    def style_numbering(self, style: str | None) -> tuple[str | None, int | None]:
        """The list and the level that a paragraph style gives, by itself or by what it is based on."""
        if style not in self.by_style:
            number_id: str | None = None
            depth: int | None = None
            name = style
            for _ in range(LONGEST_CHAIN):
                node = self.styles.get(name)
                if node is None or number_id is not None:
                    break
                number_id = value_of(node, "pPr", "numPr", "numId")
                depth = number_of(node, "pPr", "numPr", "ilvl") if depth is None else depth
                if number_id is not None:
                    depth = self.depth_for(number_id, style, name, depth)
                name = value_of(node, "basedOn")
            self.by_style[style] = (number_id, depth)
        return self.by_style[style]

    def depth_for(self, number_id: str, style: str | None, holder: str | None, depth: int | None) -> int | None:
        """A level that names a style is that style's, whatever the style says itself."""
        listing = self.listing(number_id)
        for wanted in (style, holder):
            for own, level in (listing.levels if listing else {}).items():
                if level.style == wanted and wanted is not None:
                    return own
        return depth

    def number(self, properties: Element | None) -> str:
        """What is printed before a paragraph with these w:pPr; counts on."""
        style = value_of(properties, "pStyle") if properties is not None else None
        number_id, depth = self.style_numbering(style or self.default)
        direct = properties.find(W + "numPr") if properties is not None else None
        if direct is not None:
            own_list, own_depth = value_of(direct, "numId"), number_of(direct, "ilvl")
            if own_list is not None:
                number_id, depth = own_list, own_depth or 0
            elif own_depth is not None:
                depth = own_depth
        if number_id is None or number_id in OFF:
            return ""
        listing = self.listing(number_id)
        depth = depth or 0
        if listing is None or depth not in listing.levels:
            return ""
        return self.print_level(listing, depth, self.count(number_id, listing, depth))

    def count(self, number_id: str, listing: Listing, depth: int) -> dict[int, int]:
        """One more on this level; deeper levels begin anew.  Lists with one definition count on together."""
        counters = self.counters.setdefault(listing.definition, {})
        level = listing.levels[depth]
        is_new = level.overridden_start is not None and (number_id, depth) not in self.begun
        self.begun.add((number_id, depth))
        counters[depth] = level.first if is_new or depth not in counters else counters[depth] + 1
        for deeper in [one for one in counters if one > depth]:
            after = listing.levels[deeper].restarts_after if deeper in listing.levels else None
            if after is None or depth < after:
                del counters[deeper]
        return counters

    def print_level(self, listing: Listing, depth: int, counters: dict[int, int]) -> str:
        level = listing.levels[depth]
        if level.format_name == "bullet":
            return ""

        def counted(match: re.Match[str]) -> str:
            shown = int(match.group(1)) - 1
            other = listing.levels.get(shown, Level())
            format_name = "decimal" if level.is_legal else other.format_name
            return print_count(counters.get(shown, other.first), format_name)

        return PLACEHOLDER.sub(counted, level.text)


def is_default(style: Element) -> bool:
    is_paragraph = style.get(W + "type", "paragraph") == "paragraph"
    return is_paragraph and style.get(W + "default") not in (None, *OFF)
