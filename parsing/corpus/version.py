"""Which program read a report: whoever changes how it reads, reads anew.

In: the files of this package.  Out: a short hash over them.  Nothing is refused.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
# How a store is written and shown changes nothing of what a report says.
APART = "corpus"


@cache
def parser_version() -> str:
    """The hash over everything that decides what is read and found: code, forms, wordings."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        part = path.relative_to(PACKAGE)
        if path.suffix in (".py", ".toml", ".json") and part.parts[0] != APART:
            digest.update(part.as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
