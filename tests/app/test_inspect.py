"""One report from all sides: links to a cell or a flag, every view, and files that a person drops."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import parsing
from tests.app.conftest import OpenApp, sample_text
from tests.synthesis.writers.packages import pack

VIEWS = ("tables", "prose", "flags", "claims", "figures", "problems", "repairs", "checks", "text")


def components(app: AppTest) -> list[Any]:
    """What is handed to the components of a page: forms and source texts."""
    return [json.loads(element.proto.json) for element in app.get("bidi_component")]


def marked_texts(app: AppTest) -> list[tuple[int, str]]:
    """Line number and marked words of the chosen places."""
    lines = [line for data in components(app) for line in data.get("lines", [])]
    marks = [(line, mark) for line in lines for mark in line.get("marks", []) if mark["chosen"]]
    return [(line["number"], line["text"][mark["from"] : mark["to"]]) for line, mark in marks]


def form_cells(app: AppTest) -> dict[str, dict[str, Any]]:
    """The cells of the drawn forms by their address."""
    return {
        box["address"]: box
        for data in components(app)
        for line in data.get("body", [])
        for box in line
        if box.get("address")
    }


@pytest.fixture
def one_report(tmp_path: Path, samples: Path) -> Path:
    (tmp_path / "report.txt").write_text(sample_text(samples), "utf-8")
    return tmp_path


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_the_samples(open_app: OpenApp, view: str) -> None:
    app = open_app(None, "inspect", view=[view])
    assert list(app.exception) == []
    assert next(one for one in app.segmented_control if one.key == "inspect.view").value == view


def test_the_form_holds_every_cell_of_the_report(open_app: OpenApp, one_report: Path) -> None:
    cells = parsing.load_corpus(one_report).cells
    drawn = form_cells(open_app(one_report, "inspect"))
    known = cells[~cells["address"].str.startswith("extra.")]
    assert set(known["address"]) <= drawn.keys()
    numbers = known[known["status"] == "number"]
    assert {drawn[row.address]["text"] for row in numbers.itertuples()} == set(numbers["raw"].str.strip())


def test_a_link_to_a_cell_marks_its_place(open_app: OpenApp, one_report: Path) -> None:
    cells = parsing.load_corpus(one_report).cells
    cell = cells[(cells["status"] == "number") & (cells["value"] > 0)].iloc[0]
    app = open_app(one_report, "inspect", report=[cell["report_id"]], address=[cell["address"]])
    assert marked_texts(app) == [(cell["where"]["line"], cell["raw"])]


def test_a_link_to_a_flag_opens_the_flags(open_app: OpenApp) -> None:
    flags = open_app(None, "flags")
    flag = str(flags.query_params["flag"])
    link = next(one for one in flags.get("page_link") if "inspect" in one.proto.page)
    app = open_app(None, "inspect", flag=[flag], report=[report_of(link)])
    assert next(one for one in app.segmented_control if one.key == "inspect.view").value == "flags"
    assert app.query_params["flag"] == flag


def report_of(link: Any) -> str:
    """The report that a link of the page leads to."""
    parts = dict(pair.split("=", 1) for pair in str(link.proto.query_string).lstrip("?").split("&"))
    return parts["report"]


def test_a_link_to_a_report_that_is_gone(open_app: OpenApp) -> None:
    app = open_app(None, "inspect", report=["0123456789abcdef"])
    assert "不在这里" in app.warning[0].value
    assert app.query_params["report"] != "0123456789abcdef"


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files])
    return app.run()


def test_a_dropped_report_is_opened_and_read(open_app: OpenApp, empty_folder: Path, samples: Path) -> None:
    app = drop(open_app(empty_folder, "inspect"), ("mine.txt", sample_text(samples).encode()))
    assert list(app.exception) == []
    (choice,) = app.selectbox
    assert choice.options == [choice.options[0]] and "mine.txt" in choice.options[0]
    assert form_cells(app)


def test_several_dropped_files_one_of_them_broken(open_app: OpenApp, samples: Path) -> None:
    text = sample_text(samples)
    app = drop(open_app(None, "inspect"), ("mine.txt", text.encode("gb18030")), ("noise.bin", b"\x00\x01\x02" * 99))
    assert list(app.exception) == []
    dropped = [option for option in app.selectbox[0].options if "拖入" in option]
    assert sorted(option.rpartition(" ")[2] for option in dropped) == ["mine.txt", "noise.bin"]


def test_a_dropped_file_that_cannot_be_read_says_why_and_nothing_else(open_app: OpenApp) -> None:
    """Also after a report was looked at: its view with tables is not kept for a file that has none."""
    packed = b"Rar!\x1a\x07\x00" + b"\0" * 99
    app = drop(open_app(None, "inspect", view=["claims"]), ("公文.rar", packed), ("又一份.rar", packed))
    assert list(app.exception) == []
    assert any("这是 RAR 压缩包" in one.value and "解压" in one.value for one in app.text)
    assert len(app.dataframe) == 0
    assert not any("没有读到表格" in one.value or "内容完全相同" in one.value for one in app.text)


def test_members_of_a_dropped_archive_are_called_by_their_path_in_it(open_app: OpenApp, samples: Path) -> None:
    text = sample_text(samples)
    data = pack({"一/年报.txt": text.encode(), "二/年报.txt": text.encode() + b"\n"})
    app = drop(open_app(None, "inspect"), ("全区.zip", data))
    dropped = [option for option in app.selectbox[0].options if "拖入" in option]
    assert {option.rpartition(" · ")[2] for option in dropped} == {"全区.zip/一/年报.txt", "全区.zip/二/年报.txt"}


def test_a_row_that_is_not_there_has_no_place_to_look_at(open_app: OpenApp, tmp_path: Path, samples: Path) -> None:
    lines = [line for line in sample_text(samples).split("\n") if "行政强制" not in line]
    (tmp_path / "short.txt").write_text("\n".join(lines), "utf-8")
    cells = parsing.load_corpus(tmp_path).cells
    cell = cells[cells["status"] == "absent"].iloc[0]
    app = open_app(tmp_path, "inspect", report=[cell["report_id"]], address=[cell["address"]])
    said = [one.value for one in app.text]
    assert any("状态：缺行" in one for one in said)
    assert not any("按上面的位置" in one for one in said)


def test_dropped_files_stay_in_the_session_alone(open_app: OpenApp, empty_folder: Path, samples: Path) -> None:
    mine = drop(open_app(empty_folder, "inspect"), ("mine.txt", sample_text(samples).encode()))
    mine.switch_page("pages/method.py").run()
    mine.switch_page("pages/inspect.py").run()
    assert "mine.txt" in mine.selectbox[0].options[0]
    someone_else = open_app(empty_folder, "inspect")
    assert len(someone_else.selectbox) == 0
    mine.button(key="forget").click().run()
    assert len(mine.selectbox) == 0
