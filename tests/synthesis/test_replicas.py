"""The retold reports keep every figure of the reports that they retell, in tables and in prose.

In: the replicas, and the hand-read gold beside the checkout.  Out: nothing.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from parsing import parse_report
from tests.synthesis.district import load_samples, replicas
from tests.synthesis.samples import bytes_of

RETOLD = sorted(replicas())


@cache
def all_gold(folder: Path) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json")))


def gold_of(shared: Path, key: tuple[str, int]) -> dict[str, Any]:
    """The real report of the year that has the same figure, or the same blank, in every cell."""
    expected = replicas()[key].facts.expected()
    return next(gold for gold in all_gold(shared / "gold") if (gold["year"], gold["cells"]) == (key[1], expected))


@pytest.mark.shared
def test_each_real_report_is_retold_once(shared: Path) -> None:
    slugs = [gold_of(shared, key)["slug"] for key in RETOLD]
    assert sorted(slugs) == sorted(gold["slug"] for gold in all_gold(shared / "gold"))


@pytest.mark.shared
@pytest.mark.parametrize("key", RETOLD)
def test_the_same_contradictions_are_raised(shared: Path, key: tuple[str, int]) -> None:
    assert set(replicas()[key].raises) == {flag["id"] for flag in gold_of(shared, key)["flags_expected"]}


@pytest.mark.shared
@pytest.mark.parametrize("key", RETOLD)
def test_the_prose_states_the_same_figures(shared: Path, key: tuple[str, int]) -> None:
    """Each figure under its metric; 98 of the year before is read as that year's total or as a quoted one."""
    sample = next(one for one in load_samples() if (one.facts.agency.short, one.facts.year) == key)
    claims = parse_report(bytes_of(sample), sample.name).claims
    read = {(claim.metric, claim.value) for claim in claims}
    for claim in gold_of(shared, key)["claims"]:
        metrics = {claim["metric"], *claim.get("alt_metrics", ())}
        assert claim.get("optional") or read & {(metric, claim["value"]) for metric in metrics}, claim


@pytest.mark.shared
@pytest.mark.parametrize("key", RETOLD)
def test_no_name_number_or_address_is_carried_over(shared: Path, key: tuple[str, int]) -> None:
    """Telephone and post codes, agencies, and what stands behind 组长, 负责人, 审核人 and 填报人."""
    gold = gold_of(shared, key)
    real = (shared / "reports" / gold["files"][0]).read_text("utf-8")
    ours = "".join(getattr(block, "text", "") for block in replicas()[key].report.blocks)
    secrets = set(re.findall(r"\d{6,}|\d{3,4}-\d{7,8}", real)) | {gold["agency"], *gold["agency_alt"]}
    secrets |= set(re.findall(r"(?:負責人|審核人|填報人):([\u4e00-\u9fff]{2,3})", real))
    assert [secret for secret in sorted(secrets) if secret in ours] == []
