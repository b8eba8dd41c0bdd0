"""The phrase bank: enough variants, no figures, every bank and slot in use, and no sentence from anywhere else.

In: `phrases.toml`, the sources that draw from it, and (where they lie beside the checkout) the real reports.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parsing.templates import load_sections
from tests.synthesis.damage import converter
from tests.synthesis.district import load_samples
from tests.synthesis.logical import Prose
from tests.synthesis.prose import REFERENCE, load_phrases

FOLDER = Path(__file__).parent
# Words and list marks; sentences are never drawn from these.
WORDS = {"portal", "kinds", "step", "channel_item", "through_item", "category_item", "method_item", "outcome_item",
         "list_mark"}  # fmt: skip


@pytest.mark.parametrize("bank", sorted(set(load_phrases()) - WORDS))
def test_every_statement_has_six_wordings_or_more(bank: str) -> None:
    variants = load_phrases()[bank]
    assert len(set(variants)) == len(variants) >= 6


def test_no_figure_stands_in_the_bank() -> None:
    """But for 0件 and 0元, which say that there was nothing."""
    found = {variant for variants in load_phrases().values() for variant in variants if re.search(r"[1-9]", variant)}
    assert found == set()


def test_every_bank_is_drawn_from() -> None:
    sources = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.py"))
    named = set(re.findall(r'"(\w+)"', sources)) | {f"sub_{one}" for one in re.findall(r'"(\w+)"', sources)}
    named |= {"field_county", "field_township", "field_department"}
    drawn = named | {
        name for variants in load_phrases().values() for one in variants for name in REFERENCE.findall(one)
    }
    assert set(load_phrases()) - drawn == set()


def test_work_sentences_are_whole_and_state_no_figures() -> None:
    for bank, variants in load_phrases().items():
        if bank.startswith("work_"):
            assert all(variant.endswith("。") and "{n}" not in variant for variant in variants)


def sentences(text: str) -> set[str]:
    """Sentences and half sentences of more than 14 characters, simplified, without white space and figures."""
    pieces = re.split(r"[。；;：:，,\n]", re.sub(r"[ \t　?]|\d", "", converter("t2s").convert(text)))
    return {piece for piece in pieces if len(piece) > 14 and "|" not in piece}


@pytest.mark.shared
def test_no_sentence_of_the_real_reports_is_in_the_samples(shared: Path) -> None:
    """The names of the act and of the parts may be the same; a sentence may not."""
    real = {one for path in (shared / "reports").glob("*.txt") for one in sentences(path.read_text("utf-8"))}
    ours = {
        sentence
        for sample in load_samples()
        for block in sample.report.blocks
        if isinstance(block, Prose)
        for sentence in sentences(block.text)
    }
    titles = {title for section in load_sections() for title in (section.title, *section.aliases)}
    official = re.compile("|".join(map(re.escape, sorted(titles, key=len, reverse=True))) + r"|《[^》]+》")
    copied = {sentence for sentence in ours & real if len(official.sub("", sentence)) > 10}
    assert len(ours) > 500
    assert copied == set()
