"""Annual reports on government information disclosure, read exactly: the public surface.

In: files, folders or bytes.  Out: reports with every value's place, or tidy frames over them with what the audit
found.  Every room is entered when it is first asked for: importing the package costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsing.model import Report
    from parsing.tables import Corpus
    from parsing.workers import Progress

__all__ = ["load_corpus", "parse_folder", "parse_report", "parse_upload", "parse_uploads"]


def parse_report(source: Path | bytes, name: str = "") -> Report:
    """The (first) report of a file, or of bytes known as `name`."""
    if isinstance(source, bytes):
        from parsing.pipeline import parse_bytes

        return parse_bytes(source, name)[0]
    from parsing.workers import parse_paths

    return parse_paths([source])[0][0]


def parse_folder(folder: Path, progress: Progress | None = None) -> tuple[Report, ...]:
    """All reports of a folder and its subfolders, in the order of the paths."""
    from parsing.workers import parse_paths

    return tuple(report for reports in parse_paths([folder], progress) for report in reports)


def load_corpus(folder: Path | str, progress: Progress | None = None) -> Corpus:
    """Frames over all reports of a folder, audited as one corpus, or of a store, audited when it was filled."""
    from parsing.corpus.store import is_store

    if is_store(Path(folder)):
        from parsing.corpus.loading import load_store

        return load_store(folder)
    return to_corpus(parse_folder(Path(folder), progress))


def parse_uploads(files: Iterable[tuple[str, bytes]]) -> Corpus:
    """Frames over files given as (name, bytes), audited as one corpus."""
    from parsing.requests import FileInput
    from parsing.workers import read_files

    read = read_files([FileInput(name, data) for name, data in files])
    return to_corpus(report for reports in read for report in reports)


def parse_upload(data: bytes, name: str) -> Corpus:
    """Frames over one file."""
    return parse_uploads([(name, data)])


def to_corpus(reports: Iterable[Report]) -> Corpus:
    from parsing.audit import audit_reports
    from parsing.tables import build_corpus

    return build_corpus(audit_reports(tuple(reports)))
