"""The decision register: list, show, add, edit, link to actions, and export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import (
    Language,
    _,
    choose_printed_text,
    get_current_language,
    mark_untranslated,
    translated_names,
)
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.kinds import DecisionStatus
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services import record_lookup
from ahtc_tui.services.output_folders import require_marked_name
from ahtc_tui.store.meetings import decisions as stored
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.minutes import DecisionDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


def list_decisions(workspace: Workspace, words: str = "", group: str | None = None) -> list[Decision]:
    """Return the decisions that contain all the words, the latest first. Raises NotFound for an unknown group."""
    with workspace.database.read() as cursor:
        return stored.read_decisions(cursor, words, record_lookup.find_group_key(cursor, group))


def show_decision(workspace: Workspace, ref: str) -> Decision:
    """Return one decision. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_decision(cursor, _find_key(cursor, ref)[0])


def add_decision(workspace: Workspace, draft: DecisionDraft) -> Decision:
    """Add a decision that does not come from minutes. Raises BadInput if its text is empty."""
    if not draft.text:
        raise BadInput(_("A decision needs text."))
    with workspace.database.write(f"decision: {draft.text[:50]}") as ledger:
        day = draft.decided_on.stored_text if draft.decided_on else workspace.today().isoformat()
        values = _build_values(ledger.cursor, draft) | {"decided_on": day}
        values["ref"] = mint_ref(ledger.cursor, "decisions", f"D-{day[:4]}/{{n}}")
        return stored.read_decision(ledger.cursor, ledger.add("decisions", values))


def edit_decision(workspace: Workspace, ref: str, draft: DecisionDraft) -> Decision:
    """Change the given fields; the text is changed in the minutes too.

    Raises NotFound, BadInput for an empty text, and Refused if it would supersede itself, the minutes are agreed, or
    another status is set while a later decision supersedes it.
    """
    if "text" in draft.given_fields and not draft.text:
        raise BadInput(_("A decision needs text."))
    with workspace.database.write(f"edit {ref.upper()}") as ledger:
        key, ref = _find_key(ledger.cursor, ref)
        values = _build_values(ledger.cursor, draft)
        later = values.get("superseded_by")
        if later and key in stored.read_superseding_decisions(ledger.cursor, later):
            raise Refused(_("{ref} cannot supersede itself. Check the decisions after it.").format(ref=ref))
        if later:
            _refuse_earlier(ledger.cursor, later, ref, values.get("decided_on"))
        if "superseded_by" not in values:
            later = read_field(ledger.cursor, "decisions", key, "superseded_by")
        if later and draft.status not in (None, DecisionStatus.SUPERSEDED):
            sentence = _("{ref} is superseded. Clear superseded_by before you set another status.")
            raise Refused(sentence.format(ref=ref))
        line = stored.find_line(ledger.cursor, key)
        words: dict[str, Any] = {name: values[name] for name in ("text", "text_cy") if name in values}
        if line and words:
            ledger.update("minute_lines", line, words)
        ledger.update("decisions", key, values)
        return stored.read_decision(ledger.cursor, key)


def _refuse_earlier(cursor: Cursor, later: RowKey, ref: str, decided_on: str | None) -> None:
    """Raise Refused where the decision that would supersede another was made before it."""
    superseding = stored.read_decision(cursor, later)
    day = read_stored_date(decided_on) or stored.read_decision(cursor, _find_key(cursor, ref)[0]).decided_on
    if day and superseding.decided_on and superseding.decided_on.latest < day.earliest:
        sentence = _("{later} is of {day}, before {ref}. An earlier decision cannot supersede a later one.")
        raise Refused(sentence.format(later=superseding.ref, day=superseding.decided_on, ref=ref))


def link_decision(workspace: Workspace, ref: str, action: str, remove: bool = False) -> Decision:
    """Link or unlink an action that implements the decision. Raises NotFound."""
    with workspace.database.write(f"link {ref.upper()} {action.upper()}") as ledger:
        key, ref = _find_key(ledger.cursor, ref)
        action_key, action = record_lookup.find_action(ledger.cursor, action)
        existing = stored.find_action_link(ledger.cursor, key, action_key)
        if existing and remove:
            ledger.label = f"unlink {ref} {action}"
            ledger.remove("decision_actions", existing)
        elif not existing and not remove:
            ledger.add("decision_actions", {"decision": key, "action": action_key})
        return stored.read_decision(ledger.cursor, key)


def export_decisions(
    workspace: Workspace,
    target: Path,
    words: str = "",
    group: str | None = None,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> int:
    """Write the register in the format of the suffix of `target`. Returns the number of decisions.

    Its marking is the highest of `marking` and those of the meetings that decided.

    Raises BadInput for another suffix, NotFound for an unknown group, Refused if the file exists, or if it is a CSV
    file above OFFICIAL whose name does not say so.
    """
    ending = check_format("decisions", target)
    rows = list_decisions(workspace, words, group)
    with workspace.database.read() as cursor:
        highest = find_highest_marking(marking, stored.list_meeting_markings(cursor, rows))
    require_marked_name(target, highest)

    def list_rows() -> list[Decision]:
        with translated_names():
            return [_translate_decision(row) for row in list_decisions(workspace, words, group)]

    def write_register(path: Path) -> None:
        from ahtc_tui.formats import decision_register

        if ending == ".xlsx":
            decision_register.write_xlsx(path, list_rows, highest, workspace.today())
        elif ending == ".csv":
            decision_register.write_csv(path, list_rows(), highest)
        else:
            decision_register.write_md(path, list_rows, highest, workspace.today())

    write_file_atomically(target, write_register, force)
    return len(rows)


def _translate_decision(row: Decision) -> Decision:
    """Return the decision in the language of the file, English without Welsh marked; of two, each on a line."""
    if get_current_language() is Language.BOTH:
        return replace(row, text=f"{row.text_cy}\n{row.text}") if row.text_cy else row
    return replace(row, text=choose_printed_text(row.text, row.text_cy), reason=mark_untranslated(row.reason))


def _find_key(cursor: Cursor, ref: str) -> tuple[RowKey, str]:
    return record_lookup.find_record(cursor, "decisions", ref, _("decision"))


def _build_values(cursor: Cursor, draft: DecisionDraft) -> dict[str, Any]:
    """Return the column values of a draft, with the records that it names looked up."""
    lookups = {
        "group": record_lookup.find_group_key,
        "meeting": record_lookup.find_meeting_key,
        "decided_by": record_lookup.find_party_key,
        "superseded_by": lambda cursor, ref: _find_key(cursor, ref)[0],
    }
    return record_lookup.resolve_columns(cursor, draft, lookups)
