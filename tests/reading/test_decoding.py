"""Bytes to text in every encoding that reports come in, clean and damaged."""

import pytest

from parsing.decoding import NotText, decode

TEXT = (
    "青岚区枫桥镇2020年政府信息公开工作年度报告\n"
    "一、总体情况\n2020年，我镇主动公开政府信息47条，未收到政府信息公开申请。\n"
)
TRADITIONAL = "青嵐區楓橋鎮2018年度政府信息公開工作報告\n一、概述\n2018年,我鎮主動公開政府信息613條,未收到申請。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_simplified_text_round_trips(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gbk"])
def test_traditional_text_round_trips(encoding: str) -> None:
    text = (TRADITIONAL * 3).replace("青嵐", "青山")
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_stray_byte_costs_one_place(encoding: str) -> None:
    data = (TEXT * 4).encode(encoding)
    cut = data.index("未收到".encode(encoding))
    decoded = decode(data[:cut] + b"\xff" + data[cut:])
    assert decoded.damaged_count == 1
    assert decoded.text.count("主动公开政府信息47条") == 4


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 100,
        b"\x7fELF" + bytes(200),
        TEXT.encode("utf-7"),
        (b"\xd7\xe4\xc2\xd3\xc9\xc3\x40\xc9\xd5\xc6\xd6\xd9\xd4\xc1\xe3\xc9\xd6\xd5\x15" * 40),
        "Ежегодный отчёт о раскрытии информации, всего 47 документов".encode("cp1251") * 5,
    ],
    ids=["every byte", "control bytes", "program", "UTF-7", "EBCDIC", "Cyrillic"],
)
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


def test_what_a_page_says_of_itself_counts_between_equals_only() -> None:
    equal = "梅柳桂".encode("gbk")
    assert decode(b'<meta charset="big5"><p>' + equal).text.endswith("繩霞屢")
    assert decode(b'<meta charset="gbk"><p>' + equal).text.endswith("梅柳桂")
    assert decode(b'<meta charset="big5"><p>' + TEXT.encode("gbk")).text.endswith(TEXT)


def test_a_stray_byte_never_swallows_the_bar_behind_it() -> None:
    row = "行政许可 | 2 | 3 |\n".encode("gbk")
    for byte in range(0x80, 0x100):
        text = decode(TEXT.encode("gbk") + row.replace(b"2 |", b"2 " + bytes((byte,)) + b"|", 1)).text
        assert text.endswith("行政许可 | 2 \ufffd| 3 |\n"), hex(byte)


def test_nul_bytes_that_fill_up_a_broken_download_are_no_text() -> None:
    assert decode(TEXT.encode("gbk") + bytes(60)).text == TEXT
    inside = decode((TEXT * 4).encode().replace(b"47", b"4\x007", 1))
    assert inside.text.count("4\ufffd7条") == 1 and inside.text.count("47条") == 3


def test_a_unit_of_utf16_out_of_step_costs_its_line_only() -> None:
    for order in ("utf-16-le", "utf-16-be"):
        data = (TEXT * 2).encode(order)
        at = data.index("总体".encode(order)) + 1
        lines = decode(data[:at] + data[at + 1 :]).text.split("\n")
        assert lines[0] == lines[3] == TEXT.split("\n")[0]
        assert lines[2] == lines[5] == TEXT.split("\n")[2]


def test_characters_that_an_editor_had_lost_already_are_no_bytes_of_this_file() -> None:
    assert decode("主动公开\ufffd息47条".encode()).damaged_count == 0
    assert decode("主动公开\ufffd息47条".encode() + b"\xff").damaged_count == 2


def test_a_page_in_entities_survives_a_foreign_byte() -> None:
    page = b"<p>&#25919;&#24220;&#20449;&#24687;</p>" * 20 + b"\xa9 2020"
    assert decode(page).text == page[:-6].decode() + "\ufffd 2020"
