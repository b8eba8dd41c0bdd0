"""Word 97–2003 and WPS files: text from its pieces, tables from their edges, and nothing made up from damage."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from parsing.model import Document, Paragraph, Table
from parsing.pipeline import parse_bytes
from parsing.readers import read_document
from tests.reading.ole_making import (
    DELETED,
    ENDS_ROW,
    HIDDEN,
    IN_TABLE,
    Parts,
    Run,
    Written,
    define_row,
    modifier,
    write_container,
    write_row,
    write_word,
)
from tests.synthesis.grids import Grid
from tests.synthesis.variants import FORMS
from tests.synthesis.writers.shelf import files_of, forms

COVERED, FIRST = 0x20, 0x60
EDGES = (0, 2000, 3000, 4000)


def say(text: str, modifiers: bytes = b"", style: int = 0) -> Written:
    return Written((Run(text),), modifiers=modifiers, style=style)


def read(paragraphs: Sequence[Written], parts: Parts | None = None) -> Document:
    return read_document(write_word(paragraphs, parts))


def lines(document: Document) -> list[str]:
    return [block.text.raw for block in document.blocks if isinstance(block, Paragraph)]


def rows(document: Document) -> list[list[tuple[str, int, int]]]:
    """Words, first and last column of every cell."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[(cell.raw, *span) for cell, span in zip(row.cells, row.spans, strict=True)]
            for table in tables for row in table.rows]  # fmt: skip


def kinds(document: Document) -> list[str]:
    return [problem.kind for problem in document.problems]


def drawn(grid: Grid) -> list[list[tuple[str, int, int]]]:
    places = [[(cell.text, at, at + cell.columns - 1) for at, cell in enumerate(row) if not isinstance(cell, str)]
              for row in grid.spread()]  # fmt: skip
    return [row for row in places if row]


@pytest.mark.parametrize("form", FORMS)
def test_tables_are_drawn_as_they_were(form: str) -> None:
    document = read_document(files_of("doc")[form])
    grids = [block for block in forms()[form].report.blocks if isinstance(block, Grid)]
    assert rows(document) == [row for grid in grids for row in drawn(grid)]


def test_text_lies_in_pieces_of_one_or_two_bytes_in_any_order() -> None:
    written = [say("2020年公开47条"), say("Total 123 items"), say("收到申请5件")]
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        parts = Parts(cuts=(10, 26), narrow=frozenset((1,)), order=order)
        assert lines(read(written, parts)) == ["2020年公开47条", "Total 123 items", "收到申请5件"]


def test_a_piece_may_begin_amid_a_paragraph_and_amid_a_number() -> None:
    parts = Parts(cuts=(4, 5, 6), narrow=frozenset((1,)), order=(3, 1, 0, 2))
    assert lines(read([say("公开政府47条"), say("完")], parts)) == ["公开政府47条", "完"]


def test_what_a_fast_save_puts_beside_a_piece_holds_for_it() -> None:
    deleted, hidden = 0x41 << 1 | 1 << 8, 0x5C << 1 | 1 << 8
    for beside in (deleted, hidden):
        parts = Parts(cuts=(2, 4), piece_modifier={1: beside})
        assert lines(read([say("公开1234条")], parts)) == ["公开34条"]


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_is_kept() -> None:
    inserted = modifier(0x0801, b"\1")
    runs = (Run("公开"), Run("12", DELETED), Run("34", inserted), Run("条"), Run("（草稿）", HIDDEN))
    assert lines(read([Written(runs)])) == ["公开34条"]


def test_a_deleted_mark_joins_its_paragraph_with_the_next() -> None:
    first = Written((Run("收到申请"),), mark_run=DELETED)
    assert lines(read([first, say("5件"), say("完")])) == ["收到申请5件", "完"]


