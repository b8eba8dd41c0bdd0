"""Zip files that were packed to do harm, or only packed badly, cost nothing but themselves and say what they are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from parsing.pipeline import find_member, parse_bytes
from parsing.readers import archive, read_document
from tests.reading.docx_making import zip_up

TEXT = "青岚区2022年政府信息公开工作年度报告\n".encode()
TYPES = {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>" * 200}


def pack(members: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive with the members in this order; unlike a dict, a name may come twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members:
            opened.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def members_of(data: bytes) -> list[tuple[str, str]]:
    """The path of each member and the kind of its refusal, "" for one that was handed out."""
    found = archive.unpack(archive.Archive(data))
    return [(one.name, one.refusal.problems[0].kind if one.refusal else "") for one in found]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_read_and_told_apart() -> None:
    data = pack([("年报.txt", TEXT), ("年报.txt", TEXT * 2), ("年报.txt", TEXT * 3)])
    assert members_of(data) == [("年报.txt", ""), ("年报.txt（2）", ""), ("年报.txt（3）", "")]
    assert find_member(data, "年报.txt（2）") == TEXT * 2


def test_what_all_members_unpack_to_is_limited_and_the_limit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_ARCHIVE", 5_000_000)
    inner = pack([(f"{number}.txt", b"0" * 1_000_000) for number in range(4)])
    data = pack([("a.zip", inner), ("b.zip", inner), ("c.txt", TEXT)])
    found = [*archive.unpack(archive.Archive(data, budget=archive.Budget()))]
    refusals = [one for one in found if one.refusal]
    assert found[-1:] == refusals
    assert refusals[0].refusal is not None
    assert "合计超过 5 MB" in refusals[0].refusal.problems[0].message
    assert "其余的没有再打开" in refusals[0].refusal.problems[0].message


def test_too_many_members_are_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    inner = pack([(f"{number}.txt", TEXT) for number in range(9)])
    data = pack([(f"{number}.zip", inner) for number in range(9)])
    found = archive.unpack(archive.Archive(data, budget=archive.Budget()))
    assert [bool(one.refusal) for one in found] == [False, False, True]


def test_paths_that_lead_out_of_the_folder_are_only_names() -> None:
    data = pack([("../../etc/passwd.txt", TEXT), ("/etc/passwd.txt", TEXT)])
    names = [report.source.file for report in parse_bytes(data, "年报.zip")]
    assert names == ["年报.zip/../../etc/passwd.txt", "年报.zip//etc/passwd.txt"]


def test_an_archive_under_a_password_says_how_to_pack_it_anew() -> None:
    data = bytearray(pack([("年报.txt", TEXT)]))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (report,) = parse_bytes(bytes(data), "年报.zip")
    assert report.problems[0].kind == "encrypted_file"
    assert "解压" in report.problems[0].message


@pytest.mark.parametrize("first", ["xl/workbook.xml", "docProps/app.xml", "word/document.xml"])
def test_an_office_file_cut_off_is_called_damaged_and_no_archive(first: str) -> None:
    data = zip_up({first: b"<a/>" * 3000, "b.xml": bytes(range(256)) * 40})
    for cut in (len(data) // 3, len(data) - 40):
        (problem,) = read_document(data[:cut]).problems
        assert problem.kind == "damaged_file"
        assert "压缩包" not in problem.message


@pytest.mark.parametrize("cut", [60, 100, 200])
def test_an_office_file_of_which_only_the_head_is_left_is_damaged(cut: int) -> None:
    (problem,) = read_document(zip_up(TYPES)[:cut]).problems
    assert (problem.kind, "不完整" in problem.message) == ("damaged_file", True)


def test_an_official_layout_document_is_named() -> None:
    data = zip_up({"OFD.xml": "<ofd:OFD/>", "Doc_0/Document.xml": "<ofd:Document/>"})
    (report,) = parse_bytes(data, "年报.ofd")
    assert report.problems[0].kind == "unsupported_format"
    assert "OFD" in report.problems[0].message and "PDF" in report.problems[0].message
