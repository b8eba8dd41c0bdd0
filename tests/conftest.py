"""What all tests share: where the checkout, the samples and the folder of real reports are.

In: the place of this file.  Out: fixtures.  A test that asks for the real reports is skipped, with
the reason, where they do not lie beside the checkout: they name people and are not part of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent

CommandLine = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of the project."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and their hand-read gold, beside the checkout."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "reports").is_dir():
        pytest.skip(f"the real reports are not beside this checkout ({folder.name}/reports is missing)")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The demonstration district that ships with the project."""
    return CHECKOUT / "data" / "samples"


@pytest.fixture(scope="session")
def manifest(samples: Path) -> dict[str, Any]:
    """What was planted where in the samples."""
    return tomllib.loads((samples / "manifest.toml").read_text("utf-8"))


def run_command_line(arguments: Sequence[str | Path], **environment: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m parsing …` in a process of its own, from the top of the checkout."""
    command = [sys.executable, "-m", "parsing", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


@pytest.fixture(scope="session")
def command_line() -> CommandLine:
    """The command line as a function: `command_line(["parse", file, "--json"], PYTHONHASHSEED="1")`."""
    return run_command_line


def read_json_lines(printed: bytes) -> list[dict[str, Any]]:
    """The objects of standard output, one a line."""
    return [json.loads(line) for line in printed.decode("utf-8").splitlines()]