def test_a_deleted_row_is_left_out_and_a_deleted_cell_is_blank() -> None:
    table = [
        *write_row(["甲", "1", "2"], EDGES),
        *write_row(["乙", "3", "4"], EDGES, mark_run=DELETED),
        Written((Run("丙"),), "\x07", IN_TABLE),
        Written((Run("5", DELETED),), "\x07", IN_TABLE),
        Written((Run("6"),), "\x07", IN_TABLE),
        Written((), "\x07", ENDS_ROW + define_row(EDGES)),
    ]
    assert [[cell[0] for cell in row] for row in rows(read(table))] == [["甲", "1", "2"], ["丙", "", "6"]]


def test_of_a_field_the_result_is_shown() -> None:
    text = "第\x13PAGE \\* 9\x14一\x15部分\x13TOC 7\x13 REF 8\x14x\x15\x14目录\x15"
    assert lines(read([say(text)])) == ["第一部分目录"]


def test_special_characters_are_what_they_look_like() -> None:
    assert lines(read([say("\x01图\x08\x02注\x05A\x1eB\x1f1\xa02\x0b下一行")])) == ["图注A-B1\xa02", "下一行"]
    cell = rows(read(write_row(["本年新\x0b制作数量", "1", "2"], EDGES)))[0][0]
    assert cell == ("本年新 制作数量", 0, 0)


def test_rare_characters_take_two_places_and_are_one() -> None:
    document = read([say("𠮷祥镇公开12条"), say("收到3件")])
    assert lines(document) == ["𠮷祥镇公开12条", "收到3件"]


@pytest.mark.parametrize(("first", "covered"), [(1, 2), (2, 1), (3, 1)])
def test_cells_joined_to_the_left_are_one_cell(first: int, covered: int) -> None:
    flags = (first, covered, 0)
    assert rows(read([*write_row(["合计", "", "7"], EDGES, flags), *write_row(["甲", "1", "2"], EDGES)])) == [
        [("合计", 0, 1), ("7", 2, 2)],
        [("甲", 0, 0), ("1", 1, 1), ("2", 2, 2)],
    ]


def test_cells_joined_with_the_one_above_begin_once() -> None:
    table = [*write_row(["组", "甲", "1"], EDGES, (FIRST, 0, 0)), *write_row(["", "乙", "2"], EDGES, (COVERED, 0, 0))]
    assert rows(read(table)) == [[("组", 0, 0), ("甲", 1, 1), ("1", 2, 2)], [("乙", 1, 1), ("2", 2, 2)]]


def test_merges_may_stand_behind_the_definition_of_the_row() -> None:
    above, below = modifier(0xD62B, b"\2\0\3"), modifier(0xD62B, b"\2\0\1")
    table = [*write_row(["组", "甲", "1"], EDGES, further=above), *write_row(["", "乙", "2"], EDGES, further=below)]
    assert rows(read(table))[1] == [("乙", 1, 1), ("2", 2, 2)]
    beside = modifier(0x5624, b"\0\2")
    assert rows(read(write_row(["合计", "", "7"], EDGES, further=beside))) == [[("合计", 0, 1), ("7", 2, 2)]]


def test_a_cell_that_continues_nothing_is_a_cell_of_its_own() -> None:
    table = [*write_row(["甲", "1", "2"], EDGES), *write_row(["乙", "3", "4"], EDGES, (COVERED, 0, 0))]
    assert rows(read(table))[1] == [("乙", 0, 0), ("3", 1, 1), ("4", 2, 2)]


def test_words_under_a_merged_cell_are_named() -> None:
    table = [*write_row(["组", "甲", "1"], EDGES, (FIRST, 0, 0)), *write_row(["旧", "乙", "2"], EDGES, (COVERED, 0, 0))]
    document = read(table)
    assert kinds(document) == ["text_under_merged_cell"]
    assert "“旧”" in document.problems[0].message


