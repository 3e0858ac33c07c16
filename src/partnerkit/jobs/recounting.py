"""The figures of a review of a policy, counted anew: what was counted before is replaced, what somebody typed stays."""

from __future__ import annotations

import copy
from typing import Any

from partnerkit.errors import WrongCallError
from partnerkit.jobs.adding import Work
from partnerkit.jobs.periods import of_days
from partnerkit.kinds.canonical import same
from partnerkit.kinds.review import Review

_LOG = "figures"


def recounted(work: Work) -> tuple[dict[str, Any], Any] | None:
    """The data of a review of a policy with its figures as they are now, and which were counted.

    None where something else is added: figures that are said, of a record, or under a policy that counts none.

    Raises:
        WrongCallError: it is about no year, quarter or month, that has not begun, or nothing is counted otherwise now.
    """
    added, review = work.added, work.record.model
    if added.what != _LOG or added.values or added.thing is not None:
        return None
    from partnerkit.jobs.figures import as_reviewed, counted_by, counting  # noqa: PLC0415 - most of what is added is said

    if not isinstance(review, Review) or review.of != work.policy.policy or not counted_by(work.policy):
        return None
    today = work.desk.today(work.draft.base)
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
