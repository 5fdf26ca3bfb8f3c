"""A workspace as a round leaves it: the sample rep's facts, conclusions and cards in a store of their own."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from agent import settings
from agent.cli import demo, scan
from agent.settings import Settings
from agent.store import Store, schema
from agent.store.codec import dumps, encode

NOW = demo.moment()


def build(folder: Path) -> tuple[Settings, Path]:
    """Settings of the sample and the database file, filled by one round."""
    checked = settings.load(demo.fill(folder / "sample"))
    path = folder / "onward.db"
    store = Store.open(f"sqlite:///{path}")
    fill(store, scan.run(checked, NOW), NOW)
    store.close()
    return checked, path


def fill(store: Store, done: Any, now: datetime) -> None:
    with store.begin() as c:
        for i, s in enumerate(done.facts.states):
            c.execute(insert(schema.source).values(id=i, section=s.section, kind=s.kind, settings="", status=s.status, says=s.says, items=s.items, fresh_as_of=s.fresh_as_of))
        thread_of = {m.id: t.id for t, _ in done.survey.threads for m in t.messages}
        rows = {}
        for m in done.facts.messages:
            row = c.execute(insert(schema.message).values(source=0, item=m.id, message_id=m.message_id, sent=m.sent, thread=thread_of.get(m.id), data=dumps(m)))
            rows[m.id] = row.inserted_primary_key[0]
            marks = {a.key for a in (m.sender, *m.recipients)}
            c.execute(insert(schema.message_mark), [{"message": rows[m.id], "mark": k} for k in marks])
        for dossier in done.survey.dossiers.values():
            for conversation in dossier.conversations:
                for letter in conversation.letters:
                    body = getattr(letter, "body", None)
                    if body is not None and letter.message.id in rows:
                        pk = rows.pop(letter.message.id)
                        c.execute(insert(schema.body).values(message=pk, data=dumps(body), read_at=now))
        for d in done.facts.deals:
            c.execute(insert(schema.deal).values(id=d.id, source=2, data=dumps(d)))
        for q in done.facts.quarantined:
            c.execute(insert(schema.quarantined).values(source=0, item=q.item, why=q.why, names=sorted(q.names), seen_at=now))
        for t, m in done.survey.threads:
            c.execute(insert(schema.thread).values(id=t.id, subject=t.subject, latest=t.latest, status=m.status, deal=m.deal, candidates=list(m.candidates), by=m.by, confidence=m.confidence, evidence=list(m.evidence)))
            for d in m.candidates:
                c.execute(insert(schema.thread_deal).values(thread=t.id, deal=d))
        for v in done.verdicts:
            e = v.event
            c.execute(insert(schema.occurrence).values(uid=e.uid, key=e.key, start=e.start, end=e.end, data=dumps(e)))
            c.execute(insert(schema.meeting).values(key=e.key, start=e.start, end=e.end, uid=e.uid, title="(private)" if e.private else e.title, all_day=e.all_day, deal=v.deal, verdict=v.verdict, reason=v.reason, candidates=list(v.candidates), people=[] if e.private else [p.email for p in e.participants], next_uid=v.next.uid if v.next else None, next_start=v.next.start if v.next else None))
        for con in done.conclusions.values():
            letters = [x.at for conv in done.survey.dossiers[con.deal].conversations for x in conv.letters]
            ahead = [e.start for e in done.survey.dossiers[con.deal].meetings if e.start > now]
            c.execute(insert(schema.deal_state).values(deal=con.deal, rung=con.rung, why=con.why, muted_until=con.muted_until.isoformat() if con.muted_until else None, findings=[{"kind": f.kind, "due": f.due.isoformat(), "evidence": [{"source": e.source, "says": e.says} for e in f.evidence]} for f in con.findings], held=any(v.verdict == "held" for v in con.verdicts), last_contact=max(letters, default=None), next_start=min(ahead, default=None) if con.rung == "booked" else None, wake_at=con.wake_at, thought_at=now))
        for n in done.notices:
            c.execute(insert(schema.notice).values(kind=n.kind, deal=n.deal, says=n.says))
        deals = {d.id: d for d in done.facts.deals}
        for k in done.cards:
            c.execute(insert(schema.card).values(key=k.key, ref=schema.ref(k.key), kind=k.kind, deal=k.deal, state="waiting" if k.waiting else "review", due=k.due, meeting=k.meeting, thread=k.thread, also=list(k.also), evidence=[{"source": e.source, "says": e.says} for e in k.evidence], warnings=list(k.warnings), value=deals[k.deal].amount or 0.0, version=1, opened_at=now - timedelta(minutes=20), changed_at=now))
            c.execute(insert(schema.draft).values(card=k.key, version=1, author=k.draft.written_by, data=dumps(k.draft), at=now - timedelta(minutes=20)))
            c.execute(insert(schema.act).values(at=now - timedelta(minutes=20), who="onward", act="open", card=k.key, deal=k.deal, after="review", version_after=1, chain=""))


if __name__ == "__main__":
    print(build(Path(tempfile.mkdtemp()))[1])
    encode(None)
