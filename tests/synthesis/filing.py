"""The samples as the files of a folder: converted by other programs where they must be, and packed into archives.

In: what is written for each sample, the folder as it is.  Out: the folder's files, by name or by path through an
archive.  Refused (`ConversionFailed`): a file that LibreOffice or Chromium has to convert on a machine without it; one
whose source has not changed since it was converted is kept as it is, since no two versions give the same bytes.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from tests.synthesis.district import load_plan, load_samples, unreadable_names
from tests.synthesis.samples import MANIFEST, is_converted, rubbish, write_manifest, written
from tests.synthesis.writers import fingerprint, finish_reports, pack, unpack


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file by its path, those in the archives of the plan too."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()):
        if path.name in load_plan()["archives"].values():
            files |= {f"{path.name}/{name}": data for name, data in unpack(path.read_bytes()).items()}
        else:
            files[path.name] = path.read_bytes()
    return files


def sources_of(kept: Mapping[str, bytes]) -> dict[str, str]:
    """The fingerprint of what each converted file was made of, from the manifest that lies with them."""
    entries = tomllib.loads(kept[MANIFEST].decode())["samples"] if MANIFEST in kept else ()
    return {entry["file"]: entry["made_of"] for entry in entries if "made_of" in entry and entry["file"] in kept}


def convert_changed(kept: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that other programs make: those kept, and anew those whose source is another one now."""
    sources, files = sources_of(kept), {}
    changed: dict[str, dict[str, bytes]] = defaultdict(dict)
    for sample in filter(is_converted, load_samples()):
        data = written()[sample.name]
        if sources.get(sample.name) == fingerprint(data):
            files[sample.name] = kept[sample.name]
        else:
            changed[sample.kind][sample.name] = data
    for kind, group in changed.items():
        files |= finish_reports(group, kind)
    return files


def finish_files(kept: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file that the folder must have, by its path; `kept` are those that it has."""
    rest = {name: rubbish(name) for name in unreadable_names()} | {MANIFEST: write_manifest().encode()}
    return {**written(), **convert_changed(kept), **rest}


def fold(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the folder itself: members packed into their archives, named as Chinese Windows names them."""
    folded: dict[str, bytes] = {}
    members: dict[str, dict[str, bytes]] = defaultdict(dict)
    for path, data in files.items():
        archive, _, name = path.rpartition("/")
        (members[archive] if archive else folded)[name] = data
    return folded | {archive: pack(inside, is_cp936=True) for archive, inside in members.items()}
