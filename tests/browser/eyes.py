"""What a page did that nobody sees: scripts, refusals of the content policy, requests that leave this machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page

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

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda r: self._request(r.url))
        self.page.on("dialog", lambda d: (self.strange.append(f"dialog {d.message}"), d.dismiss()))
        self.page.on("pageerror", lambda e: self.strange.append(f"error {e}"))
        self.page.on("console", lambda m: self.strange.append(f"console {m.text}") if m.type in ("error", "warning") else None)

    def _request(self, url: str) -> None:
        if urlsplit(url).netloc != f"127.0.0.1:{self.served.port}":
            self.strange.append(f"request {url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.served.url + path, wait_until="load")
        return self.page

    def check(self) -> None:
        """Nothing ran, nothing was refused, nothing left this machine."""
        if not self.page.is_closed() and self.page.url.startswith("http"):
            self.strange += [f"refused {each}" for each in self.page.evaluate("window.refused ?? []")]
        assert not self.strange, self.strange
