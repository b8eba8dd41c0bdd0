"""Inputs tried in processes of their own, one after the other, and what came of them.

In: how many inputs of which readers, a series.  Out: a `Tally` of each reader with every failure and its input.
Refused: nothing.  A process that dies, or says nothing for long, is replaced and goes on behind the input that it died
of.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, Any, NamedTuple

from parsing.workers import ONE_POOL
from tests.conftest import CHECKOUT
from tests.fuzzing.making import make_input

# A process is replaced after so many inputs, so that what libraries keep does not add up.
INPUTS_A_PROCESS = 2000
# Seconds without a word after which a process is taken for dead: it sleeps, since its CPU time is limited otherwise.
PATIENCE = 900.0
# The recogniser takes seconds for a page and is not our code: only pictures are tried with it, where it is installed.
WITH_EXTRA = "pictures"


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that did not come through: its reader, its number or name, its bytes, the changes, what was said."""

    name: str
    label: str
    data: bytes
    steps: tuple[str, ...]
    said: str


@dataclass(slots=True)
class Tally:
    """What the inputs of one reader came to; seconds of CPU time, bytes of memory of the process that tried them."""

    name: str
    inputs: int = 0
    slowest: float = 0.0
    slowest_label: str = ""
    memory: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, number: int, seconds: float, memory: int) -> None:
        self.inputs += 1
        self.memory = max(self.memory, memory)
        if seconds > self.slowest:
            self.slowest, self.slowest_label = seconds, str(number)

    def fail(self, number: int, series: int, said: str) -> None:
        made = make_input(self.name, number, series)
        self.failures.append(Failure(self.name, f"{series}-{number}", made.data, made.steps, said))


class Stretch(NamedTuple):
    """Inputs of one reader: the first number, and the one behind the last."""

    name: str
    first: int
    last: int


def read_lines(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    """What the process says, line by line; it is killed when it is silent for too long."""
    assert process.stdout
    while True:
        timer = Timer(PATIENCE, process.kill)
        timer.start()
        line = process.stdout.readline()
        timer.cancel()
        if not line.endswith(b"\n"):
            return
        yield json.loads(line)


def start(arguments: Sequence[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """A module of ours in a process of its own."""
    command = [sys.executable, "-P", "-m", *arguments]
    paths = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, **ONE_POOL, "PYTHONPATH": paths, "PYTHONHASHSEED": "0"}
    return subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=errors)


def cut(stretches: Sequence[Stretch], tried: int) -> tuple[list[Stretch], list[Stretch]]:
    """The first inputs of all, so many, and those behind them.

    >>> cut([Stretch("a", 0, 3), Stretch("b", 0, 3)], 4)[1]
    [Stretch(name='b', first=1, last=3)]
    """
    before: list[Stretch] = []
    behind: list[Stretch] = []
    for name, first, last in stretches:
        middle = min(last, first + tried)
        tried -= middle - first
        before += [Stretch(name, first, middle)] if middle > first else []
        behind += [Stretch(name, middle, last)] if last > middle else []
    return before, behind


def run_process(tallies: Mapping[str, Tally], stretches: Sequence[Stretch], series: int, extra: str) -> int:
    """Inputs in one process; how many of them were tried."""
    tried, begun = 0, None
    with TemporaryFile() as errors:
        listed = [f"{name}:{first}:{last}" for name, first, last in stretches]
        process = start(["tests.fuzzing.child", str(series), extra, *listed], errors)
        for said in read_lines(process):
            if "begun" in said:
                begun = said
                continue
            tried, begun = tried + 1, None
            tally = tallies[said["name"]]
            tally.add(said["done"], said["seconds"], said["memory"])
            if said["failure"]:
                tally.fail(said["done"], series, said["failure"])
        if process.wait() == 0:
            return tried
        errors.seek(0)
        last_words = f"status {process.returncode}\n" + errors.read().decode("utf-8", "replace")[-3000:]
    if begun is None:
        raise RuntimeError(f"the process ended between inputs: {last_words}")
    tallies[begun["name"]].add(begun["begun"], 0.0, 0)
    tallies[begun["name"]].fail(begun["begun"], series, f"the process ended with {last_words}")
    return tried + 1


def run_campaign(inputs: Mapping[str, int], series: int = 0, extra: str = "plain") -> dict[str, Tally]:
    """The inputs 0, 1, 2 … of each reader; `extra` is "plain", or "extra" to recognise text in pictures too."""
    tallies = {name: Tally(name) for name in inputs}
    left = [Stretch(name, 0, count) for name, count in inputs.items()]
    while left:
        now, _ = cut(left, INPUTS_A_PROCESS)
        _, left = cut(left, run_process(tallies, now, series, extra))
    return tallies


def keep(failures: Sequence[Failure], folder: Path) -> None:
    """The bytes of each failure in a file, and beside it what was done and said."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in failures:
        path = folder / f"{one.name}-{one.label}"
        path.write_bytes(one.data)
        path.with_name(f"{path.name}.said").write_text("\n".join([*one.steps, one.said, ""]), "utf-8")
