"""Changes of xml that leave it well-formed, so that they reach the reader behind the parser.

In: the bytes of an xml part, a source of chance, material.  Out: the same tree with elements lost, doubled, moved,
nested or renamed, attributes blown up, texts exchanged.  Refused: nothing; what is no xml comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

from tests.fuzzing.bytewise import MOST_ADDED, Change, Material
from tests.fuzzing.markup import BLOWN, NUMBERS

Element = etree._Element

TREE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<[?!A-Za-z]")
# What xml cannot hold in a text.
UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DEEP = 400


def elements(root: Element) -> list[Element]:
    """All elements but the root."""
    return [one for one in root.iter(etree.Element) if one is not root]


def speakable(word: bytes) -> str:
    return UNSPEAKABLE.sub(" ", word.decode("utf-8", "replace"))


def drop(root: Element, chance: Random, material: Material) -> None:
    """An element with all in it, or its brackets only."""
    one = chance.choice(elements(root))
    parent = one.getparent()
    if parent is not None:
        for child in chance.choice(([], list(one))):
            one.addprevious(child)
        parent.remove(one)


def double(root: Element, chance: Random, material: Material) -> None:
    """An element twice, or many times."""
    one = chance.choice(elements(root))
    times = min(chance.choice((1, 1, 2, 40, 1500)), MOST_ADDED // (len(etree.tostring(one)) + 1) + 1)
    for _ in range(times):
        one.addnext(deepcopy(one))


def move(root: Element, chance: Random, material: Material) -> None:
    """A copy of an element in another, or before or behind it."""
    one, other = deepcopy(chance.choice(elements(root))), chance.choice(elements(root))
    one.tail = None
    chance.choice((other.append, other.addnext, other.addprevious))(one)


def nest(root: Element, chance: Random, material: Material) -> None:
    """An element within others of its own or of another kind, a few deep or without end."""
    one, kind = chance.choice(elements(root)), chance.choice(elements(root))
    parent = one.getparent()
    if parent is None:
        return
    place, inner = parent.index(one), one
    for _ in range(chance.choice((1, 2, 9, 80, DEEP))):
        outer = etree.Element(kind.tag, dict(kind.attrib))
        outer.append(inner)
        inner = outer
    parent.insert(place, inner)


def rename(root: Element, chance: Random, material: Material) -> None:
    one, other = chance.choice(elements(root)), chance.choice(elements(root))
    one.tag = other.tag


def blow_up(root: Element, chance: Random, material: Material) -> None:
    """A number among the attributes, or in a text, becomes one that nobody counts with; or any value at all."""
    valued = [(one, name) for one in elements(root) for name in one.attrib]
    numbers = [(one, name) for one, name in valued if NUMBERS.search(one.attrib[name].encode())]
    for one, name in chance.sample(numbers or valued, min(len(numbers or valued), chance.choice((1, 1, 2, 5)))):
        one.set(name, speakable(chance.choice((*BLOWN, *material.words))))


def borrow(root: Element, chance: Random, material: Material) -> None:
    """The attributes of an element for another."""
    one, other = chance.choice(elements(root)), chance.choice(elements(root))
    for name, value in one.attrib.items():
        other.set(name, value)


def say(root: Element, chance: Random, material: Material) -> None:
    """Another text in an element or behind it."""
    found = elements(root)
    one = chance.choice([one for one in found if one.text and one.text.strip()] or found)
    text = speakable(chance.choice((*BLOWN, *material.words)))
    if chance.random() < 0.8:
        one.text = text
    else:
        one.tail = text


STEPS: tuple[Callable[[Element, Random, Material], None], ...] = (
    drop, double, move, nest, rename, blow_up, blow_up, borrow, say, say,
)  # fmt: skip


def change_tree(data: bytes, chance: Random, material: Material) -> bytes:
    """One step, or a few; the declaration of the encoding is kept by writing it anew."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return data
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        if len(elements(root)):
            chance.choice(STEPS)(root, chance, material)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


CHANGES: tuple[Change, ...] = (change_tree,)
