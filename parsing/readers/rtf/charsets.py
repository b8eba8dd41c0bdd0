"""Which bytes mean which characters in RTF: every font has a character set.

In: bytes of a run and the character set of its font.  Out: text.  Bytes that are no character of the set become U+FFFD,
one each; a figure is never taken for the second half of a character, for in none of these sets can it be one.
"""

from __future__ import annotations

import re

# Windows character sets of fonts (\fcharset); 0 is Western, 1 the default of the document.
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOL, DEFAULT, WESTERN = 2, 1, "cp1252"
PAGES = {936: "gbk", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8", 10000: "mac_roman", 54936: "gbk"}
DOUBLE = frozenset(("gbk", "cp950", "cp932", "cp949", "utf-8"))
SINGLE_PAGES = frozenset((437, 850, 852, 866, 874, *range(1250, 1259)))
# Characters of GB 2312: what programs write in a Western font that were told nothing of Chinese.
GB_2312 = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])+")
# Where symbol fonts put their signs, whose codes are those of letters that nobody sees.
PRIVATE = 0xF000


def page_codec(page: int) -> str:
    """The encoding of a code page; Western where it is unknown."""
    return PAGES.get(page) or (f"cp{page}" if page in SINGLE_PAGES else WESTERN)


def decode(raw: bytes, codec: str) -> str:
    """The characters of a run in the encoding of its font, "symbol" for a font of signs.

    >>> decode("公开12件".encode("gbk"), "gbk"), decode("公开".encode("gbk"), "cp1252"), decode(b"\\xb07", "cp1252")
    ('公开12件', '公开', '°7')
    >>> decode(b"\\xb97", "gbk"), decode(b"R 1", "symbol")
    ('\\ufffd7', '\\uf052 \\uf031')
    """
    if codec == "symbol":
        return "".join(chr(PRIVATE + byte) if byte > 0x20 else chr(byte) for byte in raw)
    if raw.isascii():
        return raw.decode("ascii")
    if codec not in DOUBLE and GB_2312.fullmatch(raw):
        return raw.decode("gbk", "replace")
    return raw.decode(codec, "replace")
