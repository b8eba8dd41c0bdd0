"""`make bench-ingest`: how fast a folder becomes a store, what that takes, and what a second run costs.

In: SIZE, the number of files (10,000 unless the environment says otherwise); WORK, a folder for files and stores that
are kept for the next run.  Out: two tables in `docs/scale.md`.  Each ingest runs in a process of its own, so that the
system itself tells the time and the most memory of the parent and of its workers.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from parsing.audit import audit_alone
from parsing.audit.prints import encode, print_of
from parsing.corpus import ingest as steps
from parsing.corpus.batches import Batch, add_report
from parsing.pipeline import parse_document
from parsing.readers import list_files
from parsing.workers import WORKERS
from tests.benchmarks.record import circumstances, write_section
from tests.synthesis.crowd import write_crowd

SIZE = int(os.environ.get("SIZE") or 10_000)
WORK = Path(os.environ.get("WORK") or "build/scale")
# The share of the files that the small run has, with which the large one is compared.
TENTH = 10
SAMPLE = 400
MEGABYTE = 1_000_000
# The steps of the parent whose time is told apart.
STEPS = ((steps, "Known"), (steps.Run, "take"), (steps.Run, "commit"), (steps, "merge_segments"),
         (steps, "join_reports"))  # fmt: skip


def crowd_of(size: int) -> Path:
    """A folder with so many files, written once."""
    folder = WORK / f"files-{size}"
    done = WORK / f"files-{size}.done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        write_crowd(size, folder)
        done.touch()
    return folder


def watch(owner: Any, name: str, spent: Counter[str]) -> None:
    """From here on the seconds of CPU in a function are counted, those of its threads too."""
    work: Callable[..., Any] = getattr(owner, name)

    def timed(*arguments: Any, **options: Any) -> Any:
        began = time.process_time()
        try:
            return work(*arguments, **options)
        finally:
            spent[name] += time.process_time() - began

    setattr(owner, name, timed)


def run_once(folder: str, store: str) -> dict[str, Any]:
    """An ingest in this process, and what it took; its workers have ended then."""
    spent: Counter[str] = Counter()
    for owner, name in STEPS:
        watch(owner, name, spent)
    began = time.perf_counter()
    done = steps.ingest([Path(folder)], store)
    wall = time.perf_counter() - began
    WORKERS.end()
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "wall": wall,
        "reports": done.reports,
        "unread": len(done.unread),
        "parent": own.ru_utime + own.ru_stime,
        "workers": children.ru_utime + children.ru_stime,
        "parent_mb": own.ru_maxrss * 1024 / MEGABYTE,
        "worker_mb": children.ru_maxrss * 1024 / MEGABYTE,
        "steps": dict(spent),
    }


def run_apart(folder: Path, store: Path) -> dict[str, Any]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.ingest", str(folder), str(store)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(size: int) -> list[dict[str, Any]]:
    """A first and a second run over so many files."""
    folder, store = crowd_of(size), WORK / f"store-{size}"
    shutil.rmtree(store, ignore_errors=True)
    return [run_apart(folder, store) for _ in range(2)]


def split_work(folder: Path) -> dict[str, float]:
    """Milliseconds of CPU per report of each step of a worker, over some hundred files in this process."""
    spent: Counter[str] = Counter()
    files = list(list_files(folder))
    files = files[:: max(1, len(files) // SAMPLE)]
    batch, count = Batch(1, "bench"), 0

    def step(name: str, work: Callable[[], Any]) -> Any:
        began = time.process_time()
        found = work()
        spent[name] += (time.process_time() - began) * 1000
        return found

    for path in files:
        data = path.read_bytes()
        for report in step("bytes → report", lambda data=data, path=path: parse_document(data, str(path))):
            count += 1
            step("checks (without rows)", lambda report=report: audit_alone(report))
            step("print of the prose", lambda report=report: encode(print_of(report)))
            step("rows, checks and print", lambda report=report: add_report(batch.rows, report))
    step("rows → Arrow bytes", batch.take)
    spent["rows"] = spent.pop("rows, checks and print") - spent["checks (without rows)"] - spent["print of the prose"]
    return {name: spent[name] / count for name in spent}


def disk_of(store: Path) -> float:
    return sum(path.stat().st_size for path in store.rglob("*") if path.is_file()) / MEGABYTE


def run_row(size: int, name: str, run: dict[str, Any], store: Path) -> str:
    count = max(size, 1)
    cells = (
        f"{size:,}", name, f"{run['wall']:.1f}", f"{size / run['wall']:,.0f}", f"{run['workers'] * 1000 / count:.2f}",
        f"{run['parent'] * 1000 / count:.2f}", f"{run['worker_mb']:,.0f}", f"{run['parent_mb']:,.0f}",
        f"{disk_of(store) / count * 1000:.1f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


HEAD = (
    "files", "run", "seconds", "files a second", "CPU of workers, ms a file", "CPU of the parent, ms a file",
    "most memory of a worker, MB", "of the parent, MB", "store, KB a file",
)  # fmt: skip


def lines(sizes: Sequence[int]) -> Iterator[str]:
    """The report in Markdown."""
    yield circumstances()
    yield ""
    yield f"| {' | '.join(HEAD)} |"
    yield "|--:|---|" + "--:|" * (len(HEAD) - 2)
    found = {size: measure(size) for size in sizes}
    for size, runs in found.items():
        for name, run in zip(("first", "unchanged"), runs, strict=True):
            yield run_row(size, name, run, WORK / f"store-{size}")
    small, large = (found[size][0] for size in (sizes[0], sizes[-1]))
    yield ""
    yield (
        f"{sizes[-1]:,} files take {large['wall'] / small['wall']:.1f} times the time of {sizes[0]:,}, and "
        f"{(large['parent'] + large['workers']) / (small['parent'] + small['workers']):.1f} times the CPU."
    )
    yield ""
    yield "The parent's seconds of CPU in a first run, by step: " + "; ".join(
        f"{size:,} files: " + ", ".join(f"{step} {spent:.1f}" for step, spent in runs[0]["steps"].items())
        for size, runs in found.items()
    )
    parts = split_work(crowd_of(sizes[0]))
    yield ""
    yield f"A worker's CPU by step, ms a report, mean of {SAMPLE}: " + ", ".join(
        f"{name} {spent:.2f}" for name, spent in parts.items()
    )


def main() -> int:
    if len(sys.argv) > 1:
        print(json.dumps(run_once(*sys.argv[1:])))
        return 0
    WORK.mkdir(parents=True, exist_ok=True)
    print(write_section("Ingest", list(lines((SIZE // TENTH, SIZE)))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
