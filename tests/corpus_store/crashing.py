"""Ingests that are ended at any moment, and what must hold of their stores then.

In: folders of made-up reports, a seed.  Out: stores that were left by a crash, and what is wrong with them.  Nothing is
refused.

There are two kinds of crash.  `crash_at` ends an ingest in this process right before its n-th step on the disk: every
moment that can make a difference, in a row.  `kill` ends a real one, with workers, with the signal that cannot be
handled, at any time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

from parsing.corpus import ingest as ingesting
from parsing.corpus import merging, place
from parsing.corpus.loading import load_store
from parsing.corpus.place import Folder
from parsing.corpus.store import Store
from tests.conftest import CHECKOUT
from tests.corpus_store.material import differing, names_of, take_in, town_report, town_reports, write_files

# Small batches and commits, and merges that have something to do, in this process and in one of its own.
SMALL = {"FILES_A_BATCH": 2, "BATCHES_AT_LEAST": 1, "REPORTS_A_COMMIT": 1}
LARGE = 5
# An ingest that says which reports it has committed, each time that a manifest is in its place.
LOUD = f"""
import sys
from parsing.__main__ import run
from parsing.corpus import ingest, merging
from parsing.corpus.store import Store
vars(ingest).update({SMALL!r})
merging.LARGE = {LARGE}
add = Store.add
def loud(store, tables, **changes):
    add(store, tables, **changes)
    # A merge commits nothing that was not there.
    is_new = "run" in changes and "reports" in tables
    print(*(tables["reports"]["report_id"].to_pylist() if is_new else ()), flush=True)
