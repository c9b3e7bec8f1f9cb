"""What two people wrote apart: the list, and deciding one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.journal.projection import Tables
from ahtc_tui.store.replication.conflict_resolution import BOTH, OURS, THEIRS, bring_up, decide
from ahtc_tui.store.replication.conflicts import Open, Reading
from ahtc_tui.store.replication.open_conflicts import everything

if TYPE_CHECKING:
    from ahtc_tui.domain.replication.conflicts import Conflict
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

ANSWERS = (OURS, THEIRS, BOTH)


def list_conflicts(workspace: Workspace) -> list[Conflict]:
    """What is left to decide, by reference."""
    with workspace.database.read() as cursor:
        return [one.shown for one in everything(Reading(cursor))]


def count_conflicts(workspace: Workspace) -> int:
    """How much is left to decide; one small read where nothing was ever merged."""
    return len(list_conflicts(workspace))


def resolve(workspace: Workspace, name: str, answer: str) -> Conflict:
    """Decide one: "ours", "theirs", "both" or a value to write instead; one line, one undo. Returns what it was.

    Raises NotFound for no such conflict, BadInput for an answer that cannot stand, Refused where minutes are agreed.
    """
    with workspace.database.write("resolve") as ledger:
        found = [
            one for one in everything(Reading(ledger.cursor)) if one.shown.id.startswith(name.strip().lower() or "-")
        ]
        if len(found) != 1:
            raise NotFound(_('No open conflict is called "{name}". `ahtc conflicts` lists them.').format(name=name))
        ledger.label = f"resolve {found[0].shown.ref} {found[0].shown.field}"
        tables = Tables(ledger.cursor)
        word, value = read_answer(workspace, ledger.cursor, found[0], answer)
        bring_up(ledger, tables, decide(ledger, tables, found[0], word, value), answer)
        return found[0].shown


def read_answer(workspace: Workspace, cursor: Cursor, one: Open, answer: str) -> tuple[str, Any]:
    """An answer as one of the words, or as the value that the table would store. Raises BadInput, NotFound."""
    said = answer.strip()
    if said.lower() in ANSWERS:
        return said.lower(), None
    if not one.field or one.field.startswith("_"):
        raise BadInput(_('"{answer}" is no answer to this: say ours or theirs.').format(answer=answer))
    return "", _stored(workspace, cursor, one, said)


def _stored(workspace: Workspace, cursor: Cursor, one: Open, said: str) -> Any:
    from ahtc_tui.domain.dates.parser import read_date_or_words
    from ahtc_tui.domain.drafts.text import clean
    from ahtc_tui.store.contacts.party_lookup import find_party
    from ahtc_tui.store.journal.queries import PARTIES, Words
    from ahtc_tui.store.records.columns import columns
    from ahtc_tui.store.records.references import find_key

    table = one.row[0]
    known = columns(cursor, table)
    if not said or said == "–":
        return None
    if one.field in known.dates:
        return read_date_or_words(said, workspace.today()).stored
    if one.field in known.keys:
        parent = Words(cursor, table).parents.get(one.field, "")
        if parent in PARTIES:
            return find_party(cursor, said).key.hex()
        found = find_key(cursor, parent, said)
        if found is None:
            raise NotFound(_('No record answers to "{ref}".').format(ref=said))
        return found[0].hex()
    if isinstance(one.ours.value, int) or isinstance(one.theirs.value, int):
        try:
            return int(said)
        except ValueError:
            raise BadInput(
                _('{field} wants a number, not "{said}".').format(field=one.shown.field, said=said)
            ) from None
    return clean(said)
