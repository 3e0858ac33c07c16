"""The working tree, and the commit on which it lies: what that one held is read where it is asked for."""

from __future__ import annotations

from functools import cached_property

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError
from partnerkit.jobs.desk import Desk
from partnerkit.register import Register
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.load import Loaded, load


@dataclass(frozen=True)
class Lying:
    """A register as it lies in the working tree.

    Attributes:
        desk: where and when.
        loaded: what the working tree holds.
        judged: no commit is looked at.
    """

    desk: Desk
    loaded: Loaded
    judged: None = None

    @cached_property
    def head(self) -> str | None:
        """The commit on which the working tree lies; None where there is none."""
        return self.desk.git.head()

    @property
    def base(self) -> str | None:
        """The commit before, which is that one."""
        return self.head

    @cached_property
    def before(self) -> Register | None:
        """The register of that commit; None where there is none that can be read."""
        if self.head is None:
            return None
        try:
            found = load(CommitTree(self.desk.git, self.head))
        except CannotWorkError:
            return None
        return found.register
