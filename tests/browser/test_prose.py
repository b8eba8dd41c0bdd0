"""From a figure of the prose to the cell that it was compared with, by mouse and by keyboard, in a dropped file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, expect

import parsing
from tests.browser.app_server import App
from tests.browser.chromium import Visitor, open_visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(browser: Browser, app: App) -> Iterator[Visitor]:
    with open_visitor(browser, app, height=1600) as one:
        yield one


@pytest.fixture(scope="module")
def contradiction(samples: Path) -> pd.Series:
    """A sample whose prose gives another number of applications than table 3, with its file."""
    corpus = parsing.load_corpus(samples)
    flag: pd.Series = corpus.flags[corpus.flags["check"] == "X.APP_COUNT_VS_TABLE"].iloc[0]
    files = corpus.reports.set_index("report_id")["source_file"]
    return pd.concat([flag, pd.Series({"file": files[flag["report_id"]]})])


def open_prose(visitor: Visitor, file: Path) -> None:
    """Drop a file on the page and look at its prose."""
    visitor.visit("inspect")
    dropped = {"name": "草稿.txt", "mimeType": "text/plain", "buffer": file.read_bytes()}
    visitor.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([dropped])  # type: ignore[list-item]
    visitor.wait()
    visitor.page.get_by_role("radio", name="正文对照").click()
    visitor.wait()


def in_address(visitor: Visitor, name: str) -> str | None:
    return next(iter(parse_qs(urlsplit(visitor.page.url).query).get(name, [])), None)


def mark_of(visitor: Visitor, words: str, kind: str) -> Locator:
    return visitor.page.locator(f".prose .mark.{kind}").filter(has_text=re.compile(f"^{words}$")).first


def test_a_figure_leads_to_the_cell_that_contradicts_it(visitor: Visitor, contradiction: pd.Series) -> None:
    open_prose(visitor, Path(contradiction["file"]))
    stated, counted = (contradiction["evidence"][at] for at in (0, 1))
    mark_of(visitor, "2022年", "ignored").click()
    visitor.wait()
    assert "原因：年份" in visitor.text
    mark_of(visitor, str(stated["value"]), "flagged").click()
    visitor.wait()
    expect(visitor.page.locator(".mark.chosen")).to_have_text(str(stated["value"]))
    assert contradiction["message"] in visitor.text
    card = visitor.page.locator(".reading.differs").first
    expect(card.locator(".name")).to_have_text("本年新收")
    expect(card.locator(".figure")).to_have_text(str(counted["value"]))
    card.get_by_role("link").click()
    visitor.wait()
    assert in_address(visitor, "address") == counted["address"] == "t3.new_received.total"
    expect(visitor.page.locator(".form td.chosen")).to_have_text(str(counted["value"]))
    line = counted["where"].get("line") or counted["where"]["shown"]["line"]
    expect(visitor.page.locator(".source .line.chosen .number")).to_have_text(str(line))


def test_the_figures_are_walked_and_chosen_with_the_keyboard(visitor: Visitor, contradiction: pd.Series) -> None:
    open_prose(visitor, Path(contradiction["file"]))
    marks = visitor.page.locator(".prose .mark")
    focused = visitor.page.locator(".prose .mark:focus")
    visitor.page.locator(".legend button").last.focus()
    visitor.page.keyboard.press("Tab")
    expect(focused).to_have_text(str(contradiction["evidence"][0]["value"]))
    visitor.page.keyboard.press("ArrowRight")
    following = focused.get_attribute("data-id")
    visitor.page.keyboard.press("Enter")
    visitor.wait()
    assert in_address(visitor, "said") == following
    expect(visitor.page.locator(".mark.chosen")).to_have_attribute("data-id", following or "")
    # Where one was reading stays where it was, and so does the focus.
    expect(focused).to_have_attribute("data-id", following or "")
    visitor.page.keyboard.press("ArrowLeft")
    expect(focused).to_have_text(str(contradiction["evidence"][0]["value"]))
    visitor.page.locator(".legend button").filter(has_text="不计").click()
    expect(focused).to_have_class(re.compile("ignored"))
    assert marks.evaluate_all("all => all.filter((one) => one.tabIndex === 0).length") == 1
