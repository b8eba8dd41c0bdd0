"""Files that only other programs can write: LibreOffice converts, Chromium prints.

In: files by name.  Out: the converted files by the same names.  Refused (`ConversionFailed`): a file that the program
gives nothing for.  One call converts many files: starting the program costs more than ten of them.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.browser.chromium import find_chromium, open_browser

NAMES = ("soffice", "libreoffice")
# Seconds for one batch; a file takes about half a second.
PATIENCE = 240
FOOT = '<div style="font-size:9px;width:100%;text-align:center"><span class="pageNumber"></span></div>'


class ConversionFailed(AssertionError):
    """The program ran and the file that it should have written is not there."""


def find_office() -> str | None:
    """The path of LibreOffice, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def convert(files: Mapping[str, bytes], suffix: str) -> dict[str, bytes]:
    """All files in the format of another suffix, by one run of LibreOffice with a profile of its own.

    Names are of the form `stem.suffix`, each stem once; the converted files keep the names that they were given under.
    """
    office = find_office()
    if office is None:
        raise ConversionFailed("there is no LibreOffice on this machine")
    with tempfile.TemporaryDirectory() as folder:
        source, target, profile = (Path(folder) / name for name in ("in", "out", "profile"))
        source.mkdir()
        for name, data in files.items():
            (source / name).write_bytes(data)
        command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
        command += ["--convert-to", suffix, "--outdir", str(target), *(str(source / name) for name in files)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)
        written = {name: target / f"{Path(name).stem}.{suffix}" for name in files}
        missing = [name for name, path in written.items() if not path.is_file()]
        if missing:
            raise ConversionFailed(f"LibreOffice gave no {suffix} of {', '.join(missing)}: {done.stderr[-500:]}")
        return {name: path.read_bytes() for name, path in written.items()}


def print_pages(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Web pages as Chromium prints them to pdf, page numbers at the foot."""
    if find_chromium() is None:
        raise ConversionFailed("there is no Chromium on this machine")
    printed = {}
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        tab = browser.new_page()
        for number, (name, data) in enumerate(pages.items()):
            path = Path(folder) / f"{number}.html"
            path.write_bytes(data)
            tab.goto(path.as_uri())
            printed[name] = tab.pdf(
                format="A4",
                margin=dict.fromkeys(("top", "bottom", "left", "right"), "2cm"),
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=FOOT,
            )
    return printed
