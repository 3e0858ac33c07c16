"""Make a register: who it belongs to, which policies it has, and who is on the roster. The first commit is genesis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partnerkit.dataclass import dataclass, field
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.policy_taking import of_file
from partnerkit.jobs.schemas import schema_files
from partnerkit.kinds import modelled
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.problems import did_you_mean, problems
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from partnerkit.kinds.week import zone_of
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH, PolicyFile
from partnerkit.rules.filling import needed
from partnerkit.store import packs
from partnerkit.store.commit.atomic import commit, writing
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.policy_reading import read_policy_text
from partnerkit.store.rule_files import read_rules
from partnerkit.store.yaml.editor import render

_ATTRIBUTES = """\
# Records are kept byte for byte: their digests are taken from what git holds.
records/** -text -filter -ident -working-tree-encoding
"""
_IGNORE = "private/\n"


@dataclass(frozen=True, slots=True)
class Given:
    """A policy that a register takes in, and the text of its file there."""

    source: PolicyFile
    text: str


def given_policies(words: list[str]) -> dict[str, Given]:
    """The policies named, by id: shipped packs, or policy files of one's own.

    Raises:
        WrongCallError: no such pack or file.
        Refused: the file is no policy, or contradicts itself; says where.
    """
    found = [_given(word) for word in words]
    return {one.source.policy.policy: one for one in found}


def _given(word: str) -> Given:
    if word in packs.names():
        return Given(packs.load(word), packs.for_register(word))
    text = of_file(word)
    return Given(read_policy_text(text, word), text)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new register is to be.

    Attributes:
        name: whose register it is.
        time_zone: where its days begin.
        policies: the policies it takes in by id, the first being the default of every kind it has a lifecycle for.
        person: the id of whoever makes it.
        roles: the roles that they hold from today on.
        separation: whether deciders must be others than proposers.
        shared: shared mailboxes.
    """

    name: str
    time_zone: str
    policies: Mapping[str, Given]
    person: str
    roles: list[str]
    separation: str = "require"
    shared: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Made:
    """A register that was made: its genesis commit, the digest to pin, its files, the line for its first record."""

    commit: str
    trust_root: str
    paths: list[str]
    first: str


def init(desk: Desk, plan: Plan) -> Made:
    """Make the register in this repository, as one commit.

    Raises:
        WrongCallError: an unknown role or time zone.
        CannotWorkError: there is a register already, or git has no identity.
    """
    if SETTINGS_PATH in WorkingTree(desk.git).files("records/"):
        raise CannotWorkError(f"there is a register here already ({SETTINGS_PATH})", "partnerkit list")
    email = desk.git.identity().email
    sources = {name: one.source for name, one in plan.policies.items()}
    settings = _settings(plan, sources)
    desk.place_day(zone_of(plan.time_zone))
    desk.demand_present()
    roster = _roster(desk, plan, email, sources)
    changes = {
        SETTINGS_PATH: render(settings, file=SETTINGS_PATH).encode(),
        ROSTER_PATH: render(roster, file=ROSTER_PATH).encode(),
        **{f"{POLICIES_FOLDER}{name}.yaml": one.text.encode() for name, one in plan.policies.items()},
        **{path: text.encode() for path, text in schema_files(sources, Roster.model_validate(roster)).items()},
        **_surroundings(desk),
    }
    root = read_rules(changes, lambda paths: {path: changes[path] for path in paths}).trust_root
    subject = f"register: {plan.name} begins under {', '.join(plan.policies)}"
    with writing(desk.git):
        skipped = "" if desk.verify else "Partnerkit-Hooks: skipped\n"
        message = f"{subject}\n\ntrust root: {root}\n\nPartnerkit-Command: init\n{skipped}"
        oid = commit(desk.git, desk.git.head(), changes, message, verify=desk.verify)
    return Made(oid, root, sorted(changes), _first(settings["policies"]["default"], sources))


def _first(default: Mapping[str, str], sources: Mapping[str, PolicyFile]) -> str:
    """The line that makes a first record, of a kind that belongs to no other and that the policies have."""
    kind = next((one for one in default if KINDS[one].subject is None), None)
    if kind is None:
        return "partnerkit policy list"
    fields = [f" {key}=<{key}>" for key in needed(sources[default[kind]].policy, kind)]
    return f'partnerkit new {kind} "<{KINDS[kind].named_by}>"{"".join(fields)}'


def _surroundings(desk: Desk) -> dict[str, bytes]:
    """Attributes and ignored places, added to what is there."""
    tree = WorkingTree(desk.git)
    found: dict[str, bytes] = {}
    for path, wanted in ((".gitattributes", _ATTRIBUTES), (".gitignore", _IGNORE)):
        old = (tree.read(path) or b"").decode(errors="replace")
        if wanted.splitlines()[-1] not in old.splitlines():
            found[path] = (old + ("\n" if old and not old.endswith("\n") else "") + wanted).encode()
    return found


def _roster(desk: Desk, plan: Plan, email: str, sources: Mapping[str, PolicyFile]) -> dict[str, Any]:
    known = sorted({role for source in sources.values() for role in source.policy.roles})
    for role in plan.roles:
        if role not in known:
            message = f"no policy here knows a role {role!r}{did_you_mean(role, known)}"
            raise WrongCallError(message, f"the roles: {', '.join(known)}")
    today = desk.now.astimezone(desk.zone).date().isoformat()
    roles = [{"role": role, "from": today} for role in plan.roles]
    data: dict[str, Any] = {"format": 1, "people": {plan.person: {"emails": [email], "roles": roles}}}
    data |= {"shared-mailboxes": plan.shared} if plan.shared else {}
    return _checked(data, Roster)


def _settings(plan: Plan, sources: Mapping[str, PolicyFile]) -> dict[str, Any]:
    default = {
        kind: next(name for name in plan.policies if kind in sources[name].policy.lifecycles)
        for kind in KINDS
        if any(kind in source.policy.lifecycles for source in sources.values())
    }
    data: dict[str, Any] = {
        "format": 1,
        "name": plan.name,
        "time-zone": plan.time_zone,
        "policies": {"allowed": list(plan.policies), "default": default},
        "trust": {"separation-of-duties": plan.separation},
        "private": "private",
    }
    return _checked(data, Settings)


def _checked(data: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    try:
        model.model_validate(data)
    except modelled.ValidationError as error:
        raise WrongCallError(problems(error, model)[0].message) from error
    return data
