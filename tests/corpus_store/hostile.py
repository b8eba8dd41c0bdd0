"""Files that hang, eat memory or kill whoever reads them, made by what is planted into the workers.

In: a folder.  Out: the environment for workers that act on such files.  Nothing is refused.

The real files that did this are mended one after the other; a plant stays as it is.  It is Python's own module for the
customs of a site, which every process with the folder in its PYTHONPATH imports first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

HANGS, EATS, DIES, FAILS_TO_UNPACK = b"HANGS", b"EATS", b"DIES", "unpack-dies"
PLANT = f"""
import os, re, signal, sys
from importlib.abc import MetaPathFinder

class Plant(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "parsing.corpus.batches":
            sys.meta_path.remove(self)
            act()

def act():
    from parsing import pipeline
    from parsing.readers import archive
    whole, unpacked = pipeline.parse_document, archive.read_member
    def parse_document(data, name):
        if data == {HANGS!r}:
            open(f"{{os.path.dirname(__file__)}}/{{os.getpid()}}.hangs", "w").close()
            re.match("(a+)+$", "a" * 60 + "b")
        if data == {EATS!r}:
            bytearray(10**12)
        if data == {DIES!r}:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(data, name)
    def read_member(packed, opened, entry, path):
        if {FAILS_TO_UNPACK!r} in path:
            os.kill(os.getpid(), signal.SIGKILL)
        return unpacked(packed, opened, entry, path)
    pipeline.parse_document, archive.read_member = parse_document, read_member

sys.meta_path.insert(0, Plant())
"""


def plant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the workers of this process act on hostile files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(PLANT, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def read_fields(path: Path) -> list[str]:
    """State, parent and so on of a process; nothing where it ended meanwhile."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def is_alive(process: int) -> bool:
    """Whether a process still runs; one that only waits to be counted (a zombie) does not."""
    return read_fields(Path(f"/proc/{process}/stat"))[:1] not in ([], ["Z"])


def hanging(planted: Path) -> set[int]:
    """The workers that have begun with a file that hangs."""
    return {int(path.stem) for path in planted.glob("*.hangs")}


def wait_until(is_so: Callable[[], object], seconds: float = 20) -> bool:
    """Whether something came true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.02)
    return bool(is_so())
