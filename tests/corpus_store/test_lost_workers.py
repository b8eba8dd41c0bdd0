"""A file that hangs, eats memory or kills its reader is given up alone; all others are read, each once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from parsing import workers as working
from parsing.corpus import ingest as ingesting
from parsing.corpus import reading
from parsing.corpus.batches import Piece
from parsing.corpus.errors import StoreError
from parsing.corpus.ingest import ingest
from parsing.corpus.loading import load_store
from parsing.corpus.reading import Crew, Tables
from parsing.workers import Limits, Worker, Workers
from tests.conftest import CHECKOUT
from tests.corpus_store.hostile import (
    DIES,
    EATS,
    FAILS_TO_UNPACK,
    HANGS,
    hanging,
    is_alive,
    plant,
    wait_until,
)  # fmt: skip
from tests.corpus_store.material import kinds_by_file, pack, read_folder, town_report, town_reports, write_files

MIXED = {
    "1.txt": town_report(0, 2020), "2-hangs.txt": HANGS, "3.txt": town_report(0, 2021), "4-eats.txt": EATS,
    "5-dies.txt": DIES, "6.txt": town_report(0, 2022),
}  # fmt: skip
GIVEN_UP = {"2-hangs.txt": ["took_too_long"], "4-eats.txt": ["reader_failed"], "5-dies.txt": ["reader_failed"]}


class Team:
    """Some workers of their own as a reader, and what is done to the files before each batch."""

    def __init__(self, limits: Limits) -> None:
        self.workers = Workers(limits)
        self.lost = 0

    def __call__(
        self, batches: Iterable[tuple[Piece, ...]], run: int, parser: str
    ) -> Iterator[tuple[int, list[Tables]]]:
        crew = Crew(run, parser, self.workers)
        for batch in batches:
            yield len(batch), crew.read_batch(batch)


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    plant(tmp_path / "plant", monkeypatch)
    # All files of a test in one batch.
    monkeypatch.setattr(ingesting, "BATCHES_AT_LEAST", 1)
    some = Team(Limits(seconds=6))
    yield some
    some.workers.end()


def assert_rest_is_read(store: Path, files: dict[str, bytes], tmp_path: Path) -> None:
    """Every good file has its report, exactly once and as if it had been alone."""
    good = {name: data for name, data in files.items() if len(data) > 99}
    due = read_folder(write_files(tmp_path / "good", good))
    corpus = load_store(store)
    read = corpus.reports[corpus.reports["agency"].notna()]
    assert read["report_id"].tolist() == due.reports["report_id"].tolist()
    cells = ["report_id", "address", "value", "status", "raw", "where"]
    assert corpus.cells[cells].equals(due.cells[cells])
    assert len(corpus.reports) == len(files)


def test_in_the_middle_of_a_batch(team: Team, tmp_path: Path) -> None:
    folder, store = write_files(tmp_path / "f", MIXED), tmp_path / "store"
    done = ingest([folder], store, reader=team)
    assert kinds_by_file(store) == {"1.txt": [], "3.txt": [], "6.txt": [], **GIVEN_UP}
    assert {Path(file).name for file, _ in done.unread} == set(GIVEN_UP)
    assert_rest_is_read(store, MIXED, tmp_path)
    assert ingest([folder], store, reader=team).unchanged == len(MIXED)


def test_in_the_middle_of_an_archive(team: Team, tmp_path: Path) -> None:
    folder, store = write_files(tmp_path / "f", {"年报.zip": pack(MIXED), "龙.txt": town_report(1)}), tmp_path / "store"
    ingest([folder], store, reader=team)
    assert kinds_by_file(store) == {"1.txt": [], "3.txt": [], "6.txt": [], "龙.txt": [], **GIVEN_UP}
    assert_rest_is_read(store, {**MIXED, "龙.txt": town_report(1)}, tmp_path)


def test_a_member_that_cannot_even_be_unpacked_costs_no_member_before_it(team: Team, tmp_path: Path) -> None:
    """Its name is not known yet: the archive is named, from there on."""
    packed = pack(
        {"1.txt": town_report(0), "2.txt": town_report(1), f"3-{FAILS_TO_UNPACK}.txt": b"x", "4.txt": town_report(2)}
    )
    folder = write_files(tmp_path / "f", {"前.txt": town_report(3), "年报.zip": packed, "后.txt": town_report(4)})
    ingest([folder], tmp_path / "store", reader=team)
    assert kinds_by_file(tmp_path / "store") == {
        "1.txt": [], "2.txt": [], "前.txt": [], "后.txt": [], "年报.zip": ["reader_failed"],
    }  # fmt: skip


def test_a_file_that_goes_away_while_others_are_read(team: Team, tmp_path: Path) -> None:
    files = town_reports(5)
    folder, store = write_files(tmp_path / "f", files), tmp_path / "store"
    gone = sorted(files)[3]

    def vanishing(batches: Iterable[tuple[Piece, ...]], run: int, parser: str) -> Iterator[tuple[int, list[Tables]]]:
        for batch in batches:
            (folder / gone).unlink(missing_ok=True)
            yield from team([batch], run, parser)

    ingest([folder], store, reader=vanishing)
    assert kinds_by_file(store) == {name: ["file_unavailable"] if name == gone else [] for name in files}
    write_files(folder, {gone: files[gone]})
    assert ingest([folder], store, reader=team).read == 1
    assert kinds_by_file(store) == {name: [] for name in files}


def test_only_an_archive_is_given_up_after_too_many(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_LOST", 2)
    deadly = {f"{number}-dies.txt": DIES for number in range(3)}
    folder = write_files(
        tmp_path / "f", {**deadly, "z.txt": town_report(0), "年报.zip": pack({**deadly, "y.txt": town_report(1)})}
    )
    done = ingest([folder], tmp_path / "store", reader=team)
    said = {file.removeprefix(f"{folder}/"): message for file, message in done.unread}
    assert list(said) == [*deadly, "年报.zip/0-dies.txt", "年报.zip/1-dies.txt"]
    assert [name for name, message in said.items() if "压缩包里已有 2 个文件无法读取" in message] == [
        "年报.zip/1-dies.txt"
    ]
    assert "z.txt" in kinds_by_file(tmp_path / "store")
    assert "y.txt" not in kinds_by_file(tmp_path / "store")


def test_a_worker_that_died_while_it_waited_costs_no_file(team: Team, tmp_path: Path) -> None:
    for _ in range(2):
        dead = Worker()
        os.kill(dead.process.pid, signal.SIGKILL)
        dead.process.wait()
        team.workers.idle.put(dead)
    folder = write_files(tmp_path / "f", town_reports(2))
    assert ingest([folder], tmp_path / "store", reader=team).unread == []


def test_a_worker_that_is_killed_costs_one_file_at_most(team: Team, tmp_path: Path) -> None:
    folder, store = (
        write_files(tmp_path / "f", {"1.txt": town_report(0), "2-hangs.txt": HANGS, "3.txt": town_report(1)}),
        tmp_path / "store",
    )
    process = start_ingest(folder, store)
    os.kill(wait_for_hang(tmp_path / "plant"), signal.SIGKILL)
    assert process.wait(60) == 1
    assert kinds_by_file(store) == {"1.txt": [], "2-hangs.txt": ["reader_failed"], "3.txt": []}


def test_a_machine_on_which_no_worker_starts(team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "START", "raise SystemExit  # {}")
    monkeypatch.setattr(reading, "MOST_SILENT", 1)
    with pytest.raises(StoreError, match="读取程序启动不了"):
        ingest([write_files(tmp_path / "f", town_reports(2))], tmp_path / "store", reader=team)
    assert load_store(tmp_path / "store").reports.empty


def start_ingest(folder: Path, store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "parsing", "ingest", folder, "--store", store, "--workers", "1"]
    # A shell that starts the tests in the background has them ignore interruption, and so has every child.
    return subprocess.Popen(
        command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=heed_interruption
    )


def heed_interruption() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for_hang(planted: Path) -> int:
    """The worker of an ingest, once it is caught in a file that hangs."""
    assert wait_until(lambda: hanging(planted), 60)
    (worker,) = hanging(planted)
    return worker


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc on this system")
@pytest.mark.parametrize(("ending", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_no_worker_outlives_an_ingest_that_ends(
    team: Team, tmp_path: Path, ending: signal.Signals, status: int
) -> None:
    """Not even one that is caught where no handler of Python's runs, and none is waited for."""
    process = start_ingest(write_files(tmp_path / "f", {"hangs.txt": HANGS}), tmp_path / "store")
    worker = wait_for_hang(tmp_path / "plant")
    process.send_signal(ending)
    assert process.wait(30) == status
    assert wait_until(lambda: not is_alive(worker), 20)
    assert process.stderr
    said = process.stderr.read().decode()
    assert said == ("已中断。存入的报告都在，再次运行即可继续。\n" if ending == signal.SIGINT else "")
