"""Use cases of training sessions: list, add, edit, and list the authorities that did not attend any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.sessions import MissingAuthority, SessionRow, subtract_period
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.evidence import sessions as queries
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.practice import SessionDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

PATTERN = "SES-{n:02}"


def list_sessions(workspace: Workspace, words: str = "", practice: str | None = None) -> list[SessionRow]:
    """Return the sessions that match the words, of one practice or of all, latest first. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_sessions(cursor, words, _find_practice(cursor, practice))


def list_missing_authorities(workspace: Workspace, period: str, practice: str | None = None) -> list[MissingAuthority]:
    """Return the authorities without a session in a period ("12m") up to today. Raises BadInput, NotFound."""
    today = workspace.today()
    since = subtract_period(today, period)
    with workspace.database.read() as cursor:
        return queries.read_missing_authorities(cursor, since, today, _find_practice(cursor, practice))


def add_session(workspace: Workspace, draft: SessionDraft) -> SessionRow:
    """Add a session with its attendance by organisation. Raises BadInput without a title or a practice, NotFound."""
    with workspace.database.write("practice session add") as ledger:
        values = _resolve_fields(ledger.cursor, draft)
        title = values.get("title") or _read_title(ledger.cursor, values.get("practice"))
        if not title:
            raise BadInput(_("A session needs a title or a practice."))
        ledger.label = f"practice session add {title[:60]}"
        ref = mint_ref(ledger.cursor, "sessions", PATTERN)
        key = ledger.add("sessions", {"kind": "training", **values, "title": title, "ref": ref})
        _write_numbers(ledger, key, draft)
        return queries.read_session(ledger.cursor, key)


def edit_session(workspace: Workspace, ref: str, draft: SessionDraft) -> SessionRow:
    """Write the given fields of a session; given numbers replace the stored ones. Raises NotFound, BadInput."""
    with workspace.database.write(f"practice session edit {ref}") as ledger:
        key = record_lookup.find_record(ledger.cursor, "sessions", ref, _("session"))[0]
        values = _resolve_fields(ledger.cursor, draft)
        if "title" in values and not values["title"]:
            practice = values.get("practice", read_field(ledger.cursor, "sessions", key, "practice"))
            values["title"] = _read_title(ledger.cursor, practice)
            if not values["title"]:
                raise BadInput(_("A session needs a title or a practice."))
        ledger.update("sessions", key, values)
        _write_numbers(ledger, key, draft)
        return queries.read_session(ledger.cursor, key)


def _find_practice(cursor: Cursor, ref: str | None) -> RowKey | None:
    return record_lookup.find_record(cursor, "practices", ref, _("practice"))[0] if ref else None


def _read_title(cursor: Cursor, practice: RowKey | None) -> str:
    return read_field(cursor, "practices", practice, "title") or ""


def _resolve_fields(cursor: Cursor, draft: SessionDraft) -> dict[str, Any]:
    """Return the given fields as stored, without the numbers."""
    lookups = {
        "practice": _find_practice,
        "meeting": record_lookup.find_meeting_key,
        "area": record_lookup.find_area_key,
    }
    return record_lookup.resolve_columns(cursor, draft, lookups, ("numbers",))


def _write_numbers(ledger: Ledger, session: RowKey, draft: SessionDraft) -> None:
    """Replace the attendance by organisation with the attendance in the draft, if given."""
    if "numbers" not in draft.given_fields:
        return
    number_keys = queries.read_number_keys(ledger.cursor, session)
    counted: set[RowKey] = set()
    for words, people in draft.numbers or ():
        party = find_party(ledger.cursor, words, ("organisation",))
        if (organisation := party.key) in counted:
            raise BadInput(_('"{words}" is {name}. It is already counted.').format(words=words, name=party.name))
        counted.add(organisation)
        line = number_keys.pop(organisation, None)
        if line:
            ledger.update("session_numbers", line, {"people": people})
        else:
            ledger.add("session_numbers", {"session": session, "organisation": organisation, "people": people})
    for line in number_keys.values():
        ledger.remove("session_numbers", line)
