"""What the tests of a store share: made-up reports on disk, a reader in this process, the comparison of frames.

In: folders to write to.  Out: files, `Corpus`es that are compared frame by frame.  Nothing is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from pandas.testing import assert_frame_equal

from parsing import pipeline, to_corpus
from parsing.columns import FRAMES
from parsing.corpus.batches import BatchRequest, Payload, Piece
from parsing.corpus.ingest import Summary, ingest
from parsing.corpus.loading import load_store
from parsing.corpus.reading import Tables
from parsing.readers import list_files
from parsing.tables import Corpus
from tests.synthesis import Agency, clean_facts, write_text

TOWNS = ("墨坪镇", "鹭洲镇", "柳汀镇", "枫桥镇", "石埠镇")
FIRST_YEAR = 2019


@cache
def town_report(town: int = 0, year: int = 2022, seed: int = 3) -> bytes:
    """A report of one of the towns; another seed is another report for the same year."""
    name = TOWNS[town]
    agency = Agency(f"云溪市青岚区{name}人民政府", name, "township", "云溪市青岚区", "我镇", 300, 7, 25)
    return write_text(clean_facts(agency, year, seed), "pipes").encode()


def town_reports(count: int) -> dict[str, bytes]:
    """So many reports by their names, the years of one town after those of the other, all different."""
    pairs = [(number % len(TOWNS), FIRST_YEAR + number // len(TOWNS) % 6) for number in range(count)]
    reports = {}
    for number, (town, year) in enumerate(pairs):
        seed = 3 + number // (len(TOWNS) * 6)
        reports[f"{TOWNS[town]}_{year}_{seed}.txt"] = town_report(town, year, seed)
    return reports


def write_files(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files in a folder, which is made with its subfolders."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def pack(members: Mapping[str, bytes]) -> bytes:
    """A zip with these members in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


class Here:
    """A reader that reads in this process, and remembers which files it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(
        self, batches: Iterable[tuple[Piece, ...]], run: int, parser: str
    ) -> Iterator[tuple[int, list[Tables]]]:
        for batch in batches:
            self.asked += [Path(piece.file.shown).name for piece in batch]
            answers = BatchRequest(batch, run, parser).answer()
            yield len(batch), [one.tables for one in answers if isinstance(one, Payload)]


def take_in(store: Path, *sources: Path, is_mirror: bool = False) -> tuple[Summary, list[str]]:
    """One ingest in this process: what it did, and the names of the files that were read."""
    reader = Here()
    return ingest(sources, store, reader=reader, is_mirror=is_mirror), reader.asked


def read_folder(folder: Path) -> Corpus:
    """`load_corpus` without processes of its own."""
    found = [pipeline.parse_bytes(path.read_bytes(), str(path)) for path in list_files(folder)]
    return to_corpus(report for reports in found for report in reports)


def differing(found: Corpus, due: Corpus) -> list[str]:
    """The frames that differ, each with the first difference; texts count as one more."""
    said = []
    for frame in FRAMES:
        try:
            assert_frame_equal(getattr(found, frame), getattr(due, frame))
        except AssertionError as error:
            said.append(f"{frame}: {str(error)[:80]} … {str(error)[-160:]}")
    if dict(found.texts) != dict(due.texts):
        said.append("texts")
    return said


def differs_from(store: Path, folder: Path) -> list[str]:
    """In what a store differs from the frames that a folder gives at once."""
    return differing(load_store(store), read_folder(folder))


def kinds_by_file(store: Path) -> dict[str, list[str]]:
    """The kinds of problems of each report, by the name of its file."""
    corpus = load_store(store)
    found: dict[str, list[str]] = {Path(file).name: [] for file in corpus.reports["source_file"]}
    for file, kind in zip(corpus.problems["source_file"], corpus.problems["kind"], strict=True):
        found.setdefault(Path(file).name, []).append(kind)
    return found


def names_of(store: Path) -> list[str]:
    """The names of the files of the reports of a store, in their order."""
    return [Path(file).name for file in load_store(store).reports["source_file"]]
