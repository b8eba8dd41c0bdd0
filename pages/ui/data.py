"""Where the frames come from: a store on disk, the same for everyone, and files dropped by one person.

In: the folder or store named by DISCLOSURE_DATA (or the samples) and uploaded files.  Out: the store that holds them,
and frames over its reports.  This is the only module that caches.  Uploaded reports stay in the session of the person
who dropped them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Protocol

import duckdb
import pandas as pd
import streamlit as st

import parsing
from pages.ui.wording import say
from parsing.columns import FRAMES
from parsing.corpus.ingest import ingest
from parsing.corpus.loading import load_frames
from parsing.corpus.query import chunks_of, to_frame
from parsing.corpus.store import Store, is_store, store_version
from parsing.corpus.summaries import UNNAMED, open_summaries
from parsing.readers.refusals import FATAL
from parsing.requests import FileInput, PageRequest, Picture
from parsing.tables import Corpus
from parsing.workers import WORKERS

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
WORKSPACE = Path(__file__).parents[2] / "data" / "workspace"
# How long another program that reads the same folder is waited for, in seconds.
WAIT = 600
ANSWERS_KEPT, REPORTS_KEPT = 500, 50
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
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The store that is shown, in one version of it."""

    address: str
    version: str

    def ask(self, query: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """The rows of a query over the frames and summaries of the store: a small frame, kept for the next who asks."""
        return ask_store(self.address, self.version, query, tuple(parameters))

    def stream(self, query: str, parameters: Sequence[object] = ()) -> Iterator[pd.DataFrame]:
        """The rows of a query of any length, some thousand at a time; they are not kept."""
        cursor = open_connection(self.address, self.version).connection.cursor()
        yield from chunks_of(cursor.sql(query, params=list(parameters)))

    def load(self, report_ids: Sequence[str]) -> Corpus:
        """All frames over a few reports."""
        return load_reports(self.address, self.version, tuple(report_ids))

    def load_around(self, report_id: str) -> Corpus:
        """All frames over a report and those that its flags and figures lean on."""
        others = self.ask("SELECT other_id FROM neighbours WHERE report_id = ? ORDER BY other_id", (report_id,))
        return self.load((report_id, *others["other_id"]))


@dataclass(frozen=True, slots=True)
class Opened:
    """A store that is open as long as this is kept."""

    connection: duckdb.DuckDBPyConnection
    stack: ExitStack


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


@st.cache_resource(max_entries=2, show_spinner=False)
def folder_slot(folder: str, version: str) -> Slot:
    """The place for one version of the folder, the same for all sessions."""
    return Slot()


def open_shelf() -> Shelf:
    """The reports that are shown: a store as it is, a folder once its files are read into the workspace."""
    folder = reports_folder()
    if is_store(folder):
        return shelf_at(str(folder))
    slot = folder_slot(str(folder), data_version(str(folder)))
    if slot.address is None:
        with st.spinner(say("正在读取报告…")), slot.lock:
            slot.address = slot.address or read_with_progress(folder)
    return shelf_at(slot.address)


def shelf_at(address: str) -> Shelf:
    return Shelf(address, store_version(address))


def workspace_of(folder: Path) -> Path:
    """Where the store of a folder lies: DISCLOSURE_WORKSPACE if set, else `data/workspace`; a name for each folder."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    return Path(os.environ.get("DISCLOSURE_WORKSPACE") or WORKSPACE) / f"{folder.name}-{name}"


def read_with_progress(folder: Path) -> str:
    """Read what is new in a folder into its store; the address of that."""
    bar = st.progress(0.0)

    def advance(done: int, total: int, name: str) -> None:
        bar.progress(min(done / max(total, 1), 1.0), text=say("正在读取报告：{done}/{total}", done=done, total=total))

    address = workspace_of(folder)
    ingest([folder] if folder.is_dir() else [], address, progress=advance, wait_seconds=WAIT, is_mirror=True)
    bar.empty()
    return str(address)


@st.cache_resource(max_entries=2, show_spinner=False)
def open_connection(address: str, version: str) -> Opened:
    """The store for all sessions; each question has a cursor of its own."""
    stack = ExitStack()
    return Opened(stack.enter_context(open_summaries(Store.open(address))), stack)


@st.cache_data(max_entries=ANSWERS_KEPT, show_spinner=False)
def ask_store(address: str, version: str, query: str, parameters: tuple[object, ...]) -> pd.DataFrame:
    cursor = open_connection(address, version).connection.cursor()
    return to_frame(cursor.sql(query, params=list(parameters)).to_arrow_table())


@st.cache_resource(max_entries=REPORTS_KEPT, show_spinner=False)
def load_reports(address: str, version: str, report_ids: tuple[str, ...]) -> Corpus:
    cursor = open_connection(address, version).connection.cursor()
    query = "SELECT DISTINCT segment FROM segments WHERE report_id IN (SELECT unnest(?))"
    segments = [row[0] for row in cursor.execute(query, [list(report_ids)]).fetchall()]
    corpus = load_frames(cursor, report_ids, segments)
    # A store that was written, but not summed up anew, may have moved reports to other segments.
    return corpus if len(corpus.reports) == len(set(report_ids)) else load_frames(cursor, report_ids)


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


def call_agencies(rows: pd.DataFrame, prefix: str = "") -> pd.Series:
    """What pages call the agency of each row of a summary: its name, or that of the file in the reader's language."""
    before, after = UNNAMED.split("{file}")
    names = rows[f"{prefix}name"]
    if not names.isna().any():
        return names
    files = rows.loc[names.isna(), f"{prefix}called"].str.removeprefix(before).str.removesuffix(after)
    unnamed = [say("未写明机关（{file}）", file=file) for file in files]
    return names.fillna(pd.Series(unnamed, index=files.index, dtype="string"))


def add_names(frame: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """A frame with the columns `agency` (as on screen) and `year` of the report that each row belongs to."""
    names = reports[["report_id", "year"]].assign(agency=name_agencies(reports))
    return frame.drop(columns=["agency", "year"], errors="ignore").merge(names, on="report_id", how="left")
