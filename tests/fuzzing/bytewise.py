"""Changes of bytes that know nothing of any format: what transports, disks and broken programs do, and worse.

In: bytes, a source of chance, and material (other files of the format, words of the format).  Out: changed bytes.
Refused: nothing; a change that finds no place gives the bytes back as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple


class Material(NamedTuple):
    """What changes may take from elsewhere: files of the same format, and words that mean something in it."""

    others: tuple[bytes, ...]
    words: tuple[bytes, ...]


Change = Callable[[bytes, Random, Material], bytes]

# The largest block that is moved or repeated, and the most that repeating may add, in bytes.
LARGEST_BLOCK, MOST_ADDED = 4096, 60_000
# How far from a byte its neighbours reach.
NEIGHBOURS = 32
# Where counts and offsets are wrong most often: at the ends of their range, and just behind.
EDGES = (0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000,
         0xFFFFFFFE, 0xFFFFFFFF)  # fmt: skip


def put(data: bytes, at: int, end: int, piece: bytes) -> bytes:
    return data[:at] + piece + data[end:]


def cut_block(data: bytes, chance: Random) -> tuple[int, int]:
    """Where a block of the file begins and ends; most blocks are small."""
    at = chance.randrange(len(data) + 1)
    return at, min(len(data), at + int(LARGEST_BLOCK ** chance.random()))


def flip_bits(data: bytes, chance: Random, material: Material) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 32)) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def set_bytes(data: bytes, chance: Random, material: Material) -> bytes:
    """A few neighbours replaced by one value or by noise."""
    at = chance.randrange(len(data) + 1)
    length = chance.choice((1, 2, 4, 16))
    fill = chance.choice((b"\x00" * length, b"\xff" * length, b" " * length, chance.randbytes(length)))
    return put(data, at, at + length, fill)


def delete_block(data: bytes, chance: Random, material: Material) -> bytes:
    return put(data, *cut_block(data, chance), b"")


def double_block(data: bytes, chance: Random, material: Material) -> bytes:
    at, end = cut_block(data, chance)
    return put(data, end, end, data[at:end])


def repeat_block(data: bytes, chance: Random, material: Material) -> bytes:
    """A small block many times over: depth, counts and widths that no report has."""
    at = chance.randrange(len(data) + 1)
    block = data[at : at + chance.randint(1, 48)]
    times = min(chance.choice((16, 256, 3000, 20_000)), MOST_ADDED // max(1, len(block)))
    return put(data, at, at, block * times)


def swap_blocks(data: bytes, chance: Random, material: Material) -> bytes:
    (a, b), (c, d) = sorted((cut_block(data, chance), cut_block(data, chance)))
    b = min(b, c)
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def truncate(data: bytes, chance: Random, material: Material) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def splice(data: bytes, chance: Random, material: Material) -> bytes:
    """The beginning of one file and the end of another."""
    other = chance.choice(material.others)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def insert_word(data: bytes, chance: Random, material: Material) -> bytes:
    at = chance.randrange(len(data) + 1)
    word = chance.choice(material.words)
    return put(data, at, at + chance.choice((0, len(word))), word)


def write_integer(data: bytes, chance: Random, material: Material, first: int = 0, last: int | None = None) -> bytes:
    """A value at the edge of its range, or a little off, where an integer could stand."""
    width = chance.choice((1, 2, 2, 4, 4, 8))
    last = len(data) - width if last is None else min(last, len(data) - width)
    if last < first:
        return data
    at = chance.randint(first, last)
    old = int.from_bytes(data[at : at + width], "little")
    value = chance.choice((*EDGES, old + 1, old - 1, old * 2, len(data), chance.getrandbits(8 * width)))
    order = chance.choice(("little", "little", "big"))
    return put(data, at, at + width, (value % (1 << 8 * width)).to_bytes(width, order))  # type: ignore[arg-type]


def change_in_place(data: bytes, chance: Random, material: Material) -> bytes:
    """Bits, bytes or an integer near a byte that is not NUL; nothing moves from its place."""
    at = chance.randrange(len(data) + 1)
    while data[at : at + 1] == b"\0":
        at = chance.randrange(len(data) + 1)
    end = min(len(data), at + NEIGHBOURS)
    changed = chance.choice((flip_bits, set_bytes, write_integer))(data[at:end], chance, material)
    return put(data, at, end, changed[: end - at])


CHANGES: tuple[Change, ...] = (
    flip_bits, set_bytes, delete_block, double_block, repeat_block, swap_blocks, truncate, splice, insert_word,
    write_integer,
)  # fmt: skip
