"""What schemas offer follows the roster and the policies, where the register keeps it."""

from __future__ import annotations

from partnerkit.jobs.schemas import OFFERED, offered, schema_files
from partnerkit.store.draft import Draft


def put_schemas(draft: Draft) -> None:
    """Schemas for editors follow the policies and the roster."""
    for path, text in schema_files(draft.after.policies, draft.after.roster).items():
        if draft.tree.read(path) != text.encode():
            draft.put_file(path, text.encode())


def put_offered(draft: Draft) -> None:
    """What is offered of the roster follows it, where the register has that."""
    text = offered(draft.after.policies, draft.after.roster).encode()
    if draft.tree.read(OFFERED) not in {None, text}:
        draft.put_file(OFFERED, text)
