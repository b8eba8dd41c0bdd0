"""Writing the samples: what belongs there is written, what does not is removed, and nothing depends on chance.

In: a folder of the test's own.  Out: nothing.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from parsing import parse_report
from tests.synthesis.__main__ import FOLDER, write_folder
from tests.synthesis.district import district_history, history, load_agencies, load_samples
from tests.synthesis.facts import Printed
from tests.synthesis.samples import MANIFEST, print_toml, written
from tests.synthesis.writers import fingerprint, pack
from tests.synthesis.writers.shelf import demand


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The folder of samples as it is kept."""
    return Path(shutil.copytree(FOLDER, tmp_path / "samples"))


def test_a_folder_is_brought_in_step(copy: Path) -> None:
    kept = {path.name: path.read_bytes() for path in copy.iterdir()}
    changed = next(sample.name for sample in load_samples() if sample.kind == "html_clean")
    (copy / changed).write_text("changed")
    (copy / next(sample.name for sample in load_samples() if sample.kind == "docx")).unlink()
    (copy / MANIFEST).write_bytes(kept[MANIFEST] + b"# changed\n")
    (copy / "stray.txt").write_text("left over")
    (copy / "README.md").write_text("kept")
    count = write_folder(copy)
    left = {path.name: path.read_bytes() for path in copy.iterdir()}
    assert left.pop("README.md") == b"kept"
    assert {name: fingerprint(data) for name, data in left.items()} == {
        name: fingerprint(data) for name, data in kept.items()
    }
    assert count == len(kept)


def test_a_file_of_another_program_is_made_anew_when_its_source_has_changed(copy: Path) -> None:
    demand("xls")
    sample = next(one for one in load_samples() if one.kind == "xls")
    (copy / sample.name).write_bytes(b"made of an older source")
    manifest = (copy / MANIFEST).read_text("utf-8")
    (copy / MANIFEST).write_text(manifest.replace(fingerprint(written()[sample.name]), "0" * 64), "utf-8")
    write_folder(copy)
    made = parse_report((copy / sample.name).read_bytes(), sample.name)
    assert (copy / MANIFEST).read_text("utf-8") == manifest
    assert {cell.address: cell.value for cell in made.cells} == sample.facts.expected()


def test_packages_are_alike_whose_parts_are() -> None:
    parts = {"年报/一.txt": b"1" * 99, "二.txt": b"2"}
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, data in reversed(parts.items()):
            archive.writestr(name, data)
    assert pack(parts) != stored.getvalue()
    assert fingerprint(pack(parts)) == fingerprint(pack(parts, is_cp936=True)) == fingerprint(stored.getvalue())
    assert fingerprint(pack(parts)) != fingerprint(pack({**parts, "二.txt": b"3"}))


def test_the_files_do_not_depend_on_the_process(checkout: Path) -> None:
    """Sets and hashes differ from process to process; the bytes may not."""
    code = "import hashlib; from tests.synthesis.samples import written;" \
           "print(hashlib.sha256(repr(sorted(written().items())).encode()).hexdigest())"  # fmt: skip
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
