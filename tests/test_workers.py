"""Files that take too long, too much or their reader's life cost nothing but themselves."""

from __future__ import annotations

import io
import os
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsing import load_corpus, parse_folder, pipeline
from parsing.model import Report
from parsing.readers.refusals import LARGEST_FILE
from parsing.requests import FileInput, ReadRequest
from parsing.workers import MOST_LOST, Limits, Worker, Workers, read_files
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


def test_an_error_of_ours_costs_one_member_of_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pipeline.parse_document

    def fails_on_two(data: bytes, name: str) -> tuple[Report, ...]:
        if name.endswith("二.txt"):
            raise RuntimeError("made up")
        return whole(data, name)

    monkeypatch.setattr(pipeline, "parse_document", fails_on_two)
    archive = FileInput("年报.zip", pack({"一.txt": TEXT, "三.txt": TEXT, "二.txt": TEXT, "四.txt": TEXT}))
    answers = [answer for answer in ReadRequest(archive, 0).answer() if answer and answer[1] is not None]
    found = {name: kinds(reports[0]) for name, reports in answers if reports}
    assert found == {f"年报.zip/{name}.txt": [] for name in "一三四"} | {"年报.zip/二.txt": ["reader_failed"]}
    assert len(answers) == 4


def test_an_archive_that_cannot_be_listed_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(archive: object) -> object:
        raise RuntimeError("made up")

    monkeypatch.setattr(pipeline.archive, "unpack", fails)
    answers = [*ReadRequest(FileInput("年报.zip", pack({"一.txt": TEXT})), 0).answer()]
    assert [kinds(answer[1][0]) for answer in answers if answer and answer[1]] == [["reader_failed"]]
    assert answers[-1] is None


def test_a_worker_imports_nothing_from_the_folder_it_is_started_in(
    tmp_path: Path, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    ((report,),) = read_files([FileInput("a.txt", TEXT)], workers=workers)
    assert kinds(report) == []


def test_an_error_of_ours_is_named_by_its_place_and_not_by_what_a_library_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(data: bytes) -> object:
        raise RuntimeError('Traceback (most recent call last):\n  File "/opt/x.py", line 1')

    monkeypatch.setattr(pipeline, "read_document", fails)
    answers = [*ReadRequest(FileInput("a.txt", TEXT), 0).answer()]
    (message,) = [answer[1][0].problems[0].message for answer in answers if answer and answer[1]]
    assert "RuntimeError" in message and "pipeline.py 第" in message
    assert "Traceback" not in message and "/opt" not in message and "\n" not in message


def test_an_archive_that_keeps_killing_its_readers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[str] = []

    def dies(workers: Workers, file: FileInput, done: list[tuple[Report, ...]]) -> bool:
        lost.append(file.name)
        return False

    monkeypatch.setattr(Workers, "read_members", dies)
    (reports,) = read_files([FileInput("年报.zip", TEXT)])
    assert len(lost) == MOST_LOST
    assert kinds(reports[0]) == ["took_too_long"]
    assert "其余的没有再读" in reports[0].problems[0].message


@pytest.mark.skipif(os.name == "nt", reason="names are not bytes there")
def test_a_name_that_is_no_utf8_is_read_and_shown_as_chinese_windows_wrote_it(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), "年报.txt".encode("gb18030"))
    Path(os.fsdecode(path)).write_bytes(TEXT)
    reports = parse_folder(tmp_path)
    assert [Path(report.source.file).name for report in reports] == ["年报.txt"]
    assert values(reports[0]) == FACTS.expected()
    assert load_corpus(tmp_path).reports["source_file"].str.endswith("年报.txt").all()


def test_a_worker_shares_one_pool_of_memory_among_its_threads() -> None:
    """Where each thread keeps a pool, the limit is used up by what nobody uses: a scanned page took 1.9 of 2 GB."""
    worker = Worker()
    environment = Path(f"/proc/{worker.process.pid}/environ")
    if not environment.exists():
        pytest.skip("no /proc on this system")
    # Between its start and its first answer the process may not have an environment of its own yet.
    worker.send(ReadRequest(FileInput("年报.txt", TEXT), 0))
    while worker.receive():
        pass
    has_one = b"MALLOC_ARENA_MAX=1" in environment.read_bytes().split(b"\0")
    worker.end()
    assert has_one
