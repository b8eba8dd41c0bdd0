"""Changes of text that is markup: html, the xml inside office files, rtf, md, the objects of a pdf.

In: bytes, a source of chance, material.  Out: bytes in which numbers are blown up, tags are nested without end, lost,
doubled, or take each other's place.  Refused: nothing; text without numbers or tags comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.fuzzing.bytewise import MOST_ADDED, Change, Material, put

# Spans, widths, counts: attributes of xml, control words of rtf, entries of a pdf; then any number at all.
SETTINGS = re.compile(rb"""(?<==["'])-?\d+|(?<=[a-z])-?\d+(?=[ \\{}])|(?<=[A-Za-z] )\d+(?=[\s/>\]])""")
NUMBERS = re.compile(rb"\d+(?:\.\d+)?")
TAGS = re.compile(rb"<[^<>]{1,400}>|\\[a-z]{2,20}-?\d*|[{}]")
OPENING = re.compile(rb"<[A-Za-z][^<>]{0,200}(?<!/)>|\{(?:\\\*)?\\[a-z]+\d*")
# A line with the line end before it: a search from line end to line end looks at no byte twice.
LINES = re.compile(rb"\n[^\n]*")
# Numbers that a reader may take for a count, or for none at all: digits that are no decimal ones among them.
BLOWN = (
    b"0", b"-1", b"1", b"2", b"3", b"63", b"255", b"256", b"1000", b"1024", b"16384", b"32767", b"32768", b"65535",
    b"65536", b"99999", b"200001", b"1048576", b"2147483647", b"2147483648", b"-2147483649", b"4294967296",
    b"9223372036854775807", b"99999999999999999999", b"9" * 400, b"9" * 5000, b"1e9", b"1e308", b"1e999", b"0x7fffffff",
    b"1_000", b"NaN", b"inf", b"-inf", b"1.5", b"1,000", b"", "²".encode(), "٣".encode(), "１０".encode(), "①".encode(),
    "十".encode(), "0万".encode(), "9亿亿".encode(),
)  # fmt: skip


def pick(pattern: re.Pattern[bytes], data: bytes, chance: Random) -> re.Match[bytes] | None:
    """A place where the pattern occurs: the first one behind a place of chance, else behind the beginning."""
    return pattern.search(data, chance.randrange(len(data) + 1)) or pattern.search(data)


def blow_up(pattern: re.Pattern[bytes]) -> Callable[[bytes, Random], bytes]:
    def changed(data: bytes, chance: Random) -> bytes:
        found = pick(pattern, data, chance)
        return put(data, *found.span(), chance.choice(BLOWN)) if found else data

    return changed


blow_setting, blow_number = blow_up(SETTINGS), blow_up(NUMBERS)


def blow_settings(data: bytes, chance: Random, material: Material) -> bytes:
    """One setting, or several: what one limit stops two may pass by turns."""
    for _ in range(chance.choice((1, 1, 2, 6))):
        data = blow_setting(data, chance)
    return data


def blow_numbers(data: bytes, chance: Random, material: Material) -> bytes:
    return blow_number(data, chance)


def swap_numbers(data: bytes, chance: Random, material: Material) -> bytes:
    """A number takes the value of another: references that lead to themselves, columns that overlap."""
    one, other = pick(NUMBERS, data, chance), pick(NUMBERS, data, chance)
    return put(data, *one.span(), other.group()) if one and other else data


def nest(data: bytes, chance: Random, material: Material) -> bytes:
    """An opening tag many times over, closed or not."""
    found = pick(OPENING, data, chance)
    if not found:
        return data
    times = min(chance.choice((3, 40, 1000, 10_000)), MOST_ADDED // len(found.group()))
    return put(data, found.start(), found.start(), found.group() * times)


def drop_tag(data: bytes, chance: Random, material: Material) -> bytes:
    found = pick(TAGS, data, chance)
    return put(data, *found.span(), b"") if found else data


def move_tag(data: bytes, chance: Random, material: Material) -> bytes:
    """A tag copied to where another stands, in its place or before it."""
    one, other = pick(TAGS, data, chance), pick(TAGS, data, chance)
    if not one or not other:
        return data
    return put(data, one.start(), chance.choice(one.span()), other.group())


def move_passage(data: bytes, chance: Random, material: Material) -> bytes:
    """Everything between two tags doubled, dropped, or copied elsewhere."""
    first, target = pick(TAGS, data, chance), pick(TAGS, data, chance)
    if not first or not target:
        return data
    last = TAGS.search(data, min(len(data), first.end() + chance.randrange(2000))) or first
    passage = data[first.start() : last.end()]
    if chance.random() < 0.3:
        return put(data, first.start(), last.end(), b"")
    times = min(chance.choice((1, 1, 2, 50)), MOST_ADDED // len(passage) + 1)
    return put(data, target.start(), target.start(), passage * times)


def move_line(data: bytes, chance: Random, material: Material) -> bytes:
    """A line dropped, doubled or put elsewhere."""
    one, other = pick(LINES, data, chance), pick(LINES, data, chance)
    if not one or not other:
        return data
    if chance.random() < 0.4:
        return put(data, *one.span(), b"")
    return put(data, other.start(), other.start(), one.group() * chance.choice((1, 1, 1, 400)))


CHANGES: tuple[Change, ...] = (
    blow_settings, blow_settings, blow_numbers, swap_numbers, nest, drop_tag, move_tag, move_passage, move_line,
)  # fmt: skip
