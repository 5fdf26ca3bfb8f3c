"""Postfix's smtp-sink: a mail server that misbehaves as told. Every mail that it takes is a file."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.rigs.dovecot import free_port

PLACES = ("/usr/sbin/smtp-sink", str(Path(__file__).parents[2] / "build/postfix/usr/sbin/smtp-sink"))


def program() -> str:
    """ "" if there is none. `.ci/run` unpacks Debian's postfix into build/postfix."""
    return next((place for place in (shutil.which("smtp-sink") or "", *PLACES) if place and Path(place).exists()), "")


class SmtpSink:
    """`words` are its options: `-q .` drops the line in place of the answer to the final dot, `-r .` answers it with 450."""

    def __init__(self, *words: str) -> None:
        found = program()
        self.folder, self.at = Path(tempfile.mkdtemp(prefix="smtp-sink-")), free_port()
        self.folder.chmod(0o777)
        root = ["-u", "nobody"] if os.geteuid() == 0 else []
        environ = {**os.environ, "LD_LIBRARY_PATH": str(Path(found).parents[1] / "lib/postfix")}
        command = [found, *root, *words, "-a", "-d", f"{self.folder}/mail-%M.", f"127.0.0.1:{self.at}", "100"]
        self.process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not self._answers():
            assert self.process.poll() is None, "smtp-sink did not start"
            assert time.monotonic() < deadline, "smtp-sink does not answer"

    def _answers(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.at)) == 0

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def given(self) -> int:
        """How many mails it was given whole, whatever it answered."""
        return sum(path.stat().st_size > 0 for path in self.folder.iterdir())
