"""Every command with words that make it say what it can, and what must never be in that. All people are invented."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from typer._click import Command, Context

from partnerkit.cli.app import command
from partnerkit.jobs.seeing import LEVELS
from partnerkit.kinds.classified import Classification
from tests.place import Place

#: What stands in each place, in whatever letters: it is looked for in all that is said and written.
PRIVATE, CONFIDENTIAL, RESTRICTED = "privcanary", "confcanary", "restcanary"

CONTACTS = """format: 1
people:
  {one}:
    name: Privcanary Ottoline
    aliases: [Privcanaryling]
    emails: [privcanary@home.example]
    contacts: {{phone: "+49 30 privcanary"}}
  {other}:
    name: Sigrun Agreed
    aliases: [Privcanarina]
    consent: {{before: internal, "on": 2026-01-05, seen: forms/privcanary}}
"""

FIELDS = """  partnership:
    walk-away:
      type: text
      clause: §9.2.1
      title: At what price it would be left.
      classification: restricted
    doubts:
      type: text
      clause: §9.2.1
      title: What speaks against it.
      classification: confidential
"""


@dataclass(frozen=True)
class Run:
    """One way to run a command.

    Attributes:
        words: what is typed after the command.
        code: how it ends.
        pool: whether it is run where mentors and mentees are matched; else where a partnership is.
    """

    words: str = ""
    code: int = 0
    pool: bool = False


def of(*words: str, code: int = 0, pool: bool = False) -> list[Run]:
    return [Run(one, code, pool=pool) for one in words]


#: Commands that say nothing of any register that is there.
NOTHING_OF_IT = {
    "demo": "it makes a register of its own, in which nobody is known",
}

#: What is made for people who do not work in the register: nothing above the level that was asked for is in it.
FOR_READERS = {"export dossier"}

#: What is made for them too, once it is there: then it belongs above.
TO_COME = {"export site", "export calendar", "export sqlite", "doc"}

#: Each with how it is run. Files go into {out}; into {read} what is made for readers; into {who} what says who somebody
#: is, to whoever asked for just that.
RUNS: dict[str, list[Run]] = {
    "today": of("", "--within P2Y --person p-rosa"),
    "list": of("", "partnership --columns id,name,doubts,walk-away", "risk --by stage"),
    "show": of("acme", "acme --as-of HEAD~1", "confcanary-deal"),
    "gates": of("acme", "confcanary-deal"),
    "log": of("acme", "acme doubts", "confcanary-deal"),
    "diff": of("HEAD~4", "HEAD~2 HEAD"),
    "why": of("acme", "stage-edited", "'§9.2.1'", "due-diligence"),
    "check": [*of(""), *of("--base HEAD~5 --head HEAD", code=1)],
    "audit": of("", "acme --since HEAD~4", "--as-of HEAD~1"),
    "doctor": of("", code=3),
    "export csv": of("partnership", "partnership --out {out}/partnerships.csv"),
    "export json": of("", "--out {out}/records.json"),
    "export ndjson": of(""),
    "export audit": of("", "--out {out}/audit.html"),
    "export sheet": of("--next", "due-diligence --out {out}/asked.csv"),
    "export person": of("p-rosa --out {who}/rosa.md", "p-rosa --out {who}/rosa.json"),
    "export dossier": [
        *of("acme", "acme --out {read}/acme.html --evidence {read}/evidence", "acme --as-of HEAD~1"),
    ],
    "person show": of("", "p-rosa", "p-jonas"),
    "policy show": of("", "OPS-05-03"),
    "policy coverage": of("OPS-05-03"),
    "policy gaps": of("OPS-05-03"),
    "policy figures": of("OPS-05-03"),
    "policy diff": of("OPS-05-03"),
    "policy graph": of("OPS-05-03 partnership"),
    "new": of("risk 'They are late' of=acme type=operational"),
    "set": of("acme website=https://acme.example"),
    "add": of("acme partnership-proposal https://files.example/again"),
    "undo": of(""),
    "approve": of("acme final-decision", code=1),
    "waive": of("acme due-diligence --reason 'Known for years' --until 2026-12-31", code=1),
    "advance": of("acme", code=1),
    "fmt": of("--check records/partnerships"),
    "sync": of("", code=3),
    "import": of("{out}/new.csv", "{out}/new.csv --map {out}/map.yaml"),
    "person add": of("p-nils --email nils@lighthouse.example --role core-team"),
    "person set": of("p-nils --email nils@elsewhere.example"),
    "person role": of("p-nils legal-reviewer"),
    "person end": of("p-nils legal-reviewer"),
    "person name": of("--from {out}/names.csv"),
    "person forget": of("--person p-rosa --reason 'Their own request' --out {who}/taken-out.txt"),
    "policy set": of("OPS-05-03 notice=P60D --seen minutes/1.md"),
    "policy add": of("MANDALA-PCP"),
    "policy reaffirm": of("OPS-05-03 --seen minutes/2.md --next 2027-01-01"),
    "policy upgrade": of("OPS-05-03"),
    "policy migrate": of("OPS-05-03", code=2),
    "policy amend": of("acme", code=2),
    "init": of("--name Again --policy OPS-05-03 --person p-rosa --role core-team", code=3),
    "setup schemas": of(""),
    "setup hooks": of(""),
    "setup ci": of("--forge github --from partnerkit==1.0"),
    "setup editor": of(""),
    "setup git": of(""),
    "setup codeowners": of(""),
    "setup private": of("", "--check"),
    "match propose": of("formal --cycle 2026-spring --out {out}/proposal.json", pool=True)
    + of("formal --cycle 2026-spring", pool=True),
    "match verify": of("", pool=True),
    "match explain": of("", "t-max", pool=True),
    "match accept": of(
        "t-max personality-match=70 'success-metrics=60: they agree' --interests 'Nobody who decides has one'",
        pool=True,
    ),
    "match reject": of("t-eve --reason Later", pool=True),
}


def leaves() -> dict[str, Command]:
    """Every command that can be run, by its words."""
    root = command()
    return dict(_below(root, Context(root, info_name="partnerkit")))


def _below(one: Command, context: Context, *words: str) -> Iterator[tuple[str, Command]]:
    inner = getattr(one, "list_commands", None)
    if inner is None:
        yield " ".join(words), one
        return
    for name in inner(context):
        found = one.get_command(context, name)  # type: ignore[attr-defined]  # it has those that it lists
        yield from _below(found, Context(found, info_name=name, parent=context), *words, name)


def every() -> Iterator[tuple[str, list[str], Run, Classification]]:
    """Every way to run every command, with its words; what takes somebody out of it last."""
    for name, one in sorted(leaves().items(), key=lambda each: list(RUNS).index(each[0]) if each[0] in RUNS else -1):
        for words, run, level in ways(name, one) if name in RUNS else ():
            yield name, words, run, level


def ways(name: str, one: Command) -> Iterator[tuple[list[str], Run, Classification]]:
    """Every run of a command, the first in each of its formats and for readers of each level; what writes last."""
    options = {option: each for each in one.params for option in each.opts}
    dry = ["--dry-run"] if "--dry-run" in options else []
    forms: list[list[str]] = [["--json", *dry]] if "--json" in options else []
    if "--format" in options:
        told = str(getattr(options["--format"], "help", "")).partition(".")[0]
        forms = [["--format", word] for word in re.split(r", | or ", told)]
    for index, run in enumerate(RUNS[name]):
        typed = [*name.split(), *shlex.split(run.words)]
        for form in forms if index == 0 else ():
            yield [*typed, *form], run, "internal"
        for level in LEVELS if "--classification" in options and index == 0 else ():
            yield [*typed, "--classification", level], run, level
        yield typed, run, "internal"


def planted(place: Place, one: str, other: str) -> Place:
    """A private place in which two people are known, one of whom agreed to be named; and files beside that."""
    place.do("setup", "private")
    folder = place.root / "private"
    (folder / "contacts.yaml").write_text(CONTACTS.format(one=one, other=other), encoding="utf-8")
    (folder / "privcanary.md").write_text("A reference for privcanary, to be kept private\n", encoding="utf-8")
    return place


def classified(place: Place) -> Place:
    """A register that may hold what is restricted, and does: in two fields, and in a record of its own."""
    settings = place.root / "records" / "register.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}classification: restricted\n", encoding="utf-8")
    policy = place.root / "records" / "policies" / "OPS-05-03.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("  partnership:\n", FIELDS, 1), encoding="utf-8")
    place.git("commit", "-qam", "What the register may hold", "--no-verify")
    place.do("set", "acme", "walk-away=Above 4000 restcanary a year", "doubts=They confcanary too much")
    deal = ("classification=confidential", "id=confcanary-deal", "type=operational")
    place.do("new", "risk", "A confcanary deal", "of=acme", *deal)
    return place
