"""What the program imports is pinned, what is pinned is free to use, and nobody looks upwards."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import distributions, metadata, packages_distributions, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conformance.sources import CHECKOUT, Module, modules, product_modules

LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)\s+# (?P<licence>[^:]+)(?::.*)?")
SCREEN = {"streamlit", "plotly", "pages", "app", "tests"}
NETWORK = {"socket", "http", "urllib", "requests", "ssl", "ftplib", "smtplib", "asyncio"}
OWN = {"parsing", "pages", "app", "tests"}
PERMISSIVE = {"MIT", "MIT-0", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-2.0", "PSF-2.0", "MIT-CMU"}


def pinned(name: str) -> dict[str, tuple[str, str]]:
    """Version and licence of every package that one requirements file pins, by canonical name."""
    lines = [line.strip() for line in (CHECKOUT / name).read_text("utf-8").splitlines()]
    kept = [line for line in lines if line and not line.startswith(("#", "-r "))]
    matches = [LINE.fullmatch(line) for line in kept]
    assert all(matches), [line for line, match in zip(kept, matches, strict=True) if not match]
    return {canonicalize_name(m["name"]): (m["version"], m["licence"].strip()) for m in matches if m}


RUN = pinned("requirements.txt")
# The optional extras: imported only where they are installed.  Recognition need not be here, the others are tested.
RECOGNITION, REMOTE, CLUSTER = (pinned(f"requirements-{extra}.txt") for extra in ("ocr", "remote", "cluster"))
DEVELOP = pinned("requirements-dev.txt") | REMOTE | CLUSTER
EXTRA = RECOGNITION | REMOTE | CLUSTER
EXTRA_MODULES = {"rapidocr", "cv2"}
# What only those modules import that are loaded when an extra is asked for.
OWNERS = {
    "obstore": {"parsing/corpus/remote.py", "parsing/corpus/lease.py", "parsing/corpus/ranges.py"},
    "fsspec": {"parsing/corpus/ranges.py"},
    "distributed": {"parsing/corpus/cluster.py"},
    "dask": {"parsing/corpus/cluster.py"},
}
BENCH, SOAK = pinned("requirements-bench.txt"), pinned("requirements-soak.txt")
SERVER = pinned("tests/corpus/requirements-s3server.txt")


def test_the_pinned_versions_are_the_ones_that_run() -> None:
    both = RUN | DEVELOP | {package: pin for package, pin in EXTRA.items() if is_here(package)}
    assert {package: version(package) for package in both} == {package: pin for package, (pin, _) in both.items()}


def test_what_is_measured_beside_the_program_is_free_too() -> None:
    noted = {package: terms_of(licence) for package, (_, licence) in (BENCH | SOAK | SERVER).items()}
    assert {package: terms for package, terms in noted.items() if not terms <= PERMISSIVE} == {}


def is_here(package: str) -> bool:
    return any(True for _ in distributions(name=package))


def terms_of(licence: str) -> set[str]:
    return set(re.split(r" (?:OR|AND) ", licence))


def declared_licence(package: str) -> str:
    """Everything that the package itself says about its licence."""
    own = metadata(package)
    return " ".join([own["License-Expression"] or own["License"] or "", *(own.get_all("Classifier") or [])])


def test_what_runs_at_the_users_is_permissively_licensed() -> None:
    noted = {package: terms_of(licence) for package, (_, licence) in (RUN | EXTRA).items()}
    assert {package: terms for package, terms in noted.items() if not terms <= PERMISSIVE} == {}
    assert [one for one in RUN | REMOTE | CLUSTER if re.search(r"\b[AL]?GPL|\bGNU\b", declared_licence(one))] == []


def needed(package: str) -> set[str]:
    """The packages that one installs, on this machine, without its extras."""
    needs = [Requirement(one) for one in requires(package) or []]
    return {canonicalize_name(one.name) for one in needs if not one.marker or one.marker.evaluate({"extra": ""})}


def test_what_a_package_needs_is_pinned_too() -> None:
    assert {package: needed(package) - RUN.keys() for package in RUN if needed(package) - RUN.keys()} == {}
    both = RUN.keys() | DEVELOP.keys()
    assert {package: needed(package) - both for package in DEVELOP if needed(package) - both} == {}
    for extra in (RUN | REMOTE, RUN | CLUSTER):
        assert {package: needed(package) - extra.keys() for package in extra if needed(package) - extra.keys()} == {}


def imported(module: Module) -> set[str]:
    """The top names of everything that a module imports."""
    names = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


@cache
def sources() -> Mapping[str, list[str]]:
    """Which packages bring each top name; asking reads the lists of all that is installed."""
    return packages_distributions()


def unpinned(module: Module, known: Iterable[str]) -> set[str]:
    """What a module imports from outside that none of the known packages brings."""
    foreign = imported(module) - OWN - set(sys.stdlib_module_names)
    return {name for name in foreign if not {canonicalize_name(one) for one in sources().get(name, [])} & set(known)}


def test_every_import_is_pinned() -> None:
    product = {module.name: unpinned(module, RUN) - EXTRA_MODULES - OWNERS.keys() for module in product_modules()}
    tests = {module.name: unpinned(module, RUN | DEVELOP) for module in modules("tests")}
    assert {name: names for name, names in (product | tests).items() if names} == {}
    users = {name: {module.name for module in product_modules() if name in imported(module)} for name in OWNERS}
    assert users == OWNERS


@pytest.mark.parametrize("forbidden", [SCREEN, NETWORK], ids=["screen", "network"])
def test_parsing_imports_no_screen_and_no_network(forbidden: set[str]) -> None:
    assert {
        module.name: imported(module) & forbidden for module in modules("parsing") if imported(module) & forbidden
    } == {}
