"""What people do with good practice: list, read, see the matrix, and say how far a place has taken it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.evidence.practice import find_gaps
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.evidence import practice as stored
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ahtc_tui.domain.drafts.practice import AdoptionDraft, PracticeDraft
    from ahtc_tui.domain.evidence.practice import (
        AdoptionRow,
        GapRow,
        PlaceKind,
        PracticeCard,
        PracticeMatrix,
        PracticeRow,
    )
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

PATTERN = "PRA-{n:02}"


def list_practices(workspace: Workspace, words: str = "") -> list[PracticeRow]:
    """The practices that hold the words, places that take them up included."""
    with workspace.database.read() as cursor:
        return stored.read_practices(cursor, words)


def show_practice(workspace: Workspace, ref: str) -> PracticeCard:
    """Everything about one practice. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_card(cursor, _find_practice(cursor, ref)[0])


def show_matrix(workspace: Workspace, words: str = "") -> PracticeMatrix:
    """The practices that hold the words in every place. An absent cell is "not said"."""
    with workspace.database.read() as cursor:
        return stored.read_matrix(cursor, words)


def add_practice(workspace: Workspace, draft: PracticeDraft) -> PracticeRow:
    """Keep a practice that is worth spreading. Raises BadInput without a title, NotFound."""
    if not draft.title:
        raise BadInput(_("A practice needs a title."))
    with workspace.database.write(f"practice add {draft.title[:60]}") as ledger:
        values = record_lookup.resolve_columns(ledger.cursor, draft.given_fields, LOOKUPS)
        values["ref"] = mint_ref(ledger.cursor, "practices", PATTERN)
        return stored.read_card(ledger.cursor, ledger.add("practices", values)).row


def edit_practice(workspace: Workspace, ref: str, draft: PracticeDraft) -> PracticeRow:
    """Write the given fields of one practice. Raises NotFound, BadInput."""
    with workspace.database.write(f"practice edit {ref}") as ledger:
        key = _find_practice(ledger.cursor, ref)[0]
        ledger.update("practices", key, record_lookup.resolve_columns(ledger.cursor, draft.given_fields, LOOKUPS))
        return stored.read_card(ledger.cursor, key).row


LOOKUPS = {
    "lead": record_lookup.find_party_key,
    "recognised_by": record_lookup.find_organisation_key,
    "origin_area": record_lookup.find_area_key,
    "first_for": record_lookup.find_area_key,
}
"""Fields that name another record, and the function that finds its key."""


def set_adoption(workspace: Workspace, practice: str, place: str | RowKey, draft: AdoptionDraft) -> AdoptionRow:
    """Say how far a place, by its name or its key, has taken up a practice. Raises NotFound, BadInput."""
    with workspace.database.write(f"practice set {practice} {_format_place(place)} {draft.status}") as ledger:
        cursor = ledger.cursor
        practice_key, practice_ref = _find_practice(cursor, practice)
        kind, place_key, place_ref = _find_place(cursor, place)
        ledger.label = f"practice set {practice_ref} {place_ref} {draft.status}"
        values: dict[str, Any] = {"status": draft.status.value}
        if "since" in draft.given_fields:
            values["since"] = draft.since.stored_text if draft.since else None
        if "evidence" in draft.given_fields:
            values["evidence"] = draft.evidence or None
        if "contact" in draft.given_fields:
            values["contact"] = record_lookup.find_party_key(cursor, draft.contact)
        existing_cell = stored.find_cell(cursor, practice_key, place_key)
        if existing_cell is None:
            cell = {"ref": f"{practice_ref}/{place_ref}", "practice": practice_key, kind: place_key}
            return stored.read_adoption(cursor, ledger.add("adoptions", {**cell, **values}))
        key, status, removed = existing_cell
        if removed:
            ledger.restore("adoptions", key)
        if status != draft.status:
            values = {"words": None, "since": None, "source": None, **values}  # the paper said it of the other status
        ledger.update("adoptions", key, values)
        return stored.read_adoption(cursor, key)


def list_namesakes(workspace: Workspace, cell: AdoptionRow) -> list[str]:
    """The other places whose names begin with that of a cell: "Gwent" is an area, "Gwent Police" a force."""
    with workspace.database.read() as cursor:
        places = stored.read_matrix(cursor).places
    begins = f"{cell.place} "
    return [place.name for place in places if place.ref != cell.place_ref and place.name.startswith(begins)]


def clear_adoption(workspace: Workspace, practice: str, place: str | RowKey) -> None:
    """Say nothing any more of a practice in a place. Raises NotFound, Refused where nothing was said."""
    with workspace.database.write(f"practice set {practice} {_format_place(place)} not_said") as ledger:
        practice_key, _ref = _find_practice(ledger.cursor, practice)
        existing_cell = stored.find_cell(ledger.cursor, practice_key, _find_place(ledger.cursor, place)[1])
        if existing_cell is None or existing_cell[2]:
            raise Refused(_("Nothing is said of this practice there."))
        ledger.label = f"practice set {stored.read_adoption(ledger.cursor, existing_cell[0]).ref} not_said"
        ledger.remove("adoptions", existing_cell[0])


def list_practice_gaps(workspace: Workspace, practice: str, kinds: Iterable[PlaceKind]) -> list[GapRow]:
    """The places of some kinds that have not got a practice: not said, planned, under way, declined. NotFound."""
    with workspace.database.read() as cursor:
        key, _ref = _find_practice(cursor, practice)
        matrix = stored.read_matrix(cursor)
    return find_gaps(matrix, next(row for row in matrix.rows if row.practice.key == key), kinds)


def _find_practice(cursor: Cursor, ref: str) -> tuple[RowKey, str]:
    return record_lookup.find_record(cursor, "practices", ref, _("practice"))


def _format_place(place: str | RowKey) -> str:
    return place if isinstance(place, str) else ""


def _find_place(cursor: Cursor, words: str | RowKey) -> tuple[str, RowKey, str]:
    """The column, key and reference of a place: one of the matrix, else an area, else the organisation that answers."""
    shown = stored.find_shown_place(cursor, words)
    if shown:
        return shown
    assert isinstance(words, str)
    area = stored.find_area(cursor, words)
    if area:
        return "area", *area
    if authority := stored.find_authority(cursor, words):
        return "organisation", *authority
    try:
        organisation = find_party(cursor, words, ("organisation",))
    except NotFound as error:
        message = _('There is no place "{words}": `ahtc practice matrix --authorities` names them.')
        raise NotFound(message.format(words=words)) from error
    return "organisation", organisation.key, organisation.ref
