"""Bytes → text.

In: the bytes of a text file.  Out: `Decoded` with the text, the encoding and what was damaged.  Refused:
bytes that are no text at all (`NotText`).  The order is from what proves an encoding to what only makes it
likely: byte order mark, NUL bytes of UTF-16, valid UTF-8, chardet when it is sure and the strict decoding
agrees, and at last the reading that shows most characters common in such reports.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

CANDIDATES = ("gb18030", "big5hkscs", "utf-8")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Characters that every report prints many times, simplified and traditional.
COMMON = frozenset(
    "的年政府信息公开開和情况況行申请請主动動机機关關工作本度报報告第条條项項结結果数數量复復议議诉訴讼訟其他一二三四五六、。，（）：０0123456789"
)
# Characters of the beginning that are enough to tell one reading from another.
SAMPLE = 4000
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UNKNOWN = "\ufffd"
# What a wrong reading shows: undecodable places and private characters.
ODD = re.compile("[\ufffd\ue000-\uf8ff]")
WITHOUT_COMMON = dict.fromkeys(map(ord, COMMON))


class NotText(ValueError):
    """The bytes are no text in any encoding such reports come in."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding's name, and how many places could not be decoded (each shows as U+FFFD)."""

    text: str
    encoding: str
    damaged_count: int = 0


def strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def read_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: digits, spaces and line ends leave NUL bytes, which no other text has.

    Both byte orders leave some (一 is 4E 00), so the one that reads as a report decides.
    """
    if data[:4096].count(0) * 50 < len(data[:4096]):
        return None
    readings = {order: data.decode(order, "replace") for order in ("utf-16-le", "utf-16-be")}
    best = max(readings, key=lambda order: likeness(readings[order]))
    text = readings[best]
    return Decoded(text, best, text.count(UNKNOWN)) if likeness(text) > 0.1 else None


def guess(data: bytes) -> str | None:
    """What chardet says, if it is at least 90 % sure; it names cp737 and the like for one stray byte otherwise."""
    import chardet  # 40 ms to import, needed only where the bytes do not prove their encoding

    found = chardet.detect(data, include_encodings=CANDIDATES, no_match_encoding=CANDIDATES[-1])
    encoding = found["encoding"]
    return encoding if encoding and (found["confidence"] or 0) >= 0.9 else None


def likeness(text: str) -> float:
    """Share of characters common in reports, minus the share of undecodable and private ones."""
    letters = "".join(text[:SAMPLE].split())
    if not letters:
        return 0.0
    common = len(letters) - len(letters.translate(WITHOUT_COMMON))
    return (common - 4 * len(ODD.findall(letters))) / len(letters)


def decode(data: bytes) -> Decoded:
    """The text of a file; NotText for bytes that are none.

    >>> decode("一、总体情况".encode("gb18030")).text
    '一、总体情况'
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            return Decoded(text, encoding, text.count(UNKNOWN))
    wide = read_utf16(data)
    if wide:
        return wide
    if len(CONTROL.findall(data[:65536])) * 50 > len(data[:65536]):
        raise NotText("control bytes")
    plain = strict(data, "utf-8")
    if plain is not None:
        return Decoded(plain, "utf-8")
    likely = guess(data)
    sure = strict(data, likely) if likely else None
    if likely and sure is not None:
        return Decoded(sure, likely.lower())
    beginning = data[: 2 * SAMPLE]
    likely_by = {encoding: likeness(beginning.decode(encoding, "replace")) for encoding in CANDIDATES}
    best = max(likely_by, key=lambda encoding: likely_by[encoding])
    if likely_by[best] < 0.05:
        raise NotText("no reading shows the characters of a report")
    text = data.decode(best, "replace")
    return Decoded(text, best, text.count(UNKNOWN))
