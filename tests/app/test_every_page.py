"""Every page on good, missing and damaged data, and every change from one page to another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui.navigation import ENTRIES
from tests.app.conftest import OpenApp

STEMS = [entry.stem for entry in ENTRIES]
# These two have something to show without any report.
SELF_SUFFICIENT = {"inspect", "method"}


def title_of(app: AppTest) -> str:
    (title,) = app.title
    return str(title.value)


def said(app: AppTest) -> str:
    """Everything that a page says in words."""
    kinds = (app.title, app.subheader, app.caption, app.text, app.markdown, app.info, app.warning)
    return "\n".join(str(element.value) for elements in kinds for element in elements)


@pytest.mark.parametrize("stem", STEMS)
def test_samples(open_app: OpenApp, stem: str) -> None:
    app = open_app(None, stem)
    assert list(app.exception) == []
    assert title_of(app) == next(entry.title for entry in ENTRIES if entry.stem == stem)
    assert "示例数据" in app.info[0].value
    assert len(app.dataframe) or app.get("bidi_component")


@pytest.mark.parametrize("stem", STEMS)
def test_empty_folder_says_what_to_do(open_app: OpenApp, empty_folder: Path, stem: str) -> None:
    app = open_app(empty_folder, stem)
    assert list(app.exception) == []
    if stem not in SELF_SUFFICIENT:
        assert str(empty_folder) in said(app) and "拖入" in said(app)
        assert len(app.dataframe) == 0
    assert len(app.info) == 0, "the notice about samples stands only over samples"


@pytest.mark.parametrize("stem", STEMS)
def test_damaged_files(open_app: OpenApp, damaged_folder: Path, stem: str) -> None:
    app = open_app(damaged_folder, stem)
    assert list(app.exception) == []
    assert len(app.dataframe) or app.get("bidi_component") or "所选报告" in said(app)


def test_the_progress_of_the_first_reading_is_shown(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, samples: Path
) -> None:
    heard: list[str] = []
    monkeypatch.setattr("pages.ui.data.st.progress", lambda value: Bar(heard))
    for path in sorted(samples.glob("*.txt"))[:3]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    open_app(tmp_path)
    assert heard == ["正在读取报告：1/3", "正在读取报告：2/3", "正在读取报告：3/3", "gone"]


class Bar:
    """A progress bar that remembers what it said."""

    def __init__(self, heard: list[str]) -> None:
        self.heard = heard

    def progress(self, value: float, text: str) -> None:
        assert 0 < value <= 1
        self.heard.append(text)

    def empty(self) -> None:
        self.heard.append("gone")


def test_a_folder_that_is_not_there(open_app: OpenApp, tmp_path: Path) -> None:
    app = open_app(tmp_path / "nowhere")
    assert list(app.exception) == []
    assert "nowhere" in said(app)


def test_a_file_that_lies_there_twice_counts_once(open_app: OpenApp, damaged_folder: Path) -> None:
    app = open_app(damaged_folder, "overview", versions=["1"])
    reports = {"half.txt", "first.txt", "again.txt", "hostile<b>.txt"}
    assert reports < {path.name for path in damaged_folder.iterdir()}
    assert app.metric[0].value == str(len(reports) - 1)


def test_pages_can_be_visited_one_after_the_other(open_app: OpenApp) -> None:
    app = open_app(None)
    for stem in [*STEMS, *reversed(STEMS)]:
        app.switch_page(f"pages/{stem}.py").run()
        assert list(app.exception) == []
        assert title_of(app) == next(entry.title for entry in ENTRIES if entry.stem == stem)


def test_the_bare_address_opens_the_overview(open_app: OpenApp) -> None:
    assert title_of(open_app(None)) == "总览"


@pytest.mark.skipif(os.name == "nt", reason="names are not bytes there")
def test_a_file_with_a_name_of_another_system_is_shown(open_app: OpenApp, tmp_path: Path, samples: Path) -> None:
    first = min(samples.glob("*.txt"))
    Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), "年报.txt".encode("gbk")))).write_bytes(first.read_bytes())
    app = open_app(tmp_path)
    assert list(app.exception) == []
    assert app.metric[0].value == "1"


def test_new_files_are_seen_without_a_restart(open_app: OpenApp, tmp_path: Path, samples: Path) -> None:
    first, second = sorted(samples.glob("*.txt"))[:2]
    (tmp_path / first.name).write_bytes(first.read_bytes())
    before = open_app(tmp_path)
    (tmp_path / second.name).write_bytes(second.read_bytes())
    # The list of files is believed for some seconds only; the reports read stay where they are.
    st.cache_data.clear()
    after = open_app(tmp_path)
    assert [app.metric[0].value for app in (before, after)] == ["1", "2"]
