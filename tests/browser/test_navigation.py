"""Every page opens: from the menu, and by its address on a server that nobody has visited yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pages.ui.navigation import ENTRIES, Entry
from tests.browser.app_server import run_app
from tests.browser.chromium import Visitor, open_visitor

pytestmark = pytest.mark.browser


def stem_of(entry: Entry) -> str:
    return entry.stem


def is_open(visitor: Visitor, entry: Entry) -> bool:
    """Whether the address and the heading are those of the page."""
    path = visitor.page.url.removeprefix(visitor.app.address).split("?")[0]
    headings = visitor.page.get_by_test_id("stMain").locator("h1")
    return path == f"/{entry.stem}" and headings.count() == 1 and headings.inner_text().strip() != ""


def test_the_bare_address_opens_the_first_page(visitor: Visitor) -> None:
    visitor.visit("")
    assert is_open(visitor, ENTRIES[0])


def test_the_menu_leads_to_every_page(visitor: Visitor) -> None:
    visitor.visit("")
    for entry in (*ENTRIES[1:], ENTRIES[0]):
        visitor.page.get_by_test_id("stSidebar").get_by_role("link", name=entry.title).click()
        visitor.page.wait_for_url(f"**/{entry.stem}*")
        visitor.wait()
        assert is_open(visitor, entry), entry.stem


@pytest.mark.parametrize("entry", ENTRIES, ids=stem_of)
def test_a_deep_link_opens_the_page_on_a_fresh_server(browser: Browser, samples: Path, entry: Entry) -> None:
    with run_app(samples) as app, open_visitor(browser, app) as visitor:
        visitor.visit(entry.stem)
        assert is_open(visitor, entry)


def test_every_page_survives_a_folder_without_reports(browser: Browser, tmp_path: Path) -> None:
    with run_app(tmp_path) as app, open_visitor(browser, app) as visitor:
        for entry in ENTRIES:
            visitor.visit(entry.stem)
            assert is_open(visitor, entry), entry.stem
