"""The command lines that findings and gates offer, and the placeholders in them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from partnerkit.kinds.statements import Statement
from partnerkit.pattern import pattern
from partnerkit.policies.policy import Policy

#: Every placeholder that an offered command may hold, with its meaning. `<field.path>` stands for a value of that
#: field; in a line that makes a record of another kind it is `<kind.field>`, as `<risk.type>`.
PLACEHOLDERS: dict[str, str] = {
    "file-or-link": "a file to be taken up by its digest, or a link",
    "file": "a file to be read, such as the new version of a policy",
    "document": "the file of the document itself",
    "answer": "one of the answers that the policy knows, as the refusal lists them",
    "outcome": "pass, conditions, fail, done or not-needed",
    "summary": "one sentence, without names of people",
    "scores": "a YAML file of marks, made by `partnerkit add ID REQUIREMENT --form`",
    "seen": "where the decision can be seen: minutes, a mail, a link",
    "pull-request": "the address of the pull request in which somebody decided",
    "reason": "why, in a sentence",
    "reference": "where something is kept, a space, and sha256: with the digest of its bytes, as sha256sum prints it",
    "title": "a title for the new record",
    "value": "the value that the organisation has decided on",
    "role": "a role of the policy",
    "person": "the id of a person",
    "party": "the id of a party of the agreement",
    "email": "the e-mail address of a person's commits",
    "key-file": "the file of an SSH public key, such as ~/.ssh/id_ed25519.pub",
    "day": "a day as YYYY-MM-DD",
    "id": "the id of a record",
    "case": "the id of the case in which a change of the policy is decided",
    "stage": "a stage of the record's lifecycle",
}

#: How a line asks for a reason.
WHY = ("--reason", "<reason>")

#: How a line begins that brings a file back as it was in an earlier commit: what is edited in it goes.
FROM_BEFORE = "git restore --source="

_PLACEHOLDER = pattern(r"<([a-z][a-z0-9.-]*)>\Z")
_MATCHES = pattern(r"^:|[*?\[\\]")
_BARE = pattern(r"[\w./:@%+=,-]*(<[a-z.-]+>)?\Z", re.ASCII)


def quoted(word: str) -> str:
    """A word as a shell must see it; placeholders stay as they are.

    What a terminal would not show as it is (a line break, what turns text round, bytes that are no UTF-8) is written by
    the numbers of its bytes, as bash, zsh and ksh read them: the line works where it is pasted.
    """
    if word and _BARE.match(word):
        return word
    if not word.isprintable():
        return f"$'{''.join(_by_number(char) for char in word)}'"
    return "'" + word.replace("'", "'\"'\"'") + "'"


def _by_number(char: str) -> str:
    if char.isprintable() and char not in "'\\":
        return char
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))


def pathspec(path: str) -> str:
    """A file as git must see it behind `--`: that file, and none that its name would match."""
    return quoted(f":(literal){path}" if _MATCHES.search(path) else path)


def withdrawing(record: str, said: Statement) -> str:
    """The line that withdraws a statement, such as a piece of evidence."""
    return line("add", record, said.requirement, f"withdraw={said.id}", *WHY)


def as_it_was(commit: str | None, path: str) -> str:
    """The lines that put a file back as it was before the commit that changed it."""
    return f"{_restored(path, (commit or '')[:12] + '~1')} && git commit -m 'As it was'"


def as_committed(path: str, commit: str | None = None) -> str:
    """The line that takes back what was done to a file and has not landed: as the last commit has it, or another."""
    return _restored(path, commit[:12] if commit is not None else None)


def _restored(path: str, commit: str | None) -> str:
    source = "" if commit is None else f"--source={commit} "
    return f"git restore {source}--staged --worktree -- {pathspec(path)}"


def put_aside(mend: str, paths: Iterable[str]) -> str:
    """A mend, with what was edited in these files put aside before a line brings back what they were earlier."""
    found = mend
    for path in paths:
        back = re.compile(rf"{FROM_BEFORE}\S+ --staged --worktree -- {re.escape(pathspec(path))}(?=[ ;]|\Z)")
        aside = f"git stash push -- {pathspec(path)} && ".replace("\\", r"\\")
        found = back.sub(rf"{aside}\g<0>", found)
    return found if found == mend else f"{found}; git stash pop brings back what was edited there and not committed"


def moved(path: str, to: str) -> str:
    """The lines that move a file of records, whether or not git knows it yet."""
    folder = to.rpartition("/")[0]
    made = f"mkdir -p {quoted(folder)} && " if folder != path.rpartition("/")[0] else ""
    return f"{made}git add -- {pathspec(path)} && git mv -- {quoted(path)} {quoted(to)}"


def as_it_began(mend: str, base: str, paths: Iterable[str]) -> str:
    """What to do, where a branch committed it: HEAD holds it already, and files come back from where the branch began.

    Args:
        mend: what to do where nothing is committed.
        base: the commit in which the branch began.
        paths: the files that the branch changed and that were there then.
    """
    return functools.reduce(lambda said, path: said.replace(as_committed(path), as_committed(path, base)), paths, mend)


def log_of(*paths: str) -> str:
    """The line that shows what files were."""
    return f"git log -p -- {' '.join(pathspec(path) for path in paths)}"


def line(*words: str) -> str:
    """A command line of partnerkit."""
    return " ".join(["partnerkit", *(quoted(word) for word in words)])


def correcting(record_id: str) -> str:
    """The line that puts back what was altered in a record."""
    return line("undo", record_id, "--correct", *WHY)


def placeholders(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value that is a placeholder of an offered line, with the path of keys where it stands."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from placeholders(part, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list):
        for part in value:
            yield from placeholders(part, place)
    elif isinstance(value, str) and (found := _PLACEHOLDER.match(value)) and _is_of(found[1], place):
        yield place, value


def _is_of(name: str, place: str) -> bool:
    """Whether a placeholder is a documented one, or that of the field in which it stands."""
    return name in PLACEHOLDERS or name.rpartition(".")[2] == place.rpartition(".")[2]


def meant_by(place: str, text: str) -> str:
    """What is to be done about a placeholder that was typed as it was offered."""
    what = PLACEHOLDERS.get(text.strip("<>"), f"the value of {place}")
    return f"put the thing itself in its place: {what}"


def reaffirming(policy: Policy, seen: str = "<seen>", due: date | None = None) -> str:
    """The command line that records a policy's own review; the day of the next is asked where no rhythm gives it."""
    day = due.isoformat() if due is not None else "<day>" if policy.review_every is None else None
    again = () if day is None else ("--next", day)
    return line("policy", "reaffirm", policy.policy, "--seen", seen, *again, *_in_case(policy))


def setting(policy: Policy, variable: str, value: str = "<value>") -> str:
    """The command line that sets what a policy leaves open."""
    return line("policy", "set", policy.policy, f"{variable}={value}", "--seen", "<seen>", *_in_case(policy))


def migrating(policy: Policy, *words: str, file: str = "<file>") -> str:
    """The command line that brings a new version of a policy, with more words such as where records go."""
    if policy.amended_by is not None:
        return line("policy", "amend", "<case>", "--from", file, *words)
    return line("policy", "migrate", policy.policy, "--from", file, *words, *WHY)


def _in_case(policy: Policy) -> tuple[str, ...]:
    """Where a change of the policy is decided, if it says so."""
    return ("--amendment", "<case>") if policy.amended_by is not None else ()
