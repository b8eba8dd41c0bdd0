"""From the bytes of a file to its reports: the one line reader → repairs → extraction.

In: bytes and the name they are known by.  Out: reports, those of an archive file by file.  Never raises for bad
content: a file that cannot be read gives a report with nothing but the problem that says why.  Everything happens in
this process; `workers` does the same for many files, within limits of time and memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from parsing.extraction.assembly import extract_report
from parsing.extraction.parts import split_reports
from parsing.model import Block, Paragraph, Problem, Report, Source
from parsing.readers import archive, read_document
from parsing.readers.refusals import LARGEST_FILE, refuse, refused, too_large
from parsing.repairs import mend_document

Reports = tuple[Report, ...]


def parse_bytes(data: bytes, name: str) -> Reports:
    """The reports in the bytes of one file, in order; more than one where it holds several."""
    return tuple(report for _, reports in parse_members(data, name) for report in reports or ())


def parse_members(data: bytes, name: str, skip: int = 0) -> Iterator[tuple[str, Reports | None]]:
    """The reports of each member of an archive, or of the one file that it is; the first `skip` are left out.

    Each name comes twice: before the member is read, with None, and with its reports.
    """
    if not archive.sniff(data):
        yield name, None
        yield name, parse_document(data, name)
        return
    members = archive.unpack(archive.Archive(data))
    count = 0
    for count, member in enumerate(members, 1):
        if count > skip:
            path = f"{name}/{member.name}"
            yield path, None
            yield path, refused(member.refusal, path) if member.refusal else parse_document(member.data, path)
    if not count:
        message = "压缩包里没有可以读取的文件。请确认选对了文件，或解压后再提交。"
        yield name, refused(refuse(archive.FORMAT, "empty_file", message), name)


def find_member(data: bytes, path: str) -> bytes | None:
    """The bytes of one member of an archive by its path in it; the file itself for no path."""
    if not path:
        return data
    members = archive.unpack(archive.Archive(data))
    return next((one.data for one in members if one.name == path and not one.refusal), None)


def parse_document(data: bytes, name: str) -> Reports:
    """The reports of one file that is no archive."""
    if len(data) > LARGEST_FILE:
        return refused(too_large(len(data)), name)
    document = read_document(data)
    source = Source(name, document.format, document.encoding, hashlib.sha256(data).hexdigest(), len(data))
    mended, repairs = mend_document(document)
    parts = split_reports(mended)
    if len(parts) == 1:
        return (extract_report(mended, source, repairs),)
    message = f"这个文件里有 {len(parts)} 份报告，已分别读取。请拆成一份一个文件再报送。"
    reports = []
    for number, part in enumerate(parts, 1):
        first, last = line_range(part.blocks)
        own = [repair for repair in repairs if first <= (repair.where.line or 0) <= last]
        report = extract_report(replace(part, problems=document.problems), replace(source, part=number), own)
        problem = Problem("several_reports", message, report.particulars.evidence.get("year"))
        reports.append(replace(report, problems=(problem, *report.problems)))
    return tuple(reports)


def line_range(blocks: tuple[Block, ...]) -> tuple[int, int]:
    """The first and the last line of the text that the blocks of one part take."""
    lines: list[int] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text.where.line or 0)
        else:
            lines += [cell.where.line or 0 for row in block.rows for cell in row.cells]
    return min(lines, default=0), max(lines, default=0)
