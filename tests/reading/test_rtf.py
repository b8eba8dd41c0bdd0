"""RTF: Chinese in every character set of its fonts, tables by their edges, and nothing made up from damage."""

from __future__ import annotations

from random import Random

import pytest

from parsing.model import Document, Paragraph, Table
from parsing.pipeline import parse_bytes
from parsing.readers import read_document
from tests.synthesis.grids import Grid
from tests.synthesis.variants import FORMS
from tests.synthesis.writers.shelf import files_of, forms

FONTS = (
    rb"{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fnil\fcharset136 MingLiU{\*\falt x};}{\f2\froman\fcharset0 Times;}"
    rb"{\f3\fnil\fcharset2 Wingdings;}{\f4\fnil Arial;}{\f5\fnil\cpg936 Song;}}"
)


def rtf(body: bytes | str, head: bytes = rb"\ansi\ansicpg936\deff0") -> Document:
    raw = body if isinstance(body, bytes) else body.encode("gbk")
    return read_document(rb"{\rtf1" + head + FONTS + rb"\pard\plain " + raw + b"}")


def lines(document: Document) -> list[str]:
    return [block.text.raw for block in document.blocks if isinstance(block, Paragraph)]


def rows(document: Document) -> list[list[tuple[str, int, int]]]:
    """Words, first and last column of every cell."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[(cell.raw, *span) for cell, span in zip(row.cells, row.spans, strict=True)]
            for table in tables for row in table.rows]  # fmt: skip


def kinds(document: Document) -> list[str]:
    return [problem.kind for problem in document.problems]


def escaped(text: str, codec: str) -> bytes:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(codec)).encode()


def row(*cells: str, edges: tuple[int, ...] = (2000, 3000, 4000), marks: tuple[str, ...] = ("", "", "")) -> str:
    drawn = "".join(f"{mark}\\cellx{edge}" for mark, edge in zip(marks, edges, strict=True))
    return f"\\trowd\\trleft0{drawn}\\pard\\intbl " + "".join(f"{{{cell}\\cell}}" for cell in cells) + "\\row\n"


def drawn(grid: Grid) -> list[list[tuple[str, int, int]]]:
    places = [[(cell.text, at, at + cell.columns - 1) for at, cell in enumerate(row) if not isinstance(cell, str)]
              for row in grid.spread()]  # fmt: skip
    return [row for row in places if row]


@pytest.mark.parametrize("form", FORMS)
def test_tables_are_drawn_as_they_were(form: str) -> None:
    document = read_document(files_of("rtf")[form])
    grids = [block for block in forms()[form].report.blocks if isinstance(block, Grid)]
    assert rows(document) == [row for grid in grids for row in drawn(grid)]


def test_bytes_mean_what_the_font_says() -> None:
    assert lines(rtf(rb"\f0 " + escaped("公开", "gbk") + rb"12\par")) == ["公开12"]
    assert lines(rtf(rb"\f1 " + escaped("公開", "big5") + rb"12\par")) == ["公開12"]
    assert lines(rtf(rb"\f2 \'e912\par")) == ["é12"]
    assert lines(rtf(rb"\f5 " + escaped("公开", "gbk") + rb"\par")) == ["公开"]


def test_bytes_may_stand_as_they_are_and_a_second_byte_may_be_a_letter() -> None:
    assert lines(rtf("公开政府信息12条\\par")) == ["公开政府信息12条"]
    assert lines(rtf(rb"\f0 \'95@12\par")) == ["旲12"]


def test_without_a_character_set_the_code_page_of_the_document_counts() -> None:
    assert lines(rtf(rb"\f4 " + escaped("公开", "gbk") + rb"\par")) == ["公开"]
    assert lines(rtf(rb"\f4 " + escaped("公開", "big5") + rb"\par", rb"\ansi\ansicpg950")) == ["公開"]
    assert lines(rtf(rb"\f2 " + escaped("公开12条", "gbk") + rb"\par", rb"\ansi\ansicpg1252")) == ["公开12条"]


def test_a_lost_half_of_a_character_takes_no_figure_with_it() -> None:
    assert lines(rtf(rb"\f0 \'b912\'cc\par")) == ["\ufffd12\ufffd"]


def test_signs_of_symbol_fonts_are_not_the_letters_of_their_codes() -> None:
    assert lines(rtf(rb"\f0 7{\f3 R1}8\par")) == ["7\uf052\uf0318"]


def test_unicode_and_what_stands_in_for_it() -> None:
    assert lines(rtf(rb"\u20844\'b9\'ab\u24320?\uc2\u20844\'b9\'ab12{\uc0\u24320 3}\u-244\'a3\'ac4\par")) == [
        "公" + escape_rest("ab") + "开公12开3，4"
    ]
    assert lines(rtf(rb"\u8212-\u20844 ?5\uc0\u24320\par")) == ["—公5开"]


def escape_rest(digits: str) -> str:
    """A byte that nothing stands for, as the font decodes it."""
    return bytes.fromhex(digits).decode("gbk", "replace")


def test_rare_characters_are_written_in_two_halves() -> None:
    assert lines(rtf(rb"\u-10174?\u-8265?\u31077?\par")) == ["𠮷祥"]


def test_white_space_and_special_characters() -> None:
    body = r"a\tab b\~c\_d\-e\{\}\\ \ldblquote x\rdblquote\emdash\line f\par"
    assert lines(rtf(body)) == ["a\tb\xa0c-de{}\\ “x”—", "f"]
    assert lines(rtf("ab\nc\r\nd\\\ne\\page f")) == ["abcd", "e", "f"]


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_is_kept() -> None:
    assert lines(rtf(r"公开{\deleted 12}{\revised 34}条{\v 草稿}\v1 x\v0。\par")) == ["公开34条。"]
    assert lines(rtf(r"收到申请{\deleted\par }5件\par")) == ["收到申请5件"]
    table = row("甲", "1", "2") + row("乙", "3", "4").replace("\\row", "{\\deleted\\row}") + row("丙", "5", "6")
    assert [cells[0][0] for cells in rows(rtf(table))] == ["甲", "丙"]


def test_of_a_field_the_result_is_shown() -> None:
    assert lines(rtf(r"第{\field{\*\fldinst PAGE {x}}{\fldrslt 一}}部分\par")) == ["第一部分"]


def test_what_is_not_on_the_page_is_passed_over() -> None:
    body = (
        r"{\info{\title 题}}{\header 页眉\par}{\footerf 页脚}{\*\unknown 不要{\b x\}}}{\pict\wmetafile8 0102}"
        r"{\*\annotation 批注}{\upr{ansi}{\*\ud 正文}}。\par"
    )
    assert lines(rtf(body)) == ["正文。"]


def test_bytes_of_pictures_may_look_like_braces() -> None:
    assert lines(rtf(rb"a{\pict\bin4 }}{{}b\bin3 }}}c\par")) == ["abc"]


def test_the_printed_number_of_a_paragraph_is_kept() -> None:
    body = (
        r"{\listtext\pard\plain 一、\tab}总体情况\par{\pntext 1.\tab}2020年\par"
        r"{\listtext\f3\'b7\tab}其他\par"
    )
    assert lines(rtf(body)) == ["一、总体情况", "1. 2020年", "其他"]


def test_notes_and_text_boxes_stand_at_the_end() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard 框5条\par}}{\shprslt 旧}}"
    assert lines(rtf(rf"正文{box}一{{\footnote 注4。}}二。\par")) == ["正文一二。", "框5条", "注4。"]


def test_cells_with_their_columns() -> None:
    table = row("甲", "1", "2") + row("乙", "3", edges=(2000, 4010), marks=("", ""))
    assert rows(rtf(table)) == [[("甲", 0, 0), ("1", 1, 1), ("2", 2, 2)], [("乙", 0, 0), ("3", 1, 2)]]


def test_a_cell_of_several_paragraphs_and_a_number_cut_by_formatting() -> None:
    table = row(r"本年新\par 制作数量", r"{\b 1}{\i 1}", r"2\line 3")
    assert [cell[0] for cell in rows(rtf(table))[0]] == ["本年新 制作数量", "11", "2 3"]


def test_merged_cells_begin_once() -> None:
    marks = (r"\clvmgf", "", ""), (r"\clvmrg", r"\clmgf", r"\clmrg")
    table = row("组", "甲", "1", marks=marks[0]) + row("", "合计", "", marks=marks[1])
    assert rows(rtf(table)) == [[("组", 0, 0), ("甲", 1, 1), ("1", 2, 2)], [("合计", 1, 2)]]


def test_a_row_may_leave_its_definition_to_the_one_before_and_may_repeat_it() -> None:
    definition = r"\trowd\cellx2000\cellx3000\cellx4000"
    body = definition + r"\pard\intbl 甲\cell 1\cell 2\cell\row\pard\intbl 乙\cell 3\cell 4\cell" + definition + r"\row"
    assert rows(rtf(body)) == [[("甲", 0, 0), ("1", 1, 1), ("2", 2, 2)], [("乙", 0, 0), ("3", 1, 1), ("4", 2, 2)]]


def test_a_paragraph_amid_a_row_belongs_to_its_cell_though_it_does_not_say_so() -> None:
    body = r"\trowd\cellx2000\cellx3000\pard\intbl 甲\cell\pard 1\par 2\cell\row\pard 完\par"
    assert [[cell[0] for cell in cells] for cells in rows(rtf(body))] == [["甲", "1 2"]]
    assert lines(rtf(body)) == ["完"]


def test_tables_in_cells() -> None:
    nested = r"\trowd\cellx500\cellx1000\cellx1500\cellx2000\nestrow"
    cells = "".join(f"{number}\\nestcell " for number in range(4))
    inner = rf"\pard\intbl\itap2 {cells}{{\*\nesttableprops{nested}}}{{\nonesttables\par}}"
    body = rf"\trowd\cellx4000\pard\intbl 前言\par {inner}\pard\intbl 落款\cell\row\pard 完\par"
    document = rtf(body)
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph, Paragraph]
    assert rows(document) == [[(f"{number}", number, number) for number in range(4)]]
    table = document.blocks[1]
    assert isinstance(table, Table) and table.rows[0].cells[3].where[3:7] == (2, 1, 4, "tbl[2]/tr[1]/tc[4]")


def test_paragraphs_are_counted() -> None:
    document = rtf(r"题\par\par 正文\par" + row("甲", "1", "2"))
    assert [block.text.where.path for block in document.blocks if isinstance(block, Paragraph)] == ["p[1]", "p[3]"]


def test_braces_without_end_are_refused() -> None:
    assert kinds(read_document(rb"{\rtf1 " + b"{" * 10_000_000)) == ["file_too_large"]
    assert kinds(read_document(rb"{\rtf1 " + b"{" * 900_000)) == ["damaged_file"]
    closed = read_document(rb"{\rtf1 " + rb"{\b " * 3000 + "公开3条".encode("gbk") + b"}" * 3000 + rb"\par}")
    assert lines(closed) == ["公开3条"]


def test_more_than_any_report_has_is_refused() -> None:
    assert kinds(rtf("公开" * 1_100_000)) == ["file_too_large"]
    for end in (r"\cell", r"\par", r"\row"):
        assert kinds(rtf(r"\pard\intbl " + end * 200_001)) == ["file_too_large"]


def test_a_file_that_is_nothing_but_a_picture_says_so() -> None:
    assert kinds(rtf(r"{\pict\pngblip 89504e47}\par")) == ["scanned_file"]


def test_a_cut_off_file_keeps_what_is_whole_and_says_so() -> None:
    table = row("甲", "10", "20") + row("乙", "30", "4711")
    data = rb"{\rtf1\ansi\ansicpg936 " + f"公开信息12条。\\par {table}\\pard 完123\\par}}".encode("gbk")
    for size in range(6, len(data)):
        document = read_document(data[:size])
        assert kinds(document) in (["file_cut_off"], ["damaged_file"]), size
        assert {cell[0] for cells in rows(document) for cell in cells} <= {"甲", "10", "20", "乙", "30", "4711"}
        assert set(lines(document)) <= {"公开信息12条。", "完123"}
    assert kinds(read_document(data)) == []


def test_what_damage_leaves_of_a_definition_is_no_figure() -> None:
    broken = row("甲", "1", "2").replace("\\cellx2000", "\\brdrw1 0\\cellx2000\\clpadt 7")
    assert [cell[0] for cell in rows(rtf(broken))[0]] == ["甲", "1", "2"]


def test_bytes_that_belong_to_no_text_are_named() -> None:
    document = rtf("公开3条\\par\x01 收到5件\\par\x00 完\\par")
    assert (kinds(document), "2 处" in document.problems[0].message) == (["damaged_bytes"], True)
    assert kinds(rtf(rb"{\pict\bin3 \1\2\3}a\par")) == []


def test_text_behind_a_stray_brace_is_missed() -> None:
    assert kinds(rtf(r"公开3条\par } 收到5件\par")) == ["file_cut_off"]


def test_a_real_file_cut_off_anywhere_gives_right_values_or_a_problem() -> None:
    data, expected = files_of("rtf")["D"], forms()["D"].expected
    for size in range(600, len(data), len(data) // 25):
        (report,) = parse_bytes(data[:size], "cut")
        assert report.problems, size
        assert {cell.address: cell.value for cell in report.cells if cell.value is not None}.items() <= expected.items()


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_never_raise(seed: int) -> None:
    chance = Random(seed)
    data = rb"{\rtf1\ansi\ansicpg936" + FONTS + (row("甲", "1", "2") * 20 + r"公开{\b 3}条\par}").encode("gbk")
    for _ in range(80):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 3, 20))):
            damaged[chance.randrange(6, len(damaged))] = chance.randrange(256)
        document = read_document(bytes(damaged))
        assert document.blocks or document.problems
