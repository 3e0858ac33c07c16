"""What of obligations readers of a level may know."""

from __future__ import annotations

from datetime import UTC, date, datetime

from partnerkit.jobs.seeing import ids_told
from partnerkit.obligations.outlook import Outlook
from partnerkit.rules.sight import Sight
from tests.rules.bench import policy, register, world

DAY = date(2026, 5, 4)


def test_before_everybody_no_id_of_an_obligation_says_who_owes_it() -> None:
    """A number stands there, and ids stay apart; of who agreed to be named, theirs does."""
    here = Outlook(register(world(policy(approval={"role": "board"}))).by(datetime(2027, 1, 1, tzinfo=UTC)), DAY, DAY)
    [source] = here.register.policies.values()
    every = [
        here.owed(source.policy, None, "cadence", "answer", "Answer", suffix=(who, DAY), person=who)
        for who in ("p-ada", "p-max", "p-kim")
    ]
    owner = source.policy.policy
    public = ids_told(Sight(here.register, "public", {"p-kim": "Kim Example"}), every)
    assert list(public.values()) == [f"{owner}/cadence/answer/{who}/{DAY}" for who in ("1", "2", "p-kim")]
    assert list(ids_told(Sight(here.register, "internal"), every).values()) == [one.id for one in every]
