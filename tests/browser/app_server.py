"""A running app for a test: `streamlit run app.py` in a process of its own, on a free port.

In: the folder of reports to show.  Out: a healthy server.  Refused (`ServerError`): a server
that does not become healthy in time, with what it printed.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


class ServerError(RuntimeError):
    """The app did not come up; the message holds its output."""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class App:
    """A running app: its address, its process, and the file that it writes its log to."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self, lines: int = 40) -> str:
        """The last lines of its log, where the cause of an error on a page is found."""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def wait(self) -> None:
        """Until the server answers; ServerError when it ends or its time is up before."""
        give_up = time.monotonic() + START_SECONDS
        while not self.is_healthy():
            if time.monotonic() > give_up or self.process.poll() is not None:
                raise ServerError(self.said())
            time.sleep(0.1)

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_process(port: int, reports: Path, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"]
    environment = {**os.environ, "DISCLOSURE_DATA": str(reports), "NO_COLOR": "1"}
    with log.open("wb") as output:
        return subprocess.Popen(
            command, cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )


@contextmanager
def run_app(reports: Path) -> Iterator[App]:
    """A fresh server that shows `reports`, ended afterwards."""
    port = free_port()
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        app = App(f"http://127.0.0.1:{port}", start_process(port, reports, log), log)
        try:
            app.wait()
            yield app
        finally:
            app.end()
