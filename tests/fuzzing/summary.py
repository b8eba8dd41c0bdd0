"""The table of docs/hardening.md: what each reader was tried with, and what came of it.

In: tallies.  Out: the part of the document behind its last heading, written anew; rows of readers that were not run
stay as they were.  Refused: a document without that heading, by ValueError.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.benchmarks.__main__ import machine
from tests.conftest import CHECKOUT
from tests.fuzzing.campaign import Tally
from tests.fuzzing.targets import NAMES

DOCUMENT = CHECKOUT / "docs" / "hardening.md"
HEADING = "## What was tried"
HEAD = (
    "| reader | files changed | guided | failures | slowest, s | most memory, MB | date |",
    "|---|--:|--:|--:|--:|--:|---|",
)
COUNTS = (1, 2, 3)


def write_row(changed: Tally, guided: Tally, before: str = "") -> str:
    """One line: inputs of both kinds, failures, CPU seconds of the slowest changed file, memory of the process.

    `before` is the line of an earlier run of another series, whose inputs and failures are added.
    """
    counts = [changed.inputs, guided.inputs, len(changed.failures) + len(guided.failures)]
    slowest, memory = changed.slowest, max(changed.memory, guided.memory) // 1_000_000
    if before:
        cells = [cell.strip() for cell in before.strip("|").split("|")]
        counts = [count + int(cells[place]) for place, count in zip(COUNTS, counts, strict=True)]
        slowest, memory = max(slowest, float(cells[4])), max(memory, int(cells[5]))
    counted = " | ".join(map(str, counts))
    return f"| {changed.name} | {counted} | {slowest:.1f} | {memory} | {datetime.now(UTC).date().isoformat()} |"


def load_rows() -> dict[str, str]:
    """The lines of the table as it is, by reader."""
    lines = DOCUMENT.read_text("utf-8").partition(HEADING)[2].splitlines()
    named = {line.split("|")[1].strip(): line for line in lines if line.startswith("| ")}
    return {name: line for name, line in named.items() if name in NAMES}


def write_total(rows: Mapping[str, str]) -> str:
    cells = [line.split("|") for line in rows.values()]
    sums = [sum(int(row[1 + place]) for row in cells) for place in COUNTS]
    return f"| together | {' | '.join(map(str, sums))} | | | |"


def save_row(name: str, row: str) -> None:
    rows = {**load_rows(), name: row}
    ordered = {one: rows[one] for one in NAMES if one in rows}
    before, heading, _ = DOCUMENT.read_text("utf-8").partition(HEADING)
    if not heading:
        raise ValueError(f"{DOCUMENT.name} has no heading {HEADING}")
    table = "\n".join([*HEAD, *ordered.values(), write_total(ordered)])
    DOCUMENT.write_text(f"{before}{heading}\n\n{machine()}, otherwise in use.\n\n{table}\n", "utf-8")
