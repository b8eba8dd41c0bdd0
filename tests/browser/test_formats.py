"""The inspect page takes every format: dropped in, read, and every value led back to its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from parsing import parse_report
from tests.browser.app_server import App
from tests.browser.chromium import Visitor, open_visitor
from tests.synthesis.writers import KINDS
from tests.synthesis.writers.shelf import files_of

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(browser: Browser, app: App) -> Iterator[Visitor]:
    with open_visitor(browser, app, height=1600) as one:
        yield one


def drop(visitor: Visitor, name: str, content: bytes) -> None:
    visitor.visit("inspect")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    visitor.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([file])  # type: ignore[list-item]
    visitor.wait()


# A pdf that the browser itself prints cannot be made while the browser is in use here; other pdf are among these.
STYLES = [name for name, kind in KINDS.items() if kind.needs != "browser"]


@pytest.mark.parametrize("style", STYLES)
def test_a_dropped_report_shows_its_figures_and_their_places(visitor: Visitor, style: str) -> None:
    data = files_of(style)["D"]
    name = f"年报.{KINDS[style].suffix}"
    report = parse_report(data, name)
    cell = next(one for one in report.cells if one.status == "number" and one.where and (one.value or 0) > 9)
    drop(visitor, name, data)
    chosen = visitor.page.get_by_role("combobox", name="报告")
    expect(chosen).to_have_value(re.compile(rf"^【拖入】.*{re.escape(name)}$"))
    visitor.page.locator(f'[data-address="{cell.address}"]').first.click()
    visitor.wait()
    assert cell.where is not None
    expect(visitor.page.locator(".source .line.chosen .number")).to_have_text(str(cell.where.line))
    expect(visitor.page.locator(".source mark.chosen")).to_have_text(cell.raw)
    pictures = visitor.page.get_by_test_id("stImage")
    assert pictures.count() == (1 if cell.where.page else 0)
