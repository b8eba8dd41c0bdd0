"""Zip files that hold reports: a folder in one file.

In: the bytes of a zip file that is no office document.  Out: its members in the order of their names, those of zip
files inside it too; members of one name are told apart by their number.  Refused, as a problem in the member's place:
encrypted and damaged members, members that unpack to more than any report has; and in place of all that follows: more
members, more bytes or deeper nesting than any folder has.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from lzma import LZMAError
from pathlib import PurePosixPath

from parsing.model import Document
from parsing.readers.refusals import LARGEST_FILE, refuse, refuse_damaged, refuse_large
from parsing.readers.zipped import decode_name, open_archive

FORMAT = "zip"
WORDS = "压缩包"
MEMBER = "压缩包里的文件"
SIGNATURE = b"PK\x03\x04"
EMPTY = b"PK\x05\x06"
# Parts that only office documents have, and the folders of such parts.
OFFICE_PARTS = frozenset(("[Content_Types].xml", "mimetype", "_rels/.rels", "OFD.xml"))
OFFICE_FOLDERS = ("word/", "xl/", "ppt/", "docProps/")
# What a member is called whose name the archive has lost: no path may be empty.
NAMELESS = "无名文件"
DEEPEST = 3
MOST_MEMBERS = 20_000
# The most that all members together may unpack to, in bytes.
LARGEST_ARCHIVE = 4_000_000_000
# Bits of a member's flags.
UTF8_NAME = 1 << 11
ENCRYPTED = 1 << 0

# Files that stand beside reports and are none: lists, notes and hidden files.  Everything else is looked at.
ASIDE = frozenset((".toml", ".ini", ".py", ".lock", ".db"))
HIDDEN = (".", "~$", "__MACOSX")
LOCKED = "这个压缩包设有密码，无法读取。请用密码解压，重新压缩时不设密码，再提交。"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its path in it, and its bytes, or why there are none."""

    name: str
    data: bytes = b""
    refusal: Document | None = None


@dataclass(slots=True)
class Budget:
    """What is left of the limits that hold for an archive with all archives in it."""

    members: int = field(default_factory=lambda: MOST_MEMBERS)
    size: int = field(default_factory=lambda: LARGEST_ARCHIVE)
    is_spent: bool = False


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive; `path` is its place in the archives around it."""

    data: bytes
    path: str = ""
    depth: int = 1
    budget: Budget = field(default_factory=Budget)


def is_report_file(path: str) -> bool:
    """Whether a file could be a report by its name: not hidden, no list, no note."""
    parts = [part for part in PurePosixPath(path).parts if part != ".."]
    return not any(part.startswith(HIDDEN) for part in parts) and PurePosixPath(path).suffix.lower() not in ASIDE


def sniff(data: bytes) -> bool:
    """A zip file that holds no part of an office document."""
    if not data.startswith((SIGNATURE, EMPTY)):
        return False
    opened = open_archive(data)
    # Listing the members with the standard library takes five times as long; most zip files are office documents.
    if opened and opened.is_whole and not OFFICE_PARTS.isdisjoint(opened.names):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as listed:
            return OFFICE_PARTS.isdisjoint(listed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # Cut off: the members that are left tell whether it was a document or a folder.
        names = opened.names if opened else ()
        return not any(name in OFFICE_PARTS or name.startswith(OFFICE_FOLDERS) for name in names)


def name_of(entry: zipfile.ZipInfo) -> str:
    """The member's path as it was typed: Chinese systems write GBK without saying so.

    >>> name_of(zipfile.ZipInfo("墨坪镇.txt".encode("gbk").decode("cp437")))
    '墨坪镇.txt'
    """
    if entry.flag_bits & UTF8_NAME or not entry.filename:
        return entry.filename or NAMELESS
    try:
        return decode_name(entry.filename.encode("cp437"))
    except UnicodeEncodeError:
        return entry.filename


def unpack(archive: Archive) -> Iterator[Member]:
    """The members of an archive, one at a time, so that only one is in memory."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(archive.data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        yield Member(archive.path, refusal=refuse_damaged(FORMAT, WORDS))
        return
    with opened:
        for name, entry in list_members(opened):
            if archive.budget.is_spent:
                return
            archive.budget.members -= 1
            path = f"{archive.path}/{name}" if archive.path else name
            if archive.budget.members < 0:
                archive.budget.is_spent = True
                measure = f"内有 {MOST_MEMBERS:,} 个以上的文件，其余的没有再打开"
                yield Member(path, refusal=refuse_large(FORMAT, WORDS, measure))
                return
            yield from open_member(archive, opened, entry, path)


def list_members(opened: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The members that could be reports in the order of their names; a name that comes again gets a number."""
    named = [(name_of(entry), entry) for entry in opened.infolist() if not entry.filename.endswith("/")]
    seen: Counter[str] = Counter()
    for name, entry in sorted(named, key=lambda one: one[0]):
        if is_report_file(name):
            seen[name] += 1
            yield (name if seen[name] == 1 else f"{name}（{seen[name]}）"), entry


def open_member(archive: Archive, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> Iterator[Member]:
    """One member, or those of the archive that it is."""
    member = read_member(archive, opened, entry, path)
    if member.refusal is not None or not sniff(member.data):
        yield member
    elif archive.depth >= DEEPEST:
        message = f"压缩包里套压缩包超过 {DEEPEST} 层，没有再打开。请解压后再提交。"
        yield Member(path, refusal=refuse(FORMAT, "unsupported_format", message))
    else:
        yield from unpack(Archive(member.data, path, archive.depth + 1, archive.budget))


def read_member(archive: Archive, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> Member:
    if entry.flag_bits & ENCRYPTED:
        return Member(path, refusal=refuse(FORMAT, "encrypted_file", LOCKED))
    most = min(LARGEST_FILE, archive.budget.size)
    try:
        with opened.open(entry) as stream:
            data = stream.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, NotImplementedError, ValueError):
        return Member(path, refusal=refuse_damaged(FORMAT, MEMBER))
    archive.budget.size -= len(data)
    if len(data) <= most:
        return Member(path, data)
    if most == LARGEST_FILE:
        return Member(path, refusal=refuse_large(FORMAT, MEMBER, f"解压后超过 {most // 1_000_000} MB"))
    archive.budget.is_spent = True
    measure = f"里面的文件解压后合计超过 {LARGEST_ARCHIVE // 1_000_000:,} MB，其余的没有再打开"
    return Member(path, refusal=refuse_large(FORMAT, WORDS, measure))
