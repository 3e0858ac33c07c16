"""Take feedback in: the answers of a survey become sums in a review, over enough people; nothing else of them stays."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.adding_up import AddedUp, Withheld, added_up, told_before
from partnerkit.jobs.answers import Answer, AnswersMap, By, Survey, survey
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Outcome, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.naming_files import inside
from partnerkit.jobs.periods import Period, period
from partnerkit.jobs.sheet_map import written_map
from partnerkit.jobs.statements import trailers
from partnerkit.kinds.canonical import same
from partnerkit.kinds.problems import an, did_you_mean
from partnerkit.policies.policy import Policy
from partnerkit.register import RecordFile, Register
from partnerkit.rules.anonymous import clause_of_fewest
from partnerkit.rules.commands import line, pathspec
from partnerkit.rules.refused import Refused
from partnerkit.store.disk.sheets import sheet
from partnerkit.store.draft import Draft

_KIND, _FIELD = "review", "feedback"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a sheet of answers is to be taken in.

    Attributes:
        review: the review that it goes into.
        method: how people were asked; where the policy knows one way only, that.
        over: the month in which they answered; that of the day where none is named.
        by: by what they are put into groups.
        map: the file that says what columns mean.
        leave_out: whether rows that are unclear are left out, instead of stopping everything.
    """

    review: str
    method: str | None = None
    over: str | None = None
    by: By = "role"
    map: str | None = None
    leave_out: bool = False


@dataclass(slots=True)
class Taken:
    """What came of a sheet of answers.

    Attributes:
        record: the review as it now is.
        entries: the feedback that was added.
        withheld: what is not told.
        unread: the columns that were not read.
    """

    record: RecordFile
    entries: list[dict[str, Any]]
    withheld: list[Withheld] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def take_in(desk: Desk, path: str, asked: Asked) -> Landed:
    """Add the answers of a sheet up in a review, as one commit. Neither the sheet nor a row of it enters the register.

    Raises:
        WrongCallError: the sheet, the map, the review, the way of asking or the period is none.
        Refused: rows are unclear, too few answered, or it would tell what a few people said.
    """
    table = sheet(path)
    by = written_map(asked.map, AnswersMap) if asked.map is not None else AnswersMap(kind="feedback")

    def plan(draft: Draft) -> Planned:
        desk.actor(draft.base)
        review = _review(draft.base, asked.review)
        policy = source(draft.base, review).policy
        read = survey(path, table, policy, by, asked.by)
        if read.wrong and not asked.leave_out:
            raise Refused(f"{len(read.wrong)} of {len(table.rows)} rows are unclear; nothing changed", read.wrong)
        time = _time(desk, draft.base, asked.over)
        head = {"method": _method(policy, asked.method), "from": str(time.first), "until": str(time.last)}
        earlier = told_before(draft.base, review, head, read.questions, asked.by)
        told = added_up(read.questions, read.answers, policy.fewest_people, earlier)
        _demand_enough(path, policy, review, told)
        entries = _entries(head, told, read.answers, asked.by)
        notes = [*_unread(policy, read), *_lying_about(desk, path)]
        return _planned(draft, review, time, Taken(review, entries, told.withheld, read.unread), notes)

    return land(desk, plan)


def _review(register: Register, name: str) -> RecordFile:
    found = record(register, name)
    if found.kind != _KIND:
        raise WrongCallError(f"feedback goes into {an(_KIND)}, and {found.id} is {an(found.kind)}", line("list", _KIND))
    return found


def _time(desk: Desk, register: Register, over: str | None) -> Period:
    today = desk.today(register)
    found = period(over or f"{today:%Y-%m}")
    if found.first > today:
        raise WrongCallError(f"{found.label} has not begun: nobody can have answered in it", f"--period {today:%Y-%m}")
    return found


def _method(policy: Policy, given: str | None) -> str:
    spec = policy.fields.get(_KIND, {}).get("feedback.method")
    known = list(spec.choices or ()) if spec is not None else []
    if given is None and len(known) == 1:
        return known[0]
    if given is None or (known and given not in known):
        near = did_you_mean(given, known) if given is not None else ""
        message = f"{policy.policy} knows no way of asking {given!r}{near}" if given else "say how people were asked"
        raise WrongCallError(message, f"--method {' | '.join(known) or '<method>'}")
    return given


