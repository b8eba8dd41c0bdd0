"""Files that take too long, too much or their reader's life cost nothing but themselves."""

from __future__ import annotations

import io
import os
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsing.model import Report
from parsing.readers.refusals import LARGEST_FILE
from parsing.workers import FileInput, Limits, Worker, Workers, read_files
from tests.synthesis import Agency, clean_facts, write_text

AGENCY = Agency("云溪市青岚区墨坪镇人民政府", "墨坪镇", "township", "云溪市青岚区", "我镇", 300, 7, 25)
FACTS = clean_facts(AGENCY, 2022, 3)
TEXT = write_text(FACTS, "pipes").encode()


def kinds(report: Report) -> list[str]:
    return [problem.kind for problem in report.problems]


def values(report: Report) -> dict[str, float | int | None]:
    return {cell.address: cell.value for cell in report.cells}


def pack(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def workers() -> Iterator[Workers]:
    some = Workers()
    yield some
    some.end()


def test_the_reports_come_in_the_order_of_the_files_and_progress_counts_them(workers: Workers) -> None:
    files = [FileInput(f"{number}.txt", TEXT + b"\n" * number) for number in range(5)]
    said: list[tuple[int, int]] = []
    read = read_files(files, lambda done, total, name: said.append((done, total)), workers)
    assert [reports[0].source.file for reports in read] == [file.name for file in files]
    assert said == [(done, 5) for done in range(1, 6)]
    assert all(values(reports[0]) == FACTS.expected() for reports in read)


def test_a_file_that_takes_too_long_is_stopped_and_named() -> None:
    workers = Workers(Limits(seconds=0.001))
    ((report,),) = read_files([FileInput("slow.txt", TEXT)], workers=workers)
    workers.end()
    assert kinds(report) == ["took_too_long"]
    assert "0.001 秒" in report.problems[0].message


def test_a_file_that_takes_too_much_memory_is_named() -> None:
    workers = Workers(Limits(memory=300_000_000))
    read = read_files([FileInput("large.txt", "公开".encode() * 16_000_000)], workers=workers)
    workers.end()
    assert kinds(read[0][0]) == ["reader_failed"]


def test_a_reader_that_dies_costs_the_file_it_died_on(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = Worker()
    os.kill(dead.process.pid, signal.SIGKILL)
    dead.process.wait()
    workers.idle.put(dead)
    files = [FileInput("first.txt", TEXT), FileInput("second.txt", TEXT)]
    monkeypatch.setattr(workers, "count", 1)
    read = read_files(files, workers=workers)
    assert sorted(kinds(reports[0]) for reports in read) == [[], ["reader_failed"]]


def test_a_missing_and_an_enormous_file(workers: Workers, tmp_path: Path) -> None:
    enormous = tmp_path / "enormous.pdf"
    with enormous.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    read = read_files([FileInput(str(tmp_path / "none.txt")), FileInput(str(enormous))], workers=workers)
    assert [kinds(reports[0]) for reports in read] == [["file_unavailable"], ["file_too_large"]]


def test_an_archive_is_a_folder(workers: Workers) -> None:
    inner = pack({"深/二.txt": TEXT})
    data = pack({"一.txt": TEXT, "内层.zip": inner, "空.txt": b"", "__MACOSX/x.txt": b"x", ".hidden": b"x"})
    read = read_files([FileInput("年报.zip", data)], workers=workers)
    found = {reports[0].source.file: kinds(reports[0]) for reports in read}
    assert found == {"年报.zip/一.txt": [], "年报.zip/内层.zip/深/二.txt": [], "年报.zip/空.txt": ["empty_file"]}


def test_an_archive_in_archives_without_end_is_refused(workers: Workers) -> None:
    data = TEXT
    for _ in range(6):
        data = pack({"内.zip": data})
    read = read_files([FileInput("套.zip", data)], workers=workers)
    assert [kinds(reports[0]) for reports in read] == [["unsupported_format"]]


def test_a_bomb_is_refused_and_its_neighbour_read(workers: Workers) -> None:
    data = pack({"a.txt": b"0" * (LARGEST_FILE + 10), "b.txt": TEXT})
    read = read_files([FileInput("炸弹.zip", data)], workers=workers)
    assert [kinds(reports[0]) for reports in read] == [["file_too_large"], []]


def test_an_archive_without_files_and_one_cut_off(workers: Workers) -> None:
    whole = pack({"a.txt": TEXT})
    read = read_files([FileInput("空.zip", pack({})), FileInput("断.zip", whole[: len(whole) // 2])], workers=workers)
    assert [kinds(reports[0]) for reports in read] == [["empty_file"], ["damaged_file"]]
