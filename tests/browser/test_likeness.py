"""Similar text in a real browser: choosing a pair, what is marked, and the way to both originals."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.app_server import App
from tests.browser.chromium import open_visitor

pytestmark = pytest.mark.browser


def test_a_pair_is_chosen_and_its_passages_stand_side_by_side(browser: Browser, app: App) -> None:
    with open_visitor(browser, app, height=1500) as visitor:
        visitor.visit("likeness?kind=other")
        page = visitor.page
        heads = page.locator(".passages .heads .body")
        expect(heads).to_have_text(["琴麓镇 2024 年度报告", "砚池镇 2023 年度报告"])
        page.get_by_role("radio", name="与本机关上一年度").click()
        visitor.wait()
        expect(heads).to_have_text(["霁月镇 2024 年度报告", "霁月镇 2023 年度报告"])
        figure = page.locator(".passages .figure").filter(has_text="1438")
        expect(figure).to_have_attribute("title", "另一方：3610")
        style = figure.evaluate("one => getComputedStyle(one).textDecorationStyle")
        assert style == "wavy", "a differing figure is told by its shape, not by its colour alone"
        left, right = (page.locator(".passages .pair:not(.heads)").first.locator(".side").nth(at) for at in (0, 1))
        boxes = left.bounding_box(), right.bounding_box()
        assert boxes[0] and boxes[1]
        assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1
        expect(left.locator(".same").first).to_have_text(right.locator(".same").first.inner_text())
        page.get_by_role("link", name="打开：霁月镇 2023 年度报告").click()
        visitor.wait()
        expect(page.get_by_test_id("stMain").get_by_role("heading", name="单份检查")).to_be_visible()
        expect(page.get_by_role("combobox", name="报告")).to_have_value(re.compile("霁月镇 2023"))
        assert visitor.trouble == []
