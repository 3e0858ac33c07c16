"""Every command: where it lives, on which help panel, its line of help. Nothing is imported until it is run."""

from __future__ import annotations

from partnerkit.tuples import NamedTuple


class Row(NamedTuple):
    """One command."""

    module: str
    panel: str
    help: str


EVERY_DAY, MORE, SETUP = "Every day", "More", "Setup"

COMMANDS: dict[str, Row] = {
    "today": Row("today", EVERY_DAY, "What is late, due, coming up, or waiting for whom"),
    "new": Row("new", EVERY_DAY, "Make a record: a partnership, an agreement, a review, a risk, a case"),
    "show": Row("show", EVERY_DAY, "Show a record, now or as it was"),
    "gates": Row("gates", EVERY_DAY, "What the next stage needs: met, missing, who, the command"),
    "add": Row("add", EVERY_DAY, "Add what a requirement asks for, or a line of a log"),
    "approve": Row("approve", EVERY_DAY, "Record a decision, your own or somebody's"),
    "advance": Row("advance", EVERY_DAY, "Move records to their next stage, if everything demanded is there"),
    "set": Row("set", EVERY_DAY, "Set fields of a record"),
    "undo": Row("undo", EVERY_DAY, "Take back what the latest commit did to records, or one entry"),
    "sync": Row("sync", EVERY_DAY, "Take what others sent, make what is yours again on it, send it"),
    "list": Row("list", MORE, "List records"),
    "log": Row("log", MORE, "How a record got where it is, in order of time"),
    "diff": Row("diff", MORE, "What a change means, for whoever reviews it: in the terminal, or for the pull request"),
    "why": Row("why", MORE, "Why a record stands there, what a finding means, what implements a clause"),
    "waive": Row("waive", MORE, "Waive a requirement, where the policy allows it"),
    "match": Row("match", MORE, "Who could learn with whom: proposed, proven, explained, accepted by a person"),
    "person": Row("person", MORE, "People: the roster, who is behind an id, forgetting"),
    "policy": Row("policy", MORE, "What the policies say, and what nobody has decided yet"),
    "check": Row("check", MORE, "Judge what changed, and everything that stands"),
    "audit": Row("audit", MORE, "Prove from git alone that every record got where it is by the rules of that day"),
    "import": Row("import", MORE, "Take records in from a spreadsheet: a map, a dry run, one commit"),
    "export": Row("export", MORE, "Files for others: a site, a dossier, a calendar, a database, tables"),
    "doc": Row("doc", MORE, "Make a document of a record: an agreement, a decision letter, a notice, thanks"),
    "fmt": Row("fmt", MORE, "Tidy hand-edited record files"),
    "init": Row("init", SETUP, "Make a register in this repository"),
    "demo": Row("demo", SETUP, "Build a register to play with, and see what partnerkit does"),
    "doctor": Row("doctor", SETUP, "Look after git, identity and what an interrupted command left"),
    "setup": Row("setup", SETUP, "What stands around a register: for CI, editors, git, owners; the private place"),
}
