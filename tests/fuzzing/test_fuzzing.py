"""The short form of `make soak`, and that the fuzzing sees what it should: errors, hangs, every part of a file."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from parsing.model import Report
from parsing.pipeline import parse_bytes
from parsing.readers import likely_readers
from tests.conftest import CHECKOUT
from tests.fuzzing import guiding, summary
from tests.fuzzing.__main__ import share_out
from tests.fuzzing.bytewise import Material
from tests.fuzzing.campaign import Tally, run_campaign
from tests.fuzzing.changing import change_part
from tests.fuzzing.containers import find_container
from tests.fuzzing.making import make_input
from tests.fuzzing.property import check_bytes
from tests.fuzzing.seeds import seeds
from tests.fuzzing.structure import changes_for
from tests.fuzzing.targets import ARCHIVE, NAMES, find_target
from tests.fuzzing.trying import try_target
from tests.fuzzing.words import dictionary, words_of

# How many inputs of each reader are tried here; the soak tries thousands.
CHANGED, GUIDED = 18, 12


def values(reports: tuple[Report, ...]) -> list[dict[str, float | int | None]]:
    return [{cell.address: cell.value for cell in report.cells} for report in reports]


def test_changed_files_are_read_or_refused_within_the_limits() -> None:
    tallies = run_campaign(dict.fromkeys(NAMES, CHANGED))
    assert {name: tally.inputs for name, tally in tallies.items()} == dict.fromkeys(NAMES, CHANGED)
    assert [(one.name, one.label, one.said) for tally in tallies.values() for one in tally.failures] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_target_of_each_reader_takes_its_seeds_and_what_is_made_of_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    target = find_target(name)
    for data in (*seeds()[name], *(make_input(name, number, series=2).data for number in range(GUIDED))):
        target(data)


@pytest.mark.skipif(not guiding.is_installed(), reason="needs requirements-soak.txt")
def test_a_guided_run_tries_as_many_inputs_as_it_was_asked_for() -> None:
    tally = guiding.run_guided("md", 60)
    assert (tally.inputs, tally.failures) == (60, [])


@pytest.mark.parametrize("name", NAMES)
def test_every_seed_is_for_its_reader(name: str) -> None:
    for data in seeds()[name]:
        found = next(reader for reader in likely_readers(data) if reader.sniff(data))
        assert found.__name__.rpartition(".")[2] == ("foreign" if name == ARCHIVE else name)


@pytest.mark.parametrize("name", NAMES)
def test_an_input_is_the_same_for_the_same_number_and_others_are_others(name: str) -> None:
    numbers = range(1, 21)
    made = [make_input(name, number).data for number in numbers]
    assert made == [make_input(name, number).data for number in numbers]
    assert len({*made, *seeds()[name]}) > len(numbers) * 3 // 4 + len(set(seeds()[name]))


CONTAINERS = [(name, number) for name in NAMES for number, data in enumerate(seeds()[name]) if find_container(data)]


@pytest.mark.parametrize(("name", "number"), CONTAINERS)
def test_a_container_that_was_opened_and_closed_reads_as_before(
    name: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    data = seeds()[name][number]
    container = find_container(data)
    assert container is not None
    parts = container.open(data)
    closed = container.close(data, parts)
    assert parts
    assert {part: content.rstrip(b"\0") for part, content in container.open(closed).items()} == {
        part: content.rstrip(b"\0") for part, content in parts.items()
    }
    assert values(parse_bytes(closed, "a")) == values(parse_bytes(data, "a"))


def test_a_change_inside_a_pdf_reaches_its_page() -> None:
    """The changed stream stands behind the file; the reader must follow to it."""
    data = next(one for one in seeds()["pdf"] if values(parse_bytes(one, "a")) != [{}])
    container = find_container(data)
    assert container is not None
    blank = dict.fromkeys(container.open(data), b"")
    assert values(parse_bytes(container.close(data, blank), "a")) == [{}]


@pytest.mark.parametrize("name", ["docx", "xlsx", "ods", "odt", "doc", "xls"])
def test_changes_inside_reach_the_reader_and_are_not_all_refused(name: str) -> None:
    data, chance = seeds()[name][0], Random(5)
    before = parse_bytes(data, "a")[0].text
    changed = [change_part(data, chance, Material((data,), words_of(name)))[0] for _ in range(60)]
    texts = [parse_bytes(one, "a")[0].text for one in changed]
    assert sum(text not in ("", before) for text in texts) > 5


@pytest.mark.parametrize(("name", "count"), [("docx", 1), ("xls", 6), ("doc", 6), ("pdf", 3), ("html", 0)])
def test_a_binary_file_has_fields_to_change_and_text_has_none(name: str, count: int) -> None:
    data = seeds()[name][0]
    changes = changes_for(data)
    assert len(changes) == count
    for change in changes:
        assert any(change(data, Random(seed), Material((data,), (b"a",))) != data for seed in range(20))


@pytest.mark.parametrize("name", NAMES)
def test_a_dictionary_is_one_that_libfuzzer_reads(name: str) -> None:
    lines = dictionary(name).splitlines()
    assert len(lines) == len(words_of(name)) > 40
    assert [line for line in lines if not re.fullmatch(r'"(?:[ -!#-\[\]-~]|\\x[0-9A-F]{2})+"', line)] == []


def test_an_error_is_named_by_its_place_in_the_program() -> None:
    assert try_target(check_bytes, "2022年\n".encode()) == ""
    said = try_target(lambda data: find_container(data).open, b"none")  # type: ignore[union-attr]
    assert said.startswith("AttributeError in nowhere: ")

    def exhausted(data: bytes) -> None:
        raise MemoryError

    assert try_target(exhausted, b"") == "MemoryError in nowhere"
    assert "readers/archive.py:" in try_target(lambda data: parse_bytes(None, "a"), b"")  # type: ignore[arg-type]


def run_limited(code: str) -> subprocess.CompletedProcess[str]:
    head = "from tests.fuzzing import trying\ntrying.SECONDS = 0\ntrying.limit_process()\n"
    command = [sys.executable, "-c", head + code]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=300)


def test_a_hang_is_ended_and_says_where_it_stood() -> None:
    done = run_limited("trying.limit_time()\ndef turn():\n    while True:\n        pass\nturn()\n")
    assert done.returncode == -signal.SIGXCPU
    assert "in turn" in done.stderr


def test_memory_beyond_that_of_a_worker_is_refused() -> None:
    assert "MemoryError" in run_limited("b'0' * 3_000_000_000").stderr


def test_the_inputs_are_shared_out_and_none_is_missing() -> None:
    shares = share_out(200_000, NAMES)
    assert 200_000 <= sum(shares.values()) < 200_100
    assert min(shares.values()) == shares["pictures"] > 100


def test_the_table_keeps_what_was_not_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = tmp_path / "hardening.md"
    document.write_text(f"Before.\n\n{summary.HEADING}\n", "utf-8")
    monkeypatch.setattr(summary, "DOCUMENT", document)
    for name, inputs in (("pdf", 7), ("docx", 3), ("pdf", 5)):
        summary.save_row(name, summary.write_row(Tally(name, inputs, 1.25, "4", 90_000_000), Tally(name, 2)))
    lines = document.read_text("utf-8").splitlines()
    assert lines[0] == "Before."
    assert [re.sub(r"[\d-]{10}", "DAY", line) for line in lines[-3:]] == [
        "| docx | 3 | 2 | 0 | 1.2 | 90 | DAY |",
        "| pdf | 5 | 2 | 0 | 1.2 | 90 | DAY |",
        "| together | 8 | 4 | 0 | | | |",
    ]
