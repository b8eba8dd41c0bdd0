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


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x00\x01\x02\x03" * 100, b"\x7fELF" + bytes(200)])
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)
