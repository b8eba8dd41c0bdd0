"""What no file of the project may contain: loose ends, swallowed errors, text run as HTML, other people's machines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conformance.sources import Module, modules, product_modules, project_texts

LOOSE_ENDS = r"\bTODO\b|\bFIXME\b|\bXXX\b"
MACHINE_PATHS = r"(?<![\w.])/(?:work|home|root|Users)/[a-zA-Z]"
HOSTS = r"pypi\.org|pythonhosted|npmjs\.|deb\.debian|anaconda\.org|/simple/?$"
# Ways of handing text to the browser that make markup of it.
MARKUP_CALLS = r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|srcdoc"
# The one module that hands markup to the browser; what it hands over is constant.
MARKUP_MODULE = "pages/ui/browser.py"
# This file names what it looks for.
ITSELF = "tests/conformance/test_habits.py"

ALL = (*product_modules(), *modules("tests"))


def found(pattern: str, *suffixes: str) -> list[str]:
    """`file:line: match` for every place in the project's texts where the pattern occurs."""
    search = re.compile(pattern)
    return [
        f"{name}:{number}: {match.group()}"
        for name, text in project_texts().items()
        if name.endswith(suffixes or "") and name != ITSELF
        for number, line in enumerate(text.splitlines(), 1)
        for match in search.finditer(line)
    ]


@pytest.mark.parametrize("pattern", [LOOSE_ENDS, MACHINE_PATHS, HOSTS], ids=["loose-end", "path", "host"])
def test_no_file_contains(pattern: str) -> None:
    assert found(pattern) == []


def handlers(module: Module) -> Iterator[ast.ExceptHandler]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.ExceptHandler))


def test_every_error_that_is_caught_is_named() -> None:
    assert [f"{module.name}:{one.lineno}" for module in ALL for one in handlers(module) if one.type is None] == []


def is_silent(handler: ast.ExceptHandler) -> bool:
    """Whether a handler does nothing with what it caught."""
    return all(isinstance(step, ast.Pass) for step in handler.body)


def test_no_error_is_swallowed() -> None:
    silent = [
        (module, one)
        for module in ALL
        for one in handlers(module)
        if all(isinstance(step, ast.Pass) for step in one.body)
    ]
    assert [f"{module.name}:{one.lineno}" for module, one in silent] == []


def is_fixed(value: ast.expr) -> bool:
    """Whether an expression is made of constants only, so that no report can have a say in it."""
    parts = list(ast.walk(value))
    names = [part.id for part in parts if isinstance(part, ast.Name)]
    return all(name.isupper() for name in names) and not any(
        isinstance(part, (ast.JoinedStr, ast.Call)) for part in parts
    )


def markup_given(module: Module) -> Iterator[ast.expr]:
    """Every expression that the module hands to Streamlit as HTML."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "html")
            if isinstance(node.func, ast.Attribute) and node.func.attr == "html":
                yield from node.args


def test_markup_reaches_the_browser_through_one_module_and_is_fixed() -> None:
    given = [(module.name, value) for module in product_modules() for value in markup_given(module)]
    assert {name for name, _ in given} <= {MARKUP_MODULE}
    assert [f"{name}:{value.lineno}" for name, value in given if not is_fixed(value)] == []


def test_streamlits_escaping_is_never_turned_off() -> None:
    assert found("unsafe_allow_html", ".py", ".toml") == []


def test_scripts_of_the_pages_write_text_and_not_markup() -> None:
    assert found(MARKUP_CALLS, ".js") == []


def prints(module: Module) -> bool:
    calls = [node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    return any(isinstance(function, ast.Name) and function.id == "print" for function in calls)


def test_standard_output_belongs_to_the_command_line() -> None:
    assert [module.name for module in modules("parsing") if prints(module)] == [
        "parsing/__main__.py",
        "parsing/commands.py",
    ]
