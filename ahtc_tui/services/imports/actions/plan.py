"""Warnings about rows, questions about claims, the values that answers write, and the changes of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ahtc_tui.domain.actions.filters import read_choice
from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Brag, Marking, PaperMarking, Status
from ahtc_tui.domain.actions.paper_marking import read_handling
from ahtc_tui.domain.case_data.detector import find_case_data
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import Precision, read_stored_date, refuse_distant_due, refuse_future_day
from ahtc_tui.domain.dates.parser import read_date_or_words
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.imports.report import ChangedField, FileWarning, Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import find_member
from ahtc_tui.domain.returns.model import STATED_DATES, STATED_FIELDS, SentValues
from ahtc_tui.domain.returns.owners import OwnerKind, guess_owner_kind
from ahtc_tui.domain.returns.register import Certainty
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.claims import read_stated_value
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.model import (
    NEW_PREFIX,
    ActionFilePlan,
    Claim,
    ImportPlan,
    LogRow,
    NewUpdate,
    join_names,
)
from ahtc_tui.services.imports.actions.notes import build_comment_warning
from ahtc_tui.services.imports.file_plan import build_question_id

_OWNER_FIELDS = ("status", "brag", "evidence")
"""Fields that a return changes without a question. Updates are added, and evidence is added to the present text."""


def limit_to_proposal(claim: Claim, ours: SentValues, base: SentValues | None) -> Claim:
    """Return a claim that closes an open action as a proposal to close it; any other claim unchanged.

    A closed status that was sent and came back is not a claim to close: the action was opened again here since.
    """
    status = claim.values.get("status")
    if not is_closed(status) or is_closed(ours["status"]) or (base and base.get("status") == status):
        return claim
    kept_values = {name: value for name, value in claim.values.items() if name != "closed_on"}
    return replace(claim, values={**kept_values, "status": Status.PROPOSED_COMPLETE.value})


def is_closed(status: str | None) -> bool:
    """Return whether a stored status is a closed one."""
    return status in CLOSED_STATUSES


def is_closing_day_only(claim: Claim, ours: SentValues) -> bool:
    """Return whether a claim gives an open action the day of its closing and nothing else."""
    return claim.target == "closed_on" and bool(claim.values) and not is_closed(ours["status"])


def explain_group_decision(claim: Claim, ours: SentValues) -> str:
    """Return why the group decides about a claim, or an empty string where the owner does."""
    if claim.target not in _OWNER_FIELDS:
        return _("the lead proposes it, the group decides")
    return _("the action is closed in the records") if claim.target == "status" and is_closed(ours["status"]) else ""


CHOICES = {"status": (Status, gettext_noop("status")), "brag": (Brag, gettext_noop("BRAG rating"))}
"""Fields with a choice of values, and their names in an error."""
_TEXT_FIELDS = (
    "title",
    "detail",
    "lead",
    "support",
    "due",
    "proposed_due",
    "update",
    "comment",
    "evidence",
    "source",
    *STATED_FIELDS,
)
"""Fields whose text is kept as it was written, so that case data could be stored."""


def list_row_warnings(row: LogRow, ref: str | None, marking: Marking | None = None) -> Iterator[FileWarning]:
    """Warn about a hidden row or sheet, comments on cells, a marking, and text that looks like case data.

    `marking` is that of the action; a new one gets the marking of the row.
    """
    if text := row.text_of("file_marking"):
        handling, typed = read_handling(text), find_member(text, PaperMarking)
        if marking is None and (typed is None or typed.is_older):
            sentence = _('"{text}" is handled as {marking}').format(text=text[:40], marking=handling.label)
            yield FileWarning(row.address_of("file_marking"), sentence, ref, "marking")
        elif marking and not marking.covers(handling):
            sentence = _('the row is marked "{text}", the action {marking}')
            sentence = sentence.format(text=text[:40], marking=marking.label)
            yield FileWarning(row.address_of("file_marking"), sentence, ref, "marking")
    if row.is_hidden:
        yield FileWarning(row.address, _("the row is hidden; it was imported"), ref, "hidden")
    elif row.table.is_hidden:
        sentence = _('the sheet "{sheet}" is hidden; it was imported')
        yield FileWarning(row.address, sentence.format(sheet=row.table.sheet), ref, "hidden")
    for cell in row.list_comments():
        yield build_comment_warning(cell, ref)
    for cell in (cell for field in _TEXT_FIELDS for cell in row.cells.get(field, ())):
        if cell.value is not None and (reason := find_case_data(cell.text)):
            sentence = _("the text looks like {reason}. Case data must not be kept")
            yield FileWarning(cell.address, sentence.format(reason=reason), ref, "case_data")


def ask_about_claim(
    file: ActionFilePlan, records: CurrentRecords, key: RowKey, claim: Claim, base: str | None, reason: str
) -> Claim:
    """Ask about a claim; return it with the values that the answer writes, none while it is open."""
    action, target = records.actions[key], claim.target
    ours = format_value(records, target, records.current_values[key].get(target))
    question = Question(
        build_question_id(file.path.name, action.ref, claim.reported_field, claim.theirs),
        action.ref,
        claim.reported_field,
        format_value(records, target, base),
        action.latest_update if target == "update" else ours,
        claim.theirs,
        reason,
        claim.address,
        proposed=claim.proposed,
    )
    needs_reason = claim.reported_field == "brag_reason"
    answer = file.resolve_answer(question, bool(claim.values) and not needs_reason)
    if answer == "ours":
        file.kept += 1
        return replace(claim, values={})
    if answer == "theirs":
        return claim if len(claim.values) == 1 else replace(claim, reported_field="")
    if answer and needs_reason:
        return replace(claim, values={**claim.values, "brag_reason": answer})
    values = {target: parse_answer(records, target, answer, question)} if answer else {}
    return replace(claim, values=values, reported_field=target)


def apply_claim(plan: ImportPlan, file: ActionFilePlan, records: CurrentRecords, key: RowKey, claim: Claim) -> None:
    """Add the values of a claim to the plan, and report those that change the action.

    The report names each by its own field where the claim has no reported field.
    """
    action, current_values = records.actions[key], records.current_values[key]
    for name, value in claim.values.items():
        if name == "update":
            if value:
                source, day = f"{file.path.name}, {claim.address}", claim.values.get("said_on")
                reporter = records.find_reporter(key, file.batches)
                plan.updates.append(NewUpdate(key, value, source, day, claim.values.get("update_status"), reporter))
                file.changed.append(ChangedField(action.ref, "progress", action.latest_update, value, claim.address))
            continue
        if name == "brag_reason" and value:
            plan.reasons[key] = value
        if name in ("said_on", "update_status", "brag_reason"):
            continue
        planned = plan.changes.get(key, {})
        if current_values.get(name) == value or (name in planned and planned[name] == value):
            continue
        plan.changes.setdefault(key, {})[name] = value
        plan.reasons.setdefault(key, _("as returned in {file}").format(file=file.path.name))
        if name == "lead" and (owner := find_new_owner(value)):
            add_owner(plan, records, owner, file.path.name)
        was, now = format_value(records, name, current_values.get(name)), format_value(records, name, value)
        file.changed.append(ChangedField(action.ref, claim.reported_field or name, was, now, claim.address))


def find_new_owner(value: str | None) -> str:
    """Return the name that the register lacks in a value of a lead, or an empty string."""
    return value.removeprefix(NEW_PREFIX) if value and value.startswith(NEW_PREFIX) else ""


def offer_owner_kinds(question: Question, name: str) -> Question:
    """Return the question about an unknown owner with what it may be, the likeliest first, and that as the default."""
    default = guess_owner_kind(name)
    kinds = sorted(OwnerKind, key=lambda kind: kind is not default)
    return replace(question, choices=tuple(kinds), default=default.value)


def read_owner_kind(answer: str, name: str) -> OwnerKind | None:
    """Return what an answer says that an unknown owner is, "theirs" the likeliest; None for any other answer."""
    if answer == "theirs":
        return guess_owner_kind(name)
    return OwnerKind(answer) if answer in tuple(OwnerKind) else None


def add_owner(plan: ImportPlan, records: CurrentRecords, name: str, file_name: str) -> None:
    """Add an owner to the plan; later answers may name it."""
    kind = records.owner_kinds.get(name, PartyKind.POST)
    plan.new_parties.setdefault(name, (kind, file_name))
    records.added_owners[normalize_text(name)] = name


def format_value(records: CurrentRecords, field_name: str, value: str | None) -> str | None:
    """Return a value for display: the name of a lead, an ISO day or the words of a date."""
    if value is None:
        return None
    if field_name == "lead":
        return value.removeprefix(NEW_PREFIX) if value.startswith(NEW_PREFIX) else records.register.find_name(value)
    if field_name in ("due", "closed_on", *STATED_DATES):
        day = read_stored_date(value)
        assert day is not None
        return day.iso if day.precision is Precision.DAY else str(day)
    return value


def parse_answer(records: CurrentRecords, field_name: str, text: str, question: Question) -> str | None:
    """Return the value of a typed answer as it is compared. Raises BadInput that names the question."""
    try:
        return _parse_value(records, field_name, text)
    except BadInput as error:
        raise BadInput(_("Question {id}: {reason}").format(id=question.id, reason=error)) from error


def _parse_value(records: CurrentRecords, field_name: str, text: str) -> str | None:
    if field_name in ("due", "closed_on"):
        day = read_date_or_words(text, records.today)
        refuse = refuse_distant_due if field_name == "due" else refuse_future_day
        refuse(day, records.today)
        return day.stored_text
    if field_name in CHOICES:
        return str(read_choice(text, *CHOICES[field_name]).value)
    if field_name == "lead":
        if added_owner := records.added_owners.get(normalize_text(text)):
            return f"{NEW_PREFIX}{added_owner}"
        match = records.register.find_party(text)
        if match.party is None or match.certainty is not Certainty.SURE:
            raise BadInput(match.reason)
        return match.party.ref
    if field_name == "support":
        matches = [records.register.find_party(part) for part in text.split(";")]
        if any(match.party is None for match in matches):
            raise BadInput("; ".join(match.reason for match in matches if match.party is None))
        return join_names([match.party.name for match in matches if match.party])
    if field_name in STATED_FIELDS:
        return read_stated_value(field_name, text, records.today)
    if field_name == "objective" and records.find_objective(text) is None:
        raise BadInput(_('There is no objective "{words}".').format(words=text))
    return records.find_objective(text) if field_name == "objective" else text