def _demand_enough(path: str, policy: Policy, review: RecordFile, told: AddedUp) -> None:
    """Whether something can be told, and nothing that was told before makes it tell of a few.

    Raises:
        Refused: it is not so.
    """
    fewest, found = policy.fewest_people, []
    for question, one in told.leaks:
        what = f"tell what {one.people} said" if one.people else "show that somebody answers otherwise now"
        message = f"{question} was added up of these people before; told anew, less that, it would {what} ({one.how})"
        mend = f"wait until at least {fewest} more have answered, or leave it at what {review.id} says"
        found.append(_of_few(path, policy, review, message, mend))
    if not told.sums and not found:
        message = f"no question was answered by {fewest} people or more: nothing can be told of what they said"
        mend = f"wait for more answers; a review can be finished without: {line('gates', review.id)}"
        found.append(_of_few(path, policy, review, message, mend))
    if found:
        raise Refused(f"{review.id}: refused; nothing changed", list(dict.fromkeys(found)))


def _of_few(path: str, policy: Policy, review: RecordFile, message: str, mend: str) -> Finding:
    clause = clause_of_fewest(policy)
    words = f"{review.id}: {message}"
    return Finding("feedback-of-few", words, "error", path, 1, record=review.id, clause=clause, mend=mend)


def _entries(head: dict[str, str], told: AddedUp, answers: list[Answer], by: By) -> list[dict[str, Any]]:
    """The feedback of all, then of each group that is told: how many answered, and each question's mean."""
    found: list[dict[str, Any]] = []
    for group in told.groups():
        people = sum(1 for one in answers if group is None or one.group == group)
        results = []
        for question, sums in told.sums.items():
            if group in sums:
                own = {"answers": sums[group].answers} if sums[group].answers != people else {}
                results.append({"name": question, "average": _written(sums[group].average), **own})
        of: dict[str, Any] = {by: group} if group else {}
        found.append({**head, **of, "answers": people, "results": results})
    return found


def _written(value: Decimal) -> int | str:
    """A number as records write it."""
    return int(value) if value == value.to_integral_value() else str(value)


def _unread(policy: Policy, read: Survey) -> list[str]:
    """What of the sheet was not read, and why that is well."""
    notes = []
    if read.unread:
        words = "names, addresses, times and words of people never enter the register"
        notes.append(f"not read: {', '.join(read.unread)}; {words}")
    if read.numbers:
        words = f"only numbers from 1 to 5, and is no question of {policy.policy}: a map can say which it is (--map)"
        notes += [f"{name} holds {words}" for name in read.numbers]
    if read.wrong:
        notes.append(f"left out, for they are unclear: lines {', '.join(str(one.line) for one in read.wrong)}")
    if read.empty:
        notes.append(f"{read.empty} {'rows answer' if read.empty > 1 else 'row answers'} nothing and counted nowhere")
    return notes


def _lying_about(desk: Desk, path: str) -> list[str]:
    """That the sheet lies where it could enter history: what single people said does not belong there."""
    try:
        where = inside(desk, path)
    except WrongCallError:
        return []
    git = desk.git
    if git.run("ls-files", "--error-unmatch", "--", where, ok=(0, 1)).code == 0:
        taken = f"git rm --cached -- {pathspec(where)}"
        return [f"{path} is tracked by git: single answers do not belong into history; take it out ({taken}) and away"]
    plain = {"GIT_LITERAL_PATHSPECS": "0"}  # git check-ignore takes no other
    if git.run("check-ignore", "-q", "--", f"./{where}", ok=(0, 1), env=plain).code == 0:
        return []
    return [f"{path} lies in the register, where it can be committed by mistake: move it away, or have git ignore it"]


def _kept(entries: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a review says already, without what is told anew of the same time, asked in the same way."""
    key = ("method", "from", "until")
    again = {result["name"] for entry in new for result in entry["results"]}
    found = []
    for entry in entries:
        if any(entry.get(part) != new[0][part] for part in key):
            found.append(entry)
            continue
        left = [result for result in entry.get("results") or [] if result["name"] not in again]
        if left or "summary" in entry:
            found.append({**entry, "results": left})
    return found


def _planned(draft: Draft, review: RecordFile, time: Period, taken: Taken, notes: list[str]) -> Planned:
    data: dict[str, Any] = copy.deepcopy(review.data)
    first = taken.entries[0]
    data[_FIELD] = [*_kept(data.get(_FIELD) or [], taken.entries), *taken.entries]
    notes += [f"withheld: {one.question}{f' of {one.group}' if one.group else ''}, {one.why}" for one in taken.withheld]
    many = f"{first['answers']} answers of {time.label}, in sum"
    if same(data, review.data):
        return Planned(f"nothing to change: {review.id} says that already", taken, notes=notes)
    taken.record = draft.put(data, review.path)
    outcomes = [Outcome(review.id, f"{_FIELD}: {many}")]
    entries = trailers("import", [(taken.record, None)])
    return Planned(f"{_KIND}/{review.id}: add {_FIELD}, {many}", taken, [], entries, notes, outcomes)
