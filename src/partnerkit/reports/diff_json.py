"""What a change means, for other programs."""

from __future__ import annotations

from typing import Any

from partnerkit.obligations.obligation import Obligation
from partnerkit.reports.diff_blocks import vote, words_of
from partnerkit.reports.findings import as_data
from partnerkit.reviewing.review import End, Review
from partnerkit.reviewing.told import Move, Need, OfRecord, OfRules, Said

SCHEMA = "partnerkit.diff/1"


def as_json(review: Review) -> dict[str, Any]:
    """All of it; the schema is fixed."""
    return {
        "schema": SCHEMA,
        "base": {**_end(review.base), "chosen": review.base.chosen or None},
        "head": _end(review.head),
        "findings": [as_data(one) for one in review.findings],
        "rules": [_rules(one) for one in review.rules],
        "records": [_record(one) for one in review.records],
        "look_at": [{"sort": one.sort, "where": one.where, "words": words_of([one])} for one in review.eyes],
        "decisions": [{"record": one.record, **_need(one.need), "command": vote(one).command} for one in review.votes],
        "other_files": review.others,
        "begins": review.begins,
        "untold": as_data(review.untold) if review.untold is not None else None,
        "files": review.files,
    }


def _end(end: End) -> dict[str, Any]:
    return {"rev": end.rev, "commit": end.commit}


def _rules(one: OfRules) -> dict[str, Any]:
    return {
        "file": one.file,
        "sort": one.sort,
        "name": one.name,
        "changes": list(one.words),
        "weakens": list(one.weakens),
        "means": list(one.means),
    }


def _record(one: OfRecord) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "policy": one.policy,
        "file": one.file,
        "how": one.how,
        "before": one.before,
        "after": one.after,
        "moves": [_move(each) for each in one.moves],
        "said": [_said(each) for each in one.said],
        "withdrawn": list(one.withdrawn),
        "void": [
            {
                "id": each.id,
                "requirement": each.requirement,
                "by": each.by,
                "fields": list(each.paths),
                "words": each.words,
                "command": each.command,
            }
            for each in one.void
        ],
        "next": {"to": one.ahead.to, "requirements": [_need(each) for each in one.ahead.needs]} if one.ahead else None,
        "risks": list(one.risks),
        "due": [_owed(each) for each in one.created],
        "settled": [_owed(each) for each in one.settled],
        "moved": [{"was": _owed(was), "is": _owed(now)} for was, now in one.shifted],
        "log": [{"log": each.log, "lines": each.count} for each in one.lines],
        "fields": [
            {
                "field": each.path,
                "was": (each.whole[0] or None) if each.whole else each.was,
                "is": (each.whole[1] or None) if each.whole else each.now,
                "bound": each.bound or None,
                "clause": each.clause or None,
            }
            for each in one.fields
        ],
        "errors": one.errors,
    }


def _move(one: Move) -> dict[str, Any]:
    return {
        "type": one.type,
        "from": one.left,
        "to": one.to,
        "day": one.day.isoformat(),
        "by": one.by,
        "notes": list(one.notes),
        "requirements": [
            {
                "id": each.requirement,
                "clause": each.clause,
                "met": each.met,
                "said": [_said(said) for said in each.said],
                "words": each.words or None,
            }
            for each in one.met
        ],
    }


def _said(one: Said) -> dict[str, Any]:
    return {
        "id": one.id,
        "list": one.group,
        "requirement": one.requirement,
        "words": one.words,
        "new": one.new,
        "wrong": one.wrong,
    }


def _need(one: Need) -> dict[str, Any]:
    return {
        "id": one.requirement,
        "clause": one.clause,
        "met": one.met,
        "missing": one.missing or None,
        "counted": one.counted,
        "wanted": one.wanted,
        "roles": list(one.roles),
        "people": list(one.people),
        "command": one.command,
    }


def _owed(one: Obligation) -> dict[str, Any]:
    return {
        "id": one.id,
        "record": one.record,
        "title": one.title,
        "due": one.due.isoformat() if one.due else None,
        "clause": one.clause,
    }
