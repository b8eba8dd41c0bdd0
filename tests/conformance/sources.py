"""The project's own files as the conformance tests see them.

In: the checkout.  Out: its files, and its Python modules as text and as syntax trees.  Files that
version control ignores are not the project's and are left out.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def project_files() -> tuple[str, ...]:
    """Every file of the project, tracked or about to be, as a path from the top; sorted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True).stdout.decode("utf-8")
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (CHECKOUT / name).is_file()))


@cache
def project_texts() -> dict[str, str]:
    """Every file of the project that is UTF-8 text, by its path; pictures and damaged samples are not."""
    texts = {}
    for name in project_files():
        content = (CHECKOUT / name).read_bytes()
        try:
            texts[name] = content.decode("utf-8")
        except UnicodeDecodeError:
            continue
    return texts


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the top and its text."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @property
    def line_count(self) -> int:
        return len(self.text.splitlines())

    def functions(self) -> Iterator[Function]:
        """Every function of the module, methods and nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def docstrings(self) -> set[int]:
        """The identities of the constants that are docstrings, to tell them from literals."""
        holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        bodies = [node.body for node in ast.walk(self.tree) if isinstance(node, holders)]
        firsts = [body[0].value for body in bodies if body and isinstance(body[0], ast.Expr)]
        return {id(value) for value in firsts if isinstance(value, ast.Constant) and isinstance(value.value, str)}

    def literals(self) -> Iterator[ast.Constant]:
        """Every literal of the code; docstrings, which explain with examples, are left out."""
        docstrings = self.docstrings()
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Constant) and id(node) not in docstrings)


@cache
def modules(*rooms: str) -> tuple[Module, ...]:
    """The Python modules of the given top folders and files (`parsing`, `pages`, `app.py` …)."""
    names = (name for name in project_files() if name.endswith(".py") and name.split("/")[0] in rooms)
    return tuple(Module(name, (CHECKOUT / name).read_text("utf-8")) for name in names)


def product_modules() -> tuple[Module, ...]:
    """What runs at the user's: the router, the pages, the parsing."""
    return modules("app.py", "pages", "parsing")
