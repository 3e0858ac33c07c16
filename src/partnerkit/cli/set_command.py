"""`partnerkit set`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.arguments import Advance, DryRun, From, Json, NoVerify, Where
from partnerkit.cli.completion import complete_ids
from partnerkit.cli.declared import Argument, Commands
from partnerkit.cli.options import desk, emit_landed, interactive
from partnerkit.errors import WrongCallError

if TYPE_CHECKING:
    from partnerkit.jobs.desk import Desk
    from partnerkit.jobs.landing import Landed

app = Commands()


@app.command("set", epilog="Example: partnerkit set acme type=cloud-providers objectives=@objectives.yaml")
def set_(
    words: Annotated[
        list[str] | None,
        Argument(metavar="ID… key=value…", autocompletion=complete_ids, help="Records, then fields."),
    ] = None,
    where: Where = None,
    from_: From = None,
    advance: Advance = False,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Set fields. Dotted keys lead into blocks (roles.partnership-manager=p-rosa), @FILE takes YAML, key= removes.

    An item of a list is named by its id, all of them by * (references.*.status=verified).

    Without pairs, your editor opens on the record's file, and what you save is validated and landed. The columns of a
    sheet are fields; what its cells leave empty is not touched.
    """
    del json
    from partnerkit.jobs.chosen import chosen
    from partnerkit.jobs.edit import set_fields
    from partnerkit.jobs.values import is_pair, pairs
    from partnerkit.rules.commands import line

    ids = [word for word in words or [] if not is_pair(word)]
    values = pairs(word for word in words or [] if is_pair(word))
    if not values and len(ids) > 1:
        raise WrongCallError(f"{ids[-1]!r} sets nothing", f"{line('set', ids[0])} <field>=<value>")
    work = desk(dry_run=dry_run, verify=not no_verify)
    if not values and len(ids) == 1 and not (where or from_):
        landed = _edited(work, ids[0])
    else:
        landed = set_fields(work, chosen(ids, where, from_), values, go_on=advance)
    records = landed.result or []
    emit_landed("set", landed, records, line("gates", records[0].id) if records else None, work)


def _edited(work: Desk, record_id: str) -> Landed:
    from partnerkit.jobs.edit import edit_text
    from partnerkit.store.typing_in import in_editor

    if not interactive():
        raise WrongCallError("nothing to set", f"partnerkit set {record_id} key=value, or run it at a terminal to edit")
    return edit_text(work, record_id, in_editor)
