"""Renames of groups and contacts from a day on, in any order.

Searches find former and future names; older records show the older name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.store.contacts.names import read_timeline
from ahtc_tui.store.contacts.party_lookup import PARTY_KINDS, find_party

if TYPE_CHECKING:
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.services.workspace import Workspace


def rename_party(
    workspace: Workspace, words: str, name: str, first: DateAsKnown, kinds: tuple[str, ...] = PARTY_KINDS
) -> str:
    """Add a name of a party from a day on and return its reference, which does not change.

    The name is valid until the next one begins. Raises NotFound, BadInput for an empty name or a date without a day,
    Refused where a name begins on the same day.
    """
    new_name = clean_line(name)
    if not new_name:
        raise BadInput(_("Name cannot be empty."))
    period = Period(first)
    begins, _end = period.format_stored()
    with workspace.database.write("rename") as ledger:
        party = find_party(ledger.cursor, words, kinds)
        ledger.label = f"rename {party.ref}"
        _timeline, facts = read_timeline(ledger.cursor, party.key)
        same_day = [fact.name for fact in facts if fact.period.start and fact.period.first == period.first]
        if new_name in same_day or {fact.name for fact in facts} == {new_name}:
            raise Refused(_("{ref} has this name already.").format(ref=party.ref))
        if same_day:
            sentence = _("{ref} is called {name} from {day}. Undo that rename, or choose another date.")
            raise Refused(sentence.format(ref=party.ref, name=same_day[0], day=first))
        ledger.add("aliases", {"party": party.key, "name": new_name, "from_on": begins})
        return party.ref
