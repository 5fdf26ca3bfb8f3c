"""A browser and an inbox to look at: the sample rep's, one round old, its clock standing still."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from agent import settings
from agent.web import session
from tests.browser import sample
from tests.browser.book import desk, telling
from tests.browser.eyes import Eyes
from tests.rigs.inbox import Served, serving

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: install Debian's package chromium")
        pytest.skip("needs Chromium (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield made
        made.close()


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample rep's folder with the store after one round; built once for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "browser-sample"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "onward.db").exists():
            _, store = sample.build(folder)
            shutil.copyfile(store, folder / "onward.db")
    return folder


@pytest.fixture
def served(workspace: Path, tmp_path: Path) -> Iterator[Served]:
    """An inbox of its own for each test."""
    store = sample.copied(workspace / "onward.db", tmp_path / "onward.db")
    rules = settings.load(workspace / "sample" / "onward.yaml").rules
    with serving(store, rules, desk=desk(store, rules), now=sample.NOW) as made:
        yield made
    store.close()


@pytest.fixture(scope="session")
def book(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The inbox with the storybook around it."""
    folder = tmp_path_factory.mktemp("book")
    store = sample.copied(workspace / "onward.db", folder / "onward.db")
    rules = settings.load(workspace / "sample" / "onward.yaml").rules
    with telling(store, rules, folder) as made:
        yield made
    store.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(reduced_motion="reduce")
    made.set_default_timeout(30_000)  # CI's two cores may be busy
    yield made
    made.close()


@pytest.fixture
def eyes(context: BrowserContext, served: Served) -> Iterator[Eyes]:
    """A page, signed in, that keeps all it notices."""
    seen = Eyes(context.new_page(), served)
    seen.page.goto(session.link(served.inbox.store, served.port, sample.NOW))
    yield seen
    seen.check()
