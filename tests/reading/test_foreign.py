"""Files that are known and not read say what they are and what to do with them."""

from __future__ import annotations

import pytest

from parsing.readers import read_document


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"Rar!\x1a\x07\x00" + b"x" * 60, "解压"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 60, "解压"),
        (b"\x1f\x8b\x08" + b"\xff" * 60, "解压"),
        (b"BZh91AY&SY" + b"\xff" * 60, "解压"),
        (b"\xfd7zXZ\x00" + b"\xff" * 60, "解压"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "另存为"),
    ],
    ids=["rar", "7z", "gzip", "bzip2", "xz", "ole"],
)
def test_a_foreign_file_says_what_to_do(data: bytes, advice: str) -> None:
    (problem,) = read_document(data).problems
    assert problem.kind == "unsupported_format"
    assert advice in problem.message


def test_a_text_that_begins_like_an_archive_is_text() -> None:
    assert read_document("BZh 公开年报".encode()).format == "txt"
