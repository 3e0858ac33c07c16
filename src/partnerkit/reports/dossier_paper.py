"""A dossier as a document for people: what stands, how it came about, and how each of it is checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partnerkit.reports.dossier_words import GLOSSARY, HOW_TO_CHECK
from partnerkit.reports.paper import Cell, Mono, Paper
from partnerkit.reports.values import brief
from partnerkit.rules.assurance import LEVELS

_Data = dict[str, Any]


def paper(data: _Data) -> Paper:
    """The document of a dossier, from its data."""
    page = Paper()
    about = data["records"][0]
    page.heading(1, f"Dossier of {about['name']} ({about['id']})")
    _head(page, data)
    _verdict(page, data["verdict"])
    for one in data["records"]:
        _record(page, one)
    if data["listed"]:
        page.heading(2, "What belongs to these in turn")
        rows = [_listed(one) for one in data["listed"]]
        page.table(["Record", "Kind", "Name", "Stage", "Belongs to", "Audit"], rows)
    _rules(page, data)
    _people(page, data["people"])
    _words(page)
    _checks(page, data["checks"])
    return page


def _head(page: Paper, data: _Data) -> None:
    about, then = data["records"][0], data["as_of"]
    asked = [("Asked for", then["asked"])] if then["asked"] else []
    page.table(
        [],
        [
            ("Register", data["register"]),
            ("Record", [about["id"], f"{about['kind']} under {about['policy']}"]),
            ("Stands in", _stage(about)),
            *asked,
            ("As of commit", Mono(then["commit"])),
            ("which landed", [f"{then['day']} ({data['time_zone']})", Mono(then["landed"])]),
            ("File", [Mono(about["file"]), Mono(str(about["digest"]))]),
            ("What it says (c1)", Mono(about["canonical"])),
            ("Made for readers of", data["classification"]),
        ],
    )
    if data["partial"]:
        page.line(
            f"Not all is shown: what is classified above {data['classification']} was left out. The digests are of the "
            "whole files, of what is not shown here too.",
            "worth",
        )


def _stage(one: _Data) -> str:
    means = f" ({one['stage_means']})" if one["stage_means"] else ""
    if one["stage"] == "void":
        means = " (taken back: it never counted, and only its id stays)"
    return f"{one['stage']}{means} since {one['since']}"


def _verdict(page: Paper, found: _Data) -> None:
    page.heading(2, "The verdict of the audit")
    mark = "\u2713" if found["proven"] else "\u2717"
    page.line(f"{mark} {found['says']}", "well" if found["proven"] else "wrong")
    page.table([], [(one["name"], [one["says"], *one["details"]]) for one in found["points"]])
    if found["findings"]:
        page.heading(3, "Findings")
    page.table(["What", "Where", "Landed in"], [_finding(one) for one in found["findings"]])


def _finding(one: _Data) -> list[Cell]:
    place = ":".join(str(one[key]) for key in ("file", "line") if one[key] is not None)
    about = [f"{one['severity']}: {one['code']}", one["message"], *filter(None, (one["clause"], one["mend"]))]
    return [about, Mono(place), Mono((one["commit"] or "")[:12])]


def _record(page: Paper, one: _Data) -> None:
    page.heading(2, f"{one['kind'].capitalize()} {one['name']} ({one['id']})")
    belongs = f", belongs to {one['belongs_to']}" if one["belongs_to"] else ""
    page.line(f"Stands in {_stage(one)}{belongs}; audit: {'nothing wrong' if one['proven'] else 'see the findings'}.")
    page.table([], [("File", Mono(one["file"])), ("SHA-256", Mono(str(one["digest"]))), ("c1", Mono(one["canonical"]))])
    if one["withheld"]:
        page.line(f"Left out at this level: {', '.join(one['withheld'])}.", "worth")
    rows = [_field(one["data"][field["key"]], field) for field in one["fields"]]
    _part(page, "What it says", ["Field", "Value", "What that is"], rows)
    for name, (title, head, row) in _LISTS.items():
        raw = {each["id"]: each for each in one["data"].get(name) or []}
        said = [each for each in one["statements"] if each["list"] == name]
        rows = [[*_said(each, raw[each["id"]]), row(each, raw[each["id"]])] for each in said]
        _part(page, title, ["Statement", "For", "By", "Known by", head], rows)
    taken = [[_day(each), each["by"], each["reason"], Mono(each["id"])] for each in one["data"].get("expunged") or []]
    _part(page, "Text that was taken out for good", ["Day", "By", "Why", "Expunging"], taken)
    _part(page, "How it got there", ["Move", "What the gate asked, and what met it", "Landed"], list(_moves(one)))
    if one["trust"]:
        page.heading(3, "What of it rests on trust")
    page.table([], [(each["what"], each["of"]) for each in one["trust"]])


def _part(page: Paper, title: str, head: list[str], rows: list[list[Cell]]) -> None:
    if rows:
        page.heading(3, title)
    page.table(head, rows)


def _field(value: Any, field: _Data) -> list[Cell]:
    if isinstance(value, list):
        lines = [_item(item) for item in value]
    elif isinstance(value, dict):
        lines = [f"{key}: {brief(part)}" for key, part in value.items()]
    else:
        lines = [brief(value)]
    means = [field["means"]] if field["means"] else []
    return [field["key"], lines, [*means, *field["clauses"]]]


def _item(item: Any) -> str:
    if not isinstance(item, dict):
        return brief(item)
    return "; ".join(f"{key}: {brief(part)}" for key, part in item.items())


def _said(one: _Data, raw: _Data) -> list[Cell]:
    """Its id and whether it counts, what it is for, who said it and when, and how surely that is theirs."""
    gone = raw.get("withdrawn")
    ended = [f"withdrawn {_day(gone)} by {gone['by']}: {gone['reason']}"] if gone else []
    behalf = [f"recorded by {raw['recorded-by']}"] if "recorded-by" in raw else []
    seen = [f"seen {raw['seen']}"] if "seen" in raw else []
    clock = ["its day was set by hand"] if "clock" in raw else []
    level = one["assurance"]
    landed = [Mono(one["landed_in"][:12])] if one["landed_in"] else ["it has no commit here"]
    return [
        [Mono(one["id"]), *ended],
        [one["requirement"], *one["clauses"]],
        [f"{raw['by']}, {one['day']}", *behalf, *seen, *clock],
        [f"{level}: {LEVELS[level]}" if level else "nobody can say", *landed],
    ]


def _day(raw: _Data) -> str:
    return str(raw["at"])[:10]


def _evidence(one: _Data, raw: _Data) -> Cell:
    place = [Mono(raw["ref"])] if "ref" in raw else []
    sum_ = [Mono(raw["digest"])] if "digest" in raw else []
    until = [f"may be relied on until {raw['valid-until']}"] if "valid-until" in raw else []
    outcome = f" ({raw['outcome']})" if "outcome" in raw else ""
    words = [raw["summary"]] if "summary" in raw else []
    return [f"{raw['kind']}{outcome}", *words, *place, *sum_, one["stands"], *until]


def _approval(one: _Data, raw: _Data) -> Cell:
    why = [f"because: {raw['reason']}"] if "reason" in raw else []
    bound = one["parted"] or ["bound to what still stands as it was"]
    signed = [f"signature {one['signature']}"] if one["signature"] else ["not signed"]
    return [f"{raw['decision']} as {raw['role']}", *why, *bound, *signed]


def _waiver(_one: _Data, raw: _Data) -> Cell:
    return [f"as {raw['role']}, until {raw['until']}", f"because: {raw['reason']}"]


def _scores(_one: _Data, raw: _Data) -> Cell:
    return [f"{name}: {_mark(mark)}" for name, mark in raw["marks"].items()]


def _mark(mark: _Data) -> str:
    why = f" ({mark['why']})" if "why" in mark else ""
    return f"{mark.get('score', 'does not apply')}{why}"


def _acknowledged(_one: _Data, raw: _Data) -> Cell:
    return [
        f"{raw['party']}{': ' + raw['answer'] if 'answer' in raw else ''}",
        *([raw["text"]] if "text" in raw else []),
    ]


def _signed(_one: _Data, raw: _Data) -> Cell:
    how = [raw[key] for key in ("capacity", "method") if key in raw]
    return [", ".join([raw["party"], *how]), Mono(raw["document"])]


#: The lists of statements, each with its title, the head of its last column, and what stands there.
_LISTS = {
    "evidence": ("Evidence", "What was shown", _evidence),
    "approvals": ("Decisions", "What was decided, and whether that still binds", _approval),
    "waivers": ("Waivers", "As what, until when, why", _waiver),
    "scores": ("Scores", "Marks", _scores),
    "acknowledgements": ("Acknowledgements", "Who, and what", _acknowledged),
    "signatures": ("Signatures", "Who, and which document", _signed),
}


def _moves(one: _Data) -> Iterator[list[Cell]]:
    for move in one["moves"]:
        way = f"{move['from']} \u2192 {move['to']}" if move["from"] else move["to"]
        because = [f"because: {move['reason']}"] if move["reason"] else []
        changed = ["the policy demands otherwise here now: it was judged by what was demanded that day"]
        seal = [Mono(f"{name} {digest}") for name, digest in move["seal"].items()]
        asked = [line for met in move["gate"] for line in _met(met)]
        yield [
            [f"{move['seq']}. {move['type']}: {way}", f"{move['day']} by {move['by']}", *because, Mono(move["id"])],
            [*asked, *(changed if move["demands_changed"] else []), *seal],
            list(_landed(move)),
        ]


def _met(met: _Data) -> list[str]:
    by = [*met["statements"], *met["records"]] or ["the record itself"]
    return [f"{met['title'] or met['requirement']} ({', '.join(met['clauses'])}): {', '.join(by)}"]


def _landed(move: _Data) -> Iterator[str | Mono]:
    if move["commit"] is None:
        yield "no commit brought it"
        return
    yield Mono(move["commit"])
    yield Mono(move["landed"])
    yield f"{'witnessed' if move['witnessed'] else 'claimed: it landed over a day later'}; {LEVELS[move['assurance']]}"
    if move["voided_by"]:
        yield f"voided: it never counted (entry {move['voided_by']})"
    yield "by the rules" if not move["broke"] else f"broke: {', '.join(move['broke'])}"


def _listed(one: _Data) -> list[Cell]:
    told = "nothing wrong" if one["proven"] else "see the findings"
    return [Mono(one["id"]), one["kind"], one["name"], one["stage"], one["belongs_to"] or "", told]


def _rules(page: Paper, data: _Data) -> None:
    page.heading(2, "The rules in force")
    for one in data["policies"]:
        version = f", version {one['version']}" if one["version"] else ""
        page.heading(3, f"{one['policy']}: {one['title']}{version}")
        pack = one["pack"]
        taken = [("Taken from", Mono(f"{pack['pack']} {pack['version']} {pack['digest']}"))] if pack else []
        page.table([], [("File", Mono(one["file"])), ("What it says (c1)", Mono(str(one["canonical"]))), *taken])
        page.table(
            ["Clause", "Our title for its section"], [(each["clause"], each["title"] or "") for each in one["clauses"]]
        )
    page.table(["Rule file", "SHA-256"], [(Mono(one["file"]), Mono(str(one["digest"]))) for one in data["rules"]])


def _people(page: Paper, people: list[_Data]) -> None:
    page.heading(2, "Who is named")
    page.line("People stand here by opaque ids; by name only those who agreed to that before such readers.")
    rows = [
        (
            Mono(one["id"]),
            one["name"] or "",
            [f"{held['role']} from {held['from']}{_until(held)}" for held in one["roles"]] or ["no role on the roster"],
        )
        for one in people
    ]
    page.table(["Person", "Name", "Roles"], rows)


def _until(held: _Data) -> str:
    return f" until {held['until']}" if held["until"] else ""


def _words(page: Paper) -> None:
    page.heading(2, "What the words mean")
    page.table([], [*GLOSSARY.items(), *(("known by: " + name, means) for name, means in LEVELS.items())])


def _checks(page: Paper, checks: list[_Data]) -> None:
    page.heading(2, "How to check it without partnerkit")
    for one in HOW_TO_CHECK:
        page.line(one)
    page.table(
        ["What", "Command, and the first word that it prints"],
        [(one["what"], [Mono(one["command"]), Mono(one["prints"])]) for one in checks],
    )
