"""English."""

from __future__ import annotations

from agent.draft.wording.words import Topic, Words
from agent.model import Step

WORDS = Words(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    day_format="{weekday} {day} {month}",
    time_format="{day}, {time} {zone}",
    theirs="{time} your time, {zone}",
    subject="Our next step",
    who_else="Who else needs to review this?",
    meet=Step("Could we take 30 minutes to agree on the next step?", "Which open point should I prepare first?"),
    generic=Step("Could we take 30 minutes to agree on the next step?", "Which open point matters most to you right now?"),
    kinds={
        "agreed_not_booked": Step(
            "Shall I send you the invitation for that time?", "Is there anyone else who should be on it?", meeting=False
        ),
        "fell_through": Step("Could we find a new time for our conversation?", "Would a few lines in writing suit you better?"),
        "promise_due": Step("Does that cover what you need to move on?", "What, if anything, should I add?", meeting=False),
        "callback_due": Step("What's changed on your side since then?", "If it is still early, when would be better?", meeting=False),
        "their_promise_due": Step("Which day is realistic for you?", "Is anything missing from my side?", meeting=False),
        "slipping": Step(
            "What would need to be true on your side for us to go ahead?", "Which step takes longest at your end?", meeting=False
        ),
        "stalled": Step("What would need to be true for us to take the next step?", "What's changed since we started?", meeting=False),
        "park": Step("Shall I close it on my side for now?", "A plain yes or no is enough.", meeting=False),
    },
    no=Step(
        "What decided it: no project, another supplier, or the wrong time?",
        "If you would rather not say, shall I simply close it?",
        meeting=False,
    ),
    maybe=Step("What would have to happen first for this to become concrete?", "Who else has a say in it?", meeting=False),
    topics=(
        Topic(("budget*", "funding*", "funds*", "spending*", "money"), "the budget", "When does your budgeting process start?"),
        Topic(("price*", "pricing*", "expensive*", "cost*", "afford*"), "the price", "What are you comparing the price with?"),
        Topic(
            ("board*", "approv*", "manager*", "management*", "boss", "director*", "committee*", "sign-off*"),
            "the decision on your side",
            "When do the people who decide meet next?",
        ),
        Topic(
            ("contract*", "supplier*", "vendor*", "incumbent*"),
            "your current contract",
            "When does your current contract come up for renewal?",
        ),
        Topic(
            ("priorit*", "capacity*", "busy", "time", "resource*"),
            "the timing",
            "What has to be finished on your side before this can start?",
        ),
    ),
)
