"""What a store holds equals what the same files give when they are read at once, however they came into it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from parsing import load_corpus
from parsing.__main__ import run
from parsing.columns import FRAMES
from parsing.corpus import ingest as ingesting
from parsing.corpus import merging
from parsing.corpus.loading import load_frames, load_store
from parsing.corpus.store import Store
from parsing.corpus.views import open_store
from parsing.export import write_csv_folder
from parsing.readers import list_files
from parsing.tables import Corpus
from tests.corpus_store.material import differing, differs_from, pack, read_folder, take_in, town_report, write_files


@pytest.fixture(scope="module")
def folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every fifth of the samples."""
    chosen = list_files(samples)[::5]
    return write_files(tmp_path_factory.mktemp("samples"), {path.name: path.read_bytes() for path in chosen})


@pytest.fixture(scope="module")
def due(folder: Path) -> Corpus:
    return read_folder(folder)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_one_ingest_and_another_of_the_same(folder: Path, due: Corpus, store: Path) -> None:
    first, _ = take_in(store, folder)
    assert differing(load_store(store), due) == []
    assert (first.read, first.reports) == (len(list_files(folder)), len(due.reports))
    again, asked = take_in(store, folder)
    assert (again.unchanged, again.read, asked) == (first.read, 0, [])
    assert differing(load_store(store), due) == []


