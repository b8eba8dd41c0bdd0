"""Bytes → text.

In: the bytes of a text file.  Out: `Decoded` with the text, the encoding and what was damaged.  Refused: bytes that are
no text at all (`NotText`).  The order is from what proves an encoding to what only makes it likely: byte order mark,
UTF-16 by its NUL bytes (`wide`), then UTF-8, GB 18030 and Big5, also mixed (`narrow`), told apart by the characters
common in such reports (`likeness`).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from parsing.decoding.likeness import likeness
from parsing.decoding.narrow import read_narrow
from parsing.decoding.wide import read_order, read_wide

WIDE_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LONG_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
# Bytes of the beginning that tell text from programs and pictures.
BEGINNING = 65_536
MOST_STRAY = 8
# Chinese in UTF-7, which no program has written for twenty years: `+Zf9e3E/hYG9RbF8A-`.
UTF7_RUN = re.compile(rb"\+[A-Za-z0-9+/]{8,}-")
NULS = re.compile("\x00+")
UNKNOWN = "\ufffd"


class NotText(ValueError):
    """The bytes are no text in any encoding such reports come in."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding's name (two names with + for a file in two), and how many places could not be decoded.

    Each such place shows as U+FFFD in the text.
    """

    text: str
    encoding: str
    damaged_count: int = 0


def is_utf7(data: bytes) -> bool:
    """Whether ASCII bytes are Chinese in UTF-7."""
    runs = b" ".join(UTF7_RUN.findall(data)) if data.isascii() else b""
    return bool(runs) and likeness(runs.decode("utf-7", "ignore")) > 0.5


def is_binary(beginning: bytes) -> bool:
    """Whether more than one byte in fifty is a control byte that no text has; a few may stand in any text."""
    count = len(beginning) - len(beginning.translate(None, CONTROLS))
    return count > MOST_STRAY and 50 * count > len(beginning)


def counted(text: str, encoding: str) -> Decoded:
    return Decoded(text, encoding, text.count(UNKNOWN))


def decode_marked(data: bytes) -> Decoded | None:
    """The text of a file that begins with a byte order mark."""
    if data.startswith(LONG_MARKS):
        return counted(data.decode("utf-32", "replace"), "utf-32")
    for mark, order in WIDE_MARKS:
        if data.startswith(mark):
            return counted(read_order(data[len(mark) :], order), "utf-16")
    return None


def decode(data: bytes) -> Decoded:
    """The text of a file; NotText for bytes that are none.

    >>> decode("一、总体情况".encode("gb18030")).text
    '一、总体情况'
    """
    marked = decode_marked(data)
    if marked:
        return marked
    # Digits, spaces and line ends leave NUL bytes in UTF-16; without any it is the last thing to try.
    found = (read_wide(data) if b"\x00" in data[:BEGINNING] else None) or read_body(data) or read_wide(data)
    if found is None:
        raise NotText("no reading shows the characters of a report")
    text, encoding = found
    if "\x00" in text:
        text = NULS.sub(UNKNOWN, text)
    # U+FFFD that an editor wrote into sound UTF-8 stands for no byte of this file.
    is_sound = encoding in ("utf-8", "utf-8-sig") and data.count(UNKNOWN.encode()) == text.count(UNKNOWN)
    return Decoded(text, encoding) if is_sound else counted(text, encoding)


def read_body(data: bytes) -> tuple[str, str] | None:
    """Text and encoding of bytes that are not UTF-16; None where they are no text."""
    body = data.removeprefix(codecs.BOM_UTF8)
    is_marked = len(body) < len(data)
    text_part = body.rstrip(b"\x00")
    # A download that broke off is filled up with NUL bytes.
    body = text_part if 2 * len(text_part) >= len(body) else body
    found = None if is_binary(body[:BEGINNING]) or is_utf7(body) else read_narrow(body)
    return (found[0], "utf-8-sig") if found and is_marked and found[1] == "utf-8" else found
