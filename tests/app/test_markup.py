"""Nothing from a report is ever interpreted: neither as HTML nor as Markdown, on any page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import parsing
from pages.ui.navigation import ENTRIES
from tests.app.conftest import MARKDOWN, MARKUP, OpenApp

# What Streamlit reads as Markdown, by the kinds of elements that AppTest knows.
INTERPRETED = ("markdown", "caption", "title", "header", "subheader", "info", "warning", "error", "success", "html")
LABELLED = ("metric", "expander", "button", "download_button", "toggle", "page_link", "multiselect", "selectbox")


def interpreted(app: AppTest) -> str:
    """Every text of a page that Streamlit interprets: bodies, and labels, which are Markdown too."""
    bodies = [str(getattr(one, "value", None) or one.proto) for kind in INTERPRETED for one in app.get(kind)]
    labels = [str(getattr(one, "label", None) or one.proto.label) for kind in LABELLED for one in app.get(kind)]
    return "\n".join([*bodies, *labels])


@pytest.mark.parametrize("stem", [entry.stem for entry in ENTRIES])
def test_no_text_of_a_report_is_interpreted(open_app: OpenApp, damaged_folder: Path, stem: str) -> None:
    app = open_app(damaged_folder, stem, by=["agency"])
    texts = interpreted(app)
    assert texts
    assert not [piece for piece in (MARKUP, MARKDOWN, "<b>", "onerror") if piece in texts]


@pytest.mark.parametrize("view", ["tables", "prose", "claims", "problems", "text"])
def test_the_hostile_report_itself(open_app: OpenApp, damaged_folder: Path, view: str) -> None:
    reports = parsing.load_corpus(damaged_folder).reports
    hostile = reports[reports["source_file"].str.contains("hostile")].iloc[0]
    app = open_app(damaged_folder, "inspect", report=[hostile["report_id"]], view=[view])
    assert list(app.exception) == []
    assert "onerror" not in interpreted(app)


def test_the_source_text_travels_as_data(open_app: OpenApp, damaged_folder: Path) -> None:
    reports = parsing.load_corpus(damaged_folder).reports
    hostile = reports[reports["source_file"].str.contains("hostile")].iloc[0]
    app = open_app(damaged_folder, "inspect", report=[hostile["report_id"]], view=["text"])
    (component,) = app.get("bidi_component")
    assert MARKUP in "\n".join(line["text"] for line in json.loads(component.proto.json)["lines"])
    assert MARKUP not in component.proto.html_content + component.proto.js_content + component.proto.css_content


def test_names_in_charts_are_escaped(open_app: OpenApp, damaged_folder: Path) -> None:
    app = open_app(damaged_folder, "applications", by=["agency"])
    specs = "\n".join(str(chart.proto.spec) for chart in app.get("plotly_chart"))
    assert specs
    assert "<b>" not in specs and "<img" not in specs
