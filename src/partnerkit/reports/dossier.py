"""A dossier as data: for other programs, and what the document for people is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.findings import Finding, has_errors
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.parts import kebab, moment_text
from partnerkit.kinds.record import FIXED, key_order
from partnerkit.kinds.statements import STATEMENT_LISTS, Approval, Evidence
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import clause_list
from partnerkit.reports.audit import verdict
from partnerkit.reports.audit_points import points
from partnerkit.reports.dossier_checks import checks
from partnerkit.reports.findings import as_data as finding_data
from partnerkit.rules.assurance import Level
from partnerkit.rules.dossier import Dossier, Held, Section, parted, shown, signature
from partnerkit.rules.grounds import Passed
from partnerkit.rules.sight import Seen
from partnerkit.rules.verdict import Entered
from partnerkit.steps import Live, statements

SCHEMA = "partnerkit.dossier/1"


def as_data(found: Dossier) -> dict[str, Any]:
    """All of it, every key always there."""
    register, about = found.register, found.sections[0].seen
    records = [_record(found, one) for one in found.sections]
    return {
        "schema": SCHEMA,
        "register": register.settings.name,
        "time_zone": str(register.settings.zone),
        "record": about.id,
        "classification": found.sight.level,
        "partial": found.partial or any(one.seen.withheld for one in found.sections),
        "as_of": {"asked": found.asked, **_landed(found, found.commit, found.landed)},
        "verdict": _verdict(found),
        "records": records,
        "listed": [{**_what(one), "proven": _proven(found, one.id)} for one in found.listed],
        "policies": [_policy(found, name, records) for name in sorted({one["policy"] for one in records})],
        "rules": [_file(found, one) for one in found.rules],
        "people": _people(found, records),
        "checks": checks(found),
    }


def _landed(found: Dossier, commit: str, at: Any) -> dict[str, Any]:
    return {"commit": commit, "landed": moment_text(at), "day": found.register.day(at).isoformat()}


def _file(found: Dossier, one: Held) -> dict[str, Any]:
    return {"file": one.path, "digest": one.digest, **_landed(found, one.commit, one.at)}


def _verdict(found: Dossier) -> dict[str, Any]:
    told, audited = found.withholding.unaddressed, found.audited
    return {
        "proven": audited.proven,
        "says": told(verdict(audited)),
        "trust_root": audited.trust_root,
        "landed": audited.landed,
        "points": [
            {"name": one.name, "says": told(one.text), "details": [told(each) for each in one.details]}
            for one in points(audited)
            if one.text
        ],
        "findings": [_finding(found, one) for one in audited.findings],
    }


def _finding(found: Dossier, one: Finding) -> dict[str, Any]:
    told = found.withholding.unaddressed
    return {key: told(part) if isinstance(part, str) else part for key, part in finding_data(one).items()}


def _proven(found: Dossier, record_id: str) -> bool:
    return not has_errors(one for one in found.audited.findings if one.record == record_id)


def _what(one: Seen) -> dict[str, Any]:
    return {"id": one.id, "kind": one.kind, "name": one.name, "stage": one.stage, "belongs_to": one.subject}


def _record(found: Dossier, section: Section) -> dict[str, Any]:
    seen, record, policy = section.seen, section.record, section.source.policy
    stages = policy.lifecycles[record.kind].stages if record.kind in policy.lifecycles else {}
    mine = {one.said.id: one for one in statements(record)}
    return {
        **_what(seen),
        "stage_means": stages[seen.stage].title if seen.stage in stages else None,
        "since": found.register.since(record).isoformat(),
        "policy": seen.policy,
        "classification": seen.data.get("classification"),
        "withheld": list(seen.withheld),
        "proven": _proven(found, seen.id),
        **_file(found, section.held),
        "canonical": section.canonical,
        "data": seen.data,
        "fields": [_field(policy, seen, key) for key in _keys(seen)],
        "statements": [
            _statement(found, section, mine[raw["id"]], group, raw)
            for group in STATEMENT_LISTS
            for raw in seen.data.get(group) or []
            if raw["id"] in mine
        ],
        "moves": list(_moves(found, section)),
        "trust": [
            {"what": one.what, "of": [found.withholding.told(each) for each in one.of]} for one in section.grounds.trust
        ],
    }


def _keys(seen: Seen) -> list[str]:
    """The fields of a record, in the order of the file."""
    own = [key for key in key_order(KINDS[seen.kind]) if key in seen.data]
    return [key for key in dict.fromkeys([*own, *seen.data]) if key not in FIXED]


def _field(policy: Policy, seen: Seen, key: str) -> dict[str, Any]:
    """What a field means: as the policy says it, else as the kind does."""
    declared = policy.fields.get(seen.kind, {})
    spec = declared.get(key)
    model = KINDS[seen.kind].model_fields
    usual = next((info.description for name, info in model.items() if kebab(name) == key), None)
    inner = [one for path, one in declared.items() if path.startswith(f"{key}.")]
    clauses = [each for one in ([spec] if spec else inner) for each in clause_list(one.clause)]
    return {"key": key, "means": (spec.title if spec else None) or usual, "clauses": list(dict.fromkeys(clauses))}


def _statement(found: Dossier, section: Section, one: Live, group: str, raw: dict[str, Any]) -> dict[str, Any]:
    requirement = section.source.policy.requirements.get(one.said.requirement)
    commit = next((step.commit for step in found.audited.verdicts if one.said.id in step.levels), None)
    data = {
        "id": raw["id"],
        "list": group,
        "requirement": one.said.requirement,
        "clauses": requirement.clauses if requirement else [],
        "day": (one.said.on or found.register.day(one.said.at)).isoformat(),
        "counts": one.said.withdrawn is None,
        "assurance": _level(found, one.said.id),
        "landed_in": commit.oid if commit else None,
    }
    if isinstance(one.said, Evidence):
        words, matches = shown(found.register, section.record, one.said)
        data |= {"stands": words, "matches": matches}
    if isinstance(one.said, Approval):
        data |= {"parted": parted(section, one.said), "signature": signature(found.register, section, one)}
    return data


def _level(found: Dossier, said: str) -> Level | None:
    return next((step.levels[said] for step in found.audited.verdicts if said in step.levels), None)


def _moves(found: Dossier, section: Section) -> Iterator[dict[str, Any]]:
    entered = {one.id: one for one in found.audited.entered if one.record == section.seen.id}
    for one, raw in zip(section.grounds.passed, section.seen.data["history"], strict=True):
        landed = entered.get(one.entry.id)
        commit = landed.commit if landed else None
        yield {
            "id": one.entry.id,
            "seq": one.entry.seq,
            "type": one.entry.type,
            "from": one.entry.from_,
            "to": one.entry.to,
            "day": found.register.day(one.entry.at).isoformat(),
            "at": raw["at"],
            "by": one.entry.by,
            "reason": raw.get("reason"),
            "seal": dict(raw["seal"]),
            "gate": _gate(found, one),
            "demands_changed": one.rewritten,
            "voided_by": one.voided_by,
            "file_digest": next((each.digest for each in section.versions if each.commit == commit), None),
            **_as_landed(found, landed),
        }


def _as_landed(found: Dossier, landed: Entered | None) -> dict[str, Any]:
    """What the commit that brought an entry shows of it; nothing where none did."""
    if landed is None:
        return dict.fromkeys(("commit", "landed", "landed_on", "assurance", "witnessed", "broke"))
    return {
        "commit": landed.commit,
        "landed": moment_text(landed.landed_at),
        "landed_on": found.register.day(landed.landed_at).isoformat(),
        "assurance": landed.level,
        "witnessed": landed.witnessed,
        "broke": list(landed.broke),
    }


def _gate(found: Dossier, one: Passed) -> list[dict[str, Any]]:
    """Every demand of a gate, and what met it."""
    return [
        {
            "requirement": met.name,
            "title": met.requirement.title,
            "clauses": met.requirement.clauses,
            "statements": [each.said.id for each in met.said],
            "records": [found.withholding.told(each.id) for each in met.records],
        }
        for met in one.met
    ]


def _policy(found: Dossier, name: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    """The policy in force, and the clauses that the dossier cites, each with our title for it."""
    source = found.register.policies[name]
    policy, mine = source.policy, [one for one in records if one["policy"] == name]
    cited = [each for one in mine for part in (*one["fields"], *one["statements"]) for each in part["clauses"]]
    cited += [each for one in mine for move in one["moves"] for gate in move["gate"] for each in gate["clauses"]]
    clauses = {each: policy.clauses.get(each.partition("/")[0]) for each in sorted(set(cited))}
    derived = policy.derived_from
    return {
        "policy": name,
        "title": policy.title,
        "version": policy.version,
        "effective": policy.effective.isoformat() if policy.effective else None,
        "file": source.path,
        "canonical": found.register.rules.get(source.path),
        "pack": {"pack": derived.pack, "version": derived.version, "digest": derived.digest} if derived else None,
        "clauses": [{"clause": each, "title": clause.title if clause else None} for each, clause in clauses.items()],
    }


def _people(found: Dossier, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Whoever made an entry or a statement: by name where they agreed to that, with the roles they hold or held."""
    every = [raw for one in records for group in (*STATEMENT_LISTS, "history") for raw in one["data"].get(group) or []]
    ids = sorted({str(raw[key]) for raw in every for key in ("by", "recorded-by") if key in raw})
    roster = found.register.roster.people
    return [
        {
            "id": one,
            "name": found.sight.names.get(one),
            "roles": [
                {"role": held.role, "from": held.from_.isoformat(), "until": held.until and held.until.isoformat()}
                for held in (roster[one].roles if one in roster else [])
            ],
        }
        for one in ids
    ]
