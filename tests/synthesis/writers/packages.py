"""Packages (zip) that come out the same every time, and archives of several reports.

In: the parts of a package, or files by name.  Out: bytes.  Refused: nothing.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

# The earliest date that the format can hold; a package must not tell when the tests ran.
DATE = (1980, 1, 1, 0, 0, 0)


class ChineseName(zipfile.ZipInfo):
    """An entry whose name is written in cp936 without saying so, as Chinese Windows packs its folders."""

    __slots__ = ()

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("cp936"), self.flag_bits & ~0x800


def pack(files: Mapping[str, bytes], is_cp936: bool = False) -> bytes:
    """An archive; folders are named in the paths."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = ChineseName(name, DATE) if is_cp936 else zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data), metadata_encoding="cp936") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def fingerprint(data: bytes) -> str:
    """The SHA-256 of a file; of a package that of its parts, since how hard they are pressed differs by machine."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return hashlib.sha256(data).hexdigest()
    parts = sorted(f"{name} {fingerprint(part)}" for name, part in unpack(data).items())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
