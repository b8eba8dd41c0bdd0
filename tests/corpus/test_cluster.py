"""Files read on a cluster: two worker processes on this machine, one of which dies on the way."""

from __future__ import annotations

import os
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from distributed import Client, LocalCluster

from parsing.__main__ import run
from parsing.columns import FRAMES
from parsing.corpus import cluster, tasks
from parsing.corpus.batches import Piece
from parsing.corpus.cluster import read_on
from parsing.corpus.errors import StoreError
from parsing.corpus.ingest import ingest, make_piece
from parsing.corpus.loading import load_store
from parsing.corpus.tasks import Unfit, read_pieces, share
from parsing.corpus.version import parser_version
from parsing.requests import FileInput
from tests.synthesis import Agency, clean_facts, write_text

AGENCY = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as local:
        yield local


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of some years, an archive of three of them in other words, and a file that cannot be read."""
    reports = tmp_path_factory.mktemp("reports")
    for year in range(2016, 2025):
        (reports / f"墨坪镇_{year}.txt").write_text(write_text(clean_facts(AGENCY, year, 3), "pipes"), "utf-8")
    with zipfile.ZipFile(reports / "旧报告.zip", "w") as archive:
        for year in range(2019, 2022):
            archive.writestr(f"{year}.txt", write_text(clean_facts(AGENCY, year, 5), "pipes"))
    (reports / "坏.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    return reports


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that this machine makes of the reports by itself."""
    store = tmp_path_factory.mktemp("local") / "store"
    ingest([folder], store)
    return store


def assert_same(found: Path, expected: Path) -> None:
    first, second = load_store(found), load_store(expected)
    for frame in FRAMES:
        pd.testing.assert_frame_equal(getattr(first, frame), getattr(second, frame), obj=frame)
    assert first.texts == second.texts


def test_a_worker_that_dies_costs_nothing(
    workers: LocalCluster, folder: Path, expected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parsing.corpus.ingest.FILES_A_BATCH", 2)
    address, killed = workers.scheduler_address, []

    def kill(done: int, total: int, name: str) -> None:
        """After the first files: the worker that has something to do."""
        with Client(address, set_as_default=False) as client:
            busy = [worker for worker, keys in client.processing().items() if keys]
            if not killed and busy:
                killed.append(client.run(os.getpid, workers=busy[:1])[busy[0]])
                os.kill(killed[0], signal.SIGKILL)

    done = ingest([folder], tmp_path / "store", reader=read_on(address), progress=kill)
    assert len(killed) == 1
    assert (done.read, done.reports, len(done.unread)) == (11, 13, 1)
    assert_same(tmp_path / "store", expected)


def test_the_command_line_reads_on_a_cluster_and_sends_files(
    workers: LocalCluster, folder: Path, expected: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    status = run(["ingest", str(folder), "--store", str(store), "--cluster", workers.scheduler_address, "--send"])
    assert "读取 11 个文件，新增报告 13 份" in capsys.readouterr().err
    assert status == 1, "one file cannot be read"
    assert_same(store, expected)


def test_only_a_few_tasks_are_on_their_way(workers: LocalCluster, folder: Path) -> None:
    handed_out: list[Path] = []

    def batches() -> Iterator[tuple[Piece, ...]]:
        for path in sorted(folder.glob("*.txt")):
            handed_out.append(path)
            yield (make_piece(path),)

    reading = read_on(workers.scheduler_address)(batches(), 1, parser_version())
    ahead = []
    for done, _ in enumerate(reading, 1):
        ahead.append(len(handed_out) - done)
    assert len(ahead) == len(handed_out) == 9
    assert 1 <= max(ahead) < 2 * cluster.TASKS_A_THREAD


def test_a_file_that_workers_do_not_see_is_said_and_nothing_is_made_up(
    workers: LocalCluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = make_piece(folder / "墨坪镇_2020.txt")
    elsewhere = tasks.SharedFile(here.file.name, None, "/nowhere/墨坪镇_2020.txt")
    monkeypatch.setattr(cluster, "share", lambda piece: Piece(elsewhere, here.size, here.modified_ns))
    monkeypatch.setattr(cluster, "is_seen", lambda piece: True)
    with pytest.raises(StoreError, match=r"看不到文件 .*墨坪镇_2020.*--send"):
        list(read_on(workers.scheduler_address)([(here,)], 1, parser_version()))


def test_another_version_of_the_program_is_refused(workers: LocalCluster, folder: Path) -> None:
    piece = make_piece(folder / "墨坪镇_2020.txt")
    with pytest.raises(StoreError, match="与本机版本不同"):
        list(read_on(workers.scheduler_address)([(piece,)], 1, "another"))


@pytest.mark.parametrize(("size", "later"), [(1, 0), (0, 1_000_000_000)])
def test_a_file_that_is_not_the_one_that_was_listed_is_not_read(folder: Path, size: int, later: int) -> None:
    piece = share(make_piece(folder / "墨坪镇_2020.txt"))
    other = Piece(piece.file, piece.size + size, piece.modified_ns + later)
    with pytest.raises(Unfit) as refused:
        read_pieces([other], 1, parser_version())
    assert refused.value.unseen == (str(folder / "墨坪镇_2020.txt"),)


def test_files_are_sent_in_parcels_that_are_not_much_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "BYTES_A_TASK", 10)
    pieces = []
    for number, size in enumerate([4, 4, 4, 4, 1, 25]):
        path = tmp_path / str(number)
        path.write_bytes(b"x" * size)
        pieces.append(make_piece(path))
    (tmp_path / "4").unlink()
    parcels = list(cluster.send([tuple(pieces)]))
    assert [[len(piece.file.data or b"") for piece in parcel] for parcel in parcels] == [[4, 4], [4, 4, 0], [25]]
    refusal = parcels[1][-1].refusal
    assert refusal and refusal[0] == "file_unavailable" and refusal[2] == str(tmp_path / "4")


def test_a_cluster_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECTING", 1)
    piece = Piece(FileInput("any"), 0, 0)
    with pytest.raises(StoreError, match=r"连不上集群 tcp://127\.0\.0\.1:9"):
        list(read_on("tcp://127.0.0.1:9")([(piece,)], 1, parser_version()))
