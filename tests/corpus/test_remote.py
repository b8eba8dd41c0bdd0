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
from typing import Any

import duckdb
import obstore
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from parsing import load_corpus
from parsing.columns import FRAMES
from parsing.corpus import address, ingest
from parsing.corpus.address import open_place
from parsing.corpus.errors import StoreError
from parsing.corpus.loading import load_store
from parsing.corpus.query import answer, export_csv
from parsing.corpus.ranges import RangedFile, StoreFiles
from parsing.corpus.remote import memory_store
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
