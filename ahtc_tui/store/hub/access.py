"""What the login of this laptop may do on the hub, and what is kept here because it may not be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.devices import list_own_ids
from ahtc_tui.store.records.fields import DEVICE, read_setting
from ahtc_tui.store.records.rows import select_mapping

if TYPE_CHECKING:
    from ahtc_tui.store.hub.connection import Hub
    from ahtc_tui.store.records.cursor import Cursor

ACCESS_QUERY = """
SELECT has_table_privilege('change', 'INSERT') AS may_write, has_table_privilege('erasure', 'INSERT') AS may_erase,
       has_table_privilege('change', 'UPDATE') AS may_rewrite,
       relrowsecurity AND NOT pg_has_role(relowner, 'USAGE') AS is_limited
FROM pg_class WHERE oid = to_regclass('change')"""

REGISTER_QUERY = "INSERT INTO device (name) SELECT CAST(:laptop AS text) WHERE {condition} ON CONFLICT DO NOTHING"

FOREIGN_QUERY = """
SELECT laptop FROM unnest(:laptops) AS laptop
WHERE NOT may_send(laptop) AND NOT (laptop = ANY(:own) AND may_register(laptop)) ORDER BY laptop"""


@dataclass(frozen=True, slots=True)
class HubAccess:
    """The rights of a login on the tables of the hub."""

    may_write: bool = True
    may_erase: bool = True
    may_rewrite: bool = True
    """Whether it may remove erased text from the lines of the hub."""
    is_limited: bool = False
    """Whether the policies of the hub limit whose lines it may send."""


def read_access(hub: Hub) -> HubAccess:
    """Return the rights of this login; all of them where the hub has no tables yet."""
    row = hub.connection.execute(sa.text(ACCESS_QUERY)).mappings().first()
    return HubAccess(**row) if row else HubAccess()


def refuse_first_sync(hub: Hub) -> None:
    """Raise Refused where nobody has synced with the hub yet and this login is not its owner."""
    if hub.is_empty and hub.has_tables and not hub.is_owned():
        sentence = _("No laptop has synced with {hub} yet. The owner of the hub must sync first.")
        raise Refused(sentence.format(hub=hub.path))


def register_laptop(hub: Hub, local: Cursor, access: HubAccess) -> None:
    """Register this laptop for this login, under its former ids as well, unless another login has them."""
    condition = "may_register(CAST(:laptop AS text))" if access.is_limited else "true"
    for laptop in list_own_ids(local) if access.may_write else ():
        hub.connection.execute(sa.text(REGISTER_QUERY.format(condition=condition)), {"laptop": laptop})


def explain_obstacle(hub: Hub, local: Cursor, access: HubAccess, change_ids: set[RowKey]) -> str:
    """Return why these lines may not be sent, with the remedy; an empty text where they may."""
    if not change_ids:
        return ""
    if not access.may_write:
        return _("Your login may read {hub} but not change it. Your changes stay on this laptop.").format(hub=hub.path)
    laptops = _find_foreign_laptops(hub, local, change_ids) if access.is_limited else []
    if not laptops:
        return ""
    own = read_setting(local, DEVICE)
    if own in laptops:
        sentence = _(
            "{hub} has changes of this laptop from another login. Your changes stay on this laptop until the owner "
            "of the hub runs `ahtc hub assign {url} --laptop {laptop} --login LOGIN` with your login."
        )
        return sentence.format(hub=hub.path, url=hub.address, laptop=own)
    sentence = _(
        "This laptop has changes from other laptops ({laptops}). They are not on {hub}, and your login may send only "
        "your own changes. Your changes stay on this laptop until the other laptops have synced."
    )
    return sentence.format(hub=hub.path, laptops=", ".join(laptops))


def explain_erasures(hub: Hub, access: HubAccess, new_count: int) -> str:
    """Return what happens to erasures that the hub lacks, where this login may not carry them out there."""
    if not new_count or (access.may_erase and access.may_rewrite):
        return ""
    if access.may_erase:
        return _("The erasure is on {hub}. The erased text is removed from it when the owner of the hub syncs.").format(
            hub=hub.path
        )
    sentence = _(
        "Your login may not erase on {hub}, so what you erased is still on it. Ask a co-ordinator to erase it."
    )
    return sentence.format(hub=hub.path)


def _find_foreign_laptops(hub: Hub, local: Cursor, change_ids: set[RowKey]) -> list[str]:
    devices = select_mapping(local, "SELECT id AS key, device AS value FROM change")
    arrays = (sa.bindparam(name, type_=ARRAY(sa.Text)) for name in ("laptops", "own"))
    query = sa.text(FOREIGN_QUERY).bindparams(*arrays)
    laptops = sorted({devices[change_id] for change_id in change_ids})
    values = {"laptops": laptops, "own": list_own_ids(local)}
    return [str(laptop) for (laptop,) in hub.connection.execute(query, values)]
