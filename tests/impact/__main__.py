"""`make impact`: what a change of the checks changes on the samples and the sentences.

In: two git revisions; without a second one, the files as they lie here.  Out: on standard output a table check × (new,
dropped, changed) with examples, and one of the outcomes that changed.  Refused, with exit status 2 and the reason: a
machine without git, a folder that is no checkout, a revision that there is not; and a version that cannot read the
material.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.conftest import CHECKOUT
from tests.impact.comparing import compare_flags, compare_outcomes, write_flags, write_outcomes
from tests.impact.material import write_material

READING = Path(__file__).with_name("reading.py")
HERE = "the files as they lie here"


class ImpactError(RuntimeError):
    """Why two versions could not be compared; the message is for the person who called."""


def run_git(arguments: Sequence[str], checkout: Path = CHECKOUT) -> str:
    """What git prints; ImpactError with its own words when it refuses or is not there."""
    try:
        done = subprocess.run(["git", *arguments], cwd=checkout, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise ImpactError("git is not on this machine; it is needed to fetch the other version") from error
    if done.returncode:
        raise ImpactError(f"git {' '.join(arguments[:2])}: {done.stderr.strip()}")
    return done.stdout.strip()


@contextmanager
def tree_of(revision: str, folder: Path, checkout: Path = CHECKOUT) -> Iterator[Path]:
    """The files of a revision in a work tree that is gone afterwards; without a revision those that lie here."""
    if not revision:
        yield checkout
        return
    commit = run_git(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], checkout)
    run_git(["worktree", "add", "--detach", "--quiet", str(folder), commit], checkout)
    try:
        yield folder
    finally:
        run_git(["worktree", "remove", "--force", str(folder)], checkout)


def read_with(tree: Path, material: Path) -> dict[str, Any]:
    """What the version in a tree says of the material."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", str(READING), str(material)]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise ImpactError(f"the version in {tree} could not read the material:\n{done.stderr.strip()[-2000:]}")
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def compare(before: str, after: str) -> list[str]:
    """The report on two revisions, line by line."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        material = folder / "material"
        material.mkdir()
        with tree_of(before, folder / "before") as old, tree_of(after, folder / "after") as new:
            write_material(material)
            answers = [read_with(tree, material) for tree in (old, new)]
    reports = sum(len(files) for files in answers[1].values())
    return [
        f"before: {before or HERE}; after: {after or HERE}; {reports} reports in {len(answers[1])} corpora",
        "",
        *write_flags(compare_flags(*answers)),
        "",
        *write_outcomes(compare_outcomes(*answers)),
    ]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.impact", description=__doc__)
    parser.add_argument("--before", default="HEAD", help="a git revision; HEAD unless given")
    parser.add_argument("--after", default="", help="a git revision; the files as they lie here unless given")
    options = parser.parse_args(arguments)
    try:
        print("\n".join(compare(options.before, options.after)))
    except ImpactError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
