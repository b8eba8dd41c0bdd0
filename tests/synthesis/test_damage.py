"""Each kind of damage does what it says, and never to a figure.

In: clean texts.  Out: nothing.  The shifted labels are read back with the same bytes by hand.
"""

from __future__ import annotations

import re
import unicodedata

import pytest

from tests.synthesis import KINDS, Agency, clean_facts, damage, encode, write_text

OFFICE = Agency("云溪市青岚区档案局", "档案局", "department", "云溪市青岚区", "我局", 700, 60, 900)
# Damage that needs the traditional text.
AFTER_TRADITIONAL = {"pinyin", "lost_byte", "wrong_variants"}
# The texts that offer something to each kind.
LAYOUT_FOR = {"gbk_shift": "pipes", "nbsp_marks": "pipes", "hard_spaces": "word_paste"}


def text_for(kind: str) -> str:
    year = 2016 if kind in ("gbk_shift", "nbsp_marks") else 2020
    text = write_text(clean_facts(OFFICE, year, 9).with_narrative(period=(f"{year}-01-01", f"{year}-12-31")),
                      LAYOUT_FOR.get(kind, "word_paste"))  # fmt: skip
    if kind == "lost_date_words":
        text = text.replace("统计期限", f"{year}年1月1日至{year}年12月31日", 1)
    return damage(text, "traditional", 1) if kind in AFTER_TRADITIONAL else text


def figures(text: str) -> list[str]:
    """All digits in order, page numbers left out."""
    text = re.sub(r"(?m)^(?:— \d+ —|- \d+ -|第 ?\d+ ?页.*)$", "", text)
    # ¹ and ¼ are what bytes were read as, no figures.
    return re.findall(r"\d", unicodedata.normalize("NFKC", re.sub("[\x80-\xff]", "", text)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_changes_the_text_and_no_figure(kind: str) -> None:
    text = text_for(kind)
    damaged = damage(text, kind, 3)
    assert damaged != text
    assert damage(text, kind, 3) == damaged
    if kind == "blank_zeros":
        assert [digit for digit in figures(damaged) if digit != "0"] == [d for d in figures(text) if d != "0"]
        assert len(figures(damaged)) < len(figures(text))
    elif kind == "spam":
        assert [*filter("".join(figures(text)).__contains__, figures(damaged))]
        assert "".join(re.findall(r"(?m)^.*报告$", damaged)) != "".join(re.findall(r"(?m)^.*报告$", text))
    elif kind in ("repeated_lines_lost", "letter_o"):
        assert len(figures(damaged)) < len(figures(text))
    else:
        assert figures(damaged) == figures(text)


def test_a_shifted_label_is_the_label_less_one_byte() -> None:
    damaged = damage("（一）收到申请数 | 件 | 51 |\n", "gbk_shift", 1)
    assert damaged == "。ㄒ唬┦盏缴昵胧? | 件 | 51 |\n"
    shifted = damaged.split("?")[0]
    assert (b"\xa1" + shifted.encode("gbk"))[2:].decode("gbk", "ignore").startswith("（一）收到申请")


def test_a_lost_byte_leaves_the_other_half() -> None:
    damaged = damage("取得較好成效。現將我鎮有關情況報告如下，特此說明並請監督", "lost_byte", 1)
    halves = re.findall(r"\?([@-~])", damaged)
    assert len(halves) == 2
    assert {chr(char.encode("gbk")[1]) for char in "現報請監"} & set(halves) or len(damaged) > 27


def test_labels_break_over_lines_where_a_cell_has_its_line_and_by_a_space_elsewhere() -> None:
    facts = clean_facts(OFFICE, 2020, 9)
    pasted = damage(write_text(facts, "word_paste"), "broken_labels", 2)
    assert re.search(r"\t(?:本年新|（[三四五]）|商业|科研)\n\n?[\u4e00-\u9fff]+\n", pasted)
    piped = damage(write_text(facts, "pipes"), "broken_labels", 2)
    assert re.search(r"[|] (?:商业 企业|科研 机构|本年新 (?:制作|公开)数量|对外 公开总数量) [|]", piped)
    assert piped.count("\n") == write_text(facts, "pipes").count("\n")


def test_page_marks_stand_on_lines_of_their_own() -> None:
    text = write_text(clean_facts(OFFICE, 2020, 9), "tab_rows")
    damaged = damage(text, "page_marks", 2)
    marks = [line for line in damaged.split("\n") if re.fullmatch(r"— \d+ —|- \d+ -|第 ?\d+ ?页.*", line)]
    assert len(marks) >= 3
    assert "".join(line for line in damaged.split("\n") if line not in marks) == text.replace("\n", "")


def test_lost_date_words_leave_the_digits_of_the_period() -> None:
    line = "统计期限自2023年1月1日起至2023年12月31日止。签署于2024年1月5日。"
    damaged = {damage(line, "lost_date_words", seed) for seed in range(8)}
    assert damaged == {
        "统计期限自20231月1日起至202312月31日止。签署于2024年1月5日。",
        "统计期限自2023年11日起至2023年1231日止。签署于2024年1月5日。",
    }


def test_zeros_are_blanked_in_cells_and_nowhere_else() -> None:
    text = "全年收到申请0件\n\t一、本年新收\n\t0\n\t10\n\n规章 | 0 | 20 |\n规章\t0\t105\t0\n"
    damaged = damage(text, "blank_zeros", 1)
    assert damaged == "全年收到申请0件\n\t一、本年新收\n\t\n\t10\n\n规章 |  | 20 |\n规章\t\t105\t\n"


@pytest.mark.parametrize("kind", ["page_marks", "traditional", "broken_labels", "lost_date_words"])
def test_damage_that_finds_nothing_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match=f"nothing in this text that {kind}"):
        damage("2020", kind, 1)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no damage coffee"):
        damage("2020", "coffee", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_text_back(encoding: str) -> None:
    text = write_text(clean_facts(OFFICE, 2022, 9), "pipes")
    assert encode(text, encoding, "\r\n").decode(encoding) == text.replace("\n", "\r\n")


def test_big5_takes_the_characters_usual_in_taiwan_and_no_simplified_ones() -> None:
    text = write_text(clean_facts(OFFICE, 2022, 9), "pipes")
    traditional = damage(text, "traditional_taiwan", 1)
    assert encode(traditional, "big5").decode("big5") == traditional
    with pytest.raises(UnicodeEncodeError):
        encode(text, "big5")