def test_columns_inserted_and_removed_behind_the_definition() -> None:
    inserted = modifier(0x7621, b"\1\1" + (500).to_bytes(2, "little"))
    table = [*write_row(["甲", "1", "2", "3"], EDGES, further=inserted), *write_row(["乙", "9"], (0, 2000, 4500))]
    assert rows(read(table)) == [
        [("甲", 0, 0), ("1", 1, 1), ("2", 2, 2), ("3", 3, 3)],
        [("乙", 0, 0), ("9", 1, 3)],
    ]
    removed = modifier(0x5622, b"\1\2")
    assert rows(read(write_row(["甲", "2"], EDGES, further=removed))) == [[("甲", 0, 0), ("2", 1, 1)]]


def test_edges_that_drift_are_one_column() -> None:
    table = [*write_row(["甲", "1", "2"], EDGES), *write_row(["乙", "3", "4"], (-12, 2021, 2988, 4003))]
    assert [[cell[1:] for cell in row] for row in rows(read(table))] == [[(0, 0), (1, 1), (2, 2)]] * 2


def test_a_row_with_other_cells_than_its_definition_is_numbered_cell_by_cell() -> None:
    table = [*write_row(["甲", "1", "2"], EDGES), *write_row(["乙", "3"], EDGES, (0, FIRST, COVERED))]
    assert rows(read(table))[1] == [("乙", 0, 0), ("3", 1, 1)]


def test_a_definition_too_long_for_a_page_lies_in_another_stream() -> None:
    long = ENDS_ROW + define_row((0, 3000, 4000), (0, 0))
    data = len(long).to_bytes(2, "little") + long
    for code in (0x6646, 0x6645, 0x646B):
        end = Written((), "\x07", modifier(code, (0).to_bytes(4, "little")))
        cells = [Written((Run(text),), "\x07", IN_TABLE) for text in ("甲", "1")]
        document = read([*cells, end, *write_row(["乙", "2", "3"], EDGES)], Parts(data=data))
        assert rows(document)[0] == [("甲", 0, 1), ("1", 2, 2)]


def nested(text: str, inner_end: bytes = b"") -> Written:
    return Written((Run(text),), modifiers=IN_TABLE + modifier(0x6649, (2).to_bytes(4, "little")) + inner_end)


def inner_table(count: int) -> list[Written]:
    cells = [nested(f"{number}", modifier(0x244B, b"\1")) for number in range(count)]
    edges = [500 * number for number in range(count + 1)]
    return [*cells, nested("", modifier(0x244B, b"\1") + modifier(0x244C, b"\1") + define_row(edges))]


def test_a_table_in_a_cell_makes_the_row_layout() -> None:
    outer = [say("前言", IN_TABLE), *inner_table(4), Written((Run("落款"),), "\x07", IN_TABLE)]
    outer.append(Written((), "\x07", ENDS_ROW + define_row((0, 4000))))
    document = read([*outer, say("完")])
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph, Paragraph]
    assert rows(document) == [[(f"{number}", number, number) for number in range(4)]]
    table = document.blocks[1]
    assert isinstance(table, Table) and table.rows[0].cells[3].where[3:7] == (2, 1, 4, "tbl[2]/tr[1]/tc[4]")


def test_a_small_table_in_a_cell_is_a_frame_around_its_words() -> None:
    cell = [*inner_table(1), Written((), "\x07", IN_TABLE), Written((Run("9"),), "\x07", IN_TABLE)]
    document = read([*cell, Written((), "\x07", ENDS_ROW + define_row((0, 3000, 4000)))])
    assert rows(document) == [[("0", 0, 0), ("9", 1, 1)]]


def test_prose_in_a_cell_is_prose_and_the_rows_around_it_stay_a_table() -> None:
    prose = "2020年，我镇主动公开政府信息47条，其中政务微信公开12条，较好地保障了公众的知情权。"
    table = [*write_row(["甲", "1", "2"], EDGES), *write_row([prose], (0, 4000)), *write_row(["乙", "3", "4"], EDGES)]
    assert [type(block) for block in read(table).blocks] == [Table, Paragraph, Table]


