"""Renames of groups and contacts from a day on.

Searches find former and future names; older records show the older name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.post_holders import find_day_before, find_first_day
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.store.contacts import aliases as stored
from ahtc_tui.store.contacts.party_lookup import PARTY_DOCS, find_party
from ahtc_tui.store.records.fields import read_field

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger


def rename_party(
    workspace: Workspace, words: str, name: str, first: DateAsKnown, kinds: tuple[str, ...] = tuple(PARTY_DOCS)
) -> str:
    """Rename a party from a day on and return its reference, which does not change.

    A name that starts in the future is stored as a dated alias. Raises NotFound, BadInput for an empty name, Refused
    for the current one.
    """
    new_name = clean_line(name)
    if not new_name:
        raise BadInput(_("Name cannot be empty."))
    begins = find_first_day(first)
    with workspace.database.write("rename") as ledger:
        party = find_party(ledger.cursor, words, kinds)
        ledger.label = f"rename {party.ref}"
        if stored.read_name_on(ledger.cursor, party.key, begins) == new_name:
            raise Refused(_("{ref} has that name already.").format(ref=party.ref))
        before = find_day_before(first).stored_text
        _end_names(ledger, party.key, begins, before)
        if begins > workspace.today():
            ledger.add("aliases", {"party": party.key, "name": new_name, "from_on": first.stored_text})
            return party.ref
        for alias in stored.read_aliases(ledger.cursor, party.key):
            if alias.name == new_name and alias.to_on is None:
                ledger.remove("aliases", alias.key)
        _keep_old_name(ledger, party.key, read_field(ledger.cursor, "parties", party.key, "name"), before)
        ledger.update("parties", party.key, {"name": new_name})
        return party.ref


def _end_names(ledger: Ledger, party: RowKey, begins: date, before: str) -> None:
    """End earlier dated names that have no end."""
    for alias in stored.read_aliases(ledger.cursor, party):
        if alias.begins and alias.begins < begins and alias.to_on is None:
            ledger.update("aliases", alias.key, {"to_on": before})


def _keep_old_name(ledger: Ledger, party: RowKey, name: str, before: str) -> None:
    """Store the former name as an alias until the day before, or until the next dated name starts."""
    dated = [alias for alias in stored.read_aliases(ledger.cursor, party) if alias.from_on and alias.name != name]
    first = min((alias.from_on for alias in dated if alias.from_on and alias.from_on <= before), default=None)
    until = stored.find_previous_day(first) if first else before
    values: dict[str, Any] = {"to_on": until}
    undated = [alias for alias in stored.read_aliases(ledger.cursor, party) if alias.name == name and not alias.from_on]
    if undated:
        ledger.update("aliases", undated[0].key, values)
    else:
        ledger.add("aliases", {"party": party, "name": name, **values})
