"""From a file to its reports: the one line reader → repairs → extraction.

In: bytes and the name they are known by, or files and folders.  Out: reports in the order of the files.  Never raises
for bad content: a file that cannot be read gives a report with nothing but the problem that says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from parsing.extraction.assembly import extract_report
from parsing.extraction.parts import split_reports
from parsing.model import Particulars, Problem, Report, Source
from parsing.readers import list_files, read_document
from parsing.repairs import mend_document

# Called after each file: how many are done, how many there are, the name of this one.
Progress = Callable[[int, int, str], None]


def parse_bytes(data: bytes, name: str) -> tuple[Report, ...]:
    """The reports in the bytes of one file; more than one where a file holds several."""
    document = read_document(data)
    digest = hashlib.sha256(data).hexdigest()
    source = Source(name, document.format, document.encoding, digest, len(data))
    mended, repairs = mend_document(document)
    parts = split_reports(mended)
    if len(parts) == 1:
        return (extract_report(mended, source, repairs),)
    message = f"这个文件里有 {len(parts)} 份报告，已分别读取。请拆成一份一个文件再报送。"
    reports = []
    for number, part in enumerate(parts, 1):
        own = [repair for repair in repairs if is_within(part.blocks, repair.where.line)]
        report = extract_report(replace(part, problems=document.problems), replace(source, part=number), own)
        problem = Problem("several_reports", message, report.particulars.evidence.get("year"))
        reports.append(replace(report, problems=(problem, *report.problems)))
    return tuple(reports)


def is_within(blocks: Iterable[object], line: int | None) -> bool:
    """Whether a line number falls into the blocks of one part."""
    from parsing.model import Paragraph, Table

    lines: list[int] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text.where.line or 0)
        elif isinstance(block, Table):
            lines += [cell.where.line or 0 for row in block.rows for cell in row.cells]
    return line is not None and bool(lines) and min(lines) <= line <= max(lines)


def parse_file(path: Path) -> tuple[Report, ...]:
    """The reports of a file on disk, known by the path as given."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"打不开（{error.strerror}）"
        problem = Problem("file_unavailable", f"{path}：{reason}。请检查路径和读取权限。")
        source = Source(str(path), "unknown", None, hashlib.sha256(b"").hexdigest(), 0)
        return (Report(source, Particulars(), {}, problems=(problem,)),)
    return parse_bytes(data, str(path))


def parse_paths(paths: Iterable[Path], progress: Progress | None = None) -> tuple[tuple[Report, ...], ...]:
    """The reports of each file; a folder stands for all files in it."""
    files = [file for path in paths for file in (list_files(path) if path.is_dir() else [path])]
    done = []
    for number, file in enumerate(files, 1):
        done.append(parse_file(file))
        if progress:
            progress(number, len(files), file.name)
    return tuple(done)
