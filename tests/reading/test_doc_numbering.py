"""Numbers that Word puts before paragraphs, and styles that number or hide them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from parsing.model import Paragraph
from parsing.readers import read_document
from tests.reading.ole_making import HIDDEN, Parts, Run, Written, modifier, write_word

DECIMAL, ROMAN, CIRCLED, BULLET, CHINESE = 0, 1, 18, 23, 39
LEGAL, NEVER = 0x04, 0x08
LIST_ID = 77


def level(code: int, words: str, start: int = 1, flags: int = 0, limit: int = 0) -> bytes:
    head = struct.pack("<iBB9sB4x4xBBBB", start, code, flags, b"", 0, 0, 0, limit, 0)
    return head + struct.pack("<H", len(words)) + words.encode("utf-16-le")


def lists(levels: Sequence[bytes]) -> tuple[bytes, bytes]:
    """One list of nine levels, those that are not given without a number; what lies behind it."""
    head = struct.pack("<h", 1) + struct.pack("<ii18sBB", LIST_ID, 0, b"", 0, 0)
    return head, b"".join((*levels, *[level(0xFF, "")] * (9 - len(levels))))


def uses(*changes: Sequence[bytes]) -> bytes:
    """As many uses of the list as there are changes of its levels."""
    heads = b"".join(struct.pack("<iIIBBBB", LIST_ID, 0, 0, len(one), 0, 0, 0) for one in changes)
    rest = b"".join(struct.pack("<I", 0xFFFFFFFF) + b"".join(one) for one in changes)
    return struct.pack("<I", len(changes)) + heads + rest


def start_at(number: int, at_level: int = 0) -> bytes:
    return struct.pack("<iI", number, at_level | 0x10)


def item(words: str, at_level: int = 0, use: int = 1) -> Written:
    return Written((Run(words),), modifiers=modifier(0x260A, bytes((at_level,))) + modifier(0x460B, bytes((use, 0))))


def style(kind: int, base: int, parts: Sequence[bytes]) -> bytes:
    """A style named "a" with its lists of modifiers."""
    stored = struct.pack("<HHHHH", 0, kind | base << 4, len(parts), 0, 0) + struct.pack("<H", 1) + b"a\0\0\0"
    for part in parts:
        stored += bytes(len(stored) % 2) + struct.pack("<H", len(part)) + part
    return struct.pack("<H", len(stored)) + stored


def sheet(*styles: bytes) -> bytes:
    header = struct.pack("<HH14x", len(styles), 10)
    return struct.pack("<H", len(header)) + header + b"".join(styles)


def shown(paragraphs: Sequence[Written], levels: Sequence[bytes], list_uses: bytes, styles: bytes = b"") -> list[str]:
    head, behind = lists(levels)
    parts = Parts(lists=head, levels=behind, list_uses=list_uses, styles=styles)
    blocks = read_document(write_word(paragraphs, parts)).blocks
    return [block.text.raw for block in blocks if isinstance(block, Paragraph)]


PARTS = (level(CHINESE, "\0、"), level(CHINESE, "（\1）"), level(DECIMAL, "\2."))


def test_parts_and_items_are_numbered_and_begin_again_under_each_part() -> None:
    written = [item("总体情况"), item("主动公开", 1), item("政务微信", 2), item("政府网站", 2), item("依申请公开", 1)]
    written += [item("主动公开政府信息情况"), item("规章", 1), item("2020年", 2)]
    assert shown(written, PARTS, uses(())) == [
        "一、总体情况", "（一）主动公开", "1.政务微信", "2.政府网站", "（二）依申请公开",
        "二、主动公开政府信息情况", "（一）规章", "1. 2020年",
    ]  # fmt: skip


def test_paragraphs_without_a_list_do_not_count_and_empty_ones_do() -> None:
    written = [item("甲"), Written((Run("正文"),)), item(""), item("丙")]
    assert shown(written, PARTS, uses(())) == ["一、甲", "正文", "二、", "三、丙"]


def test_a_use_of_a_list_may_begin_elsewhere_and_goes_on_from_there() -> None:
    written = [item("甲"), item("乙"), item("丙", use=2), item("丁", use=2), item("戊")]
    assert shown(written, PARTS, uses((), (start_at(6),))) == ["一、甲", "二、乙", "六、丙", "七、丁", "八、戊"]


def test_a_use_of_a_list_may_print_a_level_otherwise() -> None:
    other = struct.pack("<iI", 0, 0x20) + level(CIRCLED, "\0")
    assert shown([item("甲", use=2), item("乙", use=2)], PARTS, uses((), (other,))) == ["① 甲", "② 乙"]


def test_levels_may_go_on_counting_and_may_print_those_above() -> None:
    levels = (level(CHINESE, "\0、"), level(DECIMAL, "\0.\1", flags=LEGAL | NEVER))
    written = [item("甲"), item("子", 1), item("乙"), item("丑", 1)]
    assert shown(written, levels, uses(())) == ["一、甲", "1.1 子", "二、乙", "2.2 丑"]


@pytest.mark.parametrize(("code", "printed"), [(BULLET, "甲"), (0xFF, "甲"), (5, "甲"), (ROMAN, "I.甲")])
def test_bullets_and_formats_that_are_not_known_print_nothing(code: int, printed: str) -> None:
    words = "\uf0b7" if code == BULLET else "" if code == 0xFF else "\0."
    assert shown([item("甲")], (level(code, words),), uses(())) == [printed]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_may_say_otherwise() -> None:
    numbered = style(1, 0xFFF, (b"\0\0" + modifier(0x260A, b"\1") + modifier(0x460B, b"\1\0"), b""))
    heir = style(1, 0, (b"\1\0", b""))
    plain = Written((Run("丙"),), modifiers=modifier(0x460B, b"\0\0"), style=0)
    written = [Written((Run("甲"),)), Written((Run("乙"),), style=1), plain]
    assert shown(written, PARTS, uses(()), sheet(numbered, heir)) == ["（一）甲", "（二）乙", "丙"]


def test_styles_hide_paragraphs_and_runs_and_a_run_may_show_itself() -> None:
    normal = style(1, 0xFFF, (b"\0\0", b""))
    frame = style(1, 0, (b"\1\0", HIDDEN))
    ghost = style(2, 0xFFF, (HIDDEN,))
    ghostly = modifier(0x4A30, b"\2\0")
    written = [
        Written((Run("公开"), Run("12", ghostly), Run("34", ghostly + modifier(0x083C, b"\0")), Run("条"))),
        Written((Run("窗体顶端"),), style=1),
        Written((Run("完"),)),
    ]
    assert shown(written, PARTS, uses(()), sheet(normal, frame, ghost)) == ["公开34条", "完"]
