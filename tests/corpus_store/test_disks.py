"""Disks that are full or cannot be written, addresses that are no folders: said in a sentence, and nothing is lost."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parsing.corpus.loading import load_store
from tests.conftest import CHECKOUT
from tests.corpus_store.material import differs_from, names_of, take_in, town_reports, write_files

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# The numbers that Linux gives to the privileges of overriding permissions, and to the request to drop one.
PRIVILEGES, DROP = (1, 2), 24
# Few files a batch and a commit for each, so that a disk is full after some of them.
SMALL = """
import sys
from parsing.__main__ import run
from parsing.corpus import ingest
ingest.FILES_A_BATCH, ingest.REPORTS_A_COMMIT = 2, 1
raise SystemExit(run(sys.argv[1:]))
"""


def small_ingest(folder: Path, store: Path, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SMALL, "ingest", str(folder), "--store", str(store), "--workers", "1"]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload]


def ask(store: Path, *more: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "parsing",
        "query",
        "SELECT count(*) AS n FROM reports",
        "--store",
        str(store),
        *more,
    ]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload]


def assert_says(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """It was refused in one sentence with these words."""
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert [word for word in words if word not in done.stderr] == []
    assert done.returncode == 2


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A small disk of its own, mounted with some options and mounted anew with others."""
    place = tmp_path / "disk"

    def mount(options: str) -> Path:
        is_new = not place.exists()
        place.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", options if is_new else f"remount,{options}", "tmpfs", str(place)]
        if not IS_ROOT or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("no disk can be mounted here")
        return place

    yield mount
    if place.is_mount():
        subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_becomes_full(tmp_path: Path, disk: Callable[[str], Path]) -> None:
    folder, store = write_files(tmp_path / "reports", town_reports(12)), disk("size=350k") / "store"
    assert_says(small_ingest(folder, store), str(store), "磁盘已满", "重新运行")
    kept = names_of(store)
    assert 0 < len(kept) < 12
    assert_says(small_ingest(folder, store), "磁盘已满")
    assert names_of(store) == kept
    disk("size=50m")
    done = small_ingest(folder, store)
    assert done.returncode == 0
    assert f"没有变化 {len(kept)} 个" in done.stderr
    assert differs_from(store, folder) == []


def test_a_disk_without_any_room(tmp_path: Path, disk: Callable[[str], Path]) -> None:
    folder, store = write_files(tmp_path / "reports", town_reports(2)), disk("size=8k") / "store"
    (store.parent / "full").write_bytes(b"x" * 4096)
    assert_says(small_ingest(folder, store), "磁盘已满")
    disk("size=50m")
    assert small_ingest(folder, store).returncode == 0
    assert differs_from(store, folder) == []


def test_a_limit_to_the_size_of_files(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    folder, store = write_files(tmp_path / "reports", town_reports(4)), tmp_path / "store"
    done = small_ingest(folder, store, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000)))
    assert_says(done, "文件大小超过")
    assert load_store(store).reports.empty
    assert small_ingest(folder, store).returncode == 0
    assert differs_from(store, folder) == []


def test_a_store_that_can_only_be_read(tmp_path: Path, disk: Callable[[str], Path]) -> None:
    folder, store = write_files(tmp_path / "reports", town_reports(2)), disk("size=50m") / "store"
    take_in(store, folder)
    disk("ro")
    assert differs_from(store, folder) == []
    assert_says(small_ingest(folder, store), "只读", "换一个可以写入的目录")
    done = ask(store, "--csv")
    assert (done.stdout, done.stderr, done.returncode) == ("n\n2\n", "", 0)


def give_up_privileges() -> None:
    """From the next program on, what a file allows holds for the superuser too."""
    libc = ctypes.CDLL(None)
    for capability in PRIVILEGES:
        libc.prctl(DROP, capability, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has privileges that one can give up")
def test_a_store_that_is_closed(tmp_path: Path) -> None:
    folder, store = write_files(tmp_path / "reports", town_reports(2)), tmp_path / "store"
    take_in(store, folder)
    store.chmod(0o555)
    (store / "lock").chmod(0o444)
    assert_says(small_ingest(folder, store, preexec_fn=give_up_privileges), "没有写入权限")
    assert_says(small_ingest(folder, store / "new", preexec_fn=give_up_privileges), "没有写入权限")
    store.chmod(0)
    assert_says(small_ingest(folder, store, preexec_fn=give_up_privileges), "权限")
    assert_says(ask(store, preexec_fn=give_up_privileges), "读不出来", "权限")
    store.chmod(0o755)
    assert differs_from(store, folder) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has privileges that one can give up")
def test_a_report_that_may_not_be_read(tmp_path: Path) -> None:
    """It is named, costs no other file, and is read once it may be."""
    folder, store = write_files(tmp_path / "reports", town_reports(4)), tmp_path / "store"
    closed = sorted(folder.iterdir())[2]
    closed.chmod(0)
    done = small_ingest(folder, store, preexec_fn=give_up_privileges)
    assert done.returncode == 1
    assert f"{closed}: {closed}：打不开（Permission denied）。" in done.stderr
    assert len(load_store(store).cells["report_id"].unique()) == 3
    closed.chmod(0o644)
    assert small_ingest(folder, store, preexec_fn=give_up_privileges).returncode == 0
    assert differs_from(store, folder) == []


def test_addresses_that_are_no_folders(tmp_path: Path) -> None:
    folder, file = write_files(tmp_path / "reports", town_reports(1)), tmp_path / "file"
    file.write_text("x", "utf-8")
    assert_says(small_ingest(folder, file), str(file), "不是目录")
    assert_says(small_ingest(folder, file / "deeper"), "不是目录")
    assert file.read_text("utf-8") == "x"
    command = [sys.executable, "-m", "parsing", "export", "--csv", str(tmp_path / "out"), "--store", str(file)]
    assert_says(subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True), "不是数据目录", "ingest")


def test_a_folder_of_other_things_is_no_store(tmp_path: Path) -> None:
    """A run would sweep what is called like its own files, and empty folders."""
    folder = write_files(tmp_path / "reports", town_reports(1))
    mine = write_files(tmp_path / "mine", {"segments/我的/笔记.txt": b"x"})
    (mine / "empty").mkdir()
    assert_says(small_ingest(folder, mine), "已有别的文件", "空目录")
    assert sorted(path.name for path in mine.rglob("*")) == ["empty", "segments", "我的", "笔记.txt"]


def test_a_target_of_an_export_that_cannot_be_written(tmp_path: Path) -> None:
    store = tmp_path / "store"
    take_in(store, write_files(tmp_path / "reports", town_reports(1)))
    target = tmp_path / "file"
    target.write_text("x", "utf-8")
    for form, path in (("--csv", target), ("--xlsx", target / "x.xlsx"), ("--parquet", target / "deeper")):
        command = [sys.executable, "-m", "parsing", "export", form, str(path), "--store", str(store)]
        assert_says(subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True), str(path), "写不进去")
