"""Look after the surroundings: git, identity, interrupted commands, files that git would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerkit.errors import PartnerkitError
from partnerkit.jobs.chosen import shortened
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.expressions import expressions_left
from partnerkit.jobs.point import Point
from partnerkit.jobs.private_standing import standing
from partnerkit.jobs.schemas import out_of_step, schema_files
from partnerkit.register import SETTINGS_PATH, Register
from partnerkit.rules.commands import quoted
from partnerkit.rules.keeping import those_with
from partnerkit.rules.signed import NEEDED
from partnerkit.store.commit.atomic import put_in_order
from partnerkit.store.commit.journal import begun, state
from partnerkit.store.commit.refusals import hindered
from partnerkit.store.disk.stamped import is_open_to_others
from partnerkit.store.git.attributes import changing, converts_line_ends
from partnerkit.store.git.repository import OLDEST_GIT
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.openssh import is_there


def doctor(desk: Desk) -> list[Point]:
    """Everything that a writer relies on; puts an interrupted command in order on the way."""
    points = list(_git(desk))
    points += list(_interrupted(desk))
    points += list(_forgotten(desk))
    try:
        loaded = desk.working_tree()
        register = loaded.demand()
    except PartnerkitError as error:
        return [*points, Point(False, error.message, error.mend)]
    points.append(Point(True, f"the register of {register.settings.name} can be read ({SETTINGS_PATH})"))
    points += list(_person(desk, register))
    points += list(_signatures(register))
    trust = register.settings.trust
    who = those_with(trust.expunged_by)
    points.append(Point(True, f"{who} may take text out of records for good (trust.expunged-by)"))
    until = f", until {trust.adopted_until}" if trust.adopted_until else ""
    who = those_with(trust.adopted_by)
    points.append(Point(True, f"{who} may take records in as they stand, unjudged (trust.adopted-by){until}"))
    points += list(_attributes(desk, loaded.files))
    points += list(_schemas(desk, register))
    points += list(standing(desk, register))
    return points


def _git(desk: Desk) -> Iterator[Point]:
    version = ".".join(map(str, desk.git.version()))
    if desk.git.version() < OLDEST_GIT:
        yield Point(False, f"git {version} is too old", f"install git {'.'.join(map(str, OLDEST_GIT))} or newer")
    else:
        yield Point(True, f"git {version}, repository {desk.git.root}")
    busy = desk.git.busy()
    if busy:
        yield Point(False, busy.partition("; ")[0], busy.partition("; ")[2] or None)
    if desk.git.is_shallow():
        yield Point(False, "this clone has only part of the history", "git fetch --unshallow")


def _signatures(register: Register) -> Iterator[Point]:
    """Who has keys on the roster signs, and what is signed must be verified."""
    if not any(one.keys for one in register.roster.people.values()):
        return
    if is_there():
        yield Point(True, "signatures can be verified (ssh-keygen)")
    else:
        yield Point(
            False, "there are keys on the roster, and ssh-keygen was not found to verify what they sign", NEEDED
        )


def _interrupted(desk: Desk) -> Iterator[Point]:
    folder = state(desk.git)
    found = hindered(folder)
    if found is not None:
        yield Point(False, *found)
    elif begun(desk.git):
        yield _cleared_up(desk)
    if found is None and is_open_to_others(folder):
        message = f"others could write in {folder}: nothing that is kept there is believed, and all is worked out anew"
        yield Point(False, message, f"chmod go-w {quoted(str(folder))}")


def _cleared_up(desk: Desk) -> Point:
    try:
        done = put_in_order(desk.git)
    except PartnerkitError as error:
        return Point(False, error.message, error.mend)
    return Point(True, done or "what an interrupted command left was removed; nothing of it had landed")


def _forgotten(desk: Desk) -> Iterator[Point]:
    """Text that was to be forgotten still stands in what takes it out of history, until somebody deletes that."""
    for path in expressions_left(desk.git):
        yield Point(False, f"{path} still holds a text that was forgotten", f"rm {quoted(str(path))}")


def _person(desk: Desk, register: Register) -> Iterator[Point]:
    try:
        person = desk.actor(register)
    except PartnerkitError as error:
        yield Point(False, error.message, error.mend)
        return
    roles = ", ".join(held.role for held in register.roster.roles_of(person, desk.today(register)))
    mend = f"partnerkit person role {person} ROLE"
    yield Point(bool(roles), f"you are {person}, with the roles: {roles or 'none today'}", None if roles else mend)


def _attributes(desk: Desk, files: Iterable[str]) -> Iterator[Point]:
    """Attributes and settings under which git would not keep records and evidence byte for byte."""
    bad = [f"{what} ({shortened(paths)})" for what, paths in changing(desk.git, files).items()]
    if converts_line_ends(desk.git, SETTINGS_PATH):
        bad.append("core.autocrlf")
    mend = (
        "add to .gitattributes: records/** -text -filter -ident -working-tree-encoding; "
        "what is nearer to a file counts more (git check-attr --all -- <file>)"
    )
    words = f"git would change records: {', '.join(bad)}" if bad else "git keeps records byte for byte"
    yield Point(not bad, words, mend if bad else None)


def _schemas(desk: Desk, register: Register) -> Iterator[Point]:
    tree = WorkingTree(desk.git)
    wanted = schema_files(register.policies, register.roster)
    stale = out_of_step(tree, wanted)
    words = f"schemas/ is out of step: {', '.join(stale)}" if stale else "schemas/ is in step with policies and roster"
    yield Point(not stale, words, "partnerkit setup schemas" if stale else None)
