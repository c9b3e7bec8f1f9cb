"""What people do with good practice: list, read, see the matrix, and say how far a place has taken it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.evidence.practice import gaps
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.evidence import practice as stored
from ahtc_tui.store.records.references import mint

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
        return stored.practices(cursor, words)


def show_practice(workspace: Workspace, ref: str) -> PracticeCard:
    """Everything about one practice. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.card(cursor, _practice(cursor, ref)[0])


def matrix(workspace: Workspace, words: str = "") -> PracticeMatrix:
    """The practices that hold the words in every place. An absent cell is "not said"."""
    with workspace.database.read() as cursor:
        return stored.matrix(cursor, words)


def add_practice(workspace: Workspace, draft: PracticeDraft) -> PracticeRow:
    """Keep a practice that is worth spreading. Raises BadInput without a title, NotFound."""
    if not draft.title:
        raise BadInput(_("A practice needs a title."))
    with workspace.database.write(f"practice add {draft.title[:60]}") as ledger:
        values = record_lookup.columns(ledger.cursor, draft.given, _column)
        values["ref"] = mint(ledger.cursor, "practices", PATTERN)
        return stored.card(ledger.cursor, ledger.add("practices", values)).row


def edit_practice(workspace: Workspace, ref: str, draft: PracticeDraft) -> PracticeRow:
    """Write the given fields of one practice. Raises NotFound, BadInput."""
    with workspace.database.write(f"practice edit {ref}") as ledger:
        key = _practice(ledger.cursor, ref)[0]
        ledger.change("practices", key, record_lookup.columns(ledger.cursor, draft.given, _column))
        return stored.card(ledger.cursor, key).row


def _column(cursor: Cursor, name: str, words: str) -> str | bytes | None:
    """The key of the record that a field names; other fields are their own words."""
    match name:
        case "lead":
            return record_lookup.party(cursor, words)
        case "recognised_by":
            return find_party(cursor, words, ("organisation",)).key
        case "origin_area" | "first_for":
            return record_lookup.area(cursor, words)
    return words


def set_adoption(workspace: Workspace, practice: str, place: str | bytes, draft: AdoptionDraft) -> AdoptionRow:
    """Say how far a place, by its name or its key, has taken up a practice. Raises NotFound, BadInput."""
    with workspace.database.write(f"practice set {practice} {_named(place)} {draft.status}") as ledger:
        cursor = ledger.cursor
        practice_key, practice_ref = _practice(cursor, practice)
        kind, place_key, place_ref = _place(cursor, place)
        ledger.label = f"practice set {practice_ref} {place_ref} {draft.status}"
        values: dict[str, Any] = {"status": draft.status.value}
        if "since" in draft.given:
            values["since"] = draft.since.stored if draft.since else None
        if "evidence" in draft.given:
            values["evidence"] = draft.evidence or None
        if "contact" in draft.given:
            values["contact"] = record_lookup.party(cursor, draft.contact)
        standing = stored.cell(cursor, practice_key, place_key)
        if standing is None:
            cell = {"ref": f"{practice_ref}/{place_ref}", "practice": practice_key, kind: place_key}
            return stored.adoption(cursor, ledger.add("adoptions", {**cell, **values}))
        key, status, removed = standing
        if removed:
            ledger.restore("adoptions", key)
        if status != draft.status:
            values = {"words": None, "since": None, "source": None, **values}  # the paper said it of the other status
        ledger.change("adoptions", key, values)
        return stored.adoption(cursor, key)


def namesakes(workspace: Workspace, cell: AdoptionRow) -> list[str]:
    """The other places whose names begin with that of a cell: "Gwent" is an area, "Gwent Police" a force."""
    with workspace.database.read() as cursor:
        places = stored.matrix(cursor).places
    begins = f"{cell.place} "
    return [place.name for place in places if place.ref != cell.place_ref and place.name.startswith(begins)]


def clear_adoption(workspace: Workspace, practice: str, place: str | bytes) -> None:
    """Say nothing any more of a practice in a place. Raises NotFound, Refused where nothing was said."""
    with workspace.database.write(f"practice set {practice} {_named(place)} not_said") as ledger:
        practice_key, _ref = _practice(ledger.cursor, practice)
        standing = stored.cell(ledger.cursor, practice_key, _place(ledger.cursor, place)[1])
        if standing is None or standing[2]:
            raise Refused(_("Nothing is said of this practice there."))
        ledger.label = f"practice set {stored.adoption(ledger.cursor, standing[0]).ref} not_said"
        ledger.remove("adoptions", standing[0])


def practice_gaps(workspace: Workspace, practice: str, kinds: Iterable[PlaceKind]) -> list[GapRow]:
    """The places of some kinds that have not got a practice: not said, planned, under way, declined. NotFound."""
    with workspace.database.read() as cursor:
        key, _ref = _practice(cursor, practice)
        found = stored.matrix(cursor)
    return gaps(found, next(row for row in found.rows if row.practice.key == key), kinds)


def _practice(cursor: Cursor, ref: str) -> tuple[bytes, str]:
    return record_lookup.record(cursor, "practices", ref, _("practice"))


def _named(place: str | bytes) -> str:
    return place if isinstance(place, str) else ""


def _place(cursor: Cursor, words: str | bytes) -> tuple[str, bytes, str]:
    """The column, key and reference of a place: one of the matrix, else an area, else the organisation that answers."""
    shown = stored.shown_place(cursor, words)
    if shown:
        return shown
    assert isinstance(words, str)
    area = stored.place_key(cursor, words)
    if area:
        return "area", *area
    if authority := stored.authority_called(cursor, words):
        return "organisation", *authority
    try:
        found = find_party(cursor, words, ("organisation",))
    except NotFound as error:
        said = _('There is no place "{words}": `ahtc practice matrix --authorities` names them.')
        raise NotFound(said.format(words=words)) from error
    return "organisation", found.key, found.ref
