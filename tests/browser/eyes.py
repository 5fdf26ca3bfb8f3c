"""What a page did that nobody sees: scripts, refusals of the content policy, requests that leave this machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Dialog, Page

from tests.rigs.inbox import Served

WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (e) => window.refused.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
"""


@dataclass
class Eyes:
    page: Page
    served: Served
    strange: list[str] = field(default_factory=list)
    leaves: bool = False  # what the rep answers when the browser asks whether to leave typed words behind
    asked: int = 0  # how often it asked

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda r: self._request(r.url))
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda e: self.strange.append(f"error {e}"))
        self.page.on("console", lambda m: self._said(m.type, m.text))

    def _dialog(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            self.strange.append(f"dialog {dialog.message}")
            dialog.dismiss()
            return
        self.asked += 1
        dialog.accept() if self.leaves else dialog.dismiss()

    def _request(self, url: str) -> None:
        if urlsplit(url).netloc != f"127.0.0.1:{self.served.port}":
            self.strange.append(f"request {url}")

    def _said(self, kind: str, text: str) -> None:
        """A form that was refused (422, 409) is said on the page, and by Chromium once more."""
        if kind in ("error", "warning") and "status of 422" not in text and "status of 409" not in text:
            self.strange.append(f"console {text}")

    def open(self, path: str) -> Page:
        self.page.goto(self.served.url + path, wait_until="load")
        return self.page

    def check(self) -> None:
        """Nothing ran, nothing was refused, nothing left this machine."""
        if not self.page.is_closed() and self.page.url.startswith("http"):
            self.strange += [f"refused {each}" for each in self.page.evaluate("window.refused ?? []")]
        assert not self.strange, self.strange
