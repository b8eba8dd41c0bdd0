"""`make soak-store`: a store through every crash, and through many kills.

In: how many kills, and a seed.  Out: on standard output what was tried and what was wrong with the stores; exit status
1 when anything was.  The short form of both is part of the tests.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from random import Random

import pytest

from tests.corpus_store.crashing import (
    change_some,
    complaints,
    crash_everywhere,
    kill,
    left_different,
    strays,
)  # fmt: skip
from tests.corpus_store.material import take_in, town_reports, write_files

# The undisturbed store beside it is made anew after so many kills.
KILLS_A_LOOK = 20


def soak_kills(place: Path, kills: int, seed: int) -> list[str]:
    """Kill one ingest after the other at random moments, with changes in between; what was wrong."""
    chance, ended, said = Random(seed), 0, list[str]()
    folder, store = write_files(place / "reports", town_reports(20)), place / "store"
    for number in range(1, kills + 1):
        done, was_ended = kill(folder, store, chance)
        ended += was_ended
        said += [f"after kill {number}: {one}" for one in complaints(store, done)]
        if number % KILLS_A_LOOK == 0 or number == kills:
            said += [f"after kill {number}: {one}" for one in left_different(store, folder, place / f"other{number}")]
            take_in(store, folder)
            said += [f"after kill {number}: {one} is left over" for one in strays(store)]
            print(f"{number} of {kills} runs, {ended} ended by a kill, {len(said)} complaints", flush=True)
        change_some(folder, number, chance)
    return said


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus_store")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stride", type=int, default=1, help="crash before every so manieth step on the disk")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        said = soak_kills(Path(folder), options.kills, options.seed)
        (Path(folder) / "steps").mkdir()
        crashes = crash_everywhere(Path(folder) / "steps", patch, options.stride)
        print(f"{crashes} crashes, each before another step on the disk")
    print(*said or ["nothing was lost, nothing was there twice"], sep="\n")
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main())
