"""Add what a requirement asks for (evidence, scores, acknowledgement, signature) or a line of a log."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.finding_records import selected, source
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.statements import Voice, statement, trailers, with_statement, withdrawn
from partnerkit.jobs.values import from_file
from partnerkit.kinds.canonical import file_digest
from partnerkit.kinds.problems import did_you_mean
from partnerkit.kinds.record import FIXED
from partnerkit.policies.policy import Policy
from partnerkit.policies.requirement import Requirement
from partnerkit.policies.shapes import model_for
from partnerkit.register import RecordFile
from partnerkit.rules.commands import line
from partnerkit.rules.demands.shown import alternatives
from partnerkit.rules.places import at
from partnerkit.rules.refused import Refused
from partnerkit.store.draft import Draft
from partnerkit.store.reader import read

_LINK = re.compile(r"[a-z][a-z0-9+.-]*:[^\s]+\Z")
#: How long the list of ids in a commit message's first line may be.
_SUBJECT = 60

_MARK = re.compile(r"\s*(?:(\d{1,3})|(n/a))\s*[:, ]\s*(.+)\Z", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Added:
    """What is added to one record.

    Attributes:
        what: a requirement of the policy, or a log of the record.
        thing: a file or a link, where one is given.
        values: key=value pairs as typed.
        copy: whether the file is to be kept in the register's history.
        reason: why a statement is withdrawn.
    """

    what: str
    thing: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    copy: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One record being added to."""

    desk: Desk
    draft: Draft
    record: RecordFile
    voice: Voice
    added: Added

    @property
    def policy(self) -> Policy:
        """The policy that governs the record."""
        return source(self.draft.after, self.record).policy

    @property
    def requirement(self) -> Requirement:
        """The requirement that is spoken to."""
        return self.policy.requirements[self.added.what]


def add(desk: Desk, ids: list[str], where: list[str], added: Added, voice: Callable[[str], Voice]) -> Landed:
    """Add one thing to one or many records, as one commit.

    Raises:
        WrongCallError: an unknown record, requirement, log or key, or a file that cannot be read.
        Refused: the result would not satisfy the model or the policy.
    """
    return add_rows(desk, lambda draft: [(one.id, added) for one in selected(draft.base, ids, where)], voice)


def add_rows(desk: Desk, rows: Callable[[Draft], list[tuple[str, Added]]], voice: Callable[[str], Voice]) -> Landed:
    """Add something to each of several records, as one commit: all or nothing."""

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        spoken = voice(actor)
        spoken.check(draft.base.roster)
        made: list[tuple[RecordFile, str, Any]] = []
        for record_id, added in rows(draft):
            record = selected(draft.after, [record_id], [])[0]
            data, result = _one(Work(desk, draft, record, spoken, added))
            made.append((draft.put(data, record.path), added.what, result))
        ids = ", ".join(dict.fromkeys(record.id for record, _what, _result in made))
        words = ", ".join(dict.fromkeys(what for _record, what, _result in made))
        subject = f"{made[0][0].kind}/{ids if len(ids) <= _SUBJECT else f'{len(made)} records'}: add {words}"
        body = [f"{record.id}: {what} {_shown(result)}" for record, what, result in made]
        return Planned(subject, made, body, trailers("add", [(record, None) for record, _w, _r in made]))

    return land(desk, plan)


def _shown(result: Any) -> str:
    return str(result.get("id", "")) if isinstance(result, dict) else ""


def _one(work: Work) -> tuple[dict[str, Any], Any]:
    added = work.added
    if "withdraw" in added.values:
        reason = added.reason or added.values.get("reason")
        if not reason:
            raise WrongCallError("a statement is withdrawn with its reason", "--reason '<reason>'")
        target = added.values["withdraw"]
        return withdrawn(work.desk, work.record.data, target, work.voice.actor, reason), {"id": target}
    if added.what in work.policy.requirements:
        writer = _WRITERS.get(work.requirement.type)
        if writer is None:
            raise WrongCallError(*_not_added(work))
        return writer(work)
    return _log(work)


