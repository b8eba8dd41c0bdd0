"""The grid of encodings and damage: what is read, how much of it is right, and that nothing clean is called damaged."""

from collections import Counter

from parsing.decoding import NotText, decode
from tests.reading.encoding_grid import Case, cases

GRID = tuple(cases())


def is_right(case: Case) -> bool:
    try:
        return case.is_right(decode(case.data).text)
    except NotText:
        return False


def test_nearly_every_case_of_the_grid_is_right() -> None:
    wrong = [case.name for case in GRID if not is_right(case)]
    assert len(GRID) >= 450
    assert len(wrong) <= 0.005 * len(GRID), wrong
    # Four stray bytes in forty of UTF-16 leave too little; everything else is read.
    assert all("utf-16" in name or "NUL" in name for name in wrong), wrong


def test_the_grid_has_many_cases_of_every_damage() -> None:
    counts = Counter(case.damage for case in GRID)
    assert len(counts) == 10 and min(counts.values()) >= 50


def test_clean_text_is_read_whole_and_not_called_damaged() -> None:
    for case in GRID:
        if case.damage == "clean":
            decoded = decode(case.data)
            assert decoded.text.replace("\r\n", "\n") == "\n".join(case.lines), case.name
            assert decoded.damaged_count == 0, case.name


def test_a_file_in_two_encodings_says_so() -> None:
    names = {decode(case.data).encoding for case in GRID if case.name.startswith("report 2023, gbk, block")}
    assert names == {"gb18030+utf-8"}
    names = {decode(case.data).encoding for case in GRID if case.name == "report 2020, utf-8, block inside"}
    assert names == {"utf-8+gb18030"}


def test_a_grader_that_is_never_wrong_would_prove_nothing() -> None:
    case = next(case for case in GRID if case.name == "report 2020, gbk, stray byte")
    text = "\n".join(case.lines)
    assert case.is_right(text)
    assert not case.is_right(text.replace("\n\t", "\n", 40))
    assert not case.is_right(case.data.decode("big5", "replace"))
