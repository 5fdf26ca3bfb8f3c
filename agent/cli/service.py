"""`onward service`: kept running by systemd of the user, or by launchd."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from agent.cli.options import config_option
from agent.errors import NeedsHuman
from agent.settings import Settings

NAME = "onward"
UNIT = """\
# Written by `onward service install`.
[Unit]
Description=Onward notices meetings without a next step and drafts the follow-up
StartLimitIntervalSec=10min
StartLimitBurst=5

[Service]
Type=notify
NotifyAccess=main
ExecStart={command}
ExecReload=kill -HUP $MAINPID
# For what the configuration takes by `!env`: NAME=value, one a line.
EnvironmentFile=-%E/onward/environment
Restart=on-failure
RestartSec=10
# 2: wrong usage or configuration; starting again would not mend it.
RestartPreventExitStatus=2
# The loop that works gives a sign of life at half of this; one answer of a mail server may take ten minutes.
WatchdogSec=15min
TimeoutStopSec=45
# A core would hold mail.
LimitCORE=0
UMask=0077
# What a user's own manager can do without privileges; what needs a mount namespace is left out.
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=default.target
"""


@dataclass(frozen=True, slots=True)
class Manager:
    """Where its file lies, and the commands that take it in and out of use."""

    path: Path
    text: bytes
    start: tuple[tuple[str, ...], ...]
    stop: tuple[tuple[str, ...], ...]
    state: tuple[str, ...]


launchd_option = click.option("--launchd/--systemd", default=sys.platform == "darwin", help="For which manager (default: this system's).")
force_option = click.option("--force", is_flag=True, help="Also a file that this command did not write so.")


@click.group()
def command() -> None:
    """Keep Onward running: install, uninstall, status."""


@command.command()
@click.option("--print", "print_", is_flag=True, help="Print the file and do nothing.")
@launchd_option
@force_option
@config_option
def install(settings: Settings, print_: bool, launchd: bool, force: bool) -> None:
    """Write the service's file, and start it now and at every login."""
    manager = _manager(settings.path.absolute(), launchd)
    if print_:
        click.echo(manager.text.decode(), nl=False)
        return
    _write(manager, force)
    click.echo(f"written: {manager.path}")
    _done(manager.start)
    if not launchd:
        click.echo("It runs while you are logged in; to keep it running always: loginctl enable-linger")
    if _by_environment(settings.path):
        where = "the plist (EnvironmentVariables)" if launchd else "~/.config/onward/environment (mode 600)"
        click.echo(f"The configuration uses !env, and a service has an environment of its own: put those variables into {where}.")


@command.command()
@launchd_option
@force_option
@config_option
def uninstall(settings: Settings, launchd: bool, force: bool) -> None:
    """Stop the service and take its file away."""
    manager = _manager(settings.path.absolute(), launchd)
    if not manager.path.exists():
        click.echo(f"not installed: {manager.path} is not there")
        return
    if manager.path.read_bytes() != manager.text and not force:
        raise NeedsHuman(f"{manager.path} is not as this command writes it", "look at it, then repeat with --force")
    _done(manager.stop)
    manager.path.unlink()
    click.echo(f"taken away: {manager.path}")


@command.command()
@launchd_option
@config_option
def status(settings: Settings, launchd: bool) -> int:
    """Whether it is installed and runs; exit status 1 if it does not."""
    manager = _manager(settings.path.absolute(), launchd)
    if not manager.path.exists():
        click.echo(f"not installed: {manager.path} is not there; run: onward service install")
        return 1
    same = "" if manager.path.read_bytes() == manager.text else " (not as this command writes it)"
    click.echo(f"installed: {manager.path}{same}")
    ran = _run(manager.state)
    if ran is None:
        click.echo(f"whether it runs cannot be told: {manager.state[0]} is not here")
        return 1
    active = ran.returncode == 0
    click.echo("it runs" if active else f"it does not run ({ran.stdout.strip() or ran.stderr.strip() or 'unknown'}); run: onward doctor")
    return int(not active)


def _manager(config: Path, launchd: bool) -> Manager:
    words = (sys.executable, "-P", "-m", "agent", "run", "--config", str(config))
    if launchd:
        path = Path.home() / "Library" / "LaunchAgents" / f"{NAME}.plist"
        target = f"gui/{os.getuid()}"
        take_out = (("launchctl", "bootout", f"{target}/{NAME}"),)
        return Manager(
            path, _plist(words), (("launchctl", "bootstrap", target, str(path)),), take_out, ("launchctl", "print", f"{target}/{NAME}")
        )
    path = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user" / f"{NAME}.service"
    control = ("systemctl", "--user")
    start = ((*control, "daemon-reload"), (*control, "enable", NAME), (*control, "restart", NAME))
    text = UNIT.format(command=" ".join(_quoted(word) for word in words)).encode()
    return Manager(path, text, start, ((*control, "disable", "--now", NAME),), (*control, "is-active", NAME))


def _quoted(word: str) -> str:
    """One word of a command line of systemd.service(5): no specifier, variable or escape in it is looked at."""
    for special, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(special, written)
    return f'"{word}"'


def _plist(words: tuple[str, ...]) -> bytes:
    logs = Path.home() / "Library" / "Logs" / f"{NAME}.log"
    made = {
        "Label": NAME,
        "ProgramArguments": list(words),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 10,
        "ProcessType": "Background",
        "ExitTimeOut": 45,
        "Umask": 0o077,
        "StandardErrorPath": str(logs),
    }
    return plistlib.dumps(made, sort_keys=False)


def _write(manager: Manager, force: bool) -> None:
    try:
        if manager.path.exists() and manager.path.read_bytes() != manager.text and not force:
            raise NeedsHuman(f"{manager.path} is there already and differs", "look at it, then repeat with --force to overwrite it")
        manager.path.parent.mkdir(parents=True, exist_ok=True)
        beside = manager.path.with_name(f".{manager.path.name}.new")
        beside.write_bytes(manager.text)
        beside.replace(manager.path)
    except OSError as fault:
        raise NeedsHuman(f"{manager.path} cannot be written ({(fault.strerror or 'unknown fault').lower()})", "use --print") from None


def _done(commands: tuple[tuple[str, ...], ...]) -> None:
    """Does them in order; of what cannot be done, says what to type."""
    for place, words in enumerate(commands):
        ran = _run(words)
        if ran is None or ran.returncode:
            why = f"{words[0]} is not here" if ran is None else (ran.stderr.strip().splitlines() or ["it failed"])[-1]
            rest = " && ".join(" ".join(w) for w in commands[place:])
            raise NeedsHuman(f"the manager was not told ({why})", f"once it is there, run: {rest}")


def _run(words: tuple[str, ...]) -> subprocess.CompletedProcess[str] | None:
    found = shutil.which(words[0])
    if found is None:
        return None
    return subprocess.run([found, *words[1:]], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - fixed words


def _by_environment(config: Path) -> bool:
    return "!env" in config.read_text("utf-8", "replace")
