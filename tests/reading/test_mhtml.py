"""Pages saved as one file: every encoding of their parts, several pages, parts that are cut off."""

from __future__ import annotations

from email.message import Message, MIMEPart
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart

import pytest

from parsing import parse_report
from parsing.readers import mhtml, read_document
from tests.reading.html_pages import PRODUCERS
from tests.synthesis import Agency, build_report, clean_facts

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
FACTS = clean_facts(OFFICE, 2020, 11)


def page_part(page: str, charset: str, encoding: str, location: str = "file:///C:/report.htm") -> Message:
    part = MIMEPart()
    part.set_content(page.encode(charset), "text", "html", cte=encoding)
    part.set_param("charset", charset)
    part["Content-Location"] = location
    del part["Content-Disposition"]
    return part


def archive(*parts: Message) -> bytes:
    whole = MIMEMultipart("related", type="text/html", boundary="----=_NextPart_01D6F5.A0")
    for part in (*parts, MIMEImage(b"GIF89a" + b"\0" * 3000, "gif")):
        whole.attach(part)
    head = whole.as_bytes()
    return b"From: <Saved by a browser>\nSubject: =?utf-8?Q?=E5=B9=B4=E6=8A=A5?=\n" + head


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_page_reads_the_same_however_it_is_packed(charset: str, encoding: str, line_end: bytes) -> None:
    data = archive(page_part(PRODUCERS["word"](build_report(FACTS)), charset, encoding)).replace(b"\n", line_end)
    report = parse_report(data, "report.doc")
    assert report.source.format == "mhtml"
    assert report.problems == ()
    assert {cell.address: cell.value for cell in report.cells} == FACTS.expected()


def test_pages_stand_in_order_and_tables_are_numbered_through() -> None:
    sheets = [f"<table><tr><td>{name}</td><td>{number}</td></tr></table>" for name, number in (("甲", 1), ("乙", 2))]
    head = page_part("<p>页眉</p>", "utf-8", "8bit", "file:///C:/report.files/header.htm")
    document = read_document(archive(head, *(page_part(sheet, "utf-8", "base64") for sheet in sheets)))
    assert document.text == "甲 | 1\n乙 | 2"
    paths = [block.rows[0].cells[1].where.path for block in document.blocks]
    assert paths == ["table[1]/tr[1]/td[2]", "table[2]/tr[1]/td[2]"]


def test_a_boundary_that_the_header_lost_is_found() -> None:
    data = archive(page_part("<p>年度报告</p>", "utf-8", "8bit"))
    lost = data.replace(b'boundary="----=_NextPart_01D6F5.A0"', b'boundary="other"', 1)
    assert read_document(lost).text == "年度报告"


def test_a_file_cut_in_a_part_keeps_what_is_there() -> None:
    data = archive(page_part(PRODUCERS["plain"](build_report(FACTS)), "utf-8", "base64"))
    for cut in range(len(data) // 4, len(data), len(data) // 12):
        report = parse_report(data[:cut], "x")
        expected = FACTS.expected()
        assert {c.address: c.value for c in report.cells if c.value not in (None, expected.get(c.address))} == {}


HEADER = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"


@pytest.mark.parametrize(
    "parts",
    [
        b"",
        b"--x\nContent-Type: image/gif\n\nGIF8\n--x--",
        b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3000,
    ],
)
def test_an_archive_without_a_page_is_damaged(parts: bytes) -> None:
    data = HEADER + parts
    assert mhtml.sniff(data)
    assert [problem.kind for problem in read_document(data).problems] == ["damaged_file"]


def test_a_text_that_speaks_of_mime_is_no_archive() -> None:
    assert not mhtml.sniff("一、总体情况\n\nMIME-Version: 1.0\nContent-Type: multipart/related".encode())
