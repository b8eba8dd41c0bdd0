"""A second run: what is unchanged costs nothing, what was moved is recognised, what changed counts anew."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from parsing.__main__ import run
from parsing.corpus import ingest as ingesting
from parsing.corpus.loading import load_store
from parsing.corpus.store import Store
from tests.corpus_store.material import (
    differs_from,
    kinds_by_file,
    names_of,
    take_in,
    town_report,
    write_files,
)  # fmt: skip

YEARS = {f"{year}.txt": town_report(0, year) for year in (2020, 2021, 2022)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "reports", YEARS)


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Path:
    take_in(tmp_path / "store", folder)
    return tmp_path / "store"


def test_a_new_file_alone_is_read(folder: Path, store: Path) -> None:
    write_files(folder, {"2019.txt": town_report(0, 2019)})
    done, asked = take_in(store, folder)
    assert (done.unchanged, done.known, done.read, done.reports, asked) == (3, 0, 1, 1, ["2019.txt"])
    assert differs_from(store, folder) == []


def test_a_run_that_finds_nothing_new_writes_nothing(folder: Path, store: Path) -> None:
    before = {path.name: path.read_bytes() for path in store.rglob("*.json")}
    files = sorted(path for path in store.rglob("*.parquet"))
    take_in(store, folder)
    assert Store.open(store).manifest.to_bytes() == before["manifest.json"]
    assert sorted(path for path in store.rglob("*.parquet")) == files


def test_a_file_with_another_time_is_known_by_its_content(folder: Path, store: Path) -> None:
    os.utime(folder / "2021.txt", (1, 1))
    done, asked = take_in(store, folder)
    assert (done.unchanged, done.known, asked) == (2, 1, [])
    assert take_in(store, folder)[0].unchanged == 3
    assert differs_from(store, folder) == []


def test_a_file_that_was_moved_is_read_from_its_new_place(folder: Path, store: Path) -> None:
    """It is no duplicate of the file that it was."""
    write_files(folder, {"深/x": b""})
    (folder / "2021.txt").rename(folder / "深" / "新名.txt")
    (folder / "深" / "x").unlink()
    done, asked = take_in(store, folder)
    assert (done.unchanged, done.known, asked) == (2, 1, [])
    assert differs_from(store, folder) == []
    assert names_of(store) == ["2020.txt", "2022.txt", "新名.txt"]


def test_a_file_that_was_moved_takes_its_older_versions_along(folder: Path, store: Path) -> None:
    write_files(folder, {"2021.txt": town_report(0, 2021, 8)})
    take_in(store, folder)
    assert len(load_store(store).reports) == 4
    (folder / "2021.txt").rename(folder / "新名.txt")
    take_in(store, folder)
    assert len(load_store(store).reports) == 4
    assert sorted(names_of(store)) == ["2020.txt", "2022.txt", "新名.txt", "新名.txt"]


def test_the_same_folder_named_in_another_way_is_the_same(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    done, asked = take_in(store, Path("reports"))
    assert (done.known, asked) == (3, [])
    assert "duplicate_file" not in set(load_store(store).problems["kind"])
    twice, _ = take_in(store, Path("reports"), folder)
    assert twice.unchanged == 3


def test_two_files_that_exchange_their_names(folder: Path, store: Path) -> None:
    (folder / "2020.txt").rename(folder / "x")
    (folder / "2021.txt").rename(folder / "2020.txt")
    (folder / "x").rename(folder / "2021.txt")
    assert take_in(store, folder)[1] == []
    assert differs_from(store, folder) == []


def test_mirror_takes_out_what_is_gone_from_the_folder(folder: Path, store: Path, tmp_path: Path) -> None:
    other = write_files(tmp_path / "other", {"a.txt": town_report(1)})
    take_in(store, other)
    (folder / "2020.txt").unlink()
    assert take_in(store, folder)[0].gone == 0
    assert names_of(store) == ["a.txt", "2020.txt", "2021.txt", "2022.txt"]
    done, _ = take_in(store, folder, is_mirror=True)
    assert done.gone == 1
    assert names_of(store) == ["a.txt", "2021.txt", "2022.txt"]
    assert take_in(store, folder, is_mirror=True)[0].gone == 0
    write_files(folder, {"2020.txt": YEARS["2020.txt"]})
    done, asked = take_in(store, folder)
    assert (done.known, asked) == (1, [])
    shutil.rmtree(other)
    assert differs_from(store, tmp_path / "reports") != []
    take_in(store, tmp_path, is_mirror=True)
    assert names_of(store) == ["2020.txt", "2021.txt", "2022.txt"]


def test_a_folder_that_is_not_there_takes_nothing_out(folder: Path, store: Path) -> None:
    """A disk that is not connected is no reason to forget what was on it."""
    folder.rename(folder.with_name("away"))
    done, _ = take_in(store, folder, is_mirror=True)
    assert (done.gone, len(done.unread)) == (0, 1)
    assert {"2020.txt", "2021.txt", "2022.txt"} < set(names_of(store))
    folder.with_name("away").rename(folder)
    take_in(store, folder)
    assert {"2020.txt", "2021.txt", "2022.txt"} < set(names_of(store))


def test_mirror_after_a_merge(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "FILES_A_BATCH", 1)
    monkeypatch.setattr(ingesting, "REPORTS_A_COMMIT", 1)
    write_files(folder, {"2019.txt": town_report(0, 2019), "2021.txt": town_report(0, 2021, 8)})
    (folder / "2020.txt").unlink()
    take_in(store, folder, is_mirror=True)
    assert len(Store.open(store).manifest.segments) == 1
    assert sorted(names_of(store)) == ["2019.txt", "2021.txt", "2021.txt", "2022.txt"]


def test_unreadable_files_are_named_once_and_not_read_again(folder: Path, store: Path) -> None:
    write_files(folder, {"坏.txt": b"\x7fELF\x00\x01" * 99, "空.txt": b""})
    done, asked = take_in(store, folder)
    assert asked == ["坏.txt", "空.txt"]
    assert [Path(file).name for file, _ in done.unread] == ["坏.txt", "空.txt"]
    again, asked = take_in(store, folder)
    assert (again.unchanged, asked, again.unread) == (5, [], [])
    assert kinds_by_file(store)["坏.txt"] == ["not_text"]
    assert differs_from(store, folder) == []


def test_an_unreadable_file_that_was_mended_leaves_nothing_behind(folder: Path, store: Path) -> None:
    write_files(folder, {"2019.txt": b"\x7fELF\x00\x01" * 99})
    take_in(store, folder)
    write_files(folder, {"2019.txt": town_report(0, 2019)})
    take_in(store, folder)
    assert differs_from(store, folder) == []


def test_a_missing_file_is_named_and_read_when_it_comes(folder: Path, store: Path) -> None:
    path = folder / "2018.txt"
    for _ in range(2):
        done, _ = take_in(store, path)
        assert [Path(file).name for file, _ in done.unread] == ["2018.txt"]
        assert "没有这个文件" in done.unread[0][1]
    write_files(folder, {"2018.txt": town_report(0, 2018)})
    done, asked = take_in(store, path)
    assert (done.unread, asked) == ([], ["2018.txt"])
    assert differs_from(store, folder) == []


def test_another_reason_for_a_file_that_is_still_not_read(folder: Path, store: Path) -> None:
    """Both reports go by the name of the file alone; what is said now counts."""
    take_in(store, folder / "2018.txt")
    (folder / "2018.txt").mkdir()
    os.mkfifo(folder / "2018.txt" / "rohr")
    (folder / "2018.txt" / "rohr").rename(folder / "rohr")
    (folder / "2018.txt").rmdir()
    (folder / "rohr").rename(folder / "2018.txt")
    done, _ = take_in(store, folder / "2018.txt")
    assert "不是普通文件" in done.unread[0][1]
    problems = load_store(store).problems
    assert problems["message"].str.contains("不是普通文件").sum() == 1
    assert problems["message"].str.contains("没有这个文件").sum() == 0


def test_a_list_of_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = write_files(tmp_path / "reports", YEARS)
    listed = tmp_path / "清单.txt"
    listed.write_text(f"\ufeff{folder / '2021.txt'}\n\n  {folder / '2020.txt'}  \n", "utf-8")
    store = tmp_path / "store"
    assert run(["ingest", "--list", str(listed), "--store", str(store), "--workers", "1"]) == 0
    assert names_of(store) == ["2020.txt", "2021.txt"]
    assert "读取 2 个文件，新增报告 2 份" in capfd.readouterr().err
    listed.write_bytes("年报".encode("gb18030") + b"\xff")
    assert run(["ingest", "--list", str(listed), "--store", str(store)]) == 2
    assert run(["ingest", "--store", str(store)]) == 2


def test_a_store_inside_its_source_is_no_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_files(tmp_path / "reports", YEARS)
    monkeypatch.chdir(folder)
    for store, source in ((folder / "数据", Path(".")), (Path("数据"), folder), (Path("数据"), Path("."))):
        (folder / "数据" / "一览.txt").parent.mkdir(exist_ok=True)
        assert "数据" not in " ".join(take_in(store, source)[1])
        (folder / "数据" / "一览.txt").write_bytes(town_report(1))
        assert take_in(store, source)[1] == []
        assert names_of(store) == sorted(YEARS)
        shutil.rmtree(folder / "数据")
