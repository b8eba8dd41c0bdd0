"""What is added by one line in one tuple meets its contract: readers and repairs."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from parsing import readers, repairs
from parsing.model import Document
from parsing.readers import load_reader
from parsing.repairs import REPAIRS
from parsing.repairs.edits import Edit

# Modules of these rooms that are neither a reader nor a repair of one text: what repairs are made with, and
# the taking out of page marks, which works on blocks.
TOOLS = {
    "parsing.repairs.edits", "parsing.repairs.scripts", "parsing.repairs.page_marks",
    "parsing.readers.archive",
    "parsing.readers.building",
    "parsing.readers.refusals",
    "parsing.readers.zipped",
    "parsing.readers.edges",
    "parsing.readers.edge_blocks",
    "parsing.readers.sheets",
    "parsing.readers.number_formats",
    "parsing.readers.xlsx_parts",
    "parsing.readers.biff",
    "parsing.readers.opendocument",
    "parsing.readers.md_tables",
}  # fmt: skip

READERS = tuple(map(load_reader, readers.READERS))

DAMAGED = (
    "",
    " ",
    "本年新收政府信息公开申请数量\t12\t0",
    "（一）?]，公開 3 條 F 件",
    "ㄒ唬┦盏缴暾垟 7",
    "1,024 ２０１８ 万元",
)


def modules_beside(room: ModuleType) -> set[str]:
    folder = Path(str(room.__file__)).parent
    files = [*folder.glob("*.py"), *(path.parent for path in folder.glob("*/__init__.py"))]
    return {f"{room.__name__}.{path.stem}" for path in files if path.stem != "__init__"} - TOOLS


def names(registered: Iterable[ModuleType]) -> list[str]:
    return [module.__name__ for module in registered]


@pytest.mark.parametrize(("room", "registered"), [(readers, READERS), (repairs, REPAIRS)], ids=["readers", "repairs"])
def test_every_module_of_the_room_is_registered_once(room: ModuleType, registered: tuple[ModuleType, ...]) -> None:
    assert sorted(names(registered)) == sorted(modules_beside(room))


def test_formats_and_kinds_are_unique() -> None:
    assert len({reader.FORMAT for reader in READERS}) == len(READERS)
    assert len({repair.KIND for repair in REPAIRS}) == len(REPAIRS)


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda repair: repair.KIND)
def test_a_repair_tells_people_what_was_damaged(repair: ModuleType) -> None:
    assert repair.KIND.isidentifier()
    assert any("\u4e00" <= char <= "\u9fff" for char in repair.MESSAGE)


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda repair: repair.KIND)
@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_a_repair_is_pure_and_touches_no_figure(repair: ModuleType, text: str) -> None:
    edits: list[Edit] = repair.find(text)
    assert edits == repair.find(text)
    for edit in edits:
        before = text[edit.start : edit.end]
        assert [char for char in before if char.isdigit()] == [char for char in edit.after if char.isdigit()]


@pytest.mark.parametrize("data", [b"\x00", b"abc", "报告".encode("gb18030"), b"%PDF-1.4", b"PK\x03\x04"], ids=repr)
def test_some_reader_takes_any_bytes_that_are_not_empty(data: bytes) -> None:
    assert any(reader.sniff(data) for reader in READERS)
    assert isinstance(readers.read_document(data), Document)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.FORMAT)
def test_a_reader_is_found_by_content_alone(reader: ModuleType) -> None:
    assert list(inspect.signature(reader.sniff).parameters) == ["data"]
    assert list(inspect.signature(reader.read).parameters) == ["data"]
