"""What no file of the project may contain: loose ends, swallowed errors, text run as HTML, other people's machines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.conformance.sources import Module, modules, product_modules, project_texts

# Written in pieces, so that this file does not find itself.
LOOSE_ENDS = "|".join(rf"\b{word}\b" for word in ("TODO", "FIXME", "XXX"))
MACHINE_PATHS = "|".join(rf"(?<![\w.])/{folder}/[a-zA-Z]" for folder in ("work", "home", "root", "Users"))
HOSTS = ("pypi" r"\.org", "pythonhosted", "npm" r"js\.", "deb" r"\.debian", "ana" r"conda\.org", "/simple/?$")
# Ways of handing text to the browser that make markup of it.
MARKUP_CALLS = r"\b(?:inner|outer)HTML\b|insert" "AdjacentHTML|document" r"\.write|\beval\(|srcdoc"

ALL = (*product_modules(), *modules("tests"))


def found(pattern: str, *suffixes: str) -> list[str]:
    """`file:line: match` for every place in the project's texts where the pattern occurs."""
    search = re.compile(pattern)
    return [
        f"{name}:{number}: {match.group()}"
        for name, text in project_texts().items()
        if name.endswith(suffixes or "")
        for number, line in enumerate(text.splitlines(), 1)
        for match in search.finditer(line)
    ]


@pytest.mark.parametrize("pattern", [LOOSE_ENDS, MACHINE_PATHS, "|".join(HOSTS)], ids=["loose-end", "path", "host"])
def test_no_file_contains(pattern: str) -> None:
    assert found(pattern) == []


def handlers(module: Module) -> Iterator[ast.ExceptHandler]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.ExceptHandler))


def test_every_error_that_is_caught_is_named() -> None:
    assert [f"{module.name}:{one.lineno}" for module in ALL for one in handlers(module) if one.type is None] == []


def test_no_error_is_swallowed() -> None:
    silent = [
        (module, one)
        for module in ALL
        for one in handlers(module)
        if all(isinstance(step, ast.Pass) for step in one.body)
    ]
    assert [f"{module.name}:{one.lineno}" for module, one in silent] == []


def is_fixed(value: ast.expr) -> bool:
    """Whether an expression is written out in the module, so that no report can have a say in it."""
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id.isupper())


def markup_given(module: Module) -> Iterator[ast.expr]:
    """Every expression that the module hands to Streamlit as HTML."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "html")
            if isinstance(node.func, ast.Attribute) and node.func.attr == "html":
                yield from node.args


def test_only_fixed_markup_reaches_the_browser() -> None:
    given = [(module, value) for module in product_modules() for value in markup_given(module)]
    assert [f"{module.name}:{value.lineno}" for module, value in given if not is_fixed(value)] == []


def test_streamlits_escaping_is_never_turned_off() -> None:
    assert found("unsafe_allow_html", ".py", ".toml") == []


def test_scripts_of_the_pages_write_text_and_not_markup() -> None:
    assert found(MARKUP_CALLS, ".js") == []


def test_standard_output_belongs_to_the_command_line() -> None:
    calls = [
        (module, node) for module in modules("parsing") for node in ast.walk(module.tree) if isinstance(node, ast.Call)
    ]
    prints = {module.name for module, call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"}
    assert prints <= {"parsing/__main__.py"}
