"""A certificate made for a test."""

from __future__ import annotations

import subprocess
from pathlib import Path


def made(folder: Path) -> tuple[Path, Path]:
    """For 127.0.0.1 and for no name; with its key."""
    files = folder / "cert.pem", folder / "key.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    names = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "30"]
    command = ["openssl", "req", "-x509", *curve, *names, "-out", str(files[0]), "-keyout", str(files[1])]
    subprocess.run(command, check=True, capture_output=True)
    return files
