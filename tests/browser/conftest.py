"""Fixtures of the browser tests: a browser, a running app on the samples, a visitor.

Without Chromium these tests are skipped with the reason; where REQUIRE_BROWSER is set they fail instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.app_server import App, run_app
from tests.browser.chromium import Visitor, find_chromium, open_browser, open_visitor


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    if not find_chromium():
        reason = "no Chromium on this machine; on Debian: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    with open_browser() as found:
        yield found


@pytest.fixture(scope="session")
def app(browser: Browser, samples: Path) -> Iterator[App]:
    """An app that shows the samples, shared by the tests of one process."""
    with run_app(samples) as running:
        yield running


@pytest.fixture
def visitor(browser: Browser, app: App) -> Iterator[Visitor]:
    """A newcomer at the running app."""
    with open_visitor(browser, app) as one:
        yield one
