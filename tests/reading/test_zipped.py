"""Archives: what they hold is found in spite of what stands around them, and nothing in them is unpacked without end.

In: archives made by the standard library and spoilt byte by byte.  Out: nothing.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from parsing.readers.zipped import UnreadablePart, open_archive
from tests.reading.docx_making import zip_up

CONTENT = " ".join(str(number * number) for number in range(1000)).encode()
WHOLE = zip_up({"a.xml": "<a/>", "word/document.xml": CONTENT, "图.png": b"\x89PNG" * 9})


class OneWay(io.RawIOBase):
    """A stream that cannot go back: archives written to it have sizes only behind each content."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.written += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def streamed() -> bytes:
    stream = OneWay()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "<a/>")
        archive.writestr("word/document.xml", CONTENT)
    return bytes(stream.written)


def reason(data: bytes, name: str = "word/document.xml") -> str:
    archive = open_archive(data)
    assert archive is not None
    with pytest.raises(UnreadablePart) as caught:
        archive.read(name)
    return caught.value.reason


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_names_and_parts_are_those_of_the_archive(method: int) -> None:
    archive = open_archive(zip_up({"Word\\Document.xml": CONTENT, "年报/2020.txt": "甲"}, method))
    assert archive is not None and archive.is_whole
    assert archive.names == ("Word/Document.xml", "年报/2020.txt")
    assert archive.read("word/document.xml") == CONTENT
    assert archive.read("年报/2020.txt") == "甲".encode()


def test_names_written_on_chinese_windows_are_read() -> None:
    name = "年报.txt".encode("gb18030")
    data = zip_up({"x" * len(name): "甲"}).replace(b"x" * len(name), name)
    archive = open_archive(data)
    assert archive is not None and archive.names == ("年报.txt",)


@pytest.mark.parametrize(
    "data", [b"junk" * 50 + WHOLE, WHOLE + b"\r\n--boundary--" * 99, b"\n" + WHOLE + b"\0" * 70_000]
)
def test_what_stands_before_and_behind_does_not_matter(data: bytes) -> None:
    archive = open_archive(data)
    assert archive is not None and archive.is_whole
    assert archive.read("word/document.xml") == CONTENT


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7 PK\x03\x04", b"\xd0\xcf\x11\xe0" + WHOLE, b"x" * 5000 + WHOLE])
def test_what_only_contains_an_archive_is_none(data: bytes) -> None:
    assert open_archive(data) is None


@pytest.mark.parametrize("data", [WHOLE, streamed()])
def test_without_a_directory_the_headers_tell(data: bytes) -> None:
    archive = open_archive(data[: data.index(b"PK\x01\x02")])
    assert archive is not None and not archive.is_whole
    assert archive.read("word/document.xml") == CONTENT


@pytest.mark.parametrize("data", [WHOLE, streamed()])
def test_of_a_part_that_was_cut_off_the_beginning_is_there(data: bytes) -> None:
    archive = open_archive(data[: data.index(b"word/document.xml") + 900])
    assert archive is not None
    with pytest.raises(UnreadablePart) as caught:
        archive.read("word/document.xml")
    assert caught.value.reason == "cut_off"
    assert CONTENT.startswith(caught.value.rest)
    assert caught.value.rest


@pytest.mark.parametrize("data", [WHOLE, streamed()])
def test_a_changed_byte_is_never_handed_out(data: bytes) -> None:
    start = data.index(b"word/document.xml") + len("word/document.xml")
    end = data.index(b"PK", start)
    for at in range(start, end, 7):
        spoilt = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]
        archive = open_archive(spoilt)
        assert archive is not None
        try:
            assert archive.read("word/document.xml") == CONTENT
        except UnreadablePart as error:
            assert error.reason == "damaged"
            assert error.rest == b""


def test_a_part_under_a_password_is_refused() -> None:
    data = bytearray(WHOLE)
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(header, at + 1)) >= 0:
            data[at + flags] |= 1
    assert reason(bytes(data)) == "encrypted"


def test_a_part_that_is_not_there_is_missing() -> None:
    assert reason(WHOLE, "word/styles.xml") == "missing"


def test_a_bomb_is_not_unpacked() -> None:
    assert reason(zip_up({"word/document.xml": b"\0" * 100_000_000})) == "too_large"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    data = zip_up({"word/document.xml": b"\0" * 30_000_000})
    size = struct.pack("<I", 30_000_000)
    assert reason(data.replace(size, struct.pack("<I", 100))) == "too_large"


def test_a_part_larger_than_asked_for_is_refused() -> None:
    archive = open_archive(WHOLE)
    assert archive is not None
    with pytest.raises(UnreadablePart, match="too_large"):
        archive.read("word/document.xml", most=1000)


def test_an_archive_with_64_bit_places_is_read() -> None:
    packed = zlib.compress(CONTENT)[2:-4]
    name, crc = b"word/document.xml", zlib.crc32(CONTENT)
    wide, none = 0xFFFFFFFF, 0xFFFF
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 45, 0, 8, 0, 0, crc, wide, wide, len(name), 20) + name
    local += struct.pack("<2H2Q", 1, 16, len(CONTENT), len(packed)) + packed
    extra = struct.pack("<2H3Q", 1, 24, len(CONTENT), len(packed), 0)
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 45, 45, 0, 8, 0, 0, crc, wide, wide, len(name), len(extra), 0, 0, 0, 0, wide
    )
    directory = entry + name + extra
    end64 = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(directory), len(local))
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(local) + len(directory), 1)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, none, none, wide, wide, 0)
    archive = open_archive(local + directory + end64 + locator + end)
    assert archive is not None and archive.is_whole
    assert archive.read("word/document.xml") == CONTENT
