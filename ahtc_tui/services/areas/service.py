"""The areas of the office: list, add, edit, rename from a day on, and end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.areas.model import STORED_KINDS, AreaKind, AreaRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.record_lookup import (
    find_area,
    find_area_key,
    refuse_cycle,
    refuse_empty_draft,
    resolve_columns,
)
from ahtc_tui.store.areas import queries
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.records.references import mint_name_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.areas import AreaDraft
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

NAMES = {"name", "name_cy"}


def list_areas(workspace: Workspace, *, ended: bool = False) -> list[AreaRow]:
    """Return the areas that exist today, or all with `ended`, by kind."""
    with workspace.database.read() as cursor:
        areas = queries.read_areas(cursor)
    return [area for area in areas if ended or area.exists_on(workspace.today())]


def add_area(workspace: Workspace, draft: AreaDraft) -> AreaRow:
    """Add an area; without a kind it is "other".

    Raises BadInput without a name, Refused where one of that kind, or of any kind without one, has the name.
    """
    if not draft.name:
        raise BadInput(_("An area needs a name."))
    kind = STORED_KINDS[draft.kind or AreaKind.OTHER]
    with workspace.database.write("add area") as ledger:
        _refuse_same_name(ledger.cursor, draft.name, AreaKind if draft.kind is None else (draft.kind,))
        base = re.sub(r"[^a-z0-9]+", "-", fold_name(draft.name)).strip("-") or "area"
        ref = mint_name_ref(ledger.cursor, "areas", base)
        ledger.label = f"add {ref}"
        key = ledger.add("areas", {"ref": ref, "kind": kind.value, **_build_values(ledger.cursor, draft)})
        return _read(ledger.cursor, key)


def edit_area(workspace: Workspace, words: str, draft: AreaDraft, first: DateAsKnown | None = None) -> AreaRow:
    """Write the given fields of an area; with `first` a name is valid from that day on, and the former one before it.

    Raises NotFound, BadInput, and Refused for an area that would be a part of itself.
    """
    refuse_empty_draft(draft)
    with workspace.database.write("edit area") as ledger:
        key, ref = find_area(ledger.cursor, words)
        ledger.label = f"edit {ref}"
        values = _build_values(ledger.cursor, draft)
        refuse_cycle(ledger.cursor, "areas", key, values, ("parent",))
        if first is not None and not NAMES.isdisjoint(values):
            _add_name(ledger, key, {name: values.pop(name) for name in NAMES if name in values}, first)
        if values:
            ledger.update("areas", key, values)
        row = _read(ledger.cursor, key)
        Period(row.from_on, row.to_on).check()
        return row


def end_area(workspace: Workspace, words: str, last: DateAsKnown | None = None) -> AreaRow:
    """End an area on a day, today by default. Records keep it, lists of areas leave it out.

    Raises NotFound, BadInput.
    """
    with workspace.database.write("end area") as ledger:
        key, ref = find_area(ledger.cursor, words)
        ledger.label = f"end {ref}"
        row = _read(ledger.cursor, key)
        period = Period(row.from_on, last or DateAsKnown(workspace.today()))
        ledger.update("areas", key, {"to_on": period.format_stored()[1]})
        return _read(ledger.cursor, key)


def _add_name(ledger: Ledger, key: RowKey, names: dict[str, Any], first: DateAsKnown) -> None:
    """Add a name from a day on. Raises Refused where another begins on that day."""
    begins, _end = Period(first).format_stored()
    row = _read(ledger.cursor, key)
    if any(name.from_on and name.from_on.earliest == first.earliest for name in row.names):
        raise Refused(
            _("{ref} has another name from {date} already. Choose another date.").format(ref=row.ref, date=first)
        )
    name = names.get("name") or row.name_en
    ledger.add("area_names", {"area": key, "name": name, "name_cy": names.get("name_cy"), "from_on": begins})


def _refuse_same_name(cursor: Cursor, name: str, kinds: Iterable[AreaKind]) -> None:
    """Raise Refused where an area of one of these kinds has the name."""
    wanted = [{"id": f"kind {kind.value}", "name": name, "kind": STORED_KINDS[kind].value} for kind in kinds]
    if key := next(iter(queries.find_existing_areas(cursor, wanted).values()), None):
        row = _read(cursor, key)
        raise Refused(_("{ref} has this name already.").format(ref=row.ref))


def _build_values(cursor: Cursor, draft: AreaDraft) -> dict[str, Any]:
    values = resolve_columns(cursor, draft, {"part_of": find_area_key})
    Period(draft.from_on, draft.to_on).check()
    if draft.kind is not None:
        values["kind"] = STORED_KINDS[draft.kind].value
    return {"parent" if name == "part_of" else name: value for name, value in values.items()}


def _read(cursor: Cursor, key: RowKey) -> AreaRow:
    return next(area for area in queries.read_areas(cursor) if area.key == key)
