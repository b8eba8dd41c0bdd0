"""Tables: figures as people write them, sortable as text, saved so that a spreadsheet runs nothing."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.tables import ROWS_SHOWN, format_measure, format_number, label_columns, pad_figures
from parsing.columns import FRAMES


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234, "1,234"), (2060387.04, "2,060,387.04"), (6.2, "6.2"), (-5, "-5"), (pd.NA, ""), (None, "")],
)
def test_format_number(value: object, text: str) -> None:
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("value", "state", "missing", "text"),
    [
        (11, "number", 0, "11"),
        (11, "partial", 3, "11（缺 3 格）"),
        (600, "approx", 0, "约 600"),
        (pd.NA, "blank", 1, "空白"),
        (pd.NA, "unread", 1, "未读"),
        (pd.NA, "conflict", 0, "说法不一"),
        (pd.NA, "none", 0, "未提及"),
    ],
)
def test_format_measure(value: object, state: str, missing: int, text: str) -> None:
    assert format_measure(value, state, missing) == text


def test_padded_figures_sort_by_size() -> None:
    texts = pd.Series(["1,234", "9", "未读", "87", "空白"], dtype="string")
    assert [text.strip() for text in sorted(pad_figures(texts))] == ["9", "87", "1,234", "未读", "空白"]


def test_headings_come_from_the_dictionary() -> None:
    assert label_columns("cells", ["value"]) == {"value": "数值"}
    assert len(label_columns("flags", [column.name for column in FRAMES["flags"]])) == len(FRAMES["flags"])


def draw_many() -> None:
    import pandas as pd

    from pages.ui.tables import show_table

    show_table(pd.DataFrame({"n": range(2500)}), "many", {"n": "数"})


def test_a_list_that_is_cut_says_so() -> None:
    app = AppTest.from_function(draw_many).run()
    assert len(app.dataframe[0].value) == ROWS_SHOWN
    assert "共 2500 行" in app.caption[0].value


def draw_none() -> None:
    import pandas as pd

    from pages.ui.tables import show_table

    show_table(pd.DataFrame({"n": []}), "none", {"n": "数"})


def test_an_empty_list_says_what_to_do() -> None:
    app = AppTest.from_function(draw_none).run()
    assert len(app.dataframe) == 0
    assert "放宽" in app.text[0].value
