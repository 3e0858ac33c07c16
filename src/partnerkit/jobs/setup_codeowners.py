"""CODEOWNERS from the roster and the policies: whom a forge asks to look at a change, by the file that changes.

A forge knows files and people, not stages and requirements: one owner is enough for it, and the policy may want three.
So this only asks the right people; whether the change is legal is for `partnerkit check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.overruled_owners import overruled
from partnerkit.jobs.pieces import Block, Written, keep, said
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.problems import did_you_mean
from partnerkit.policies.policy import Policy
from partnerkit.policies.reach import kinds_needing
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH, Register
from partnerkit.store.disk.paths import look
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.layout import JUDGING, OWNERS
from partnerkit.store.record_paths import RECORDS

_COMMAND = "partnerkit setup codeowners"
#: A heading of GitLab's, below which lines are its section's until the next; what others make of it is harmless.
_SECTION = "[partnerkit]"
_SECTIONS = re.compile(r"^\^?\[[^\]\n]+\]", re.MULTILINE)
_TEAM = re.compile(r"^# team ([a-z0-9-]+)=(\S+)$", re.MULTILINE)
_OWNER = re.compile(r"@[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*\Z")


def codeowners(desk: Desk, teams: list[str], *, check: bool) -> Written:
    """Write the owners of records and rules; whatever else the file says stays.

    Args:
        desk: where and when.
        teams: `role=@team` or `role=@user` of the forge, to be asked instead of addresses; kept in the file until
            `role=` takes it out.
        check: whether to write nothing.

    Raises:
        CannotWorkError: there is no register here.
        WrongCallError: a team is not written as one, or is of a role that no policy knows.
    """
    register = desk.working_tree().demand()
    tree = WorkingTree(desk.git)
    there = {path: said(look(desk.git.root, path))[0] or "" for path in _read_by_forges(tree)}
    known = dict(_TEAM.findall("".join(there.values())))
    known |= dict(_given(register, one, known) for one in teams)
    known = {role: owner for role, owner in known.items() if owner}
    text = "".join(f"{line}\n" for line in _lines(register, known, desk.today(register), list(there)))
    blocks = [Block(path, _heading(path, old) + text, _COMMAND) for path, old in there.items()]
    done = keep(desk, blocks, check=check)
    told = [] if done.findings else [found for block in blocks for found in _overruled(desk, block)]
    return Written(done.changed, [*done.findings, *told, *_unowned(register)])


def _overruled(desk: Desk, block: Block) -> Iterator[Finding]:
    """Lines below ours that win over them, as far as they take away somebody whom ours ask."""
    text = said(look(desk.git.root, block.path))[0] or ""
    ours = block.text.splitlines()
    if block.standing(text) != "same":
        return
    named = [line.split()[0].removeprefix("/") for line in ours if line.startswith("/")]
    there = WorkingTree(desk.git).files(RECORDS)
    paths = [*(f"{one}any.yaml" if one.endswith("/") else one for one in named), *there]
    for number, line, path in overruled(text, ours, block.last_line, paths):
        message = f"{block.path} asks others about {path}: `{line}` stands below partnerkit's lines, and the last wins"
        mend = f"put that line above partnerkit's in {block.path}; {_COMMAND} --check"
        yield Finding("setup-changed-by-hand", message, file=block.path, line=number, mend=mend)


def _unowned(register: Register) -> Iterator[Finding]:
    if not register.settings.trust.who_changes("register"):
        message = "nobody is named who may change the rules, so nobody is asked about what judges, nor about this file"
        mend = f"name roles at trust.rules-changed-by.register in {SETTINGS_PATH} (docs/ci.md), then {_COMMAND}"
        yield Finding("rules-unowned", message, file=SETTINGS_PATH, line=1, mend=mend, severity="warning")


def _read_by_forges(tree: WorkingTree) -> list[str]:
    """The files that forges take; where there is none yet, the one that all of them find."""
    there = {path for places in OWNERS for path in places if tree.read(path) is not None}
    read = (next((path for path in places if path in there), None) for places in OWNERS)
    return sorted({path for path in read if path is not None}) or ["CODEOWNERS"]


def _heading(path: str, there: str) -> str:
    """A section of our own where a file has sections: our lines would be part of a person's last one."""
    sections = set(_SECTIONS.findall(there)) - {_SECTION}
    return f"{_SECTION}\n" if sections or path.startswith(".gitlab/") else ""


def _given(register: Register, word: str, known: Mapping[str, str]) -> tuple[str, str]:
    """A role and who is asked for it; nobody, where that is to be taken out: also of a role that is gone."""
    role, equals, owner = word.partition("=")
    if equals and not owner and role in known:
        return role, ""
    roles = sorted({one for source in register.policies.values() for one in source.policy.roles})
    if role not in roles:
        raise WrongCallError(f"no policy here knows a role {role!r}{did_you_mean(role, roles)}", ", ".join(roles))
    if equals and not owner:
        teams = ", ".join(sorted(known))
        raise WrongCallError(f"no team is named for {role}", f"teams are named for: {teams}" if teams else None)
    if _OWNER.match(owner) is None:
        raise WrongCallError(f"{owner!r} is no team or user of a forge", f"--team {role}=@organisation/team")
    return role, owner


def _lines(register: Register, teams: Mapping[str, str], today: date, written: list[str]) -> Iterator[str]:
    yield "# Who is asked to look; whether a change is legal is said by `partnerkit check` (docs/ci.md)."
    yield from (f"# team {role}={owner}" for role, owner in sorted(teams.items()))
    rules = register.settings.trust
    paths = {f"/{RECORDS}{model.folder}/": _deciding(register, kind) for kind, model in KINDS.items()}
    for path in (*JUDGING, *written):
        paths[f"/{path}"] = set(rules.who_changes("register"))
    paths[f"/{POLICIES_FOLDER}"] = set(rules.who_changes("policies"))
    paths[f"/{ROSTER_PATH}"] = set(rules.who_changes("people"))
    paths[f"/{SETTINGS_PATH}"] = set(rules.who_changes("register"))
    for path, roles in paths.items():
        owners = sorted({one for role in roles for one in _owners(register, role, teams, today)})
        if owners:
            yield f"{path} {' '.join(owners)}"


def _deciding(register: Register, kind: str) -> set[str]:
    """The roles that decide anything on records of a kind, under any policy in force."""
    return {role for one in register.policies.values() for role in _roles(one.policy, kind)}


def _roles(policy: Policy, kind: str) -> Iterator[str]:
    for name, requirement in policy.requirements.items():
        if requirement.approval is not None and kind in kinds_needing(policy, name):
            role: str | None = policy.value(requirement.approval.role)
            if role is not None:
                yield role


def _owners(register: Register, role: str, teams: Mapping[str, str], today: date) -> list[str]:
    """A team where one is known, else the addresses by which git knows those who hold the role, for whatever scope."""
    if role in teams:
        return [teams[role]]
    people = register.roster.people.values()
    holding = (one for one in people if any(held.role == role and held.on(today) for held in one.roles))
    return [one.emails[0] for one in holding if one.emails]
