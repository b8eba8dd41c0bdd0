"""The system's Chromium, driven by Playwright.

In: nothing, or a running app.  Out: a browser, or pages that are watched while they are used.  Refused
(`AssertionError`): a page on which the app shows an exception, a script error, or a request to another machine.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.app_server import App

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000
# The script counts as finished when it has stood still this long with a heading on the page: between a click and
# the first sign of a rerun, and between the bare address and the page it leads to, nothing runs either.
STILL = 500

IS_STILL = """([still]) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const busy = !app || app.dataset.testScriptState !== 'notRunning' || app.dataset.testConnectionState !== 'CONNECTED'
    || document.querySelector('[data-testid="stSkeleton"]') || !document.querySelector('[data-testid="stMain"] h1');
  if (busy) { window.stillSince = undefined; return false; }
  window.stillSince ??= performance.now();
  return performance.now() - window.stillSince >= still;
}"""


def find_chromium() -> str | None:
    """The path of the system's browser, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless browser with a new, empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visitor:
    """One person with one tab of one app: goes to pages, waits, and remembers what went wrong."""

    page: Page
    app: App
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.trouble.append(f"script error: {error}"))
        self.page.route("**/*", self.keep_at_home)

    def keep_at_home(self, route: Route) -> None:
        """Only the app itself may be asked for anything."""
        if urlsplit(route.request.url).hostname in ("127.0.0.1", None):
            route.continue_()
        else:
            self.trouble.append(f"asked another machine: {route.request.url}")
            route.abort()

    def visit(self, path: str) -> None:
        """Open a path of the app, as from a link in a mail, and wait until it is drawn."""
        self.page.goto(f"{self.app.address}/{path}")
        self.wait()

    def wait(self) -> None:
        """Wait until the script has finished; fail if the app shows an exception or anything else went wrong."""
        self.page.evaluate("() => { window.stillSince = undefined; }")
        self.page.wait_for_function(IS_STILL, arg=[STILL])
        exceptions = self.page.get_by_test_id("stException")
        shown = [exceptions.nth(index).inner_text() for index in range(exceptions.count())]
        if shown or self.trouble:
            raise AssertionError(f"{self.page.url}: " + "; ".join([*shown, *self.trouble]) + f"\n{self.app.said()}")

    @property
    def text(self) -> str:
        """All that the page says, menu included."""
        return self.page.get_by_test_id("stApp").inner_text()


@contextmanager
def open_visitor(browser: Browser, app: App, width: int = 1440, height: int = 900) -> Iterator[Visitor]:
    """A new visitor who has never been here before."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    try:
        yield Visitor(context.new_page(), app)
    finally:
        context.close()