def _not_added(work: Work) -> tuple[str, str]:
    name, record_id = work.added.what, work.record.id
    how = {
        "approval": line("approve", record_id, name),
        "filled": line("set", record_id, *(f"{path}=<{path}>" for path in work.requirement.filled or [])),
        "reason": line("advance", record_id, "<stage>", "--reason", "<reason>"),
        "any-of": f"add one of {', '.join(work.requirement.any_of or [])}",
    }.get(work.requirement.type, line("gates", record_id))
    return f"{name} is not met by adding something ({work.requirement.type})", how


def _allowed(work: Work, allowed: set[str]) -> None:
    for key in work.added.values:
        if key not in allowed:
            message = f"{work.added.what} takes no {key!r}{did_you_mean(key, allowed)}"
            raise WrongCallError(message, f"it takes {', '.join(sorted(allowed))}")


def _evidence(work: Work) -> tuple[dict[str, Any], Any]:
    demand = work.requirement.evidence
    kinds = demand.kinds if demand else ["opened", "closed"]
    _allowed(work, {"kind", "outcome", "summary", "valid-until", "ref"})
    values = dict(work.added.values)
    thing = work.added.thing or values.pop("ref", None)
    if thing is None and values.get("outcome") != "not-needed" and "summary" not in values and demand is not None:
        raise WrongCallError(f"{work.added.what} needs a file, a link or summary=…", line("gates", work.record.id))
    located = _located(work, thing) if thing is not None else {}
    kind = values.get("kind") or _kind(kinds, thing)
    if kind not in kinds and demand is not None:
        raise WrongCallError(
            f"{work.added.what} takes no {kind!r}{did_you_mean(kind, kinds)}", f"kind= {', '.join(kinds)}"
        )
    if demand is not None and demand.outcomes and not values.get("outcome"):
        wanted = alternatives(demand.outcomes)
        raise WrongCallError(f"{work.added.what} needs its outcome ({wanted})", f"outcome={demand.outcomes[0]}")
    if kind == "closed" and not values.get("summary"):
        raise WrongCallError(
            "a period is closed with a summary of what came in", "summary='<summary>' (no names of people)"
        )
    fields = {
        "kind": kind,
        **located,
        "outcome": values.get("outcome"),
        "summary": values.get("summary"),
        "valid-until": values.get("valid-until"),
    }
    said = statement(work.desk, "evidence", work.added.what, work.voice, fields)
    return with_statement(work.record.data, "evidence", said), said


def _kind(kinds: list[str], thing: str | None) -> str:
    if thing is not None and _LINK.match(thing) and "link" in kinds:
        return "link"
    return next((kind for kind in kinds if kind != "link"), kinds[0])


def _located(work: Work, thing: str) -> dict[str, Any]:
    """Where the evidence is, and the digest of its bytes where they can be read."""
    if _LINK.match(thing) and not Path(thing).exists():
        return {"ref": thing}
    path = Path(thing)
    try:
        raw = path.read_bytes()
    except OSError as error:
        mend = "name a file that exists, a link (https://…), or summary='<summary>'"
        raise WrongCallError(f"{thing} cannot be read: {error.strerror}", mend) from error
    digest = file_digest(raw)
    inside = _inside(work, path)
    if inside is not None and work.draft.tree.digest(inside) == digest:
        return {"ref": inside, "digest": digest}
    if work.added.copy:
        target = f"records/evidence/{work.record.id}/{_safe(path.name)}"
        held = work.draft.tree.digest(target)
        if held is not None and held != digest:
            raise WrongCallError(f"{target} exists already with other contents", "give the file another name")
        work.draft.put_file(target, raw)
        return {"ref": target, "digest": digest}
    return {"ref": path.name, "digest": digest, "claimed": True}


def _inside(work: Work, path: Path) -> str | None:
    try:
        return path.resolve().relative_to(work.desk.git.root.resolve()).as_posix()
    except ValueError:
        return None


