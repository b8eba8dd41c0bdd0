"""Every page is in the navigation, and every entry of the navigation is a page that opens itself first."""

from __future__ import annotations

import ast

import pytest

from pages.ui.navigation import ENTRIES
from tests.conformance.sources import Module, modules
from tests.conformance.test_sizes import is_page

PAGES = [module for module in modules("pages") if is_page(module)]
CACHES = {"cache_data", "cache_resource"}


def test_files_and_entries_are_the_same() -> None:
    assert sorted(entry.path for entry in ENTRIES) == sorted(module.name for module in PAGES)


def test_titles_are_unique() -> None:
    assert len({entry.title for entry in ENTRIES}) == len(ENTRIES)


def first_step(page: Module) -> ast.stmt:
    """The first statement that does something: not the docstring, an import or a definition."""
    idle = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    return next(node for node in page.tree.body[1:] if not isinstance(node, idle))


def opens(step: ast.stmt) -> list[str]:
    """The pages that a statement opens, wherever in it."""
    calls = [node for node in ast.walk(step) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    opening = [call for call in calls if call.func.id == "open_page"]  # type: ignore[attr-defined]
    return [argument.value for call in opening for argument in call.args if isinstance(argument, ast.Constant)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_opens_itself_first(page: Module) -> None:
    """A deep link after a restart runs the page without app.py, so its first step must set everything up."""
    assert opens(first_step(page)) == [page.name.removeprefix("pages/").removesuffix(".py")]


def test_only_the_data_module_caches() -> None:
    used = {
        module.name: {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)} & CACHES
        for module in modules("pages")
    }
    assert {name for name, caches in used.items() if caches} == {"pages/ui/data.py"}
