"""Places in the source text: the right one is marked, or none."""

from __future__ import annotations

from typing import Any

import pytest

from pages.ui.source import describe_where, find_place

TEXT = "第一行\n本年新收 11 件\n总计 11\n结转 0"


@pytest.mark.parametrize(
    ("where", "quote", "place"),
    [
        ({"line": 2, "column": 6}, "11", (1, 5, 7)),
        ({"line": 2, "column": 6}, "12", (1, 5, 7)),
        ({"line": 4, "column": 3}, "", (3, 2, 2)),
        ({"line": 3}, "总计", (2, 0, 2)),
        ({"line": 9, "column": 1}, "11", None),
        ({"table": 1, "row": 2, "cell": 3, "shown": {"line": 4, "column": 4}}, "0", (3, 3, 4)),
        ({"page": 2, "box": [1, 2, 3, 4], "shown": {"line": 1, "column": 1}}, "第一行", (0, 0, 3)),
        ({"table": 1, "row": 2, "cell": 3, "text": "11"}, "11", None),
        (None, "", None),
        (None, "没有这句话", None),
    ],
)
def test_find_place(where: dict[str, Any] | None, quote: str, place: tuple[int, int, int] | None) -> None:
    """The quotation at the line and column of the text that is shown; nothing where these are not known."""
    assert find_place(TEXT, where, quote) == place


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"line": 88, "column": 3}, "第 88 行第 3 列"),
        ({"table": 2, "row": 5, "cell": 3}, "第 2 个表第 5 行第 3 格"),
        ({"page": 4, "box": [0, 0, 1, 1]}, "第 4 页"),
        ({"table": 1, "row": 5, "cell": 3, "path": "表三!C5"}, "第 1 个表第 5 行第 3 格 表三!C5"),
        ({"path": "p[17]", "shown": {"line": 9, "column": 1}}, "第 17 段"),
        (None, "原文没有给出"),
    ],
)
def test_describe_where(where: dict[str, Any] | None, words: str) -> None:
    assert describe_where(where) == words
