"""What means something in each format: the dictionary of its fuzzing, from `words.toml`.

In: the name of a reader.  Out: words that changes put into a file, and the dictionary file of libFuzzer made of them.
Refused: a reader without an entry, by KeyError.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

# The words of reports themselves go into every format.
EVERYWHERE = "report"


@cache
def load_entries() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def words_of(name: str) -> tuple[bytes, ...]:
    """The words of a format, then those of the groups that it takes."""
    entries = load_entries()
    found: list[bytes] = []
    for one in (name, *entries[name].get("groups", ()), EVERYWHERE):
        found += [word.encode() for word in entries[one].get("words", ())]
        found += [bytes.fromhex(word) for word in entries[one].get("bytes", ())]
    return tuple(found)


def dictionary(name: str) -> str:
    """The words as a dictionary file of libFuzzer: one in quotes a line, bytes beyond printable ASCII by number."""
    lines = []
    for word in words_of(name):
        shown = (chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02X}" for byte in word)
        lines.append(f'"{"".join(shown)}"\n')
    return "".join(lines)
