"""A supervisor looks at what was not decided, at one root cause, and at how far a check can be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.ui.causes import list_causes, list_open
from pages.ui.data import Shelf, unread_reports
from pages.ui.trust import precision_of
from parsing import load_corpus
from parsing.audit import CHECKS
from parsing.tables import Corpus
from tests.app.stores import choose, read_folder
from tests.browser.chromium import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def corpus(samples: Path) -> Corpus:
    return load_corpus(samples)


@pytest.fixture(scope="module")
def shelf(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return read_folder(samples, tmp_path_factory.mktemp("samples"))


def test_the_line_under_the_flags_leads_to_what_has_no_verdict(visitor: Visitor, shelf: Shelf, corpus: Corpus) -> None:
    visitor.visit("flags")
    rows = list_open(choose(shelf)).cut(0, 10_000)
    # A file that was not read is no report: it is listed at the end of the overview.
    rows = rows[~rows["report_id"].isin(unread_reports(corpus))]
    assert (
        f"因根因未检 {(rows['state'] == 'muted').sum()} 项（{list_causes(choose(shelf)).count()} 个根因）"
        in visitor.text
    )
    visitor.page.get_by_role("button", name="逐项查看").click()
    visitor.page.wait_for_url("**/flags?*view=open*")
    visitor.wait()
    assert f"全部 {len(rows)}" in visitor.text
    visitor.page.get_by_role("radio", name="因根因未检").click()
    visitor.page.wait_for_url("**/flags?*state=muted*")


def test_a_root_cause_opens_with_its_flag_and_what_it_muted(visitor: Visitor, shelf: Shelf, corpus: Corpus) -> None:
    visitor.visit("flags")
    visitor.page.get_by_role("radio", name="按根因").click()
    visitor.page.wait_for_url("**/flags?*view=causes*")
    visitor.wait()
    first = list_causes(choose(shelf)).cut(0, 1).iloc[0]
    assert f"因此未检的检查（{first['muted']} 项）" in visitor.text
    flag = corpus.flags[(corpus.flags["report_id"] == first["report_id"]) & (corpus.flags["check"] == first["root"])]
    assert flag["message"].iloc[0] in visitor.text


def test_the_catalogue_can_be_sent_filtered(visitor: Visitor) -> None:
    shown = [check for check in CHECKS if check.family == "dates"]
    chosen = next(check for check in shown if check.id == "X.DEADLINE.GOV")
    visitor.visit(f"method?family=dates&chosen={chosen.id}")
    assert f"{len(shown)} 项检查" in visitor.text
    assert chosen.title in visitor.text and chosen.limits in visitor.text
    assert f"精度 {precision_of(chosen.id)}" in visitor.text
    visitor.visit(f"method?lang=en&family=dates&chosen={chosen.id}")
    assert f"{len(shown)} checks" in visitor.text and "Rightly silent" in visitor.text
