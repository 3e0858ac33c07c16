"""What a change of a policy means for the records in flight: which gates get harder or easier, what becomes void."""

from __future__ import annotations

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.policies import find
from partnerkit.policies.changes import changes
from partnerkit.rules.effects import Difference, effects
from partnerkit.store import packs


def differences(desk: Desk, name: str | None, base: str | None, *, pack: bool = False) -> list[Difference]:
    """Of one policy, or where none is named of each that differs: as `difference`.

    Raises:
        WrongCallError: as there; without a name, policies that were not there before are left out.
    """
    known = desk.working_tree().demand().policies
    if name is not None or len(known) == 1:
        return [difference(desk, name, base, pack=pack)]
    there = set(packs.names()) if pack else set(desk.tree_of(base or "HEAD")[1].demand().policies)
    every = [difference(desk, one, base, pack=pack) for one in known if one in there]
    return [one for one in every if one.changes]


def difference(desk: Desk, name: str | None, base: str | None, *, pack: bool = False) -> Difference:
    """What the policy in the working tree changes against HEAD or another revision, or what a newer pack would.

    Args:
        desk: where and when.
        name: the policy; the only one where None.
        base: the revision to compare with.
        pack: compare the register's policy with the pack that is shipped instead.

    Raises:
        WrongCallError: an unknown policy, or one that was not there at the revision.
    """
    if pack and base is not None:
        raise WrongCallError("--pack compares with the shipped pack: it takes no --base")
    here = desk.working_tree().demand()
    mine = find(desk, name)
    policy_id = mine.policy.policy
    if pack:
        old, new = mine, packs.load(policy_id)
        words = ("the register", f"the shipped pack, version {new.policy.pack_version}")
    else:
        rev = base or "HEAD"
        _tree, loaded = desk.tree_of(rev)
        before = loaded.demand().policies.get(policy_id)
        if before is None:
            raise WrongCallError(f"at {rev} the register had no policy {policy_id}", "name an older --base, or none")
        old, new, words = before, mine, (rev, "the working tree")
    found = changes(old.data, new.data)
    looked_at = sum(one.model.policy == policy_id for one in here.of_kind(None))
    return Difference(policy_id, *words, found, effects(here, desk.now, old, new), looked_at)
