"""Damaged, hostile and unusual Word files: a clear problem or the right values, quickly, and never an exception.

In: made-up reports cut off and spoilt, markup made to do harm.  Out: nothing.
"""

from __future__ import annotations

import time
from functools import cache
from random import Random

import pytest

from parsing import parse_report
from parsing.model import Report
from parsing.readers import docx, likely_readers
from parsing.readers.refusals import FATAL
from tests.reading.docx_making import MAIN, SPACES, brief, make, p, tbl, tc, tr, zip_up
from tests.synthesis.logical import build_report
from tests.synthesis.variants import facts_of
from tests.synthesis.writers.packages import pack, unpack
from tests.synthesis.writers.programs import convert
from tests.synthesis.writers.shelf import demand
from tests.synthesis.writers.word import write_docx

# The parts in the order in which Word writes them: the text before what it refers to.
FIRST = ("[Content_Types].xml", "_rels/.rels", MAIN)
# Seconds within which anything is refused; a hundred times what it takes.
PATIENCE = 5


@cache
def written() -> bytes:
    """A report in which no two cells hold the same figure."""
    facts = distinct()
    parts = unpack(write_docx(build_report(facts), Random(1)))
    return pack({name: parts[name] for name in (*FIRST, *(one for one in parts if one not in FIRST))})


@cache
def distinct():  # type: ignore[no-untyped-def]
    facts = facts_of("D")
    addresses = [address for table in facts.tables() for address in table.addresses()]
    return facts.with_cells({address: 2000 + index for index, address in enumerate(addresses)})


def wrong_values(report: Report) -> dict[str, float]:
    expected = distinct().expected()
    return {
        cell.address: cell.value
        for cell in report.cells
        if cell.value is not None and expected.get(cell.address) != cell.value
    }


def test_a_file_that_is_cut_off_gives_what_is_there_and_says_so() -> None:
    data = written()
    start, end = data.index(MAIN.encode()), data.index(b"PK", data.index(MAIN.encode()))
    counts = []
    for at in range(start + 200, end, (end - start) // 25):
        report = parse_report(data[:at])
        assert wrong_values(report) == {}, at
        kinds = {problem.kind for problem in report.problems}
        assert kinds & {"file_cut_off", "damaged_file", "not_a_report"}, (at, kinds)
        counts.append(sum(cell.value is not None for cell in report.cells))
    assert counts == sorted(counts)
    assert counts[-1] > 100


def test_a_file_that_is_cut_off_behind_its_text_is_whole() -> None:
    data = written()
    end = data.index(b"PK", data.index(MAIN.encode()))
    for at in (end, end + 200, len(data) - 3):
        report = parse_report(data[:at])
        assert {cell.address: cell.value for cell in report.cells} == distinct().expected()


def test_no_changed_byte_ever_yields_a_wrong_number() -> None:
    data, chance = written(), Random(20)
    outcomes = set()
    for _ in range(150):
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 1, 1, 5))):
            spoilt[chance.randrange(len(data))] = chance.randrange(256)
        report = parse_report(bytes(spoilt))
        assert wrong_values(report) == {}
        outcomes.add(report.problems[0].kind if report.problems else "read")
    assert {"read", "damaged_file"} <= outcomes


def test_changed_bytes_in_the_headers_never_yield_a_wrong_number() -> None:
    """Two thirds of the bytes are content; the few that say where it stands are spoilt one by one."""
    data, chance = written(), Random(21)
    start = data.index(b"PK\x01\x02")
    for at in [
        *range(30),
        *range(data.index(MAIN.encode()) - 30, data.index(MAIN.encode()) + 20),
        *range(start, start + 300, 5),
    ]:
        spoilt = bytearray(data)
        spoilt[at] = chance.randrange(256)
        assert wrong_values(parse_report(bytes(spoilt))) == {}, at


