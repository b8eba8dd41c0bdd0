"""Inputs tried in processes of their own, one after the other, and what came of them.

In: the name of a reader, how many inputs, a series.  Out: a `Tally` with every failure and its input.  Refused:
nothing.  A process that dies, or says nothing for long, is replaced and goes on behind the input that it died of.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, Any

from parsing.workers import ONE_POOL
from tests.conftest import CHECKOUT
from tests.fuzzing.making import make_input

# A process is replaced after so many inputs, so that what libraries keep does not add up.
INPUTS_A_PROCESS = 2000
# Seconds without a word after which a process is taken for dead: it sleeps, since its CPU time is limited otherwise.
PATIENCE = 900.0


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
    """What the inputs of one reader came to; seconds of CPU time, bytes of memory."""

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


def start(arguments: list[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", *arguments]
    environment = {**os.environ, **ONE_POOL, "PYTHONPATH": str(CHECKOUT), "PYTHONHASHSEED": "0"}
    return subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=errors)


def fail(tally: Tally, number: int, series: int, said: str) -> None:
    made = make_input(tally.name, number, series)
    tally.failures.append(Failure(tally.name, str(number), made.data, made.steps, said))


def run_process(tally: Tally, first: int, last: int, series: int) -> int:
    """Inputs of one process; the number of the input behind the last one that was tried."""
    begun = None
    with TemporaryFile() as errors:
        process = start(["tests.fuzzing.child", tally.name, str(first), str(last), str(series)], errors)
        for said in read_lines(process):
            if "begun" in said:
                begun = said["begun"]
                continue
            tally.add(said["done"], said["seconds"], said["memory"])
            if said["failure"]:
                fail(tally, said["done"], series, said["failure"])
            first, begun = said["done"] + 1, None
        status = process.wait()
        if status == 0:
            return last
        errors.seek(0)
        last_words = errors.read().decode("utf-8", "replace")[-3000:]
    if begun is None:
        raise RuntimeError(f"the process for {tally.name} ended between inputs, status {status}: {last_words}")
    tally.add(begun, 0.0, 0)
    fail(tally, begun, series, f"the process ended with status {status}\n{last_words}")
    return int(begun) + 1


def run_campaign(name: str, inputs: int, series: int = 0, tell: Callable[[Tally], None] | None = None) -> Tally:
    """The inputs 0, 1, 2 … of one reader; `tell` is called after each process."""
    tally, number = Tally(name), 0
    while number < inputs:
        number = run_process(tally, number, min(inputs, number + INPUTS_A_PROCESS), series)
        if tell:
            tell(tally)
    return tally


def keep(failures: list[Failure], folder: Path) -> None:
    """The bytes of each failure in a file, and beside it what was done and said."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in failures:
        path = folder / f"{one.name}-{one.label}"
        path.write_bytes(one.data)
        path.with_name(f"{path.name}.said").write_text("\n".join([*one.steps, one.said, ""]), "utf-8")
