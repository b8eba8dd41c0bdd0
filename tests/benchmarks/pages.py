"""`make bench-pages`: how long the app needs for each page over 10,000, 100,000 and 1,000,000 reports.

In: SIZES, the numbers of reports; WORK, a folder for the stores, which are kept.  Out: tables in `docs/scale.md`.  A
running app is asked in its own protocol: whole pages, pages of a year and of an agency, other views,
the next page of a long table.  Every question of a kind asks for something else, so that none is answered from memory
but the first, which is the same for all visitors.
"""

from __future__ import annotations

import os
import shutil
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from parsing.corpus.store import Store
from parsing.corpus.summaries import MARK, open_summaries
from tests.benchmarks.record import circumstances, write_section
from tests.benchmarks.visitor import PageFailed, View, Visitor, visit
from tests.browser.app_server import App, run_app
from tests.synthesis.nation import read_county, sum_up, write_nation

SIZES = [int(size) for size in (os.environ.get("SIZES") or "10000 100000 1000000").split()]
WORK = Path(os.environ.get("WORK") or "build/scale")
ROUNDS = int(os.environ.get("ROUNDS") or 5)
PAGES = ("overview", "disclosure", "applications", "channels", "reviews", "flags", "likeness", "inspect", "method")
VIEWS: dict[str, dict[str, str]] = {
    "applications": {"by": "agency", "scale": "share"},
    "channels": {"by": "agency"},
    "reviews": {"by": "agency", "kind": "litigations"},
    "method": {"part": "columns"},
}
FLAG_VIEWS = ("checks", "causes", "open")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Material:
    """What can be asked for: years, agencies and reports of the store, spread over all of it."""

    years: list[str]
    agencies: list[str]
    reports: list[str]


@dataclass(frozen=True, slots=True)
class Taken:
    """One answer: seconds until it was complete, seconds of CPU of the app, bytes."""

    seconds: float
    cpu: float
    size: int


Results = dict[tuple[str, str], list[Taken]]


def store_of(size: int) -> Path:
    """A store with so many reports, written once; its summaries are those of this version."""
    county, store, done = WORK / "county", WORK / f"nation-{size}", WORK / f"nation-{size}.done"
    if not done.exists():
        shutil.rmtree(store, ignore_errors=True)
        shutil.rmtree(county, ignore_errors=True)
        write_nation(store, read_county(county), size)
        done.touch()
    with Store.writing(store) as kept:
        if kept.manifest.summarised != MARK:
            sum_up(kept)
    return store


def read_material(store: Path) -> Material:
    with open_summaries(Store.open(store)) as connection:
        every = "(SELECT count(*) FROM overview) // 40 + 1"
        rows = connection.execute(f"SELECT name, report_id FROM overview WHERE position % ({every}) = 7").fetchall()
        years = connection.execute("SELECT DISTINCT CAST(year AS VARCHAR) FROM overview ORDER BY 1").fetchall()
    return Material([year for (year,) in years], [row[0] for row in rows], [row[1] for row in rows])


def questions(stem: str, material: Material, number: int) -> Iterator[tuple[str, dict[str, str]]]:
    """The questions of round `number` for a page, each with its kind."""
    agency, year = material.agencies[number], material.years[number]
    if stem == "inspect":
        yield "a report", {"report": material.reports[number]}
        return
    yield "all", {}
    if stem == "method":
        yield "another view", VIEWS[stem]
        return
    yield "a year", {"year": year}
    yield "an agency", {"agency": agency}
    if stem == "flags":
        yield from ((f"{view}, a year", {"view": view, "year": year}) for view in FLAG_VIEWS)
    if stem in VIEWS:
        yield "another view, a year", {"year": year, **VIEWS[stem]}


def cpu_of(app: App) -> float:
    """Seconds of CPU that the app has used."""
    fields = Path(f"/proc/{app.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_of(app: App, name: str) -> float:
    """Megabytes of memory of the app: VmRSS now, VmHWM at most."""
    lines = Path(f"/proc/{app.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024 / 1e6


def ask(app: App, results: Results, key: tuple[str, str], question: Callable[[], View]) -> View:
    before = cpu_of(app)
    view = question()
    results[key].append(Taken(view.seconds, cpu_of(app) - before, view.size))
    return view


def ask_page(app: App, results: Results, stem: str, kind: str, parameters: dict[str, str], number: int) -> None:
    """One question by a new visitor, and the next page of its long table where it has one."""
    with visit(app.address) as visitor:
        try:
            view = ask(app, results, (stem, kind), lambda: visitor.open(stem, **parameters))
            if view.pagers and kind in ("all", "a year"):
                ask(app, results, (stem, f"next page, {kind}"), lambda: turn(visitor, stem, view, number, parameters))
        except PageFailed as failure:
            print(f"{stem} {parameters}: {failure}")


def turn(visitor: Visitor, stem: str, view: View, number: int, parameters: dict[str, str]) -> View:
    return visitor.turn(stem, view, number + 2, **parameters)


def measure(store: Path) -> tuple[Results, str]:
    """All answers over a store, and what the app cost."""
    material, results = read_material(store), defaultdict[tuple[str, str], list[Taken]](list)
    with run_app(store) as app:
        bare = memory_of(app, "VmRSS")
        ask_page(app, results, "overview", "cold, after start", {}, 0)
        for stem in PAGES:
            for number in range(ROUNDS):
                for kind, parameters in questions(stem, material, number):
                    ask_page(app, results, stem, kind, parameters, number)
        cost = f"memory of the app: {bare:,.0f} MB at start, {memory_of(app, 'VmRSS'):,.0f} at the end, "
        return results, f"{cost}{memory_of(app, 'VmHWM'):,.0f} at most"


def row(key: tuple[str, str], taken: list[Taken]) -> str:
    seconds = sorted(one.seconds * 1000 for one in taken)
    cpu = statistics.median(one.cpu * 1000 for one in taken)
    size = statistics.median(one.size for one in taken) / 1000
    half, most = statistics.median(seconds), seconds[-1]
    return f"| {key[0]} | {key[1]} | {half:,.0f} | {most:,.0f} | {cpu:,.0f} | {size:,.0f} |"


def lines(size: int) -> Iterator[str]:
    """The table of one size in Markdown."""
    yield circumstances()
    results, cost = measure(store_of(size))
    yield f"{ROUNDS} questions of each kind, milliseconds of the server; {cost}."
    yield ""
    yield "| page | asked for | median | longest | median CPU | KB sent |"
    yield "|---|---|--:|--:|--:|--:|"
    yield from (row(key, taken) for key, taken in results.items())


def main() -> int:
    WORK.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        print(write_section(f"Pages over {size:,} reports", list(lines(size))), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
