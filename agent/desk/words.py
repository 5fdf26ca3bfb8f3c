"""What a rep reads for the words that the program decides by."""

from __future__ import annotations

from collections.abc import Mapping

from agent.think.detect import kinds

REASONS: Mapping[str, str] = {name: kind.TITLE for name, kind in kinds().items()}  # of a card, in a few words
RUNGS: Mapping[str, str] = {
    "booked": "Meeting booked",
    "proposed": "Times proposed",
    "dated": "A date is named",
    "undated": "Intentions, no date",
    "nothing": "No next step",
}
NEXT_STEP = frozenset({"booked", "proposed", "dated"})  # rungs that count as a next step
VERDICTS: Mapping[str, str] = {
    "too_early": "Not over yet, or only just",
    "too_old": "Too long ago",
    "superseded": "A later meeting took its place",
    "booked": "Next meeting booked",
    "held": "Not judged: something could not be read",
    "waiting": "Another matter comes first",
    "snoozed": "They are out of office",
    "proposed": "Times are on the table",
    "dated": "A date is named",
    "flagged": "Ended without a next step",
    "ignored:setting": "Left out by your settings",
    "ignored:private": "Private",
    "ignored:cancelled": "Cancelled",
    "ignored:declined": "Declined",
    "ignored:all_day": "All-day entry",
    "ignored:free": "Shown as free",
    "ignored:no_outsider": "Nobody else takes part",
    "ignored:internal": "Colleagues only",
    "ignored:unmatched": "About no deal",
    "ignored:ambiguous": "Which deal is open",
    "ignored:closed_deal": "Its deal is closed",
    "ignored:other_owner": "A colleague's deal",
    "ignored:do_not_contact": "They asked to be left alone",
}
STATES: Mapping[str, str] = {
    "waiting": "Waits for another day",
    "review": "To review",
    "snoozed": "Snoozed",
    "approved": "Approved",
    "sending": "Leaving",
    "laid": "In your Drafts",
    "held": "In doubt",
    "failed": "Did not leave",
    "sent": "Sent",
    "withdrawn": "Already moved",
    "dismissed": "No follow-up needed",
    "handled": "Handled elsewhere",
    "misplaced": "Another deal",
    "muted": "Thread muted",
}
_LISTED = "on the do-not-contact list"  # in each reason that speaks of it
FORGOTTEN = "forgotten"  # in place of persons who were erased
SOURCES: Mapping[str, str] = {"ok": "Fresh", "stale": "Not fresh", "failed": "Cannot be read", "suspect": "Suddenly empty, not trusted"}
NOTICES: Mapping[str, str] = {
    "bounced": "Dead address",
    "do_not_contact": "Do not contact",
    "source": "Source",
    "no_recipient": "Nobody to write to",
}
ACTS: Mapping[str, str] = {  # who did it stands before
    "found": "found a reason to write",
    "open": "opened the card",
    "refresh": "wrote the draft anew",
    "withdraw": "withdrew the card",
    "edit": "edited the draft",
    "approve": "approved the mail",
    "undo": "took it back",
    "snooze": "snoozed the card",
    "wake": "brought the card back",
    "dismiss": "said that no follow-up is needed",
    "handle": "handled it elsewhere",
    "misplace": "said it is about another deal",
    "mute": "muted the thread",
    "begin": "began to deliver the mail",
    "lay": "laid the mail in Drafts",
    "arrive": "delivered the mail",
    "doubt": "could not tell whether the mail left",
    "refuse": "refused the mail",
    "postpone": "put delivery off",
    "settle_sent": "said the mail did leave",
    "settle_unsent": "said the mail did not leave",
    "drop": "found the draft deleted",
    "answer": "said which deal it is about",
    "silence": "added to the do-not-contact list",
    "lesson": "taught that it is not a follow-up",
    "revoke": "took an answer back",
    "pause": "paused",
    "resume": "resumed",
    "erase": "erased a person",
}
ACTORS: Mapping[str, str] = {"rep": "You", "onward": "Onward", "outbox": "The outbox"}


def state(word: str, reason: str = "") -> str:
    """Of a card. One that was withdrawn for the rep's own word has not moved by itself."""
    return "Taken back" if word == "withdrawn" and _LISTED in reason else said(STATES, word)


def said(table: Mapping[str, str], word: str) -> str:
    """The words for `word`; one that no table knows stands as it is, readable."""
    return table.get(word) or word.replace("_", " ").capitalize()
