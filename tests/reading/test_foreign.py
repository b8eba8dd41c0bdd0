"""Files that are known and not read say what they are and what to do with them."""

from __future__ import annotations

import pytest

from parsing.readers import read_document
from tests.reading.ole_making import write_container


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"Rar!\x1a\x07\x00" + b"x" * 60, "解压"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 60, "解压"),
        (b"\x1f\x8b\x08" + b"\xff" * 60, "解压"),
        (b"BZh91AY&SY" + b"\xff" * 60, "解压"),
        (b"\xfd7zXZ\x00" + b"\xff" * 60, "解压"),
        (write_container({"PowerPoint Document": b"x" * 600}), "另存为"),
    ],
    ids=["rar", "7z", "gzip", "bzip2", "xz", "ole"],
)
def test_a_foreign_file_says_what_to_do(data: bytes, advice: str) -> None:
    (problem,) = read_document(data).problems
    assert problem.kind == "unsupported_format"
    assert advice in problem.message


@pytest.mark.parametrize("kept", [8, 600, 5000, -600])
def test_an_old_office_file_that_was_cut_off_is_damaged(kept: int) -> None:
    """Its directory may lie at the end: whether it was a document or a presentation is lost with it."""
    whole = write_container({"PowerPoint Document": b"x" * 9000})
    (problem,) = read_document(whole[:kept]).problems
    assert (problem.kind, "不完整" in problem.message) == ("damaged_file", True)


def test_a_text_that_begins_like_an_archive_is_text() -> None:
    assert read_document("BZh 公开年报".encode()).format == "txt"
