"""A few reports are looked up where they lie, and say what they say among all."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsing.corpus import loading
from parsing.corpus.loading import load_frames, load_store
from parsing.corpus.store import Store
from parsing.corpus.summaries import open_summaries
from tests.corpus_store.material import differing, take_in, town_report, town_reports, write_files

LATER = {"墨坪镇_2019_3.txt": town_report(0, 2019, 9), "new.txt": town_report(1, 2024, 9)}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, the second of which replaced a file and took one away."""
    path = tmp_path_factory.mktemp("lookup")
    folder = write_files(path / "reports", town_reports(12))
    take_in(path / "store", folder)
    write_files(folder, LATER)
    (folder / "枫桥镇_2019_3.txt").unlink()
    take_in(path / "store", folder, is_mirror=True)
    assert Store.open(path / "store").manifest.has_gone
    return path / "store"


def test_few_reports_are_what_they_are_among_many(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = load_store(store).reports["report_id"].tolist()
    few = [load_store(store, [one]) for one in ids] + [load_store(store, ids[3:7]), load_store(store, [])]
    monkeypatch.setattr(loading, "FEW", -1)
    many = [load_store(store, [one]) for one in ids] + [load_store(store, ids[3:7]), load_store(store, [])]
    assert len(ids) == 13
    assert sum(len(one.flags) for one in few) > 0
    for found, due in zip(few, many, strict=True):
        assert differing(found, due) == []


def test_a_visitor_of_the_app_sees_a_store_from_which_something_was_taken(store: Path) -> None:
    """Each question has a cursor of its own, which has nothing that is temporary in another."""
    with open_summaries(Store.open(store)) as connection:
        (one,) = connection.execute("SELECT report_id FROM overview WHERE year = 2024").fetchall()[0]
        corpus = load_frames(connection.cursor(), [one])
        (cells,) = connection.cursor().execute("SELECT count(*) FROM cells WHERE report_id = ?", [one]).fetchall()[0]
    assert len(corpus.cells) == cells > 100
