"""One change of a file, in the way that fits it: as bytes, as markup, in a field of its structure, in one of its parts.

In: the bytes of a file, a source of chance, material.  Out: the changed bytes and the name of the change.  Refused:
nothing.  Nothing of the program is imported here, so that the guided runs can watch all of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from random import Random

from tests.fuzzing import bytewise, markup, structure, trees
from tests.fuzzing.bytewise import Change, Material
from tests.fuzzing.containers import find_container

# What has no markup; text is changed as bytes and as markup.
BINARY = (b"PK", b"\xd0\xcf", b"\x89PNG", b"\xff\xd8", b"II*", b"MM\x00", b"GIF8", b"BM", b"RIFF")
# The parts that hold the text, and those that say how it is read; the others hold themes, settings and pictures.
TEXT = re.compile(r"document\.xml$|content\.xml|sheet\d|sharedStrings|WordDocument|Workbook|^\d+$|^年报|\.zip$")
READ = re.compile(r"numbering|styles\.xml|notes\.xml|manifest|workbook\.xml|rels$|Content_Types|[01]Table")
IN_TEXT, IN_READ = 0.65, 0.95
# Of the changes of a file with parts so many happen in a part, and of the rest so many in the fields around the parts.
INSIDE, IN_FIELDS = 0.9, 0.5
# No input grows beyond this, in bytes: size alone is not what is tried here.
LARGEST_INPUT = 1_000_000
MOST_ATTEMPTS = 8


def changes_of(data: bytes) -> tuple[Change, ...]:
    """The changes that know nothing of the container around the bytes; of xml most leave it well-formed."""
    if data.startswith(BINARY) or b"\0" in data[:64]:
        return bytewise.CHANGES
    text = (*bytewise.CHANGES, *markup.CHANGES, *markup.CHANGES)
    return (*text, *trees.CHANGES * 6 * len(text)) if trees.TREE.match(data) and b"<html" not in data[:300] else text


def changes_of_part(name: str, data: bytes) -> tuple[Change, ...]:
    """In a stream of OLE2 everything has its place: most changes move nothing."""
    if b"\0" not in data:
        return changes_of(data)
    own = structure.INSIDE.get(name)
    return (*bytewise.CHANGES, *(bytewise.change_in_place,) * 20, *((own,) * 20 if own else ()))


def change_once(data: bytes, changes: tuple[Change, ...], chance: Random, material: Material) -> tuple[bytes, str]:
    """A change that changes something, unless none is found in a few attempts."""
    for _ in range(MOST_ATTEMPTS):
        change = chance.choice(changes)
        changed = change(data, chance, material)[:LARGEST_INPUT]
        if changed != data:
            return changed, change.__name__
    return data, "nothing"


def pick_part(parts: Collection[str], chance: Random) -> str:
    """Mostly one of those that are read."""
    luck = chance.random()
    wanted = TEXT if luck < IN_TEXT else READ if luck < IN_READ else None
    chosen = sorted(name for name in parts if wanted and wanted.search(name))
    return chance.choice(chosen or sorted(parts))


def change_part(data: bytes, chance: Random, material: Material) -> tuple[bytes, str]:
    """A part of the container changed once or a few times, and the container closed again."""
    container = find_container(data)
    parts = container.open(data) if container else {}
    if not container or not parts:
        return change_once(data, bytewise.CHANGES, chance, material)
    name = pick_part(parts, chance)
    steps = []
    inner = material._replace(others=tuple(parts.values()))
    for _ in range(chance.choice((1, 1, 2, 4))):
        parts[name], step = change_once(parts[name], changes_of_part(name, parts[name]), chance, inner)
        steps.append(step)
    return container.close(data, parts), f"{name}: {' '.join(steps)}"


def change_file(data: bytes, chance: Random, material: Material) -> tuple[bytes, str]:
    if find_container(data) and chance.random() < INSIDE:
        return change_part(data, chance, material)
    fields = structure.changes_for(data)
    if fields and chance.random() < IN_FIELDS:
        return change_once(data, fields, chance, material)
    return change_once(data, changes_of(data), chance, material)
