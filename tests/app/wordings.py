"""Every wording of the app that a translation must cover, collected from where it is written.

In: the sources of `pages/`, the data maps beside them and the column dictionary.  Out: the wordings, each with
the place that it comes from.  Wording of reports, of the official forms and of the registry of checks is quoted
in Chinese in every language and is not collected.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pages.ui.navigation import ENTRIES
from pages.ui.wording import read_codes
from parsing.columns import FRAMES
from parsing.measures import read_measures

PAGES = Path(__file__).resolve().parents[2] / "pages"


def spoken_literals() -> Iterator[tuple[str, str]]:
    """The first argument of every call of `say`; a computed one has its literals collected elsewhere."""
    for path in sorted(PAGES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_say = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
            if is_say and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, f"{path.relative_to(PAGES.parent)}:{node.lineno}"


def data_wordings() -> Iterator[tuple[str, str]]:
    """Titles of pages, names of codes, measures and columns."""
    for entry in ENTRIES:
        yield entry.title, "pages/ui/navigation.py"
        yield entry.answers, "pages/ui/navigation.py"
    for group in read_codes().values():
        yield from ((name, "pages/ui/wording.toml") for name in group.values())
    for measure in read_measures().values():
        yield measure.label, "parsing/measures.toml"
        yield measure.unit, "parsing/measures.toml"
    for columns in FRAMES.values():
        for column in columns:
            yield from ((text, "parsing/columns.py") for text in (column.label, column.unit, column.meaning) if text)


def collect_wordings() -> dict[str, str]:
    """Wording → the first place that it stands in."""
    found: dict[str, str] = {}
    for text, place in (*spoken_literals(), *data_wordings()):
        found.setdefault(text, place)
    return found
