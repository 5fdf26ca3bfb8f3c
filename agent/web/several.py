"""POSTs that are about several cards, from the list: fields `card`, each a ref, a full stop and the version that was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from agent.desk import several
from agent.desk.several import Pick
from agent.web import typed
from agent.web.acts import Act, Done, Post, leaves


def picks(fields: Iterable[object]) -> tuple[Pick, ...]:
    """Each card once; what is none is left out."""
    pairs = (str(each).partition(".")[::2] for each in fields)
    found = {ref: Pick(ref, int(version)) for ref, version in pairs if version.isascii() and version.isdigit() and len(version) < 10}
    return tuple(found.values())


def listed(some: Iterable[Pick], back: str) -> str:
    """The address of the page that shows them to be approved."""
    return "/approve?" + urlencode([("back", back), *(("card", f"{pick.ref}.{pick.version}") for pick in some)])


def pick(post: Post) -> Done:
    """Approving begins with reading them all."""
    some = _picked(post)
    return Done("", to=listed(some, _back(post))) if some else _none()


def approve(post: Post) -> Done:
    some = _picked(post)
    if not some:
        return _none()
    done = several.approve(post.inbox.desk, some, post.now)
    left = [pick for pick in some if pick.ref not in done]
    told = f"{len(done)} approved. {leaves(post.now + post.inbox.desk.terms.undo, post.inbox.desk.terms.mode, post)}" if done else ""
    if not left:
        return Done(told, refs=done, to=_back(post))
    return Done(f"{told} {_count(len(left), 'was', 'were')} not approved: see below.".strip(), to=listed(left, _back(post)))


def snooze(post: Post) -> Done:
    some, working = _picked(post), post.inbox.desk.rules.rep.working
    until = typed.until("until", post.text("until"), post.now, working)
    done = several.snooze(post.inbox.desk, some, until, post.now)
    return _told(some, done, f"snoozed until {until.astimezone(working.zone):%A %-d %B, %H:%M}", post)


def dismiss(post: Post) -> Done:
    some = _picked(post)
    return _told(some, several.dismiss(post.inbox.desk, some, post.text("why"), post.now), "closed: no follow-up needed", post)


def undo(post: Post) -> Done:
    refs = [str(ref) for ref in post.form.getlist("card")]
    done = several.undo(post.inbox.desk, refs, post.now)
    rest = len(refs) - len(done)
    return Done(f"{len(done)} taken back." + (f" {rest} could not be any more." if rest else ""))


def _picked(post: Post) -> tuple[Pick, ...]:
    return picks(post.form.getlist("card"))


def _back(post: Post) -> str:
    return typed.local(post.text("back")) or "/"


def _none() -> Done:
    return Done("Nothing was selected.")


def _told(some: tuple[Pick, ...], done: tuple[str, ...], what: str, post: Post) -> Done:
    if not some:
        return _none()
    rest = len(some) - len(done)
    changed = f" {_count(rest, 'has', 'have')} changed since you selected, and stayed." if rest else ""
    return Done(f"{len(done)} {what}.{changed}", refs=done, to=_back(post))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


PLAIN: Mapping[str, Act] = {act.__name__: act for act in (pick, approve, snooze, dismiss, undo)}
