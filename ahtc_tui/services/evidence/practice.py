"""Use cases of good practice: list, show, add and edit practices; show the matrix and set adoptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.areas.model import StoredAreaKind
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.evidence.practice import (
    AdoptionRow,
    AdoptionStatus,
    GapRow,
    PlaceKind,
    PracticeCard,
    PracticeMatrix,
    PracticeRow,
    TakeUpOverTime,
    build_take_up,
    find_gaps,
    is_step_back,
)
from ahtc_tui.domain.evidence.sessions import MissingAuthority, SessionRow, subtract_period
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.store.areas.queries import find_area
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.evidence import practice as queries
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ahtc_tui.domain.drafts.evidence import AdoptionDraft, PracticeDraft, SessionDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.evidence.practice import AdoptionPlace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


PATTERN = "PRA-{n:02}"

LOOKUPS = {
    "lead": record_lookup.find_party_key,
    "recognised_by": record_lookup.find_organisation_key,
    "origin_area": record_lookup.find_area_key,
    "first_for": record_lookup.find_area_key,
}
"""Fields that name another record, and the function that finds its key."""


def list_practices(workspace: Workspace, words: str = "") -> list[PracticeRow]:
    """Return the practices that match the words, also by the places of their adoptions."""
    with workspace.database.read() as cursor:
        return queries.read_practices(cursor, words)


def show_practice(workspace: Workspace, ref: str) -> PracticeCard:
    """Return everything about one practice. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_card(cursor, _find_practice(cursor, ref)[0])


def show_take_up(workspace: Workspace, ref: str) -> TakeUpOverTime:
    """Return the take-up of a practice by place and year. Raises NotFound."""
    with workspace.database.read() as cursor:
        key, _ref = _find_practice(cursor, ref)
        readings = queries.read_take_up(cursor, key, workspace.today())
        places = queries.read_matrix(cursor).places
        return build_take_up(queries.read_practice(cursor, key), places, readings, workspace.today())


def show_matrix(workspace: Workspace, words: str = "") -> PracticeMatrix:
    """Return the matrix of the practices that match the words. An absent cell means "not said"."""
    with workspace.database.read() as cursor:
        return queries.read_matrix(cursor, words)


def add_practice(workspace: Workspace, draft: PracticeDraft) -> PracticeRow:
    """Add a practice. Raises BadInput without a title, NotFound."""
    if not draft.title:
        raise BadInput(_("A practice needs a title."))
    with workspace.database.write(f"practice add {draft.title[:60]}") as ledger:
        values = record_lookup.resolve_columns(ledger.cursor, draft, LOOKUPS)
        values["ref"] = mint_ref(ledger.cursor, "practices", PATTERN)
        return queries.read_card(ledger.cursor, ledger.add("practices", values)).row


def edit_practice(workspace: Workspace, ref: str, draft: PracticeDraft) -> PracticeRow:
    """Write the given fields of a practice. Raises NotFound, BadInput."""
    with workspace.database.write(f"practice edit {ref}") as ledger:
        key = _find_practice(ledger.cursor, ref)[0]
        ledger.update("practices", key, record_lookup.resolve_columns(ledger.cursor, draft, LOOKUPS))
        return queries.read_card(ledger.cursor, key).row


def set_adoption(workspace: Workspace, practice: str, place: str | RowKey, draft: AdoptionDraft) -> AdoptionRow:
    """Set the adoption of a practice in a place, given by name or key; without a status the entry keeps the one it has.

    Raises NotFound, BadInput for a new entry without a status, Refused for a step back without a reason.
    """
    with workspace.database.write(f"practice set {practice} {_format_place(place)}") as ledger:
        cursor = ledger.cursor
        practice_key, practice_ref = _find_practice(cursor, practice)
        place_row = _find_place(cursor, place)
        cell = queries.find_cell(cursor, practice_key, place_row.key)
        if draft.status is None and (cell is None or cell.deleted):
            raise BadInput(_("Give the status of the practice in this place."))
        ledger.label = " ".join(filter(None, ("practice set", practice_ref, place_row.ref, draft.status)))
        values: dict[str, Any] = {"status": draft.status.value} if draft.status else {}
        if "since" in draft.given_fields:
            values["since"] = draft.since.stored_text if draft.since else None
        if "evidence" in draft.given_fields:
            values["evidence"] = draft.evidence or None
        if "contact" in draft.given_fields:
            values["contact"] = record_lookup.find_party_key(cursor, draft.contact)
        if cell is None:
            values |= {
                "ref": f"{practice_ref}/{place_row.ref}",
                "practice": practice_key,
                place_row.column: place_row.key,
            }
            return queries.read_adoption(cursor, ledger.add("adoptions", values))
        if draft.reason:
            values["note"] = draft.reason
        if not cell.deleted and draft.status and is_step_back(AdoptionStatus(cell.status), draft.status):
            _require_reason(queries.read_adoption(cursor, cell.key), draft)
        if cell.deleted:
            ledger.restore("adoptions", cell.key)
        if draft.status and cell.status != draft.status:
            values = {"words": None, "since": None, "source": None, **values}  # the paper described the previous status
        ledger.update("adoptions", cell.key, values)
        return queries.read_adoption(cursor, cell.key)


