"""Files that are no reports stand beside reports in every folder: listed with the reason, and counted nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.navigation import ENTRIES
from tests.app.conftest import OpenApp

UNREAD = {"nothing.txt", "noise.txt", "page.html"}
STEMS = [entry.stem for entry in ENTRIES]
# These two show what is there report by report, the unread ones too, or need no report.
OTHERS = {"inspect", "method"}


def cells_of(app: AppTest) -> str:
    return "\n".join(frame.value.to_string() for frame in app.dataframe)


def test_the_overview_counts_reports_and_lists_the_other_files(open_app: OpenApp, damaged_folder: Path) -> None:
    app = open_app(damaged_folder, versions=["1"])
    assert (app.metric[0].label, app.metric[0].value) == ("报告", "3")
    assert any("另有 3 个文件没有读出" in one.value for one in app.caption)
    left_out = next(frame.value for frame in app.dataframe if "message" in frame.value and "year" not in frame.value)
    why = dict(zip(left_out["source_file"], left_out["message"], strict=True))
    assert set(why) == UNREAD | {"first.txt"}
    assert "空的" in why["nothing.txt"] and "不是文字" in why["noise.txt"]
    # Which of two equal files counts is the order of their names; the other is named without the folder.
    assert why["first.txt"].startswith("与 again.txt 的内容完全相同")


@pytest.mark.parametrize("stem", [stem for stem in STEMS if stem not in OTHERS | {"overview"}])
def test_no_other_page_counts_them(open_app: OpenApp, damaged_folder: Path, stem: str) -> None:
    app = open_app(damaged_folder, stem)
    assert not [name for name in UNREAD if name in cells_of(app)]
    assert not [name for name in UNREAD for option in app.multiselect[0].options if name in option]
    assert any("另有 3 个文件没有读出" in one.value for one in app.caption)


@pytest.mark.parametrize("stem", STEMS)
def test_a_folder_of_other_files_alone(open_app: OpenApp, tmp_path: Path, stem: str) -> None:
    (tmp_path / "setup.exe").write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 9)
    app = open_app(tmp_path, stem)
    assert list(app.exception) == []
    if stem == "overview":
        assert "不是文字" in cells_of(app)
