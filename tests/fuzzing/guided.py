"""The process of a guided run: one reader under atheris, which keeps the inputs that reach new lines of `parsing`.

In: the name of a reader, a folder for failures, options of libFuzzer and folders of seeds.  Out: on standard error the
account of libFuzzer; in the folder one file for each kind of failure, and what was said beside it.  Refused: a machine
without atheris, by ImportError.  Hangs and exhausted memory end the process, and libFuzzer leaves the input.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzzing.bytewise import Material
from tests.fuzzing.changing import change_file, pick_part
from tests.fuzzing.containers import find_container
from tests.fuzzing.words import words_of

# Of the new inputs so many are made by the changes of the house, the others by those of libFuzzer.
OWN_CHANGES = 0.5
# What libFuzzer may add to a part, in bytes.
MOST_ADDED = 512


def make_mutator(atheris: Any, name: str) -> Any:
    """How new inputs are made of old ones: inside containers too, where libFuzzer alone would only break them."""

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        if chance.random() < OWN_CHANGES:
            changed, _ = change_file(data, chance, Material((data,), words_of(name)))
        else:
            changed = mutate_inside(atheris, data, chance)
        return changed if len(changed) <= most else data

    return mutate


def mutate_inside(atheris: Any, data: bytes, chance: Random) -> bytes:
    container = find_container(data)
    parts = container.open(data) if container else {}
    if not container or not parts:
        return bytes(atheris.Mutate(data, len(data) + MOST_ADDED))
    name = pick_part(parts, chance)
    parts[name] = bytes(atheris.Mutate(parts[name], len(parts[name]) + MOST_ADDED))
    return container.close(data, parts)


def keep_failure(folder: Path, name: str, data: bytes, said: str) -> None:
    """The first input of each kind of failure; a failure is of a kind with others in the same line."""
    kind = said.partition(": ")[0]
    path = folder / f"{name}-guided-{sha256(kind.encode()).hexdigest()[:8]}"
    if not path.exists():
        path.write_bytes(data)
        path.with_name(f"{path.name}.said").write_text(said + "\n", "utf-8")


def main(name: str, folder: str, *options: str) -> None:
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["parsing"]):
        targets = import_module("tests.fuzzing.targets")
        targets.load_everything()
    trying = import_module("tests.fuzzing.trying")
    trying.limit_process()
    trying.hide_extra()
    target = targets.find_target(name)

    def watch(data: bytes) -> None:
        said = trying.try_target(target, data)
        if said:
            keep_failure(Path(folder), name, data, said)

    atheris.Setup([name, *options], watch, custom_mutator=make_mutator(atheris, name))
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
