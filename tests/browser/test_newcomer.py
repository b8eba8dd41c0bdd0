"""One person's first visit: from the overview to a contradiction, to its place in the source, to a draft of one's own.

What the pages must show is taken from the frames over the same samples, and the source lines from the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Browser, expect

import parsing
from parsing.tables import Corpus
from tests.browser.app_server import App
from tests.browser.chromium import Visitor, open_visitor

pytestmark = pytest.mark.browser

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Where the grid, which is one picture, draws its rows: a heading and rows of the same height.
ROW_HEIGHT = 35


@pytest.fixture(scope="module")
def corpus(samples: Path) -> Corpus:
    """The frames that the pages show."""
    return parsing.load_corpus(samples)


@pytest.fixture(scope="module")
def planted(corpus: Corpus) -> pd.DataFrame:
    """Findings that must be corrected, sure, and whose first operand stands in a line of the own text."""
    flags = corpus.flags[(corpus.flags["consequence"] == "correct") & ~corpus.flags["doubtful"].astype(bool)]
    in_text = [
        bool(sides) and sides[0]["where"] is not None and "line" in sides[0]["where"] for sides in flags["evidence"]
    ]
    return flags[in_text]


@pytest.fixture
def visitor(browser: Browser, app: App) -> Iterator[Visitor]:
    with open_visitor(browser, app, height=1600) as one:
        yield one


def chosen_in_address(visitor: Visitor, name: str) -> str:
    return parse_qs(urlsplit(visitor.page.url).query)[name][0]


def choose(visitor: Visitor, label: str, option: str) -> None:
    """Pick an option of a selection box by typing it, as one does with a long list."""
    box = visitor.page.get_by_role("combobox", name=re.compile(label)).first
    box.fill(option)
    visitor.page.get_by_role("option", name=option, exact=True).click()
    box.press("Escape")
    visitor.wait()


def click_row(visitor: Visitor, number: int) -> None:
    """Click the marker at the left of a row of the first grid; rows count from 1."""
    grid = visitor.page.get_by_test_id("stDataFrame").first
    grid.click(position={"x": 15, "y": ROW_HEIGHT * number + ROW_HEIGHT // 2})
    visitor.wait()


def place_of(side: dict[str, Any], flag: Any, corpus: Corpus) -> tuple[int, int, str]:
    """Line number, column and line of an operand, from the frames and the text as it was read."""
    where = side["where"]
    text = corpus.texts[side["report_id"] or flag["report_id"]]
    return where["line"], where["column"], text.split("\n")[where["line"] - 1]


def lines_of(flag: Any) -> set[str]:
    """The numbers of the lines in which the operands of a finding stand, in its own report."""
    own = [side for side in flag["evidence"] if side["where"] and side["report_id"] in (None, flag["report_id"])]
    return {str(side["where"]["line"]) for side in own}


def assert_marked(visitor: Visitor, flag: Any, corpus: Corpus) -> None:
    """The source text has the first operand in view and marked at its column, and marks no line but the operands'."""
    number, column, text = place_of(flag["evidence"][0], flag, corpus)
    source = visitor.page.locator(".source")
    line = source.locator(".line.chosen")
    expect(line.locator(".number")).to_have_text(str(number))
    expect(line).to_be_in_viewport()
    assert line.locator(".body").text_content() == text
    marked = line.locator("mark.chosen").text_content()
    assert marked and text.startswith(marked, column - 1)
    assert set(source.locator(".line.hit .number").all_text_contents()) == lines_of(flag)


def find_flag(visitor: Visitor, corpus: Corpus) -> Any:
    """The finding whose identifier is in the address."""
    rows = corpus.flags[corpus.flags["flag_id"] == chosen_in_address(visitor, "flag")]
    assert len(rows) == 1
    return rows.iloc[0]


