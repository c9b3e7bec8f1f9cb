"""The post of this office, for which it sits on groups, writes letters and makes promises."""

from __future__ import annotations

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.groups.membership import CO_ORDINATOR
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.contacts.party_lookup import list_same_names
from ahtc_tui.store.journal.desk_people import list_desk_people
from ahtc_tui.store.records.cursor import Cursor


def find_own_post_ref(cursor: Cursor) -> str:
    """Return the reference of the post of this office; empty where the register has none.

    It is the Co-ordinator's where there is one, else the post of the register that a person at this desk gave first.
    """
    names = (CO_ORDINATOR, *(person.post for person in list_desk_people(cursor).values() if person.post))
    for name in names:
        posts = list_same_names(cursor, name, PartyKind.POST.value)
        if len(posts) == 1:
            return posts[0].ref
    return ""


def require_own_post(cursor: Cursor) -> str:
    """Return the reference of the post of this office. Raises NotFound with what makes it known."""
    if ref := find_own_post_ref(cursor):
        return ref
    raise NotFound(_("The post of this office is not known yet. Add it to Contacts, then run `ahtc desk --post POST`."))
