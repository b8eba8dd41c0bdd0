"""Versions of a report: what a file holds now counts, what it held stays, what an older program made of it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsing.corpus import ingest as ingesting
from parsing.corpus import merging
from parsing.corpus.loading import load_store
from parsing.corpus.store import Store
from tests.corpus_store.material import differs_from, names_of, pack, take_in, town_report, write_files

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