Store.add = loud
raise SystemExit(run(sys.argv[1:]))
"""
# An ingest is killed after so many commits at most (a run has some more, then merges and joins), and so many seconds.
MOST_COMMITS, LONGEST_MOMENT = 4, 0.8
# What tells the rows of a report apart.
ROWS = {"cells": ["address"], "claims": ["claim"], "checks": ["check"], "flags": ["flag_id"]}


class Crash(BaseException):
    """The end of the process: nobody handles it."""


@dataclass
class Steps:
    """Counts steps on the disk, and crashes before the one of this number."""

    fatal: int | None = None
    taken: int = 0
    committed: set[str] = field(default_factory=set)

    def before(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.taken += 1
            if self.taken == self.fatal:
                raise Crash
            return step(*arguments, **named)

        return counted

    def after_commit(self, add: Callable[..., Any]) -> Callable[..., Any]:
        def noted(store: Store, tables: Any, **changes: Any) -> None:
            add(store, tables, **changes)
            if "run" in changes and "reports" in tables:
                self.committed |= set(tables["reports"]["report_id"].to_pylist())

        return noted


@contextmanager
def crash_at(fatal: int | None) -> Iterator[Steps]:
    """An ingest in this process takes small steps, and ends before the one of this number, or never."""
    steps = Steps(fatal)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SMALL.items():
            patch.setattr(ingesting, name, value)
        patch.setattr(merging, "LARGE", LARGE)
        patch.setattr(place, "flush", steps.before(place.flush))
        patch.setattr(place, "write_parquet", steps.before(torn(place.write_parquet)))
        for owner, name in ((Path, "replace"), (Path, "write_bytes"), (Folder, "remove"), (os, "rmdir")):
            patch.setattr(owner, name, steps.before(getattr(owner, name)))
        patch.setattr(Store, "add", steps.after_commit(Store.add))
        yield steps


def torn(write: Callable[..., None]) -> Callable[..., None]:
    """A file that is begun before it is written, as on a disk: a crash in between leaves the beginning."""

    def written(rows: Any, path: Path) -> None:
        path.write_bytes(b"PAR1")
        write(rows, path)

    return written


def change_some(folder: Path, number: int, chance: Random) -> None:
    """New files, a changed one, one that is gone, so that the next run has all kinds of work."""
    more = town_reports(60)
    names = sorted(more)
    write_files(folder, {name: more[name] for name in chance.sample(names, 5)})
    there = sorted(path.name for path in folder.iterdir())
    write_files(folder, {chance.choice(there): more[chance.choice(names)] + b"\n" * (number % 7)})
    if len(there) > 12:
        for name in chance.sample(there, 6):
            (folder / name).unlink()


def complaints(store: Path, committed: set[str]) -> list[str]:
    """What is wrong with a store after a crash, committed reports in hand: it must open, and hold all of them, once."""
    if not (store / "manifest.json").exists():
        return ["no store"] if committed else []
    corpus = load_store(store)
    ids = corpus.reports["report_id"].tolist()
    said = [f"{key} is lost" for key in committed - set(ids)]
    said += [f"{key} is there twice" for key in set(ids) if ids.count(key) > 1]
    said += [
        f"{key} has lost rows" for key in set(ids) - set(corpus.cells["report_id"]) - set(corpus.problems["report_id"])
    ]
    for frame, columns in ROWS.items():
        rows = getattr(corpus, frame)
        said += [f"{frame}: a row is there twice"] if rows.duplicated(["report_id", *columns]).any() else []
        said += [f"{frame}: a row without report"] if set(rows["report_id"]) - set(ids) else []
    return said


def strays(store: Path) -> list[str]:
    """Files in a store that belong to nothing its manifest names, once a run has ended well and another has swept."""
    opened = Store.open(store)
    rooms = {name.rpartition("/")[0] for name in opened.names()}
    whole = (name for name in opened.place.list_names() if name.rpartition("/")[0] not in rooms)
    return sorted({*whole} - {"manifest.json", "lock", "lock.json"} | set(opened.place.root.rglob("*.part")))


def left_different(store: Path, folder: Path, other: Path) -> list[str]:
    """In what a store that was disturbed differs from one that took the same folder in undisturbed.

    Only what files hold now is compared: older versions are those that a run happened to see.
    """
    take_in(store, folder, is_mirror=True)
    take_in(other, folder)
    current = set(load_store(other).reports["report_id"])
    found = load_store(store)
    if not current <= set(found.reports["report_id"]):
        return ["a report is missing"]
    if names_of(store) == names_of(other):
        return differing(found, load_store(other))
    cells = ["report_id", "address", "value", "status", "raw"]
    whole = load_store(other).cells[cells].sort_values(["report_id", "address"], ignore_index=True)
    some = found.cells[found.cells["report_id"].isin(current)][cells]
    return [] if some.sort_values(["report_id", "address"], ignore_index=True).equals(whole) else ["cells"]


def kill(folder: Path, store: Path, chance: Random) -> tuple[set[str], bool]:
    """A real ingest that is killed a moment after one of its commits: what it had committed, and whether it was ended.

    How fast the machine is decides nothing: the moment counts from what the ingest says.
    """
    command = [sys.executable, "-c", LOUD, "ingest", folder, "--store", store, "--workers", "2", "--mirror"]
    process = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    said = b"".join(process.stdout.readline() for _ in range(chance.randint(0, MOST_COMMITS)))
    try:
        process.wait(chance.uniform(0, LONGEST_MOMENT))
        was_ended = False
    except subprocess.TimeoutExpired:
        process.kill()
        was_ended = True
    said += process.stdout.read()
    process.stdout.close()
    process.wait()
    # A line that was cut off is no word.
    return set(said[: said.rfind(b"\n") + 1].decode().split()), was_ended


def prepare(folder: Path, store: Path) -> None:
    """A store that knows some files, of which one was changed, one moved, one taken away, and some are new since."""
    files = town_reports(7)
    names = sorted(files)
    write_files(folder, {name: files[name] for name in names[:4]})
    take_in(store, folder)
    write_files(folder, {name: files[name] for name in names[4:]})
    write_files(folder, {names[0]: town_report(0, 2018, 9)})
    (folder / names[1]).rename(folder / "moved.txt")
    (folder / names[2]).unlink()


def crash_everywhere(place: Path, patch: pytest.MonkeyPatch, stride: int) -> int:
    """Crash before every so manieth step of an ingest, go on, and look; how many crashes there were."""
    folder, store, crashes = Path("reports"), Path("store"), 0
    (place / "begun").mkdir()
    patch.chdir(place / "begun")
    prepare(folder, store)
    before = set(load_store(store).reports["report_id"])
    shutil.copytree(place / "begun", place / "whole")
    patch.chdir(place / "whole")
    with crash_at(None) as whole:
        take_in(store, folder, is_mirror=True)
    due = load_store(store)
    for fatal in range(1, whole.taken + 1, stride):
        shutil.copytree(place / "begun", place / str(fatal))
        patch.chdir(place / str(fatal))
        with crash_at(fatal) as steps, suppress(Crash):
            take_in(store, folder, is_mirror=True)
        crashes += steps.taken == fatal
        # What this run takes away may still be there or not.
        assert complaints(store, (steps.committed | before) & set(due.reports["report_id"])) == [], fatal
        take_in(store, folder, is_mirror=True)
        assert differing(load_store(store), due) == [], fatal
        take_in(store, folder)
        assert strays(store) == [], fatal
        shutil.rmtree(place / str(fatal))
    return crashes
