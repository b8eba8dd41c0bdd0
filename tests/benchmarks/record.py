"""Where measurements of many reports are written down: one section a bench in `docs/scale.md`.

In: the title of a section and its lines.  Out: the document with this section exchanged, the others as they were.
Nothing is refused; a section that is new comes last.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.benchmarks.machine import machine

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "scale.md"
TITLE = "# What many reports cost\n"
SECTION = re.compile(r"^## ", re.MULTILINE)


def circumstances() -> str:
    """When and on what a section was measured, and how busy the machine was with other work."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    return f"{date.today().isoformat()}: {machine()}; load of the machine {load:.1f} when the measurement began."


def write_section(title: str, lines: Iterable[str], document: Path = DOCUMENT) -> str:
    """Exchange the section with this title; its text."""
    section = "\n".join([f"## {title}", "", *lines, ""])
    old = document.read_text("utf-8") if document.exists() else TITLE
    head, *parts = SECTION.split(old)
    kept = {part.partition("\n")[0]: f"## {part.strip()}\n" for part in parts}
    kept[title] = section
    document.write_text("\n".join([head.strip() + "\n", *kept.values()]), "utf-8")
    return section
