"""Web pages saved as one file: browsers' .mht and what Word and Excel write as "single file web page", often as .doc.

In: bytes of a MIME message with parts.  Out: a Document of its pages in order, tables numbered through.  Pictures and
other parts are not decoded.  Refused: a message without a page in it, more than any report has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser

from parsing.decoding import NotText, decode
from parsing.model import Document
from parsing.readers.html import read_pages
from parsing.readers.refusals import LARGEST_FILE, refuse, refuse_damaged, refuse_large

FORMAT = "mhtml"

WORDS = "单个文件网页"
# How far into the file, or into a part, its header may reach, in bytes.
HEADER_REACH = 8192
MOST_PARTS = 2000
DEEPEST = 5
VERSION = re.compile(rb"^MIME-Version\s*:", re.IGNORECASE | re.MULTILINE)
CONTENT = re.compile(rb"^Content-Type\s*:\s*(?:multipart/|text/html|application/xhtml)", re.IGNORECASE | re.MULTILINE)
HEADER_END = re.compile(rb"\r?\n[ \t]*\r?\n|\r[ \t]*\r")
# A delimiter line with the header of a part behind it, for files that lost their own header's boundary.
DELIMITER = re.compile(rb"^--([^\r\n]{1,200}?)(?:--)?[ \t]*\r?\n(?=Content-)", re.IGNORECASE | re.MULTILINE)
# Word keeps the page's header, footer and footnote lines in a part of its own, Excel the tabs of its sheets.
ASIDE = re.compile(r"(?:header|tabstrip)\.html?$", re.IGNORECASE)
PAGES = ("text/html", "application/xhtml+xml")


def sniff(data: bytes) -> bool:
    """A MIME header at the very beginning that announces parts or a page."""
    start = data[:HEADER_REACH].lstrip(b"\xef\xbb\xbf\r\n\t ")
    end = HEADER_END.search(start)
    head = start[: end.start()] if end else start
    # Any page may hold the second of these words, which then is looked for at every line of it.
    return b"mime-version" in head.lower() and bool(VERSION.search(head) and CONTENT.search(head))


def read(data: bytes) -> Document:
    """Every page among the parts, each in its own encoding."""
    if len(data) > LARGEST_FILE:
        return refuse_large(FORMAT, WORDS, f"有 {len(data):,} 字节，最多读 {LARGEST_FILE:,} 字节")
    pages, encodings = [], []
    for page in find_pages(data.lstrip(b"\xef\xbb\xbf\r\n\t "), DEEPEST):
        try:
            decoded = decode(page)
        except NotText:
            return refuse(FORMAT, "not_text", f"这个{WORDS}里的正文不是文字，可能已损坏。请从来源重新下载。")
        pages.append(decoded.text)
        encodings.append(decoded.encoding)
    if not pages:
        return refuse_damaged(FORMAT, WORDS)
    return read_pages(pages, FORMAT, encodings[0])


def find_pages(data: bytes, depth: int) -> Iterator[bytes]:
    """The decoded bytes of every page in a message or a part of one."""
    header, body = split_header(data)
    kind = header.get_content_type()
    if kind in PAGES:
        if not ASIDE.search(str(header.get("Content-Location", ""))):
            page = decode_body(header, body)
            if page.strip():
                yield page
    elif header.get_content_maintype() == "multipart" and depth:
        for part in parts_of(header, body):
            yield from find_pages(part, depth - 1)


def split_header(data: bytes) -> tuple[Message, bytes]:
    end = HEADER_END.search(data, 0, HEADER_REACH)
    head = data[: end.end()] if end else data[:HEADER_REACH]
    return BytesHeaderParser().parsebytes(head), data[end.end() :] if end else b""


def parts_of(header: Message, body: bytes) -> Iterator[bytes]:
    """What stands between the delimiter lines; the last part may be cut off."""
    boundary = (header.get_boundary() or "").encode("ascii", "replace")
    if not boundary or b"--" + boundary not in body:
        found = DELIMITER.search(body)
        if not found:
            return
        boundary = found[1]
    for part in body.split(b"--" + boundary, MOST_PARTS)[1:]:
        if not part.startswith(b"--"):
            yield part.lstrip(b" \t\r\n")


def decode_body(header: Message, body: bytes) -> bytes:
    """The bytes of a part as they were before the transfer; what cannot be decoded stays as it is."""
    header.set_payload(body.decode("ascii", "surrogateescape"))
    payload = header.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else body
