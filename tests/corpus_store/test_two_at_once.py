"""Two programs at one store: one writes, others read; what they see was true at some moment."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from parsing.__main__ import run
from parsing.corpus import ingest as ingesting
from parsing.corpus.batches import Piece
from parsing.corpus.errors import StoreChanged, StoreError
from parsing.corpus.ingest import ingest
from parsing.corpus.loading import load_store
from parsing.corpus.reading import Tables
from parsing.corpus.store import Store
from parsing.corpus.views import open_store
from tests.conftest import CHECKOUT
from tests.corpus_store.material import Here, differing, differs_from, read_folder, take_in, town_reports, write_files

# A writer that does nothing.
HOLDING = """
import sys, time
from parsing.corpus.store import Store
with Store.writing(sys.argv[1]):
    print(1, flush=True)
    time.sleep(99)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "reports", town_reports(6))


def test_a_second_writer_is_refused(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = tmp_path / "store"
    with Store.writing(store):
        assert run(["ingest", str(folder), "--store", str(store)]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert f"进程 {os.getpid()}" in said and "--wait" in said
        with pytest.raises(StoreError, match="正在写入"):
            ingest([folder], store, reader=Here(), wait_seconds=0.2)
    assert load_store(store).reports.empty


def test_a_second_writer_waits_for_the_first(folder: Path, tmp_path: Path) -> None:
    """And then sees all that the first one wrote."""
    store, begun, going_on = tmp_path / "store", threading.Event(), threading.Event()

    def slow(batches: Iterable[tuple[Piece, ...]], run: int, parser: str) -> Iterator[tuple[int, list[Tables]]]:
        begun.set()
        going_on.wait(30)
        yield from Here()(batches, run, parser)

    first = threading.Thread(target=ingest, args=([folder], store), kwargs={"reader": slow})
    first.start()
    begun.wait(30)
    threading.Timer(0.5, going_on.set).start()
    done = ingest([folder], store, reader=Here(), wait_seconds=30)
    first.join()
    assert (done.unchanged, done.read) == (6, 0)
    assert differs_from(store, folder) == []


def test_a_writer_that_was_killed_leaves_no_lock(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    process = subprocess.Popen([sys.executable, "-c", HOLDING, store], cwd=CHECKOUT, stdout=subprocess.PIPE)
    assert process.stdout and process.stdout.readline() == b"1\n"
    with pytest.raises(StoreError, match=f"进程 {process.pid}"):
        ingest([folder], store, reader=Here())
    process.kill()
    process.wait()
    process.stdout.close()
    take_in(store, folder)
    assert differs_from(store, folder) == []


def test_a_reader_sees_a_whole_state_after_every_commit(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingesting, "FILES_A_BATCH", 1)
    monkeypatch.setattr(ingesting, "REPORTS_A_COMMIT", 1)
    store, due = tmp_path / "store", read_folder(folder)
    counts = []

    def watched(batches: Iterable[tuple[Piece, ...]], run: int, parser: str) -> Iterator[tuple[int, list[Tables]]]:
        for batch in Here()(batches, run, parser):
            now = load_store(store)
            counts.append(len(now.reports))
            whole = due.cells[due.cells["report_id"].isin(now.reports["report_id"])]
            some = [now.cells.sort_values(["report_id", "address"]), whole.sort_values(["report_id", "address"])]
            assert some[0].reset_index(drop=True).equals(some[1].reset_index(drop=True))
            yield batch

    ingest([folder], store, reader=watched)
    assert counts == [0, 1, 2, 3, 4, 5]
    assert differing(load_store(store), due) == []


def test_who_opened_a_store_before_a_run_goes_on_reading_it(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    take_in(store, folder)
    with open_store(Store.open(store)) as connection:
        more = town_reports(9)
        write_files(folder, more)
        take_in(store, folder)
        assert connection.sql("SELECT count(*) FROM reports").fetchall() == [(6,)]
        assert connection.sql("SELECT count(DISTINCT report_id) FROM cells").fetchall() == [(6,)]
    assert len(load_store(store).reports) == 9


def test_who_opened_a_store_two_runs_ago_is_told_or_begins_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    take_in(store, folder)
    old = Store.open(store)
    write_files(folder, town_reports(9))
    take_in(store, folder)
    take_in(store, folder)
    with pytest.raises(StoreChanged, match="请重新运行"), open_store(old) as connection:
        connection.sql("SELECT count(*) FROM cells").fetchall()
    given, newest = [old], Store.open

    def stale(address: Path) -> Store:
        return given.pop() if given else newest(address)

    monkeypatch.setattr("parsing.corpus.loading.Store.open", stale)
    given.insert(0, newest(store))
    assert len(load_store(store).reports) == 9
