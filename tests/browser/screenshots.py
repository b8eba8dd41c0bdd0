"""The pictures of the README: `python -m tests.browser.screenshots FOLDER`.

In: the samples and a folder.  Out: one PNG a picture in that folder, made where it is missing.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from tests.browser.app_server import CHECKOUT, run_app
from tests.browser.chromium import open_browser, open_visitor

SAMPLES = CHECKOUT / "data" / "samples"
# Its prose gives another number of applications than its table.
CONTRADICTION = hashlib.sha256((SAMPLES / "青岚区_竹声街道_2022.docx").read_bytes()).hexdigest()[:16]
# Name of the picture and the path that it shows.
PICTURES = {
    "overview": "overview",
    "flags": "flags?consequence=correct",
    "applications": "applications",
    "inspect": "inspect?view=tables",
    "prose": f"inspect?report={CONTRADICTION}&view=prose",
    "likeness": "likeness",
}


def take_screenshots(folder: Path) -> list[Path]:
    """Visit every page of `PICTURES` on a fresh server and save what the window shows."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with run_app(SAMPLES) as app, open_browser() as browser:
        for name, path in PICTURES.items():
            with open_visitor(browser, app, height=1200) as visitor:
                visitor.visit(path)
                taken.append(folder / f"{name}.png")
                visitor.page.screenshot(path=taken[-1])
    return taken


if __name__ == "__main__":
    for picture in take_screenshots(Path(sys.argv[1])):
        print(picture)