def entity(declaration: str, use: str) -> bytes:
    return zip_up({MAIN: f"<!DOCTYPE d [{declaration}]><w:document {SPACES}><w:body>{p(use)}</w:body></w:document>"})


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP = "<w:sdt><w:sdtContent>" * 500_000
HOSTILE = {
    "entities in entities": entity(LAUGHS, "&i;"),
    "an entity of another file": entity('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;"),
    "an entity in an attribute": zip_up(
        {MAIN: f"<!DOCTYPE d [{LAUGHS}]><w:document {SPACES} a='&i;'><w:body/></w:document>"}
    ),
    "a million nested elements": zip_up({MAIN: f"<w:document {SPACES}><w:body>{DEEP}"}),
    "tables in tables in tables": make("<w:tbl><w:tr><w:tc>" * 100_000),
    "a part of 100 MB": zip_up({MAIN: b"<w:p/>" * 17_000_000}),
    "millions of paragraphs": make("<w:p>\u4e00</w:p>" * 3_000_000),
    "tags that do not match": zip_up({MAIN: f"<w:document {SPACES}><w:body><w:p></w:body></w:document>"}),
    "a picture": zip_up({MAIN: b"\x89PNG\r\n\x1a\n" * 100}),
    "another language of markup": zip_up({MAIN: "<html><body>1</body></html>"}),
    "no text": zip_up({MAIN: ""}),
    "bytes that are no text": zip_up({MAIN: bytes(range(256)) * 9}),
    "half of UTF-16": zip_up({MAIN: b"\xff\xfe<\x00w"}),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_would_do_harm_is_refused_at_once(case: str) -> None:
    started = time.monotonic()
    assert docx.sniff(HOSTILE[case])
    document = docx.read(HOSTILE[case])
    assert time.monotonic() - started < PATIENCE
    assert not document.blocks
    assert len(document.problems) == 1
    assert document.problems[0].kind in FATAL - {"reader_failed"}
    assert document.problems[0].message.endswith("。")


def test_nesting_that_is_allowed_is_read() -> None:
    nested = p("5")
    for _ in range(50):
        nested = tbl(tr(tc(nested + p(""))))
    assert brief(docx.read(make(nested))) == ["5"]


def test_characters_that_xml_forbids_do_not_join_figures() -> None:
    document = docx.read(make(tbl(tr("甲", "1&#11;2"), tr("乙\x0b", "3"))))
    assert brief(document) == [[["甲", "1 2"], ["乙", "3"]]]


def test_a_document_of_pictures_is_named_as_one() -> None:
    parts = {MAIN: f"<w:document {SPACES}><w:body>{p('<w:drawing/>')}</w:body></w:document>", "word/media/1.png": b"1"}
    assert [problem.kind for problem in docx.read(zip_up(parts)).problems] == ["scanned_file"]


def test_a_table_embedded_as_an_object_is_named() -> None:
    document = docx.read(make(p("甲") + p('<w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="r1"/></w:object>')))
    assert [problem.kind for problem in document.problems] == ["embedded_object"]


RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://x/aFChunk" Target="afchunk.htm"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "blocks", "kinds"),
    [
        ("<html><body><p>乙</p><table><tr><td>丙</td><td>1</td></tr></table></body></html>".encode(),
         ["甲", "乙", [["丙", "1"]], "丁"], []),
        (b"PK\x03\x04", ["甲", "丁"], ["embedded_file"]),
        (None, ["甲", "丁"], ["embedded_file"]),
    ],
    ids=["page", "archive", "missing"],
)  # fmt: skip
def test_an_embedded_page_is_read_or_named(content: bytes | None, blocks: list[object], kinds: list[str]) -> None:
    markup = f"<w:document {SPACES}><w:body>{p('甲')}<w:altChunk r:id='r1'/>{p('丁')}</w:body></w:document>"
    parts: dict[str, str | bytes] = {MAIN: markup, "word/_rels/document.xml.rels": RELATION}
    document = docx.read(zip_up(parts | ({} if content is None else {"word/afchunk.htm": content})))
    assert brief(document) == blocks
    assert [problem.kind for problem in document.problems] == kinds


def test_embedded_pages_together_are_no_longer_than_a_report() -> None:
    """One page of 12,000 characters embedded two thousand times took longer than a file may take."""
    page = f"<html><body><p>{'公开' * 6000}</p></body></html>"
    chunks = "<w:altChunk r:id='r1'/>" * 2000
    markup = f"<w:document {SPACES}><w:body>{chunks}</w:body></w:document>"
    document = docx.read(zip_up({MAIN: markup, "word/_rels/document.xml.rels": RELATION, "word/afchunk.htm": page}))
    assert [problem.kind for problem in document.problems] == ["file_too_large"]


def test_what_is_wrong_with_an_embedded_page_is_said() -> None:
    page = f"<html><body><p>{'公开' * 60}</p></body></html>".encode().replace("开公".encode(), b"\xff", 1)
    markup = f"<w:document {SPACES}><w:body>{p('甲')}<w:altChunk r:id='r1'/></w:body></w:document>"
    document = docx.read(zip_up({MAIN: markup, "word/_rels/document.xml.rels": RELATION, "word/afchunk.htm": page}))
    assert [problem.kind for problem in document.problems] == ["damaged_bytes"]


@pytest.mark.parametrize("way", [("docx",), ("odt", "docx"), ("html", "odt", "docx")], ids="-".join)
def test_what_libreoffice_makes_of_a_report_reads_alike(way: tuple[str, ...]) -> None:
    """Its own docx, and those that it makes of an odt and of a web page."""
    demand("doc")
    data, source = written(), "docx"
    for suffix in way:
        (data,) = convert({f"1.{source}": data}, suffix).values()
        source = suffix
    assert next(reader for reader in likely_readers(data) if reader.sniff(data)) is docx
    report = parse_report(data)
    assert {cell.address: cell.value for cell in report.cells} == distinct().expected()
    assert [problem.message for problem in report.problems] == []
