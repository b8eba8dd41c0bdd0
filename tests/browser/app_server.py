"""A running app for a test: `streamlit run app.py` in a process of its own, on a free port.

In: the folder of reports to show.  Out: the address of a healthy server.  Refused (`ServerError`): a server
that does not become healthy in time, with what it printed.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

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


def is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> bool:
    """Whether the server answers before it ends or its time is up."""
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        if is_healthy(address):
            return True
        time.sleep(0.1)
    return False


@contextmanager
def run_app(reports: Path) -> Iterator[str]:
    """A fresh server that shows `reports`; yields its address and ends it afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
    environment = {**os.environ, "DISCLOSURE_DATA": str(reports)}
    with TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            if not wait_until_healthy(address, process):
                output.seek(0)
                raise ServerError(output.read().decode("utf-8", "replace"))
            yield address
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
