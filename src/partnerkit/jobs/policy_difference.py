"""What a change of a policy means for the records in flight: which gates get harder or easier, what becomes void."""

from __future__ import annotations

from dataclasses import dataclass

from partnerkit.errors import WrongCallError
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.policies import find
from partnerkit.policies.changes import Change, changes
from partnerkit.rules.effects import Effect, effects
from partnerkit.store import packs


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a policy: what differs, and what it means for the records that stand under it."""

    policy: str
    before: str
    after: str
    changes: list[Change]
    effects: list[Effect]
    looked_at: int


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
    found = changes(old.policy, old.data, new.policy, new.data)
    looked_at = sum(one.model.policy == policy_id for one in here.of_kind(None))
    return Difference(policy_id, *words, found, effects(here, desk.now, old, new), looked_at)
