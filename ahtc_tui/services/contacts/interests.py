"""The register of interests: what contacts have declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.interests import InterestRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.record_lookup import find_organisation_key, find_record, refuse_empty_draft, resolve_columns
from ahtc_tui.store.contacts import interests as stored
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.queries import KINDS
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.contacts import InterestDraft
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

LOOKUPS = {"organisation": find_organisation_key}


def add_interest(workspace: Workspace, words: str, draft: InterestDraft) -> InterestRow:
    """Record an interest of a contact, declared today unless the draft has a day. Raises NotFound, BadInput."""
    Period(draft.from_on, draft.to_on).check()
    with workspace.database.write("record interest") as ledger:
        party = find_party(ledger.cursor, words, KINDS)
        ref = mint_ref(ledger.cursor, "interests", "INT-{n:02}")
        ledger.label = f"record interest {ref}"
        declared_on = DateAsKnown(workspace.today()).stored_text
        columns = {"declared_on": declared_on, **resolve_columns(ledger.cursor, draft, LOOKUPS)}
        return _read(ledger.cursor, ledger.add("interests", {"ref": ref, "party": party.key, **columns}))


def edit_interest(workspace: Workspace, words: str, draft: InterestDraft) -> InterestRow:
    """Write the given fields of an interest. Raises NotFound, BadInput."""
    refuse_empty_draft(draft)
    with workspace.database.write("edit interest") as ledger:
        key, ref = find_record(ledger.cursor, "interests", words, _("interest"))
        ledger.label = f"edit interest {ref}"
        ledger.update("interests", key, resolve_columns(ledger.cursor, draft, LOOKUPS))
        row = _read(ledger.cursor, key)
        Period(row.from_on, row.to_on).check()
        return row


def _read(cursor: Cursor, key: RowKey) -> InterestRow:
    return next(row for row in stored.read_interests(cursor) if row.key == key)


def list_interests(
    workspace: Workspace, words: str | None = None, organisation: str | None = None, *, ended: bool = False
) -> list[InterestRow]:
    """Return the interests that exist today, or all with `ended`: of all contacts, or of one; in one organisation.

    Raises NotFound.
    """
    with workspace.database.read() as cursor:
        party = find_party(cursor, words, KINDS).key if words else None
        body = find_organisation_key(cursor, organisation) if organisation else None
        rows = stored.read_interests(cursor, party, body)
    return [row for row in rows if ended or row.is_in_force(workspace.today())]