def test_headers_and_comments_are_left_out_and_notes_and_boxes_stand_at_the_end() -> None:
    stories = ["正文。", "脚注3。", "页眉", "批注", "尾注4。", "文本框5条"]
    counts = [len(text) + 1 for text in stories]
    lengths = (counts[0], counts[1], counts[2], 0, counts[3], counts[4], counts[5])
    document = read([say(text) for text in stories], Parts(lengths=lengths))
    assert lines(document) == ["正文。", "脚注3。", "尾注4。", "文本框5条"]


def test_paragraphs_are_counted_and_cells_are_found_by_table_row_and_place() -> None:
    document = read([say("题"), say(""), say("正文"), *write_row(["甲", "1", "2"], EDGES)])
    assert [block.text.where.path for block in document.blocks if isinstance(block, Paragraph)] == ["p[1]", "p[3]"]
    table = document.blocks[2]
    assert isinstance(table, Table) and table.rows[0].cells[1].where[3:7] == (1, 1, 2, "tbl[1]/tr[1]/tc[2]")


def test_the_program_that_wrote_a_file_tells_wps_from_word() -> None:
    programs = {"WPS Office_11.8.2.12011": "wps", "Kingsoft Writer": "wps", "Microsoft Office Word": "doc", "": "doc"}
    for program, name in programs.items():
        assert read([say("正文")], Parts(program=program)).format == name


def test_files_that_cannot_be_read_say_why() -> None:
    written = [say("正文")]
    assert kinds(read(written, Parts(flags=0x0300))) == ["encrypted_file"]
    for older in (Parts(ident=0xA5DC, version=0x65), Parts(version=0x65)):
        document = read(written, older)
        assert kinds(document) == ["unsupported_format"]
        assert "另存为 docx" in document.problems[0].message
    encrypted = write_container({"EncryptedPackage": b"?" * 5000, "EncryptionInfo": b"?" * 5000})
    assert kinds(read_document(encrypted)) == ["encrypted_file"]
    assert kinds(read([say("\x01")])) == ["scanned_file"]


def test_containers_of_other_programs_are_not_taken_for_word() -> None:
    slides = write_container({"PowerPoint Document": b"?" * 5000, "Current User": b"?" * 5000})
    assert kinds(read_document(slides)) == ["unsupported_format"]


TABLE = [row for number in range(8) for row in write_row([f"第{number}项", str(10 + number), str(90 + number)], EDGES)]
REPORT = [say("云溪市2020年政府信息公开工作年度报告"), *TABLE, say("公开政府信息4711条。")]


def test_a_file_cut_off_anywhere_says_so() -> None:
    data = write_word(REPORT)
    whole = read_document(data).blocks
    for size in range(8, len(data), 97):
        document = read_document(data[:size])
        assert document.problems or document.blocks == whole, size


def test_a_real_file_cut_off_anywhere_gives_right_values_or_a_problem() -> None:
    data, expected = files_of("doc")["D"], forms()["D"].expected
    for size in range(600, len(data), len(data) // 40):
        (report,) = parse_bytes(data[:size], "cut")
        assert report.problems, size
        assert {cell.address: cell.value for cell in report.cells if cell.value is not None}.items() <= expected.items()


@pytest.mark.parametrize("seed", range(6))
def test_flipped_bytes_never_raise(seed: int) -> None:
    chance = Random(seed)
    data = write_word(REPORT)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 3, 20))):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        document = read_document(bytes(damaged))
        assert document.blocks or document.problems


def test_text_without_the_pages_of_its_properties_is_refused() -> None:
    data = bytearray(write_word(REPORT))
    at = bytes(data).index(b"\xec\xa5") + 0x9A + 8 * 13
    data[at + 4 : at + 8] = bytes(4)
    assert kinds(read_document(bytes(data))) == ["damaged_file"]
