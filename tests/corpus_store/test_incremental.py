"""A second run: what is unchanged costs nothing, what was moved is recognised, what changed counts anew."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from parsing.__main__ import run
from parsing.corpus import ingest as ingesting
from parsing.corpus import merging
from parsing.corpus.loading import load_store
from parsing.corpus.store import Store
from tests.corpus_store.material import (
    differs_from,
    kinds_by_file,
    names_of,
    pack,
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


def latest_by_file(store: Path) -> dict[str, bool]:
    reports = load_store(store).reports
    return {Path(file).name: bool(one) for file, one in zip(reports["source_file"], reports["is_latest"], strict=True)}


def latest_ids(store: Path) -> set[str]:
    reports = load_store(store).reports
    return set(reports["report_id"][reports["is_latest"]])


def all_ids(store: Path) -> set[str]:
    return set(load_store(store).reports["report_id"])


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


def test_a_changed_file_counts_and_the_old_version_stays(folder: Path, store: Path) -> None:
    old = all_ids(store)
    write_files(folder, {"2021.txt": town_report(0, 2021, 8)})
    done, asked = take_in(store, folder)
    assert (done.unchanged, asked) == (2, ["2021.txt"])
    (new,) = all_ids(store) - old
    (gone,) = old - latest_ids(store)
    assert latest_ids(store) == (old - {gone}) | {new}
    corpus = load_store(store)
    values = corpus.cells.set_index(["report_id", "address"])["value"]
    assert len(values[gone]) == len(values[new]) > 100
    assert not values[gone].equals(values[new])
    later = corpus.checks[corpus.checks["year"] == 2022]
    assert "crashed" not in set(later["outcome"])


def test_a_changed_file_counts_whatever_date_it_says(folder: Path, store: Path, tmp_path: Path) -> None:
    """A wrong date that was mended must not keep the wrong version alive."""
    first = town_report(0, 2021).decode()
    published = load_store(store).reports["published_date"][1]
    later = published.replace("2022-", "2023-")
    assert published in first and later != published
    before = write_files(tmp_path / "other-reports", {"2021.txt": first.replace(published, later).encode()})
    take_in(tmp_path / "other", before)
    (wrong,) = all_ids(tmp_path / "other")
    write_files(before, {"2021.txt": first.encode()})
    take_in(tmp_path / "other", before)
    assert wrong not in latest_ids(tmp_path / "other")
    assert wrong in all_ids(tmp_path / "other")


def test_a_file_that_was_changed_back_counts_again(folder: Path, store: Path) -> None:
    first = latest_ids(store)
    write_files(folder, {"2021.txt": town_report(0, 2021, 8)})
    take_in(store, folder)
    assert latest_ids(store) != first
    write_files(folder, {"2021.txt": YEARS["2021.txt"]})
    assert take_in(store, folder)[1] == []
    assert latest_ids(store) == first


def test_a_file_of_another_year_leaves_the_old_year_in_force(folder: Path, store: Path) -> None:
    """A place that always shows the newest report: what it showed last year is still last year's report."""
    write_files(folder, {"2022.txt": town_report(0, 2023)})
    take_in(store, folder)
    reports = load_store(store).reports
    assert sorted(reports["year"]) == [2020, 2021, 2022, 2023]
    assert reports["is_latest"].all()


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


def test_a_member_that_left_an_archive_is_an_older_version(tmp_path: Path, store: Path) -> None:
    archive = tmp_path / "z"
    write_files(archive, {"年报.zip": pack({"a.txt": town_report(1, 2021), "b.txt": town_report(1, 2022)})})
    take_in(store, archive)
    write_files(archive, {"年报.zip": pack({"a.txt": town_report(1, 2021, 8), "b.txt": town_report(1, 2022)})})
    done, asked = take_in(store, archive)
    assert (done.reports, asked) == (1, ["年报.zip"])
    members = [name for name in names_of(store) if name in ("a.txt", "b.txt")]
    assert sorted(members) == ["a.txt", "a.txt", "b.txt"]
    assert latest_by_file(store)["b.txt"]


def test_what_an_older_program_made_of_a_file_is_gone(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older program saw two reports in a file, this one sees one."""
    with Store.writing(store) as opened:
        sources = opened.place.read_table(opened.files("sources")[0])
        reports = opened.place.read_table(opened.files("reports")[0])
        second = [f"{reports['report_id'][0].as_py()}-2"]
        opened.add(
            {
                "sources": sources.slice(0, 1).set_column(5, "report_id", [second]),
                "reports": reports.slice(0, 1).set_column(0, "report_id", [second]),
            },
            has_replaced=True,
        )
    assert len(load_store(store).reports) == 4
    monkeypatch.setattr(ingesting, "parser_version", lambda: "another")
    take_in(store, folder)
    assert differs_from(store, folder) == []


def test_an_older_version_never_comes_back_with_a_merge(
    folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small segments that are put together become the newest; one that is too large to be merged stands between."""
    monkeypatch.setattr(merging, "LARGE", 3)
    with Store.writing(store) as opened:
        whole = {name: opened.place.read_table(opened.files(name)[0]) for name in ("reports", "sources")}
        old = whole["reports"].slice(0, 1)
        wrong = old.set_column(old.schema.get_field_index("agency"), "agency", [["误读"]])
        opened.keep(opened.manifest.__class__(run=1))
        opened.add({"reports": wrong, "sources": whole["sources"].slice(0, 1)}, has_replaced=True)
        opened.add({"sources": whole["sources"].slice(1, 1)})
        opened.add(whole)
        merging.merge_segments(opened)
        assert [one.number for one in opened.manifest.segments] == [3, 4]
    assert "误读" not in set(load_store(store).reports["agency"])
    assert len(load_store(store).reports) == 3


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
