"""Modules, pages and functions stay as small as the house rules want them, and say what they are for."""

from __future__ import annotations

import ast
from statistics import median

from tests.conformance.sources import Function, Module, modules, product_modules

MODULE_LINES = 300
SMALL_PACKAGE = 30
PAGE_LINES = 120
ROUTER_LINES = 30
FUNCTION_LINES = 40
FUNCTION_MEDIAN = 12
NAMES_FOR_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}

ALL = (*product_modules(), *modules("tests"))


def is_page(module: Module) -> bool:
    """A script directly in `pages/` is a page; what lies deeper is a module like any other."""
    return module.name.startswith("pages/") and module.name.count("/") == 1


def line_limit(module: Module) -> int:
    if module.name == "app.py":
        return ROUTER_LINES
    return PAGE_LINES if is_page(module) else MODULE_LINES


def function_lines(function: Function) -> int:
    """From `def` to the last line; decorators, which are data, do not count."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_module_is_too_long() -> None:
    assert {one.name: one.line_count for one in ALL if one.line_count > line_limit(one)} == {}


def test_no_function_is_too_long() -> None:
    sizes = {f"{module.name}:{one.name}": function_lines(one) for module in ALL for one in module.functions()}
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES} == {}


def test_most_functions_are_short() -> None:
    sizes = [function_lines(one) for module in product_modules() for one in module.functions()]
    assert median(sizes) <= FUNCTION_MEDIAN


def test_every_module_says_what_it_is_for() -> None:
    assert [one.name for one in ALL if not ast.get_docstring(one.tree)] == []


def test_a_room_says_what_comes_in_and_what_goes_out() -> None:
    """Small packages that only list their parts need not; everything else in `parsing` does."""
    said = {
        one.name: ast.get_docstring(one.tree) or "" for one in modules("parsing") if one.line_count > MODULE_LINES / 10
    }
    assert [name for name, docstring in said.items() if not ("In:" in docstring and "Out:" in docstring)] == []


def test_no_module_is_named_for_nothing() -> None:
    words = {one.name: set(one.name.removesuffix(".py").lower().replace("_", "/").split("/")) for one in ALL}
    assert [name for name, parts in words.items() if parts & NAMES_FOR_NOTHING] == []
