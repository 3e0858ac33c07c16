"""The figures of a review of a policy, counted anew: what was counted before is replaced, what somebody typed stays."""

from __future__ import annotations

import copy
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.adding import Work
from partnerkit.jobs.figures import as_reviewed, counted_by, counting
from partnerkit.jobs.periods import of_days
from partnerkit.kinds.review import Review
from partnerkit.steps import same

_LOG = "figures"


def recounts(work: Work) -> bool:
    """Whether figures are asked for without saying which: those that the policy of the review counts are meant."""
    added, review = work.added, work.record.model
    typed = bool(added.values) or added.thing is not None
    about = isinstance(review, Review) and review.of == work.policy.policy
    return added.what == _LOG and not typed and about and bool(counted_by(work.policy))


def recounted(work: Work) -> tuple[dict[str, Any], Any]:
    """The review's data with the figures of its period as they now are, and which were counted.

    Raises:
        WrongCallError: it is about no year, quarter or month, that has not begun, or nothing is counted otherwise now.
    """
    review, today = work.record.model, work.desk.today(work.draft.base)
    if not isinstance(review, Review):  # pragma: no cover - asked before (`recounts`)
        raise WrongCallError(f"{work.record.id} is no review")
    time = of_days(review.from_, review.until)
    if time is None or time.first > today:
        days = f"{review.from_} to {review.until}"
        message = f"{review.id} is about {days}: figures are counted over a year, a quarter or a month that has begun"
        raise WrongCallError(message, f"say which figure: name=<name> value=<value> …; it takes {', '.join(_KEYS)}")
    found = as_reviewed(work.draft.after, work.policy, review.kind, time, today, work.desk.notes)
    command = counting(work.policy, time)
    typed = [one for one in work.record.data.get(_LOG) or [] if not str(one.get("source")).startswith(command)]
    names = {one.get("name") for one in typed}
    data = copy.deepcopy(work.record.data)
    data[_LOG] = [*copy.deepcopy(typed), *(one for one in found if one["name"] not in names)]
    if same(data, work.record.data):
        raise WrongCallError(f"{review.id}: its figures are as they are counted; nothing changed", command)
    return data, {"counted": ", ".join(one["name"] for one in found if one["name"] not in names)}


_KEYS = ("name", "value", "unit", "from", "until", "source")
