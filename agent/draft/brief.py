"""What a drafter may know: one finding in finished words, and nothing that could lead it astray."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo

from agent.draft import asked, names
from agent.draft.answer import latest_letter, letters, newest
from agent.draft.asked import letter_of
from agent.draft.recipients import Recipients
from agent.draft.text import fold, visible
from agent.draft.wording import PACKS, Words, spoken, words
from agent.model import Address, Brief, Finding, Rep, Rules, Slot, Step
from agent.think import gatherings, playbook
from agent.think.dossier import Dossier, Letter, Plan

MEETING_KINDS = frozenset({"no_next_step", "fell_through"})
LONGEST_TITLE = 8  # words
MOST_GREETED = 3  # more people are greeted as a group


def language(dossier: Dossier, persons: Collection[str]) -> str:
    """That of the latest mail of these people, else of ours to them, else of any customer's; without a pack English."""
    person = dossier.circle.person
    theirs = [letter for letter in letters(dossier) if letter.side == "theirs"]
    ours = [letter for letter in letters(dossier) if letter.side == "ours"]
    last = (
        latest_letter(x for x in theirs if person(x.message.sender) in persons)
        or latest_letter(x for x in ours if any(person(who) in persons for who in x.message.recipients))
        or latest_letter(theirs)
    )
    return last.reading.language if last and last.reading.language in PACKS else "en"


def their_zone(dossier: Dossier, persons: Collection[str], ours: tzinfo) -> tzinfo | None:
    """The zone of the latest of their letters that tells one, None if none does; the rep's own where they showed the same time.

    UTC tells nothing unless it is the rep's time too: much mail is stamped with it wherever its writer sits.
    """
    person = dossier.circle.person
    last = latest_letter(
        letter
        for letter in letters(dossier)
        if letter.side == "theirs"
        and letter.message.zone_known
        and person(letter.message.sender) in persons
        and (letter.at.utcoffset() or _same_clock(letter, ours))
    )
    if last is None:
        return None
    return ours if _same_clock(last, ours) else last.at.tzinfo


def _same_clock(letter: Letter, ours: tzinfo) -> bool:
    return letter.at.utcoffset() == letter.at.astimezone(ours).utcoffset()


def step(plan: Plan, dossier: Dossier, rules: Rules, pack: str) -> Step:
    """The request and the smaller one, for this kind at this stage in this language."""
    finding, wording = plan.finding, words(pack)
    by_stage = playbook.resolve(rules.stages, dossier.deal.stage).steps.get(pack, wording.generic)
    if finding.kind == "reply_owed" and finding.tone:
        chosen = wording.no if finding.tone == "no" else _concrete(finding, dossier, wording)
    elif finding.kind == "reply_owed" and (how := asked.wanted(finding, dossier, wording)[0]):
        chosen = wording.kinds["promise_due"] if how == "delivery" else Step(wording.speak, by_stage.backup)
    elif finding.kind in wording.kinds:
        chosen = wording.kinds[finding.kind]
    elif finding.kind in MEETING_KINDS and not by_stage.meeting:
        chosen = replace(wording.meet, backup=by_stage.backup)
    else:
        chosen = by_stage
    return replace(chosen, backup=wording.who_else) if "single_threaded" in plan.also else chosen


def _concrete(finding: Finding, dossier: Dossier, wording: Words) -> Step:
    topic = _doubted(finding, dossier, wording)
    return replace(wording.maybe, ask=topic[1]) if topic else wording.maybe


def _doubted(finding: Finding, dossier: Dossier, wording: Words) -> tuple[str, str] | None:
    """What the doubt is about, and the question that makes it concrete: by the sentence of doubt, else by the whole mail."""
    letter = letter_of(finding, dossier)
    doubts = [act.quote for act in letter.reading.of("doubt", "refusal")] if letter else []
    for text in (finding.matter, *doubts, letter.body.text if letter else ""):
        said = spoken(text)
        for topic in wording.topics:
            if any(map(topic.in_word, said)):
                return topic.name, topic.ask
    return None


def brief(
    plan: Plan, dossier: Dossier, rep: Rep, people: Recipients, chosen: Step, slots: Sequence[Slot], zone: tzinfo | None, pack: str
) -> Brief:
    """`chosen` are the requests; `slots` are the times on offer or, for `agreed_not_booked`, the time agreed; `zone` is the customers'."""
    finding, deal, wording, ours = plan.finding, dossier.deal, words(pack), rep.working.zone
    meeting = finding.meeting
    named = [(_name(who, dossier), who.email) for who in people.to]
    return Brief(
        kind=finding.kind,
        language=pack,
        stage=deal.stage,
        deal=names.without(names.plain(deal.name, crm=True), deal.account),
        account=names.plain(deal.account, crm=True),
        greeting=_all(names.first_name(*each) for each in named),
        signature=signature(rep),
        ask=chosen.ask,
        backup=chosen.backup,
        meeting=chosen.meeting,
        times=tuple(wording.moment(slot.start, ours, zone) for slot in slots),
        title=names.without(_title(plan.finding, dossier), deal.account),
        met_on=wording.day(meeting.start.astimezone(ours).date()) if meeting else "",
        matter=_matter(finding, dossier, wording),
        said=_said(finding, dossier),
        tone=finding.tone,
        criteria=tuple(filter(None, (names.plain(each, crm=True) for each in deal.criteria)))[:2],
        promised_by=_promised_by(finding, dossier, ours, wording),
        topic=_topic(finding, dossier, people.letter),
        full_names=_all(names.full_name(*each) for each in named),
        answer=asked.wanted(finding, dossier, wording)[0] if finding.kind == "reply_owed" else "",
        theirs=_by_them(finding, dossier),
    )


