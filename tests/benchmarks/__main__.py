"""`make bench`: how long one text report takes, beside bare decoding and splitting of the same bytes.

In: the text reports of the samples.  Out: on standard output the machine, then one line a report with median
milliseconds and the ratios to the bare work.  All columns take turns in one run, so that a busy machine slows every
alike.  Then the table of `parts`, the prose beside the tables, and that of `rivals`, every format beside what others
make of it.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unicodedata import east_asian_width

from parsing.audit import audit_reports
from parsing.pipeline import parse_bytes
from parsing.readers import list_files
from tests.benchmarks import parts
from tests.benchmarks.caches import content_caches
from tests.benchmarks.machine import machine
from tests.benchmarks.rivals import lines

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
ROUNDS = 15
REPORTS = 8

Work = Callable[[bytes, str], object]


def split_only(data: bytes, encoding: str) -> object:
    """The least that any reader must do: decode the bytes and split every line at white space."""
    return [line.split() for line in data.decode(encoding, "replace").splitlines()]


def parse_only(data: bytes, encoding: str) -> object:
    return parse_bytes(data, "report")


def parse_and_audit(data: bytes, encoding: str) -> object:
    return audit_reports(parse_bytes(data, "report"))


COLUMNS: dict[str, Work] = {"split": split_only, "parse": parse_only, "parse+audit": parse_and_audit}


def measure(data: bytes, encoding: str) -> dict[str, float]:
    """Median milliseconds of every column; the columns take turns, and each reads as if for the first time."""
    caches = content_caches()
    times: dict[str, list[float]] = {name: [] for name in COLUMNS}
    for _ in range(ROUNDS):
        for name, work in COLUMNS.items():
            for cache in caches:
                cache.cache_clear()
            started = time.perf_counter()
            work(data, encoding)
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(values) for name, values in times.items()}


def pick_reports() -> list[tuple[Path, bytes, str]]:
    """Text reports of different sizes, the smallest and the largest among them, with their encodings."""
    found = []
    for path in list_files(SAMPLES):
        data = path.read_bytes()
        source = parse_bytes(data, path.name)[0].source
        if source.format == "txt" and source.encoding:
            found.append((path, data, source.encoding))
    found.sort(key=lambda one: len(one[1]))
    step = max(1, (len(found) - 1) / (REPORTS - 1))
    return [found[round(index * step)] for index in range(min(REPORTS, len(found)))]


def fit(name: str, width: int) -> str:
    """The name padded to a width on the screen, where a Chinese character takes two columns."""
    return name + " " * max(1, width - sum(2 if east_asian_width(char) in "WF" else 1 for char in name))


def row(name: str, size: int, times: dict[str, float]) -> str:
    shown = "".join(f"{times[column]:>13.3f}" for column in COLUMNS)
    ratios = "".join(f"{times[column] / times['split']:>9.0f}" for column in ("parse", "parse+audit"))
    return f"{fit(name, 40)}{size / 1024:>8.1f}{shown}{ratios}"


def main() -> int:
    reports = pick_reports()
    if not reports:
        print(f"no text report in {SAMPLES}", file=sys.stderr)
        return 1
    print(machine())
    print(f"median of {ROUNDS} rounds, milliseconds; the last two columns are multiples of split")
    print(f"{'report':<40}{'KB':>8}" + "".join(f"{name:>13}" for name in COLUMNS) + f"{'×parse':>9}{'×audit':>9}")
    measured = [(path, data, measure(data, encoding)) for path, data, encoding in reports]
    for path, data, times in measured:
        print(row(path.name, len(data), times))
    typical = {name: statistics.median(times[name] for _, _, times in measured) for name in COLUMNS}
    print(row("median report", int(statistics.median(len(data) for _, data, _ in measured)), typical))
    texts = [path.read_bytes() for path in list_files(SAMPLES)]
    whole = [data for data in texts if any(report.cells for report in parse_bytes(data, "report"))]
    print("\n".join(["", *parts.lines(whole), "", *parts.halves()]), flush=True)
    print("\n".join(["", *lines()]), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