def _safe(name: str) -> str:
    found = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")
    if not found:
        raise CannotWorkError(f"the file name {name!r} cannot be kept", "rename the file")
    return found


def _scores(work: Work) -> tuple[dict[str, Any], Any]:
    demand = work.requirement.scores
    card = work.policy.scorecards[demand.card] if demand else None
    criteria = list(card.criteria) if card else []
    if work.added.thing is not None:
        given = from_file(work.added.thing)
        if not isinstance(given, dict):
            raise WrongCallError(
                f"{work.added.thing} holds no marks", line("add", work.record.id, work.added.what, "--form")
            )
        marks = {key: _mark(key, value) for key, value in given.items()}
    else:
        marks = {key: _mark(key, value) for key, value in work.added.values.items()}
    if not marks:
        form = line("add", work.record.id, work.added.what, "--form")
        raise WrongCallError(f"{work.added.what} needs marks", f"{form} > scores.yaml, fill it in, and add it")
    for key in marks:
        if key not in criteria:
            raise WrongCallError(f"the scorecard has no criterion {key!r}{did_you_mean(key, criteria)}")
    absent = [key for key in criteria if key not in marks]
    if absent:
        raise WrongCallError(
            f"the scorecard is filled whole: {', '.join(absent)} missing", "n/a with a reason serves too"
        )
    if card and card.scale:
        _within(marks, card.scale)
    said = statement(work.desk, "scores", work.added.what, work.voice, {"marks": marks})
    return with_statement(work.record.data, "scores", said), said


def _within(marks: dict[str, Any], scale: tuple[int, int]) -> None:
    for key, mark in marks.items():
        if "score" in mark and not scale[0] <= int(mark["score"]) <= scale[1]:
            raise WrongCallError(f"{key}: {mark['score']} is not on the scale from {scale[0]} to {scale[1]}")