def _title(finding: Finding, dossier: Dossier) -> str:
    """What the meeting is called, if we called it so: a title from outside is somebody else's text."""
    meeting = finding.meeting
    if meeting is None or (meeting.organizer and dossier.circle.role(meeting.organizer) not in ("rep", "colleague")):
        return ""
    title = names.plain(gatherings.title(meeting))
    return title if len(title.split()) <= LONGEST_TITLE else ""


def _promised_by(finding: Finding, dossier: Dossier, ours: tzinfo, wording: Words) -> str:
    """The day as the promise named it; a finding's own time may be the later one at which it became overdue."""
    letter = letter_of(finding, dossier)
    promises = letter.reading.of("promise") if letter and finding.kind in ("promise_due", "their_promise_due") else ()
    named = [act for act in promises if act.when]
    meant = next((act for act in named if act.matter == finding.matter), named[0] if named else None)
    if meant:
        return wording.day(meant.when[-1].day)
    return wording.day(finding.when.astimezone(ours).date()) if finding.when and finding.kind != "their_promise_due" else ""


def _matter(finding: Finding, dossier: Dossier, wording: Words) -> str:
    if finding.tone == "maybe":
        topic = _doubted(finding, dossier, wording)
        return topic[0] if topic else ""
    if finding.kind == "reply_owed":
        _, name = asked.wanted(finding, dossier, wording)
        return name or asked.topic(finding, dossier, wording)
    return names.topic(finding.matter, longest=10 if finding.kind == "promise_due" else 6)


def _topic(finding: Finding, dossier: Dossier, letter: Letter | None) -> str:
    """The subject of the thread that it is about or answers, else our title of the meeting, else the newest thread's subject."""
    message = finding.message or (letter.message if letter else None)
    last = newest(dossier)
    subjects = (message.subject if message else "", _title(finding, dossier), last.subject if last else "")
    return next((found for text in subjects if (found := names.topic(names.stripped(text), longest=LONGEST_TITLE))), "")


def _by_them(finding: Finding, dossier: Dossier) -> bool:
    """Whether the customers called the meeting off, declined or missed it."""
    meeting, circle = finding.meeting, dossier.circle
    if finding.kind != "fell_through" or meeting is None:
        return False
    theirs = meeting.organizer is not None and circle.customer(meeting.organizer)
    return finding.message is not None or theirs or not gatherings.attending(meeting, circle)


def _said(finding: Finding, dossier: Dossier) -> str:
    """The sentence that asks, promises or defers, if it is short and fit; for a drafter to understand, not to repeat."""
    letter = letter_of(finding, dossier)
    acts = letter.reading.of("question", "request", "doubt", "refusal", "promise", "deferral") if letter else ()
    return next((text for act in acts if (text := names.topic(act.quote))), "")


def _all(found: Iterable[str]) -> tuple[str, ...]:
    """Everybody's name, or nobody's."""
    everybody = tuple(found)
    return everybody if all(everybody) and len(everybody) <= MOST_GREETED else ()


def _name(who: Address, dossier: Dossier) -> str:
    """The contact record's, else the latest that mail or meeting had beside the address and that is surely a person's."""
    contact = dossier.circle.contacts.get(who.key)
    given = [contact.name] if contact and contact.name else [who.name, *_seen(who, dossier)]
    fit = [name for name in given if name and fold(name) != fold(dossier.deal.account)]
    return next((name for name in fit if names.first_name(name, who.email)), "")


def _seen(who: Address, dossier: Dossier) -> Iterator[str]:
    """The names beside an address in mail and meetings, the latest first."""
    wanted = dossier.circle.person(who)
    named = [
        *((x.at, a) for x in letters(dossier) for a in (x.message.sender, *x.message.to, *x.message.cc)),
        *((event.start, a) for event in dossier.meetings for a in event.participants),
    ]
    mine = [(at, a.name) for at, a in named if a.name and dossier.circle.person(a) == wanted]
    yield from (name for _, name in sorted(mine, reverse=True))


def signature(rep: Rep) -> str:
    """The rep's own, else the first name."""
    return rep.signature.strip() or (visible(rep.name).split() or [rep.address.email])[0]


def subject(plan: Plan, dossier: Dossier, pack: str) -> str:
    """For a new thread: what the meeting was called after a meeting, else what the deal is called."""
    title = _title(plan.finding, dossier) if plan.finding.kind in MEETING_KINDS else ""
    deal = dossier.deal
    return title or names.plain(deal.name, crm=True) or names.plain(deal.account, crm=True) or words(pack).subject
