"""A store in an object store: moto's S3 server, on a free port of this machine, and the memory of this process."""

from __future__ import annotations

import io
import os
import platform
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import obstore
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from parsing import load_corpus
from parsing.columns import FRAMES
from parsing.corpus import address, ingest, lease
from parsing.corpus.address import open_place
from parsing.corpus.errors import StoreError
from parsing.corpus.loading import load_store
from parsing.corpus.query import answer, export_csv
from parsing.corpus.ranges import RangedFile, StoreFiles
from parsing.corpus.remote import Bucket, memory_store, open_bucket
from parsing.corpus.store import MANIFEST, Store
from parsing.tables import Corpus
from tests.conftest import CHECKOUT, CommandLine
from tests.synthesis import Agency, clean_facts, write_text

SERVER = CHECKOUT / ".venv" / "s3server" / "bin" / "python"
SERVE = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""
AGENCY = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)
YEARS = range(2019, 2025)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an empty bucket; the environment says where its server is."""
    if not SERVER.exists():
        reason = "no S3 server; make it with: bash tests/corpus/install-s3server .venv"
        if os.environ.get("REQUIRE_S3"):
            pytest.fail(reason)
        pytest.skip(reason)
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([SERVER, "-c", SERVE], text=True, **pipes) as server, pytest.MonkeyPatch.context() as patch:
        assert server.stdout
        endpoint = f"http://127.0.0.1:{int(server.stdout.readline())}"
        keys = {"ACCESS_KEY_ID": "key", "SECRET_ACCESS_KEY": "secret", "REGION": "us-east-1", "ENDPOINT_URL": endpoint}
        for name, value in keys.items():
            patch.setenv(f"AWS_{name}", value)
        urllib.request.urlopen(urllib.request.Request(f"{endpoint}/reports", method="PUT")).close()
        yield "s3://reports"
        server.kill()


@pytest.fixture
def memory(request: pytest.FixtureRequest) -> str:
    """The address of a store in the memory of this process, empty."""
    name = f"memory://{request.node.name}"
    memory_store.cache_clear()
    return name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of some years of one agency."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for year in YEARS:
        text = write_text(clean_facts(AGENCY, year, 3), "pipes")
        (reports / f"墨坪镇_{year}.txt").write_text(text, "utf-8")
    return reports


def assert_same(found: Corpus, expected: Corpus) -> None:
    for frame in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, frame), getattr(expected, frame), obj=frame)
    assert found.texts == expected.texts


def test_the_samples_in_a_bucket_are_what_they_are_at_once(
    s3: str, samples: Path, tmp_path: Path, command_line: CommandLine
) -> None:
    store, expected = f"{s3}/some/path", load_corpus(samples)
    first = ingest.ingest([samples], store)
    again = ingest.ingest([samples], store)
    assert (first.read, first.reports) == (first.read, len(expected.reports))
    assert (again.read, again.reports, again.unchanged) == (0, 0, first.read)
    assert_same(load_store(store), expected)

    export_csv(store, tmp_path / "csv")
    written = pd.read_csv(tmp_path / "csv" / "cells.csv", usecols=["report_id"], dtype=str)
    assert written["report_id"].tolist() == expected.cells["report_id"].tolist()
    counted = command_line(["query", "SELECT count(*) AS 份数 FROM reports", "--store", store, "--csv"])
    assert counted.stdout.decode("utf-8-sig").split() == ["份数", str(len(expected.reports))]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('{secret}')",
        "COPY (SELECT 1) TO 'store://manifest.json'",
        "COPY (SELECT 1) TO '{secret}'",
        "SELECT * FROM read_text('s3://reports/other')",
    ],
)
def test_a_query_reaches_nothing_but_the_store(memory: str, folder: Path, tmp_path: Path, sql: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not for queries", "utf-8")
    ingest.ingest([folder / f"墨坪镇_{YEARS[0]}.txt"], memory)
    before = open_place(memory).read_bytes(MANIFEST)
    with pytest.raises(StoreError), answer(memory, sql.format(secret=secret)) as rows:
        rows.fetchall()
    assert secret.read_text("utf-8") == "not for queries"
    assert open_place(memory).read_bytes(MANIFEST) == before


def test_threads_that_read_one_object_do_not_move_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    seek = RangedFile.seek

    def dawdle(file: RangedFile, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a place, and let the other threads come in between."""
        at = seek(file, offset, whence)
        time.sleep(0.001)
        return at

    monkeypatch.setattr(RangedFile, "seek", dawdle)
    rows, target = 400_000, io.BytesIO()
    pq.write_table(pa.table({"number": range(rows)}), target, row_group_size=10_000)
    objects = memory_store("memory://threads")
    obstore.put(objects, "table.parquet", target.getvalue(), use_multipart=False)
    with duckdb.connect(config={"threads": 8}) as connection:
        connection.register_filesystem(StoreFiles(objects))
        found = connection.execute("SELECT count(*), sum(number) FROM 'store://table.parquet'").fetchall()
    assert target.tell() > 1 << 20, "an object that is fetched in ranges"
    assert found == [(rows, rows * (rows - 1) // 2)]


KILLED = """
import sys, time
from pathlib import Path
from parsing.corpus import ingest, remote
ingest.FILES_A_BATCH, ingest.SECONDS_A_COMMIT = 1, 0
put, puts = remote.Bucket._put, []
def halt(self, name, data, expected):
    puts.append(name)
    if name == "manifest.json" and puts.count(name) == 4:
        print("now", flush=True)
        time.sleep(600)
    return put(self, name, data, expected)
remote.Bucket._put = halt
ingest.ingest([Path(sys.argv[1])], sys.argv[2])
"""


def test_a_writer_killed_between_a_segment_and_its_manifest_costs_only_that_segment(s3: str, folder: Path) -> None:
    store = f"{s3}/killed"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, folder, store], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and process.stdout.readline() == "now\n"
        alive = pytest.raises(StoreError, match=f"{platform.node()} 上的进程 {process.pid}")
        with alive, Store.writing(store):
            raise AssertionError
        os.kill(process.pid, signal.SIGKILL)
    assert [one.number for one in Store.open(store).manifest.segments] == [1, 2]
    assert any(name.startswith("segments/00000003/") for name in open_place(store).list_names())
    done = ingest.ingest([folder], store)
    assert (done.unchanged, done.read, done.reports) == (2, 4, 4)
    assert_same(load_store(store), load_corpus(folder))


def held_elsewhere(store: str) -> Bucket:
    """A store whose lease a program on another machine holds."""
    place = open_bucket(store)
    facts = b'{"host": "far-away", "pid": 7, "process": "other 1 2", "since": "2026-01-01T00:00:00+00:00"}'
    obstore.put(place.objects, lease.LOCK, facts, use_multipart=False)
    return place


def test_a_second_writer_is_told_who_writes(memory: str) -> None:
    refused = pytest.raises(StoreError, match=f"{platform.node()} 上的进程 {os.getpid()}.*--wait")
    with Store.writing(memory), refused, Store.writing(memory):
        raise AssertionError
    with Store.writing(memory) as store:
        assert store.manifest.run == 0


def test_who_waits_gets_the_right_as_soon_as_it_is_given_back(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "LOOKING", 0.01)
    got: list[float] = []

    def wait() -> None:
        with Store.writing(memory, wait_seconds=30):
            got.append(time.monotonic())

    second = Thread(target=wait)
    with Store.writing(memory):
        second.start()
        time.sleep(0.1)
        given_back = time.monotonic()
    second.join()
    assert 0 <= got[0] - given_back < 20


def test_a_lease_without_sign_of_life_is_taken_over(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    held_elsewhere(memory)
    with pytest.raises(StoreError, match="far-away 上的进程 7，自 2026-01-01T00:00:00"), Store.writing(memory):
        raise AssertionError
    monkeypatch.setattr(lease, "EXPIRY", 0.05)
    monkeypatch.setattr(lease, "LOOKING", 0.01)
    with Store.writing(memory, wait_seconds=10) as store:
        assert store.manifest.segments == ()


def test_a_lease_that_is_renewed_is_not_taken_over(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0.01)
    monkeypatch.setattr(lease, "EXPIRY", 1)
    monkeypatch.setattr(lease, "LOOKING", 0.01)
    refused = pytest.raises(StoreError, match="正在写入")
    with Store.writing(memory), refused, Store.writing(memory, wait_seconds=1.5):
        raise AssertionError


def test_an_overtaken_writer_changes_nothing(memory: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "EXPIRY", 0.05)
    monkeypatch.setattr(lease, "LOOKING", 0.01)
    sleeper = open_bucket(memory)
    with Store.writing(memory) as asleep:
        ingest.ingest([folder], memory, wait_seconds=10)
        after = sleeper.read_bytes(MANIFEST)
        with pytest.raises(StoreError, match="被另一个程序取代"):
            asleep.keep(asleep.manifest)
        taken = Store.open(memory).files("reports")[0]
        table = asleep.place.read_table(taken)
        with pytest.raises(StoreError, match="被另一个程序取代"):
            asleep.place.write_table(taken, table.slice(0, 1))
    assert sleeper.read_bytes(MANIFEST) == after
    assert sleeper.read_table(taken).equals(table)


def test_of_many_who_find_a_lease_expired_one_gets_it(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "EXPIRY", 0.05)
    monkeypatch.setattr(lease, "LOOKING", 0.01)
    held_elsewhere(memory)
    inside, most, refused = [0], [0], []

    def write() -> None:
        try:
            with Store.writing(memory, wait_seconds=0.5):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                monkeypatch.setattr(lease, "EXPIRY", 60)
                time.sleep(1)
                inside[0] -= 1
        except StoreError as error:
            refused.append(error)

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]
    assert len(refused) >= 1


def test_a_put_that_meets_itself_is_no_other_writer(memory: str) -> None:
    objects = memory_store(memory)
    first = lease.put_expecting(objects, "name", b"one", None)
    assert lease.put_expecting(objects, "name", b"one", None) == first
    second = lease.put_expecting(objects, "name", b"two", first)
    assert lease.put_expecting(objects, "name", b"two", first) == second
    with pytest.raises(lease.Overtaken):
        lease.put_expecting(objects, "name", b"three", first)


def test_what_a_person_has_to_mend_is_said(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match=r"没有这个桶.*桶须事先建好"), Store.writing("s3://nowhere/store"):
        raise AssertionError
    with pytest.raises(StoreError, match=r"地址无法识别.*s3://、gs://、az://"):
        open_place("ftp://host/store")
    with pytest.raises(StoreError, match="不是数据目录"):
        Store.open(f"{s3}/empty")
    monkeypatch.setattr(address, "find_spec", lambda name: None)
    with pytest.raises(StoreError, match=r"pip install -r requirements-remote\.txt"):
        open_place(f"{s3}/store")


def test_a_local_store_loads_no_extra(tmp_path: Path) -> None:
    program = (
        "import sys; from parsing.corpus.store import Store; import parsing.corpus.ingest\n"
        f"with Store.writing({str(tmp_path / 'store')!r}): pass\n"
        "print(sorted({'obstore', 'fsspec', 'distributed', 'dask'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
