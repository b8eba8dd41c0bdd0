"""The files that fuzzing starts from: small ones of every format, and some of the demonstration samples.

In: nothing.  Out: for each name of `readers.READERS`, and for archives, files that this reader takes; the same on every
machine.  Refused: nothing.  Small files are most of them: an input costs what its seed costs.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from parsing.readers import READERS, archive, likely_readers, list_files
from tests.fuzzing import small_files
from tests.fuzzing.changing import READ, TEXT
from tests.fuzzing.containers import close_zip, open_zip
from tests.fuzzing.targets import ARCHIVE
from tests.reading.workbook_making import WAYS, fill_book, spreadsheet_xml
from tests.synthesis import LAYOUTS, print_report, write_text
from tests.synthesis.damage import damage
from tests.synthesis.grids import Grid
from tests.synthesis.logical import LogicalReport, Prose, build_report
from tests.synthesis.variants import end_groups, facts_of
from tests.synthesis.writers import KINDS, print_reports

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
# How much of a report a small file has: rows of a table, characters of a paragraph, paragraphs.
ROWS, LONGEST, PARAGRAPHS = 9, 60, 8
# Samples are taken up to this size, in bytes, and so many of each format.
LARGEST_SAMPLE, SAMPLES_EACH = 200_000, 2


def shorten(report: LogicalReport) -> LogicalReport:
    """The beginning of every table and of the first paragraphs."""
    blocks: list[Grid | Prose] = []
    for block in report.blocks:
        if isinstance(block, Grid):
            rows = end_groups(block, ROWS) if len(block.rows) > ROWS else block.rows
            blocks.append(replace(block, rows=rows))
        elif len(blocks) < PARAGRAPHS or len(block.text) < LONGEST // 3:
            blocks.append(replace(block, text=block.text[:LONGEST]))
    return replace(report, blocks=tuple(blocks))


@cache
def small_reports() -> dict[str, LogicalReport]:
    return {form: shorten(build_report(facts_of(form))) for form in ("B", "C", "D")}


def lean(data: bytes) -> bytes:
    """An office file without the parts that no reader looks at: themes, settings, pictures."""
    parts = open_zip(data)
    return close_zip(b"", {name: part for name, part in parts.items() if TEXT.search(name) or READ.search(name)})


def written() -> dict[str, list[bytes]]:
    """What the synthesis writes without other programs, by the format it must be recognised as."""
    found: dict[str, list[bytes]] = {}
    for name, kind in KINDS.items():
        if kind.needs is None:
            files = print_reports(small_reports(), name).values()
            found.setdefault(kind.format, []).extend(lean(one) if open_zip(one) else one for one in files)
    return found


def texts() -> list[bytes]:
    """Small reports in every layout, whole ones, damaged ones, and some in other encodings."""
    small, whole = small_reports()["D"], write_text(facts_of("C"))
    plain = [print_report(small, layout, "seed") for layout in LAYOUTS]
    damaged = [damage(plain[0], kind, 1) for kind in ("one_line", "utf8_as_latin", "spam")]
    traditional = damage(plain[0], "traditional", 1).encode("big5", "replace")
    encoded = [plain[0].encode("gb18030"), plain[0].encode("utf-16"), traditional]
    return [*(text.encode() for text in (*plain, *damaged, whole, damage(whole, "gbk_shift", 1))), *encoded]


def own() -> dict[str, list[bytes]]:
    """What is written here by hand."""
    report = small_reports()["D"]
    return {
        "docx": [small_files.tricky_docx()],
        "xls": [small_files.small_xls()],
        "ods": [small_files.write_ods(report)],
        "odt": [small_files.write_odt(report)],
        "doc": [small_files.small_doc()],
        "rtf": [small_files.write_rtf(small_reports()[form]) for form in ("B", "D")],
        "pictures": list(small_files.pictures()),
        "foreign": [
            close_zip(b"", {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}),
            close_zip(b"", {"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>"}),
            small_files.close_ole(small_files.OLE, {"PowerPoint Document": b"a"}),
            b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08\x00",
        ],
        "spreadsheetml": [spreadsheet_xml(fill_book(facts_of("D"), WAYS["sheets"]))],
        "txt": texts(),
    }  # fmt: skip


def samples() -> dict[str, list[bytes]]:
    """The smallest of the demonstration samples of each format."""
    found: dict[str, list[bytes]] = {}
    files = sorted((path.read_bytes() for path in list_files(SAMPLES)), key=len)
    for data in files:
        if archive.sniff(data):
            continue
        reader = next(one for one in likely_readers(data) if one.sniff(data)).__name__.rpartition(".")[2]
        kept = found.setdefault(reader, [])
        if len(data) <= LARGEST_SAMPLE and len(kept) < SAMPLES_EACH:
            kept.append(data)
    return found


def archives(files: dict[str, list[bytes]]) -> list[bytes]:
    """A folder of one small file of each format, and an archive in an archive."""
    smallest = {f"年报/{name}.{number}": min(data, key=len) for number, (name, data) in enumerate(files.items())}
    few = dict(list(smallest.items())[:3])
    inner = close_zip(b"", {"一.txt": b"2022\n", "__MACOSX/x": b"x"})
    return [close_zip(b"", few), close_zip(b"", {"内.zip": inner, "二.csv": min(files["separated"], key=len)})]


@cache
def seeds() -> dict[str, tuple[bytes, ...]]:
    """The seeds of every reader and of archives, smallest first."""
    named = {kind.format: kind.format for kind in KINDS.values()} | {"csv": "separated"}
    found: dict[str, list[bytes]] = {name: [] for name in READERS}
    for format_name, files in written().items():
        found[named[format_name]] += files
    for group in (own(), samples()):
        for name, files in group.items():
            found[name] += files
    found[ARCHIVE] = archives(found)
    return {name: tuple(sorted(files, key=len)) for name, files in found.items()}
