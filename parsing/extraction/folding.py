"""One way of writing for everything that is compared: simplified, half-width, no stray spaces.

In: text as repaired.  Out: folded text of the same length (`fold`), or without white space and with
the index of every kept character (`squash`).  Nothing is refused.  The original is kept by the
caller: folding serves matching, never quoting.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache

from parsing.repairs.scripts import simplified, variants

# Replacing these one by one takes a fifth of the time of a translation, which looks every character up.
USUAL_WIDE = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"))


@cache
def width_table() -> dict[int, str]:
    """Compatibility characters with a one-character plain form: ／ → /, ⼀ → 一, ０ → 0.

    Only the blocks met in reports: Kangxi and CJK radicals, compatibility ideographs, full-width forms.
    """
    blocks = ((0x2E80, 0x2FD6), (0xF900, 0xFAD9), (0xFF01, 0xFFEF), (0x2460, 0x2474))
    table = {}
    for first, last in blocks:
        for code in range(first, last):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code) and not 0x2460 <= code < 0x2474:
                table[code] = plain
    # Dashes and quotes have no compatibility form; reports use them at random.
    table.update({0x2014: "—", 0x2013: "-", 0x2212: "-", 0x2010: "-", 0x2011: "-", 0x301C: "~", 0xFF5E: "~"})
    table.update({ord(radical): char for radical, char in variants("radicals").items()})
    return table


def fold(text: str) -> str:
    """Half-width and simplified, character by character, so that every index stays valid.

    Cells and labels repeat in every report, so short texts are remembered.

    >>> fold("第二十條第（一）項")
    '第二十条第(一)项'
    >>> fold("於潛鎮２０１８年")
    '於潜镇2018年'
    """
    return fold_short(text) if len(text) <= 48 else fold_afresh(text)


@cache
def other_wide() -> re.Pattern[str]:
    """The wide characters that few texts have."""
    usual = {wide for wide, _ in USUAL_WIDE}
    wide = [chr(code) for code, plain in width_table().items() if chr(code) != plain]
    return re.compile(f"[{''.join(re.escape(char) for char in wide if char not in usual)}]")


def fold_afresh(text: str) -> str:
    narrow = text
    for wide, plain in USUAL_WIDE:
        narrow = narrow.replace(wide, plain)
    if other_wide().search(narrow):
        narrow = narrow.translate(width_table())
    if narrow.isascii():
        return narrow
    simple = simplified(narrow)
    if len(simple) == len(narrow):
        return simple
    # A phrase rule changed the length: fall back to single characters, which never do.
    return "".join(one if len(one) == 1 else char for char in narrow for one in [simplified(char)])


@lru_cache(maxsize=32768)
def fold_short(text: str) -> str:
    return fold_afresh(text)


SPACES = r"\s\u200b\u200c\u200d\u2060\ufeff\u00ad"
SPACE, WORD = re.compile(f"[{SPACES}]"), re.compile(f"[^{SPACES}]+")


def squash(text: str) -> tuple[str, Sequence[int]]:
    """Fold, then drop white space; the second value holds the index in `text` of every kept character, and its end.

    A space between two digits stays (one of them): "0 0" is two figures, not 00.

    >>> squash("2020 年 度 3 4")
    ('2020年度3 4', array('l', [0, 1, 2, 3, 5, 7, 9, 10, 11, 12]))
    """
    folded = fold(text)
    if not SPACE.search(folded):
        return folded, range(len(text) + 1)
    out: list[str] = []
    places = array("l")
    for match in WORD.finditer(folded):
        word, start = match.group(), match.start()
        if out and word[0].isdigit() and out[-1][-1].isdigit():
            out.append(" ")
            places.append(start - 1)
        out.append(word)
        places.extend(range(start, match.end()))
    places.append(len(text))
    return "".join(out), places