def busiest_agency(flags: pd.DataFrame, corpus: Corpus) -> str:
    """The agency with the most of these findings, as the pages call it."""
    names = corpus.reports.set_index("report_id")["agency_id"]
    return str(flags["report_id"].map(names).value_counts().idxmax())


def test_from_the_overview_to_the_place_in_the_source(visitor: Visitor, corpus: Corpus, planted: pd.DataFrame) -> None:
    visitor.visit("")
    assert "示例数据" in visitor.text
    visitor.page.get_by_role("link", name=re.compile("必须更正")).first.click()
    visitor.page.wait_for_url("**/flags?*consequence=correct*")
    visitor.wait()
    choose(visitor, "机关", busiest_agency(planted, corpus))
    first = find_flag(visitor, corpus)
    assert first["message"] in visitor.text
    click_row(visitor, 2)
    flag = find_flag(visitor, corpus)
    assert flag["flag_id"] != first["flag_id"]
    assert flag["message"] in visitor.text
    assert_marked(visitor, flag, corpus)
    visitor.page.get_by_role("link", name="打开这份报告").click()
    visitor.page.wait_for_url("**/inspect?*")
    visitor.wait()
    assert chosen_in_address(visitor, "report") == flag["report_id"]


def test_a_link_to_a_finding_shows_it_to_whoever_opens_it(
    visitor: Visitor, corpus: Corpus, planted: pd.DataFrame
) -> None:
    flag = planted.iloc[-1]
    visitor.visit(f"flags?flag={flag['flag_id']}")
    assert flag["message"] in visitor.text
    assert_marked(visitor, flag, corpus)


def drop(visitor: Visitor, name: str, content: bytes) -> None:
    """Drop a file on the page, as from the desktop."""
    visitor.visit("inspect")
    file = {"name": name, "mimeType": "text/plain", "buffer": content}
    visitor.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([file])  # type: ignore[list-item]
    visitor.wait()


def open_view(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("radio", name=re.compile(f"^{name}")).click()
    visitor.wait()


def test_a_draft_of_ones_own_is_checked_and_saved(visitor: Visitor, samples: Path, planted: pd.DataFrame) -> None:
    arithmetic = planted[planted["check"].str.startswith("T3.ROW")]
    files = parsing.load_corpus(samples).reports.set_index("report_id")["source_file"]
    draft = Path(files[arithmetic.iloc[0]["report_id"]])
    [alone] = [parsing.parse_upload(draft.read_bytes(), draft.name)]
    drop(visitor, "我的草稿.txt", draft.read_bytes())
    expect(visitor.page.get_by_role("combobox", name="报告")).to_have_value(re.compile("^【拖入】"))
    open_view(visitor, "异常")
    assert arithmetic.iloc[0]["message"] in visitor.text
    with visitor.page.expect_download() as saving:
        visitor.page.get_by_role("button", name="下载 CSV").first.click()
    saved = Path(saving.value.path()).read_bytes()
    assert saved.startswith(BYTE_ORDER_MARK)
    assert all(flag in saved.decode("utf-8-sig") for flag in alone.flags["flag_id"])


MARKUP = '<img src="x" onerror="window.ran=1"> **粗** :red[红] $x^2$ [链接](javascript:window.ran=1)'


def test_text_of_a_report_is_never_interpreted(visitor: Visitor, samples: Path, manifest: dict[str, Any]) -> None:
    utf8 = next(one["file"] for one in manifest["samples"] if one["encoding"] == "utf-8")
    drop(visitor, "<b>粗</b>**草稿**.txt", (samples / utf8).read_bytes() + f"\n{MARKUP}\n".encode())
    for view in ("原文", "表格", "正文对照", "文中数字"):
        open_view(visitor, view)
        assert visitor.page.locator('img[src="x"]').count() == 0
        assert visitor.page.evaluate("() => window.ran") is None
    open_view(visitor, "原文")
    expect(visitor.page.locator(".source .body").filter(has_text="window.ran")).to_have_text(MARKUP)