def test_two_halves(folder: Path, due: Corpus, store: Path) -> None:
    files = list_files(folder)
    take_in(store, *files[: len(files) // 2])
    assert 0 < len(load_store(store).reports) < len(due.reports)
    take_in(store, *files[len(files) // 2 :])
    assert differing(load_store(store), due) == []


def test_many_segments_and_what_a_merge_makes_of_them(
    folder: Path, due: Corpus, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingesting, "FILES_A_BATCH", 2)
    monkeypatch.setattr(ingesting, "REPORTS_A_COMMIT", 1)
    monkeypatch.setattr(merging, "LARGE", 0)
    take_in(store, folder)
    assert len(Store.open(store).manifest.segments) == -(-len(list_files(folder)) // 2)
    assert differing(load_store(store), due) == []
    monkeypatch.setattr(merging, "LARGE", len(due.reports) - 3)
    with Store.writing(store) as opened:
        merging.merge_segments(opened)
    segments = Store.open(store).manifest.segments
    assert sum(one.reports for one in segments) == len(due.reports)
    assert len(segments) == 2
    assert differing(load_store(store), due) == []


def test_a_report_is_loaded_from_its_segment_as_from_all(
    folder: Path, due: Corpus, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingesting, "FILES_A_BATCH", 5)
    monkeypatch.setattr(ingesting, "REPORTS_A_COMMIT", 1)
    monkeypatch.setattr(merging, "LARGE", 0)
    take_in(store, folder)
    with open_store(Store.open(store)) as connection:
        placed = connection.execute("SELECT segment, list(report_id) FROM own_reports GROUP BY segment").fetchall()
        assert len(placed) > 2
        for segment, report_ids in placed:
            narrow = load_frames(connection, report_ids, [segment])
            assert len(narrow.reports) == len(report_ids)
            assert differing(narrow, load_frames(connection, report_ids)) == []
            assert load_frames(connection, report_ids, [segment + 1]).cells.empty


def test_what_was_joined_lies_by_report(folder: Path, store: Path) -> None:
    take_in(store, folder)
    opened = Store.open(store)
    for name in ("flags", "checks", "standing"):
        table = opened.place.read_table(str(opened.joined_file(name)))
        ids = table["report_id"].to_pylist()
        assert ids == sorted(ids) and len(set(ids)) > 1


def test_another_version_of_the_program_reads_all_anew(
    folder: Path, due: Corpus, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(store, folder)
    monkeypatch.setattr(ingesting, "parser_version", lambda: "another")
    again, asked = take_in(store, folder)
    assert (again.unchanged, len(asked)) == (0, len(list_files(folder)))
    assert differing(load_store(store), due) == []


def test_workers_and_csv(samples: Path, tmp_path: Path) -> None:
    """All samples, as the command line does it; the exit status is 1 because one of them cannot be read."""
    whole = load_corpus(samples)
    for count in ("1", "2"):
        store = tmp_path / count
        assert run(["ingest", str(samples), "--store", str(store), "--workers", count]) == 1
        assert differing(load_store(store), whole) == []
    assert run(["export", "--csv", str(tmp_path / "of-store"), "--store", str(store)]) == 0
    at_once = {path.name: path.read_bytes() for path in write_csv_folder(whole, tmp_path / "at-once")}
    assert {path.name: path.read_bytes() for path in (tmp_path / "of-store").iterdir()} == at_once
    assert at_once.keys() == {f"{frame}.csv" for frame in FRAMES}


def test_csv_of_the_command_line(folder: Path, due: Corpus, store: Path, tmp_path: Path) -> None:
    take_in(store, folder)
    run(["export", "--csv", str(tmp_path / "of-store"), "--store", str(store)])
    run(["parse", str(folder), "--csv", str(tmp_path / "at-once")])
    for frame in FRAMES:
        written = (tmp_path / "at-once" / f"{frame}.csv").read_bytes()
        assert (tmp_path / "of-store" / f"{frame}.csv").read_bytes() == written
        assert written.count(b"\r\n") > len(getattr(due, frame)) > 0 or frame == "repairs"


def test_a_zip_of_the_same_files(folder: Path, due: Corpus, store: Path, tmp_path: Path) -> None:
    members = {path.relative_to(folder).as_posix(): path.read_bytes() for path in list_files(folder)}
    zipped = write_files(tmp_path / "zipped", {"年报.zip": pack(members)})
    take_in(store, zipped)
    assert differs_from(store, zipped) == []
    figures = ["report_id", "address", "value", "status", "raw"]
    assert load_store(store).cells[figures].equals(due.cells[figures])


def test_some_reports_alone(folder: Path, due: Corpus, store: Path) -> None:
    take_in(store, folder)
    ids = due.reports["report_id"].tolist()
    some = load_store(store, [ids[5], ids[2], "none"])
    assert some.reports["report_id"].tolist() == [ids[2], ids[5]]
    assert set(some.texts) == {ids[2], ids[5]}
    for frame in (some.cells, some.claims, some.checks):
        assert set(frame["report_id"]) == {ids[2], ids[5]}


COPIES = {
    "b-1/二.txt": town_report(1),
    "b/一.txt": town_report(1),
    "c.txt": town_report(2),
    "y.zip": pack({"a-b/三.txt": town_report(3), "a/四.txt": town_report(4), "五.txt": town_report(1)}),
    "z.txt": town_report(1),
}


@pytest.mark.parametrize("files_a_batch", [1, 32])
@pytest.mark.parametrize("is_backwards", [False, True])
def test_files_of_the_same_content(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files_a_batch: int, is_backwards: bool
) -> None:
    """The order in which batches come back decides nothing: which file counts, where the others are named."""
    folder = write_files(tmp_path / "copies", COPIES)
    monkeypatch.setattr(ingesting, "FILES_A_BATCH", files_a_batch)
    take_in(store, *(list_files(folder)[::-1] if is_backwards else [folder]))
    assert differs_from(store, folder) == []
    problems = load_store(store).problems
    named = problems[problems["kind"] == "duplicate_file"]
    assert [Path(file).name for file in named["source_file"]] == ["二.txt", "五.txt", "z.txt"]
    assert named["message"].str.contains("b/一.txt 的内容完全相同", regex=False).all()


def test_figures_that_no_column_holds(store: Path, tmp_path: Path) -> None:
    """A column of figures would round 2⁵³ + 1: such a value is unread, in the frames as in the store."""
    whole = town_report().decode()
    line = next(line for line in whole.splitlines() if line.startswith("行政许可"))
    count = line.split("|")[1].strip()
    long = {str(digits): whole.replace(line, line.replace(count, "9" * digits)) for digits in (15, 17, 400)}
    folder = write_files(tmp_path / "long", {f"{name}.txt": text.encode() for name, text in long.items()})
    take_in(store, folder)
    assert differs_from(store, folder) == []
    cells = load_store(store).cells
    found = cells[cells["raw"].str.strip().str.fullmatch("9{15,}")]
    assert found["value"].fillna(-1).tolist() == [999_999_999_999_999, -1, -1]
    assert found["status"].tolist() == ["number", "unreadable", "unreadable"]


def test_a_folder_without_reports(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()
    take_in(store, folder)
    assert differing(load_store(store), read_folder(folder)) == []
    shutil.rmtree(folder)
    assert load_store(store).reports.empty
