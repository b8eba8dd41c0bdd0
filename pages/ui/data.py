"""Where the frames come from: the folder on disk, read once for everyone, and files dropped by one person.

In: the folder named by DISCLOSURE_DATA (or the samples) and uploaded files.  Out: a Corpus.  This is the only
module that caches.  Uploaded reports stay in the session of the person who dropped them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Protocol

import pandas as pd
import streamlit as st

import parsing
from pages.ui.wording import say
from parsing.columns import FRAMES
from parsing.readers.refusals import FATAL
from parsing.requests import FileInput, PageRequest, Picture
from parsing.tables import Corpus
from parsing.workers import WORKERS

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
# How long the list of files is believed before the folder is looked at again, in seconds.
LOOK_AGAIN = 5
# Where a session keeps what was dropped into it.
DROPPED = "dropped"
# The dropped files whose pages can be shown as pictures, and archives that may hold such files.
DROPPED_FILES = "dropped_pages"
PAGED = (b"%PDF-", b"PK")


class DroppedFile(Protocol):
    """What the uploader hands over: a name and the bytes."""

    name: str

    def getvalue(self) -> bytes: ...


@dataclass
class Slot:
    """The place of one version of one folder; filled by whoever comes first, outside the cache.

    A cached function that drew a progress bar would draw it again for every later reader, so the
    cache keeps the empty place and the reading happens beside it.
    """

    lock: Lock = field(default_factory=Lock)
    corpus: Corpus | None = None


def reports_folder() -> Path:
    """The folder that is shown: DISCLOSURE_DATA if set, else the samples."""
    return Path(os.environ.get("DISCLOSURE_DATA") or SAMPLES)


def is_samples() -> bool:
    return reports_folder().resolve() == SAMPLES.resolve()


@st.cache_data(ttl=LOOK_AGAIN, show_spinner=False)
def data_version(folder: str) -> str:
    """A hash over names, sizes and times of all files below the folder: it changes when any file does."""
    digest = hashlib.sha256()
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            facts = path.stat()
            digest.update(os.fsencode(path.relative_to(folder)))
            digest.update(f"\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


# A resource and not data: the frames are shared as they are, since a copy for each run of each page took
# longer than drawing it.  Nobody writes into a frame of the corpus; pages derive new ones.
@st.cache_resource(max_entries=2, show_spinner=False)
def corpus_slot(folder: str, version: str) -> Slot:
    """The place for one version of the folder, the same for all sessions."""
    return Slot()


def read_corpus() -> Corpus:
    """The reports of the folder, with a progress bar while they are read for the first time."""
    folder = str(reports_folder())
    slot = corpus_slot(folder, data_version(folder))
    if slot.corpus is None:
        with st.spinner(say("正在读取报告…")), slot.lock:
            slot.corpus = slot.corpus or read_with_progress(folder)
    return slot.corpus


def read_with_progress(folder: str) -> Corpus:
    """All reports of a folder; a folder that is not there has none."""
    if not Path(folder).is_dir():
        return parsing.parse_uploads(())
    bar = st.progress(0.0)

    def advance(done: int, total: int, name: str) -> None:
        bar.progress(min(done / max(total, 1), 1.0), text=say("正在读取报告：{done}/{total}", done=done, total=total))

    corpus = parsing.load_corpus(folder, progress=advance)
    bar.empty()
    return corpus


def read_dropped(files: Iterable[DroppedFile]) -> None:
    """Parse what this person dropped and keep it in this session only; without files, forget what was kept."""
    pairs = [(file.name, file.getvalue()) for file in files]
    if not pairs:
        st.session_state.pop(DROPPED, None)
        st.session_state.pop(DROPPED_FILES, None)
        return
    with st.spinner(say("正在读取拖入的文件…")):
        st.session_state[DROPPED] = parsing.parse_uploads(pairs)
    st.session_state[DROPPED_FILES] = {name: data for name, data in pairs if data.startswith(PAGED)}


def page_picture(source_file: str, sha256: str, page: int) -> Picture | None:
    """A page of a report as a picture with its size in points: of a dropped file from this session, else from disk."""
    for name, data in st.session_state.get(DROPPED_FILES, {}).items():
        if source_file == name or source_file.startswith(f"{name}/"):
            return WORKERS.draw_page(PageRequest(FileInput(name, data), source_file[len(name) + 1 :], page))
    return picture_on_disk(source_file, sha256, page)


@st.cache_data(max_entries=32, show_spinner=False)
def picture_on_disk(source_file: str, sha256: str, page: int) -> Picture | None:
    """A page of a file of the folder, or of a member of an archive in it; `sha256` makes a changed file another one."""
    file = next((one for one in (Path(source_file), *Path(source_file).parents) if one.is_file()), None)
    if file is None:
        return None
    member = Path(source_file).relative_to(file).as_posix()
    return WORKERS.draw_page(PageRequest(FileInput(str(file)), "" if member == "." else member, page))


def kept_dropped() -> Corpus | None:
    """The reports that this person dropped in this session, also after a visit to another page."""
    kept: Corpus | None = st.session_state.get(DROPPED)
    return kept


def unread_reports(corpus: Corpus) -> set[str]:
    """Files of which nothing is left to use; those that are no reports are among them."""
    return set(corpus.problems.loc[corpus.problems["kind"].isin(FATAL), "report_id"])


def name_within_folder(text: str) -> str:
    """A path of the folder, or words with such paths in them, without the folder, which is the same for all."""
    return text.replace(os.path.join(str(reports_folder()), ""), "")


def narrow_corpus(corpus: Corpus, report_ids: Iterable[str]) -> Corpus:
    """The same corpus with the rows of some reports only."""
    wanted = set(report_ids)
    frames = {name: pick_reports(getattr(corpus, name), wanted) for name in FRAMES}
    return replace(corpus, **frames)


def pick_reports(frame: pd.DataFrame, report_ids: set[str]) -> pd.DataFrame:
    return frame[frame["report_id"].isin(report_ids)]


def name_agencies(reports: pd.DataFrame) -> pd.Series:
    """What each report's agency is called on screen: identity over the years, else name, else the file."""
    names = reports["agency_id"].fillna(reports["agency"])
    files = reports.loc[names.isna(), "source_file"]
    unnamed = [say("未写明机关（{file}）", file=Path(path).name) for path in files]
    return names.fillna(pd.Series(unnamed, index=files.index, dtype="string"))


def add_names(frame: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """A frame with the columns `agency` (as on screen) and `year` of the report that each row belongs to."""
    names = reports[["report_id", "year"]].assign(agency=name_agencies(reports))
    return frame.drop(columns=["agency", "year"], errors="ignore").merge(names, on="report_id", how="left")
