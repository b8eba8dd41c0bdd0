"""Inputs by number: a seed file and a few changes of it, the same for the same number on every machine.

In: the name of a reader, a number, a series.  Out: an `Input` with its bytes and what was done to the seed.  Refused:
a name without seeds, by KeyError.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.fuzzing.bytewise import Material
from tests.fuzzing.changing import change_file
from tests.fuzzing.containers import find_container
from tests.fuzzing.seeds import seeds
from tests.fuzzing.words import words_of


@dataclass(frozen=True, slots=True)
class Input:
    """One file to try: whose seed it is, its number, its bytes, the changes in order."""

    name: str
    number: int
    data: bytes
    steps: tuple[str, ...]


def pick_seed(files: tuple[bytes, ...], chance: Random) -> bytes:
    """Small files, which stand first, are taken more often."""
    return files[min(int(chance.random() ** 1.5 * len(files)), len(files) - 1)]


def make_input(name: str, number: int, series: int = 0) -> Input:
    """The input of this number; the number 0 is the smallest seed itself."""
    files = seeds()[name]
    if number == 0:
        return Input(name, number, files[0], ())
    chance = Random(f"{series}|{name}|{number}")
    data, material = pick_seed(files, chance), Material(files, words_of(name))
    steps = []
    for _ in range(chance.choice((1, 1, 1, 2) if find_container(data) else (1, 1, 1, 2, 3, 6))):
        data, step = change_file(data, chance, material)
        steps.append(step)
    return Input(name, number, data, tuple(steps))
