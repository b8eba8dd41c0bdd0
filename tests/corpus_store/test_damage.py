"""Stores of other versions and damaged ones are refused, with the command that helps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parsing.__main__ import run
from parsing.corpus.errors import StoreError
from parsing.corpus.loading import load_store
from parsing.corpus.schema import STORE_FORMAT
from parsing.corpus.store import Manifest, Store
from tests.corpus_store.material import differs_from, take_in, town_reports, write_files

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "reports", town_reports(2))


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Path:
    take_in(tmp_path / "store", folder)
    return tmp_path / "store"


def assert_refused(store: Path, folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> None:
    """By whoever reads and whoever writes, in one sentence, and without touching anything."""
    before = everything_below(store)
    export, query = ["export", "--csv", str(store.parent / "out")], ["query", "SELECT sum(value) FROM cells"]
    for arguments in (query, export, ["ingest", str(folder)]):
        assert run([*arguments, "--store", str(store)]) == 2, arguments
        said = capsys.readouterr()
        assert said.err.count("\n") == 1
        assert [word for word in words if word not in said.err] == []
    assert everything_below(store) == before


def everything_below(store: Path) -> dict[str, bytes]:
    """The files of a store without those that say who writes it."""
    return {path.name: path.read_bytes() for path in store.rglob("*") if path.is_file() and "lock" not in path.name}


CHANGES: dict[str, tuple[Change, tuple[str, ...]]] = {
    "newer": (lambda found: found.update(format=STORE_FORMAT + 1), ("更新的版本", "升级程序")),
    "newer fields": (lambda found: found.update(more=1), ("更新的版本", "升级程序")),
    "older": (lambda found: found.update(format=STORE_FORMAT - 1), ("旧版本", "ingest 报告文件夹 --store 新目录")),
    "another kind": (lambda found: found.update(kind="photographs"), ("不是数据目录的清单", "备份")),
    "no format": (lambda found: found.pop("format"), ("已损坏", "备份", "ingest")),
    "a format in words": (lambda found: found.update(format="1"), ("已损坏",)),
    "no segments": (lambda found: found.pop("segments"), ("已损坏",)),
    "segments in words": (lambda found: found.update(segments="all"), ("已损坏",)),
    "a segment without number": (lambda found: found["segments"][0].pop("number"), ("已损坏",)),
    "a run in words": (lambda found: found.update(run="one"), ("已损坏",)),
    "a doubtful answer": (lambda found: found.update(has_gone="no"), ("已损坏",)),
    "a segment that is not there": (
        lambda found: found["segments"][0].update(number=77),
        ("缺少文件 segments/00000077/",),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_manifest_that_is_another(store: Path, folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    change, words = CHANGES[name]
    found = json.loads((store / "manifest.json").read_bytes())
    change(found)
    (store / "manifest.json").write_text(json.dumps(found), "utf-8")
    assert_refused(store, folder, capsys, *words)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"kind": "disclosure reports"}'])
def test_a_manifest_that_is_none(store: Path, folder: Path, capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    (store / "manifest.json").write_bytes(data)
    assert_refused(store, folder, capsys, "清单", "备份")


def test_every_manifest_that_was_cut_off_is_refused(store: Path) -> None:
    whole = (store / "manifest.json").read_bytes()
    for end in range(len(whole)):
        with pytest.raises(StoreError, match="清单"):
            Manifest.from_bytes(whole[:end], "a")
    assert Manifest.from_bytes(whole, "a") == Store.open(store).manifest


def test_a_manifest_that_is_lost_is_not_begun_anew(
    store: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new one would name no segment, and the next run would sweep all of them."""
    (store / "manifest.json").unlink()
    assert run(["ingest", str(folder), "--store", str(store)]) == 2
    assert "没有清单 manifest.json" in capsys.readouterr().err
    assert len(list((store / "segments").rglob("*.parquet"))) > 10


@pytest.mark.parametrize("table", ["reports", "cells", "sources", "standing"])
@pytest.mark.parametrize("data", [None, b"", b"PAR1", b"PAR1 and more PAR1"])
def test_a_file_of_a_store_that_is_lost_or_damaged(
    store: Path, folder: Path, capsys: pytest.CaptureFixture[str], table: str, data: bytes | None
) -> None:
    (path,) = store.rglob(f"{table}.parquet")
    whole = path.read_bytes()
    path.unlink() if data is None else path.write_bytes(data)
    with pytest.raises(StoreError, match=f"{table}.parquet") as refused:
        load_store(store)
    assert "请恢复备份，或重新读取：python -m parsing ingest" in str(refused.value)
    assert run(["export", "--parquet", str(store.parent / "out"), "--store", str(store)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and f"{table}.parquet" in said
    path.write_bytes(whole)
    assert differs_from(store, folder) == []


def test_half_a_file(store: Path) -> None:
    (path,) = store.rglob("cells.parquet")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(StoreError, match=r"cells[.]parquet 已损坏"):
        load_store(store)


def test_what_is_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "SELECT 1", "--store", str(tmp_path / "none")]) == 2
    assert f"请先运行：python -m parsing ingest 报告文件夹 --store {tmp_path / 'none'}" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
