"""The right to write in an object store: held by one, seen by all, taken over when its holder gives no sign of life."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path
from threading import Thread

import obstore
import pytest

from parsing.corpus import ingest, lease
from parsing.corpus.errors import StoreError
from parsing.corpus.remote import Bucket, memory_store, open_bucket
from parsing.corpus.store import MANIFEST, Store
from tests.synthesis import Agency, clean_facts, write_text

AGENCY = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)


@pytest.fixture
def memory(request: pytest.FixtureRequest) -> str:
    """The address of a store in the memory of this process, empty."""
    name = f"memory://{request.node.name}"
    memory_store.cache_clear()
    return name


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "墨坪镇.txt"
    path.write_text(write_text(clean_facts(AGENCY, 2022, 3), "pipes"), "utf-8")
    return path


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


def test_an_overtaken_writer_changes_nothing(memory: str, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "EXPIRY", 0.05)
    monkeypatch.setattr(lease, "LOOKING", 0.01)
    sleeper = open_bucket(memory)
    with Store.writing(memory) as asleep:
        ingest.ingest([report], memory, wait_seconds=10)
        after = sleeper.read_bytes(MANIFEST)
        with pytest.raises(StoreError, match="被另一个程序取代"):
            asleep.keep(asleep.manifest)
        taken = Store.open(memory).files("reports")[0]
        table = asleep.place.read_table(taken)
        with pytest.raises(StoreError, match="被另一个程序取代"):
            asleep.place.write_table(taken, table.slice(0, 0))
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
