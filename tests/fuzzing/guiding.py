"""Guided runs, one reader after the other: their seeds, their dictionary, their account.

In: the name of a reader, how many inputs, a series.  Out: a `Tally` like that of a campaign.  Refused: a machine
without atheris, and a run that cannot begin, by RuntimeError.  A run that an input ended is started again for the rest.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from tests.fuzzing.campaign import Failure, Tally, start
from tests.fuzzing.seeds import seeds
from tests.fuzzing.words import dictionary

ACCOUNT = re.compile(r"stat::(\w+):\s+(\d+)")
# What libFuzzer calls the files in which it leaves the input that ended it.
LEFT = ("crash-", "timeout-", "oom-", "leak-")
# Seconds by the clock after which an input hangs, so many that no busy machine needs them; the largest input, in bytes.
HANGS, LARGEST_INPUT = 300, 200_000
# A run is started again so often; what is left then is reported as not tried.
MOST_STARTS = 40


def is_installed() -> bool:
    return find_spec("atheris") is not None


def lay_out(name: str, folder: Path) -> None:
    """The seeds as files, the dictionary, and places for what is found."""
    for part in ("seeds", "new", "failures"):
        (folder / part).mkdir()
    (folder / "words").write_text(dictionary(name), "ascii")
    for number, data in enumerate(seeds()[name]):
        (folder / "seeds" / f"{number:03}").write_bytes(data)


def run_once(tally: Tally, runs: int, series: int, folder: Path) -> int:
    """One process; how many inputs it tried."""
    options = [
        f"-runs={runs}", f"-seed={series}", f"-dict={folder / 'words'}", f"-artifact_prefix={folder / 'failures'}/",
        f"-timeout={HANGS}", f"-max_len={LARGEST_INPUT}", "-rss_limit_mb=2000", "-mutate_depth=2",
        "-print_final_stats=1", "-verbosity=0", str(folder / "new"), str(folder / "seeds"),
    ]  # fmt: skip
    with TemporaryFile() as errors:
        process = start(["tests.fuzzing.guided", tally.name, str(folder / "failures"), *options], errors)
        process.communicate()
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    account = {key: int(value) for key, value in ACCOUNT.findall(said)}
    tried = account.get("number_of_executed_units", 0)
    if process.returncode and not tried:
        raise RuntimeError(f"the guided run of {tally.name} did not begin: {said[-2000:]}")
    tally.inputs += tried
    tally.memory = max(tally.memory, account.get("peak_rss_mb", 0) * 1_000_000)
    tally.slowest = max(tally.slowest, float(account.get("slowest_unit_time_sec", 0)))
    for path in (folder / "failures").iterdir():
        if path.name.startswith(LEFT):
            tally.failures.append(Failure(tally.name, f"guided-{path.name[:20]}", path.read_bytes(), (), said[-3000:]))
            path.unlink()
    return tried


def collect(tally: Tally, folder: Path) -> None:
    """The failures that the runs kept, one of each kind."""
    for path in sorted((folder / "failures").glob("*.said")):
        data = path.with_suffix("").read_bytes()
        label = path.stem.removeprefix(f"{tally.name}-")
        tally.failures.append(Failure(tally.name, label, data, (), path.read_text("utf-8").strip()))


def run_guided(name: str, inputs: int, series: int = 1) -> Tally:
    """So many inputs of one reader, in one process where no input ends it; libFuzzer takes series 0 for chance."""
    tally, tried = Tally(name), 0
    with TemporaryDirectory() as made:
        folder = Path(made)
        lay_out(name, folder)
        for again in range(MOST_STARTS):
            if tried < inputs:
                tried += run_once(tally, inputs - tried, series + again, folder)
        collect(tally, folder)
    return tally
