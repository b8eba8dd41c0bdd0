"""`python -m tests.synthesis`: write the demonstration samples anew.

In: nothing.  Out: the files of data/samples: what is written here the same on every machine, what LibreOffice and
Chromium convert where its source has changed; what is there beyond them is removed.  Refused: as `filing`.
"""

from __future__ import annotations

from pathlib import Path

from tests.synthesis.filing import finish_files, fold, read_folder
from tests.synthesis.writers import fingerprint

FOLDER = Path(__file__).resolve().parents[2] / "data" / "samples"
# What version control and the project itself keep in the folder.
KEPT = (".gitkeep", "README.md")


def write_folder(folder: Path) -> int:
    """Write every file that differs, remove every file that is no sample; how many files there are."""
    folder.mkdir(parents=True, exist_ok=True)
    files = fold(finish_files(read_folder(folder)))
    for path in folder.iterdir():
        if path.name not in files and path.name not in KEPT:
            path.unlink()
    for name, data in files.items():
        path = folder / name
        if not path.exists() or fingerprint(path.read_bytes()) != fingerprint(data):
            path.write_bytes(data)
    return len(files)


if __name__ == "__main__":
    print(f"{write_folder(FOLDER)} files in {FOLDER}")
