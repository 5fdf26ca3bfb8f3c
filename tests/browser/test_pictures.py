"""The pictures of the README: `ONWARD_PICTURES=docs pytest tests/browser/test_pictures.py` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from agent.store.schema import ref
from agent.web import session
from tests.browser.book import HALDEN
from tests.browser.sample import NOW
from tests.rigs.inbox import Served

PICTURES = {
    "inbox": (f"/c/{ref(HALDEN)}", 1280, 860, "light"),
    "phone": (f"/c/{ref(HALDEN)}", 390, 844, "dark"),
}


@pytest.mark.skipif("ONWARD_PICTURES" not in os.environ, reason="writes pictures only when asked: ONWARD_PICTURES=docs")
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_written(name: str, browser: Browser, served: Served) -> None:
    path, width, height, scheme = PICTURES[name]
    target = Path(os.environ["ONWARD_PICTURES"]) / f"{name}.png"
    with browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce") as made:
        page = made.new_page()
        page.goto(session.link(served.inbox.store, served.port, NOW))
        page.goto(served.url + path)
        page.screenshot(path=target)
    assert target.stat().st_size < 400_000
