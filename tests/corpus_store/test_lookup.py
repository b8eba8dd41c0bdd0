"""A few reports are looked up where they lie, and say what they say among all."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsing.corpus.loading import load_frames
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


def test_a_report_is_the_same_in_its_segment_and_among_all(store: Path) -> None:
    with open_summaries(Store.open(store)) as connection:
        placed = "FROM segments JOIN overview USING (report_id) ORDER BY segment, position"
        places = connection.execute(f"SELECT report_id, segment {placed}").fetchall()
        assert len(places) == 13
        for report_id, segment in (places[0], places[6], places[-1]):
            found, due = (load_frames(connection, [report_id], some) for some in ([segment], []))
            assert len(found.checks) > 50
            assert differing(found, due) == []


def test_a_visitor_of_the_app_sees_a_store_from_which_something_was_taken(store: Path) -> None:
    """Each question has a cursor of its own, which has nothing that is temporary in another."""
    with open_summaries(Store.open(store)) as connection:
        (one,) = connection.execute("SELECT report_id FROM overview WHERE year = 2024").fetchall()[0]
        corpus = load_frames(connection.cursor(), [one])
        (cells,) = connection.cursor().execute("SELECT count(*) FROM cells WHERE report_id = ?", [one]).fetchall()[0]
    assert len(corpus.cells) == cells > 100
