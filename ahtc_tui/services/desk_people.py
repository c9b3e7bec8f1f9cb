"""Who writes at this desk: asked once, and printed in documents instead of the name of the account."""

from __future__ import annotations

from dataclasses import replace

from ahtc_tui.domain.desk_people import DeskPerson
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.party_lookup import list_same_names
from ahtc_tui.store.journal import desk_people


def find_desk_person(workspace: Workspace) -> DeskPerson | None:
    """Return the person at this desk; None if it was not asked for yet."""
    with workspace.database.read() as cursor:
        return desk_people.list_desk_people(cursor).get(workspace.database.user)


def set_desk_person(workspace: Workspace, name: str | None, post: str | None) -> DeskPerson:
    """Store the name and post of the person at this desk; None leaves one unchanged. It is not a step of the history.

    The reference or short name of a post of the register ("AHTC") becomes its name. Raises BadInput for a text
    that is too long or has invalid characters.
    """
    known = find_desk_person(workspace) or DeskPerson(workspace.database.user)
    person = DeskPerson(
        known.account,
        known.name if name is None else clean_line(name) or "",
        known.post if post is None else clean_line(post) or "",
    )
    with workspace.database.write("desk") as ledger:
        posts = list_same_names(ledger.cursor, person.post, "post") if person.post else []
        if len(posts) == 1:
            person = replace(person, post=posts[0].name)
        desk_people.store_desk_person(ledger.cursor, person)
    return person
