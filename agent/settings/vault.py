"""Secrets that are kept for the configuration: in the system's keyring (`!keyring NAME`), or each in an encrypted file in the
folder `secrets` beside it (`!secret NAME`).

A file holds `MAGIC`, 12 bytes of nonce, and the text under AES-256-GCM, bound to its name. The key is the systemd credential
`onward.key`, or the file `secrets/key`: that one keeps the secrets out of backups of single files and out of searches, not from
who can read the whole folder. Files are 0600 and the folder 0700, or they are not used.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from agent.errors import NeedsHuman

SERVICE = "onward"  # what the keyring lists our secrets under
FOLDER = "secrets"
KEY = "key"
CREDENTIAL = "onward.key"
MAGIC = b"onward1\n"
LARGEST = 65_536
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,119}\Z")
_INSTALL = 'install it with: pip install "onward[keyring]", or keep the secret with !secret, !file or !env'


def checked(name: str) -> str:
    """Raises `ValueError`."""
    if not _NAME.match(name):
        raise ValueError("a secret's name holds letters, digits and . _ @ + - only")
    return name


# ------------------------------------------------------------------------------------------------------- keyring


def from_keyring(name: str) -> str:
    """Raises `NeedsHuman`."""
    ring = _ring()
    try:
        found = ring.get_password(SERVICE, checked(name))
    except ValueError:
        raise
    except Exception as fault:  # noqa: BLE001 - backends raise what the system's own libraries raise
        raise NeedsHuman(f"the keyring cannot be read ({type(fault).__name__})", "unlock it, or sign in to the desktop first") from None
    if not found:
        raise NeedsHuman(f"the keyring holds no secret {name[:60]!r}", f"put it there with: onward secret {name[:60]} --keep keyring")
    return str(found)


def into_keyring(name: str, text: str) -> None:
    """Raises `NeedsHuman` if it does not come back as it was given: a disabled keyring takes everything and keeps nothing."""
    ring = _ring()
    try:
        ring.set_password(SERVICE, checked(name), text)
        kept = ring.get_password(SERVICE, name)
    except ValueError:
        raise
    except Exception as fault:  # noqa: BLE001 - as above
        raise NeedsHuman(f"the keyring does not take a secret ({type(fault).__name__})", "unlock it, or use --keep file") from None
    if kept != text:
        raise NeedsHuman("the keyring took the secret and does not give it back", "use --keep file")


def _ring() -> Any:
    """The system's keyring, if it is one that keeps."""
    try:
        import keyring
    except ImportError:
        raise NeedsHuman("the keyring's library is not installed", _INSTALL) from None
    ring = keyring.get_keyring()
    if getattr(ring, "priority", 0) < 1:  # null, fail, and those that keep plain text
        raise NeedsHuman("this machine has no keyring that keeps secrets safe", "use !secret, !file or !env instead") from None
    return ring


# -------------------------------------------------------------------------------------------------------- files


def from_file(name: str, beside: Path, environ: Mapping[str, str]) -> str:
    """Raises `NeedsHuman`."""
    folder = beside / FOLDER
    path = folder / f"{checked(name)}.enc"
    _guarded_folder(folder)
    if not path.exists():
        raise NeedsHuman(f"there is no secret {name[:60]!r} in {folder}", f"put it there with: onward secret {name[:60]} --keep file")
    data = _guarded(path)
    from cryptography.exceptions import InvalidTag

    for key in _keys(folder, environ):
        with suppress(InvalidTag, ValueError):  # not this key's; cut short
            return str(_cipher(key).decrypt(data[8:20], data[20:], data[:8] + name.encode()), "utf-8")
    says = f"the secret {name[:60]!r} cannot be opened: its file or its key is damaged or another's"
    raise NeedsHuman(says, f"keep it anew with: onward secret {name[:60]} --keep file")


def into_file(name: str, text: str, beside: Path, environ: Mapping[str, str]) -> None:
    """Makes the folder and its key where there are none. Raises `NeedsHuman`."""
    folder = beside / FOLDER
    path = folder / f"{checked(name)}.enc"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _guarded_folder(folder)
        if not (folder / ".gitignore").exists():
            _written(folder / ".gitignore", b"*\n")
        if not _key_files(folder, environ):
            _written(folder / KEY, os.urandom(32).hex().encode() + b"\n")
        nonce = os.urandom(12)
        sealed = _cipher(_keys(folder, environ)[0]).encrypt(nonce, text.encode(), MAGIC + name.encode())
        _written(path, MAGIC + nonce + sealed)
    except OSError as fault:
        raise NeedsHuman(f"{folder} cannot be written ({(fault.strerror or 'unknown fault').lower()})") from None
    if from_file(name, beside, environ) != text:
        raise NeedsHuman(f"{path} does not hold what was written into it", "see whether the disk is sound")


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _keys(folder: Path, environ: Mapping[str, str]) -> list[bytes]:
    """At least one; the first is what is sealed with."""
    files = _key_files(folder, environ)
    if not files:
        raise NeedsHuman(f"the key of the secrets, {folder / KEY}, is not there", "put it back from a backup, or keep the secrets anew")
    return [_key(path) for path in files]


def _key_files(folder: Path, environ: Mapping[str, str]) -> list[Path]:
    """That of systemd (LoadCredential=, LoadCredentialEncrypted=) before our own."""
    handed = environ.get("CREDENTIALS_DIRECTORY")
    places = [Path(handed) / CREDENTIAL] if handed else []
    return [path for path in (*places, folder / KEY) if path.exists()]


def _key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(_guarded(path).decode())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise NeedsHuman(f"{path} is no key: it must hold 64 hexadecimal digits", "put it back from a backup, or keep the secrets anew")
    return key


def _guarded_folder(folder: Path) -> None:
    """Raises `NeedsHuman` for a folder that others can enter."""
    if folder.is_dir() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        raise NeedsHuman(f"{folder} can be entered by others, so the secrets in it are not used", f"chmod 700 {folder}")


def _guarded(path: Path) -> bytes:
    """Raises `NeedsHuman` for a file that others can read."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise NeedsHuman(f"{path} can be read by others, so it is not used", f"chmod 600 {path}, and change the password")
            return file.read(LARGEST)
    except OSError as fault:
        raise NeedsHuman(f"{path} cannot be read ({(fault.strerror or 'unknown fault').lower()})") from None


def _written(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    with suppress(FileNotFoundError):
        new.unlink()
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
