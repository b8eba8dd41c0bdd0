"""Writing the samples: what belongs there is written, what does not is removed, and nothing depends on chance.

In: a folder of the test's own.  Out: nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.synthesis.__main__ import write_folder
from tests.synthesis.district import district_history, history, load_agencies
from tests.synthesis.facts import Printed
from tests.synthesis.samples import MANIFEST, print_toml, write_samples


def test_a_folder_is_brought_in_step(tmp_path: Path) -> None:
    (tmp_path / "stray.txt").write_text("left over")
    (tmp_path / "README.md").write_text("kept")
    (tmp_path / MANIFEST).write_text("old")
    count = write_folder(tmp_path)
    written = write_samples()
    assert count == len(written)
    assert {path.name for path in tmp_path.iterdir()} == {*written, "README.md"}
    assert (tmp_path / MANIFEST).read_bytes() == written[MANIFEST]


def test_the_files_do_not_depend_on_the_process(checkout: Path) -> None:
    """Sets and hashes differ from process to process; the bytes may not."""
    code = "import hashlib; from tests.synthesis.samples import write_samples;" \
           "print(hashlib.sha256(repr(sorted(write_samples().items())).encode()).hexdigest())"  # fmt: skip
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=checkout,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_district_counts_what_its_agencies_count() -> None:
    agencies = list(load_agencies())
    for year in (2019, 2022, 2024):
        units = [history(short, is_planted=False)[year] for short in agencies[1:]]
        own, whole = history(agencies[0])[year], district_history()[year]
        for address in ("t3.new_received.total", "t3.carried_out.natural_person", "t4.review_total"):
            assert whole.count(address) == own.count(address) + sum(unit.count(address) for unit in units)
        assert not any(isinstance(value, Printed) for value in whole.cells.values())


def test_values_of_the_manifest_are_toml() -> None:
    assert print_toml(["a", 2020, ["b"]]) == '["a", 2020, ["b"]]'
