"""The app as the tests open it: from the router, on a folder of reports, with empty caches.

In: a folder.  Out: an `AppTest` whose pages can be switched.  Nothing of one test's data or session reaches the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import parsing
from pages.ui.data import Shelf
from parsing.tables import Corpus
from tests.app.stores import read_folder
from tests.conftest import CHECKOUT

OpenApp = Callable[..., AppTest]
SECONDS = 60

# What a page must show as text and must never hand to the browser as markup.
MARKUP = "<img src=x onerror=alert(1)>"
MARKDOWN = "[点我](javascript:alert(1))"


@pytest.fixture(autouse=True)
def no_caches() -> Iterator[None]:
    """A test reads its own data, whatever was read before."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def sample_corpus(samples: Path) -> Corpus:
    """The samples, read once for all tests."""
    return parsing.load_corpus(samples)


@pytest.fixture(scope="session")
def sample_shelf(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The samples as a store, as the pages see them."""
    return read_folder(samples, tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app keeps what it reads: one place for all tests, so that the samples are read once."""
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> OpenApp:
    """`open_app(folder, "flags", agency=["…"])`: the app on a folder (None: the samples), on one of its pages."""

    monkeypatch.setenv("DISCLOSURE_WORKSPACE", str(workspace))

    def opened(folder: Path | None, stem: str = "overview", **parameters: list[str]) -> AppTest:
        if folder is None:
            monkeypatch.delenv("DISCLOSURE_DATA", raising=False)
        else:
            monkeypatch.setenv("DISCLOSURE_DATA", str(folder))
        app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=SECONDS)
        app.query_params.update(parameters)
        app.run()
        if stem == "overview":
            return app
        app.query_params.update(parameters)
        return app.switch_page(f"pages/{stem}.py").run()

    return opened


def sample_text(samples: Path) -> str:
    """One undamaged sample in plain text, to make other files of."""
    texts = [path.read_bytes() for path in sorted(samples.glob("*.txt"))]
    return next(text.decode("utf-8") for text in texts if is_utf8(text) and "总计".encode() in text)


def is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def damaged_folder(tmp_path: Path, samples: Path) -> Path:
    """Files that are no reports, half a report, one report twice, and a report full of markup."""
    text = sample_text(samples)
    heading, _, rest = text.partition("\n")
    hostile = f"{heading}{MARKUP}{MARKDOWN}\n{rest.replace('公开', f'公开{MARKUP}', 3)}"
    contents = {
        "nothing.txt": b"",
        "noise.txt": bytes(range(256)) * 40,
        "page.html": f"<html><body><p>{MARKUP}</p></body></html>".encode(),
        "half.txt": text[: len(text) // 2].encode("gb18030")[:-1],
        "first.txt": text.encode(),
        "again.txt": text.encode(),
        "hostile<b>.txt": hostile.encode(),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path
