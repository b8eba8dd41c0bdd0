"""Whatever moment an ingest ends at, its store opens and holds what was committed, and the next run goes on."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.corpus_store.crashing import (
    Crash,
    change_some,
    complaints,
    crash_at,
    crash_everywhere,
    kill,
    left_different,
    strays,
)  # fmt: skip
from tests.corpus_store.material import differs_from, take_in, town_reports, write_files

# Every so manieth step on the disk; `make soak-store` tries each.
STRIDE = 41


def test_a_crash_at_any_step_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert crash_everywhere(tmp_path, monkeypatch, STRIDE) >= 6


def test_a_crash_before_there_is_a_store(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "reports", town_reports(3))
    for fatal in range(1, 8):
        store = tmp_path / str(fatal)
        with crash_at(fatal), pytest.raises(Crash):
            take_in(store, folder)
        assert complaints(store, set()) == []
        take_in(store, folder)
        assert differs_from(store, folder) == []
        take_in(store, folder)
        assert strays(store) == []


def test_kills_at_any_time(tmp_path: Path) -> None:
    chance = Random(20)
    folder, store = write_files(tmp_path / "reports", town_reports(16)), tmp_path / "store"
    ended = 0
    for number in range(6):
        done, was_ended = kill(folder, store, chance)
        assert complaints(store, done) == []
        ended += was_ended
        change_some(folder, number, chance)
    assert ended >= 3
    assert left_different(store, folder, tmp_path / "other") == []
    take_in(store, folder)
    assert strays(store) == []
