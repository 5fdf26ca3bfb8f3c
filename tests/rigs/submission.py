"""Dovecot's submission server (RFC 6409) before a mail server: another make, with passwords and access tokens that it checks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path

from tests.rigs.dovecot import PROGRAM, Dovecot, free_port

KEY = b"a key of this test alone, thirty-two bytes"
CONFIG = """
protocols = imap submission
hostname = localhost
submission_relay_host = 127.0.0.1
submission_relay_port = {relay}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {port}
  }}
}}
"""


def available() -> bool:
    return Path(PROGRAM).exists() and any(Path(f"/usr/{lib}/dovecot/submission").exists() for lib in ("lib", "libexec"))


class Submission(Dovecot):
    def __init__(self, relay: int) -> None:
        self.relay, self.at = relay, free_port()
        super().__init__(key=KEY)

    def _write(self, capability: str, certificate: tuple[Path, Path] | None, more: str) -> None:
        super()._write(capability, certificate, more + CONFIG.format(relay=self.relay, port=self.at))


def token(user: str, key: bytes = KEY) -> str:
    """An access token, good until 2100."""
    parts = [
        _coded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, {"email": user, "sub": user, "exp": 4_102_444_800})
    ]
    return ".".join([*parts, _coded(hmac.new(key, ".".join(parts).encode(), hashlib.sha256).digest())])


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
