"""`make soak`: every reader fuzzed in full, half of the inputs by changes of whole files, half guided by coverage.

In: how many inputs (`--inputs`), a series (`--series`), the names of readers, all by default.  Out: the table of
docs/hardening.md, written anew for the readers that were run, or added to with `--add`; the inputs that failed, in
build/fuzzing.  Exit status 1 where one failed.  Refused, with exit status 2: a name that is no reader's, a machine
without atheris.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tests.conftest import CHECKOUT
from tests.fuzzing.campaign import WITH_EXTRA, Tally, keep, run_campaign
from tests.fuzzing.guiding import is_installed, run_guided
from tests.fuzzing.summary import load_rows, save_row, write_row
from tests.fuzzing.targets import NAMES

FAILURES = CHECKOUT / "build" / "fuzzing"
# How much of the whole a reader gets, beside the others with 1: an input of these takes long, or finds little.
SHARES = {"pictures": 0.01, "foreign": 0.3, "pdf": 0.7}


def share_out(inputs: int, names: Sequence[str]) -> dict[str, int]:
    """So many inputs for each reader; together at least as many as were asked for."""
    whole = sum(SHARES.get(name, 1.0) for name in names)
    return {name: int(inputs * SHARES.get(name, 1.0) / whole) + 1 for name in names}


def tell(tally: Tally) -> None:
    keep(tally.failures, FAILURES)
    print(f"{tally.name}: {tally.inputs} inputs, {len(tally.failures)} failures", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing")
    parser.add_argument("names", nargs="*", metavar="READER", help=", ".join(NAMES))
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--series", type=int, default=1)
    parser.add_argument("--add", action="store_true", help="add to the table: this is a further series")
    options = parser.parse_args(arguments)
    names = options.names or NAMES
    if not set(names) <= set(NAMES):
        parser.error(f"no reader {', '.join(set(names) - set(NAMES))}")
    if not is_installed():
        parser.error("atheris is not installed; `make soak` installs it where there is one for this Python")
    failures = 0
    for name, inputs in share_out(options.inputs, names).items():
        extra = "extra" if name == WITH_EXTRA else "plain"
        changed = run_campaign({name: inputs - inputs // 2}, options.series, extra)[name]
        tell(changed)
        guided = run_guided(name, inputs // 2, options.series)
        tell(guided)
        save_row(name, write_row(changed, guided, load_rows().get(name, "") if options.add else ""))
        failures += len(changed.failures) + len(guided.failures)
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
