"""`python -m tests.synthesis`: write the demonstration samples anew.

In: nothing.  Out: the files of data/samples, byte for byte the same on every machine; what is there beyond them is
removed.  Refused: nothing.
"""

from __future__ import annotations

from pathlib import Path

from tests.synthesis.samples import write_samples

FOLDER = Path(__file__).resolve().parents[2] / "data" / "samples"
# What version control and the project itself keep in the folder.
KEPT = (".gitkeep", "README.md")


def write_folder(folder: Path) -> int:
    """Write every file that differs, remove every file that is no sample; how many samples there are."""
    files = write_samples()
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files and path.name not in KEPT:
            path.unlink()
    for name, data in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    return len(files)


if __name__ == "__main__":
    print(f"{write_folder(FOLDER)} files in {FOLDER}")
