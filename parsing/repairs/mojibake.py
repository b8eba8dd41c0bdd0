"""UTF-8 that was read as Latin-1 or GBK, and GBK that was read as Latin-1, and saved again: æ”\xbfåºœ, 鏀垮簻, Õ\xfe¸®.

In: text.  Out: edits that read the same bytes as what they were.  Left alone: everything that is not proven, which is
where the bytes are no valid UTF-8, or the new reading is not plainly Chinese; and runs with digits in full width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.decoding.likeness import usual, weigh
from parsing.repairs.edits import Edit, digits

KIND = "mojibake"
MESSAGE = "用错误的编码打开后又保存的文字"

LOST = "\ufffd"
# As which Windows shows the one byte that GBK leaves free.
HALVES = {"€": b"\x80"}
# 公开: its middle bytes make a character of no font, which pages leave out.
WITHOUT_MIDDLE = "鍏紑", "鍏" + b"\xac\xe5".decode("gb18030") + "紑"
# The characters that Windows puts at the places where Latin-1 has control characters.
WINDOWS = {bytes((code,)).decode("cp1252", "ignore"): chr(code) for code in range(0x80, 0xA0)}
TO_BYTES = str.maketrans({char: byte for char, byte in WINDOWS.items() if char})
UTF8_IN_LATIN = re.compile("(?:[\xe2-\xef][\x80-\xbf]{2})+")
GBK_IN_LATIN = re.compile("(?:[\xa1\xa3\xb0-\xf7][\xa1-\xfe]){2,}")
# UTF-8 read as GBK: a stretch of Chinese with what could not be read, a lone half, as a question mark.
STRETCH = re.compile(r"[^\x00-\x7f](?:[^\x00-\x7f]|\?(?!\s*$))*")
# 锛 is the bytes of full-width punctuation, 銆 those of 。 and 、; the others begin 政 府 信 公 的 年.
SIGNATURES = re.compile("锛|銆|鏀垮|搴淇|淇℃伅|鍏紑|鐨刓|骞[?\ufffd]|鐢宠|涓诲")
LATIN = re.compile("[\xe2-\xef][\x80-\xbf\u0152-\u02dc\u2013-\u2122]|[\xb0-\xf7][\xa1-\xfe][\xb0-\xf7][\xa1-\xfe]")


def is_proven(before: str, after: str, least: float) -> bool:
    """Whether the new reading is plainly Chinese and the old one is not; `least` is the share of usual characters."""
    rest = after.replace(LOST, "")
    is_usual = bool(rest) and sum(char in usual() for char in rest) >= least * len(rest)
    return is_usual and weigh(rest) - weigh(before) >= 4 and digits(before) == digits(after)


def latin_edits(text: str) -> Iterator[Edit]:
    """Runs of Latin letters that are the bytes of Chinese."""
    data = text.translate(TO_BYTES)
    # Three bytes that fit together are proof; two could be letters of a name.
    for pattern, encoding, least in ((UTF8_IN_LATIN, "utf-8", 0.6), (GBK_IN_LATIN, "gb2312", 0.85)):
        for match in pattern.finditer(data):
            after = match.group().encode("latin-1").decode(encoding, "ignore")
            before = text[match.start() : match.end()]
            if is_proven(before, after, least) and after.encode(encoding).decode("latin-1") == match.group():
                yield Edit(match.start(), match.end(), after)


def half_bytes(stretch: str) -> bytes | None:
    """The bytes of a stretch as GBK had them; a question mark stands for a half that was not written."""
    try:
        return b"".join(HALVES.get(char) or char.encode("gb18030") for char in stretch if char not in "?\ufffd")
    except UnicodeEncodeError:
        return None


def wide_edits(text: str) -> Iterator[Edit]:
    """Stretches of rare characters that are the bytes of UTF-8."""
    for match in STRETCH.finditer(text) if SIGNATURES.search(text) else ():
        data = half_bytes(match.group().replace(*WITHOUT_MIDDLE))
        after = data.decode("utf-8", "replace") if data else ""
        if after and is_proven(match.group(), after, 0.85) and after.count(LOST) * 2 <= len(after):
            yield Edit(match.start(), match.end(), after)


def is_likely(text: str) -> bool:
    return LATIN.search(text) is not None or SIGNATURES.search(text) is not None


def find(text: str) -> list[Edit]:
    """
    >>> find("共æ”\xbfåºœ2")
    [Edit(start=1, end=7, after='政府')]
    >>> find("鏀垮簻淇℃伅鍏紑")[0].after
    '政府信息公开'
    """
    if text.isascii():
        return []
    edits: list[Edit] = []
    for edit in sorted([*latin_edits(text), *wide_edits(text)], key=lambda edit: (edit.start, -edit.end)):
        if not edits or edits[-1].end <= edit.start:
            edits.append(edit)
    return edits