def _require_reason(cell: AdoptionRow, draft: AdoptionDraft) -> None:
    """Raise Refused for a step back without a reason, or with one that only states that nothing changed."""
    from ahtc_tui.domain.returns.statuses import is_no_update

    if draft.status and (not draft.reason or is_no_update(draft.reason)):
        sentence = _("The take-up of {practice} in {place} goes back from {was} to {now}. Give a reason.")
        was, now = cell.status.label.lower(), draft.status.label.lower()
        raise Refused(sentence.format(practice=cell.practice, place=cell.place, was=was, now=now))


def list_namesakes(workspace: Workspace, cell: AdoptionRow) -> list[str]:
    """Return the other places whose names begin with the name in a cell: "Gwent" is an area, "Gwent Police" a force."""
    with workspace.database.read() as cursor:
        places = queries.read_matrix(cursor).places
    begins = f"{cell.place} "
    return [place.name for place in places if place.ref != cell.place_ref and place.name.startswith(begins)]


def clear_adoption(workspace: Workspace, practice: str, place: str | RowKey) -> str:
    """Remove the adoption of a practice in a place and return its reference. Raises NotFound, Refused without one."""
    with workspace.database.write(f"practice set {practice} {_format_place(place)} not_said") as ledger:
        practice_key, _ref = _find_practice(ledger.cursor, practice)
        cell = queries.find_cell(ledger.cursor, practice_key, _find_place(ledger.cursor, place).key)
        if cell is None or cell.deleted:
            raise Refused(_("This place has no entry for this practice."))
        ref = queries.read_adoption(ledger.cursor, cell.key).ref
        ledger.label = f"practice set {ref} not_said"
        ledger.remove("adoptions", cell.key)
        return ref


def list_practice_gaps(workspace: Workspace, practice: str, kinds: Iterable[PlaceKind]) -> list[GapRow]:
    """Return the places of these kinds that have not adopted a practice. Raises NotFound."""
    with workspace.database.read() as cursor:
        key, _ref = _find_practice(cursor, practice)
        matrix = queries.read_matrix(cursor)
    return find_gaps(matrix, next(row for row in matrix.rows if row.practice.key == key), kinds)


def _find_practice(cursor: Cursor, ref: str) -> tuple[RowKey, str]:
    return record_lookup.find_record(cursor, "practices", ref, _("practice"))


def _format_place(place: str | RowKey) -> str:
    return place if isinstance(place, str) else ""


def _find_place(cursor: Cursor, words: str | RowKey) -> AdoptionPlace:
    """Return a place of the matrix, an area or an organisation. Raises NotFound."""
    if shown := queries.find_shown_place(cursor, words):
        return shown
    assert isinstance(words, str)
    area, authority = find_area(cursor, words), queries.find_authority(cursor, words)
    if authority and (area is None or area.kind is StoredAreaKind.LOCAL_AUTHORITY):
        return authority
    if area:
        return queries.AdoptionPlace("area", area.key, area.ref)
    try:
        organisation = find_party(cursor, words, ("organisation",))
    except NotFound as error:
        message = _('There is no place "{words}". To list the places, run `ahtc practice matrix --authorities`.')
        raise NotFound(message.format(words=words)) from error
    return queries.AdoptionPlace("organisation", organisation.key, organisation.ref)


SESSION_PATTERN = "SES-{n:02}"


def list_sessions(workspace: Workspace, words: str = "", practice: str | None = None) -> list[SessionRow]:
    """Return the sessions that match the words, of one practice or of all, latest first. Raises NotFound."""
    with workspace.database.read() as cursor:
        return queries.read_sessions(cursor, words, _find_practice_key(cursor, practice))


def list_missing_authorities(workspace: Workspace, period: str, practice: str | None = None) -> list[MissingAuthority]:
    """Return the authorities without a session in a period ("12m") up to today. Raises BadInput, NotFound."""
    today = workspace.today()
    since = subtract_period(today, period)
    with workspace.database.read() as cursor:
        return queries.read_missing_authorities(cursor, since, today, _find_practice_key(cursor, practice))


def add_session(workspace: Workspace, draft: SessionDraft) -> SessionRow:
    """Add a session with its attendance by organisation. Raises BadInput without a title or a practice, NotFound."""
    with workspace.database.write("practice session add") as ledger:
        values = _resolve_fields(ledger.cursor, draft)
        title = values.get("title") or _read_title(ledger.cursor, values.get("practice"))
        if not title:
            raise BadInput(_("A session needs a title or a practice."))
        ledger.label = f"practice session add {title[:60]}"
        ref = mint_ref(ledger.cursor, "sessions", SESSION_PATTERN)
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


def _find_practice_key(cursor: Cursor, ref: str | None) -> RowKey | None:
    return record_lookup.find_record(cursor, "practices", ref, _("practice"))[0] if ref else None


def _read_title(cursor: Cursor, practice: RowKey | None) -> str:
    return read_field(cursor, "practices", practice, "title") or ""


def _resolve_fields(cursor: Cursor, draft: SessionDraft) -> dict[str, Any]:
    """Return the given fields as stored, without the numbers."""
    lookups = {
        "practice": _find_practice_key,
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
            raise BadInput(_('"{words}" is {name}. It is already counted.').format(words=words, name=party.shown_name))
        counted.add(organisation)
        line = number_keys.pop(organisation, None)
        if line:
            ledger.update("session_numbers", line, {"people": people})
        else:
            ledger.add("session_numbers", {"session": session, "organisation": organisation, "people": people})
    for line in number_keys.values():
        ledger.remove("session_numbers", line)