def _mark(key: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    match = _MARK.match(str(value))
    if match is None:
        raise WrongCallError(f"{key}: {value!r} is no mark", f"{key}='4: why' or {key}='n/a: why not'")
    score, not_applicable, why = match.groups()
    return {"not-applicable": True, "why": why} if not_applicable else {"score": int(score), "why": why}


def scores_form(policy: Policy, name: str) -> str:
    """A form to be filled in for a scorecard, as YAML.

    Raises:
        WrongCallError: the requirement is answered by no scorecard.
    """
    requirement = policy.requirements.get(name)
    if requirement is None or requirement.scores is None:
        raise WrongCallError(f"{name} is answered by no form")
    card = policy.scorecards[requirement.scores.card]
    scale = f"{card.scale[0]} to {card.scale[1]}" if card.scale else "0 to 100"
    head = [
        f"# {card.title}: a score of {scale} and the reason, for each criterion;",
        "# or not-applicable: true and the reason.",
    ]
    lines = [
        part
        for key, criterion in card.criteria.items()
        for part in (f"{key}:  # {criterion.title} ({policy.policy} {criterion.clause})", "  score:", '  why: ""')
    ]
    return "\n".join([*head, *lines]) + "\n"


def _acknowledged(work: Work) -> tuple[dict[str, Any], Any]:
    _allowed(work, {"party", "text"})
    party = _party(work)
    fields = {"party": party, "text": work.added.values.get("text")}
    said = statement(work.desk, "acknowledgements", work.added.what, work.voice, fields)
    return with_statement(work.record.data, "acknowledgements", said), said


def _party(work: Work) -> str:
    party = work.added.values.get("party")
    known = [item["id"] for item in work.record.data.get("parties") or []]
    if party is None:
        raise WrongCallError("say which party", f"party= {', '.join(known) or '<party>'}")
    if known and party not in known:
        raise WrongCallError(
            f"{work.record.id} has no party {party!r}{did_you_mean(party, known)}", f"party= {', '.join(known)}"
        )
    return party


def _signed(work: Work) -> tuple[dict[str, Any], Any]:
    _allowed(work, {"party", "capacity", "method", "document"})
    party = _party(work)
    values = work.added.values
    document = values.get("document")
    if work.added.thing is not None:
        document = str(_located(work, work.added.thing).get("digest"))
    document = document or _document_there(work)
    fields = {"party": party, "capacity": values.get("capacity"), "method": values.get("method"), "document": document}
    said = statement(work.desk, "signatures", work.added.what, work.voice, fields)
    return with_statement(work.record.data, "signatures", said), said


def _document_there(work: Work) -> str:
    """The digest of the document that stands as evidence."""
    demand = work.requirement.signed
    name = demand.document if demand else ""
    found = [
        said
        for said in work.record.data.get("evidence") or []
        if said["requirement"] == name and "withdrawn" not in said and said.get("digest")
    ]
    if not found:
        message = f"there is no document to sign: {name} holds none with a digest"
        clause = ", ".join(work.policy.full(one) for one in work.requirement.clauses)
        mend = line("add", work.record.id, name, "<document>")
        finding = at(work.record, ("stage",), "requirement-unmet", message, clause=clause, mend=mend)
        raise Refused(f"{work.record.id}: refused; nothing changed", [finding])
    return str(found[-1]["digest"])


_WRITERS: dict[str, Callable[[Work], tuple[dict[str, Any], Any]]] = {
    "evidence": _evidence,
    "period": _evidence,
    "scores": _scores,
    "acknowledged": _acknowledged,
    "signed": _signed,
}


def logs(policy: Policy, kind: str) -> dict[str, type[BaseModel]]:
    """The lists of a kind to which lines can be added, each with the model of a line."""
    found: dict[str, type[BaseModel]] = {}
    for name, info in model_for(policy, kind).model_fields.items():
        line_model = _line_model(info.annotation)
        if line_model is not None and (info.alias or name) not in FIXED:
            found[info.alias or name] = line_model
    return found


def _line_model(annotation: Any) -> type[BaseModel] | None:
    if get_origin(annotation) is list:
        inner = get_args(annotation)[0]
        return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    return next((found for part in get_args(annotation) if (found := _line_model(part)) is not None), None)


def _log(work: Work) -> tuple[dict[str, Any], Any]:
    known = logs(work.policy, work.record.kind)
    model = known.get(work.added.what)
    if model is None:
        names = [*work.policy.requirements, *known]
        message = (
            f"a {work.record.kind} has no requirement or log {work.added.what!r}{did_you_mean(work.added.what, names)}"
        )
        raise WrongCallError(message, f"logs: {', '.join(known)}; requirements: {line('gates', work.record.id)}")
    item = _item(work, model)
    new = copy.deepcopy(work.record.data)
    new.setdefault(work.added.what, []).append(item)
    return new, item


def _item(work: Work, model: type[BaseModel]) -> dict[str, Any]:
    keys = {info.alias or name: info for name, info in model.model_fields.items()}
    _allowed(work, set(keys))
    day = (work.voice.on or work.desk.today(work.draft.base)).isoformat()
    found = {key: day for key in ("on",) if key in keys}
    found |= {"by": work.voice.by} if "by" in keys and "by" not in work.added.values else {}
    for key, text in work.added.values.items():
        found[key] = _typed(text, keys[key].annotation)
    if work.added.thing is not None and "ref" in keys:
        found["ref"] = work.added.thing
    if "id" in keys and "id" not in found:
        found = {"id": _free_id(work), **found}
    return {key: found[key] for key in keys if key in found}


def _free_id(work: Work) -> str:
    taken = {item.get("id") for item in work.record.data.get(work.added.what) or []}
    letter = work.added.what[0]
    return next(f"{letter}{number}" for number in range(1, 10_000) if f"{letter}{number}" not in taken)


def _typed(text: str, annotation: Any) -> Any:
    """Whole numbers and yes-no as such where the model wants them; all else as text."""
    parts = {annotation, *get_args(annotation)}
    if int in parts or bool in parts:
        document, _found = read(f"value: {text}\n".encode(), "a value")
        return document.data["value"] if document is not None else text
    return text
