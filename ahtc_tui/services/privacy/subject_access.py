"""Answers subject access requests (UK GDPR, article 15): an archive of everything held on a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.export_kinds import check_ending
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.data_protection import Held, Redaction, SubjectAnswer, compute_answer_due
from ahtc_tui.domain.privacy.person_mentions import fold_text
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services.output_folders import find_dated_path
from ahtc_tui.services.privacy import erasure_files
from ahtc_tui.store.privacy import subject_access
from ahtc_tui.store.privacy.erasure_scope import build_scope, find_person

if TYPE_CHECKING:
    from ahtc_tui.formats.archive.subject_access import SubjectAccessArchive
    from ahtc_tui.services.workspace import Workspace


def answer_subject_request(
    workspace: Workspace, words: str, target: Path, received: date | None = None, *, force: bool = False
) -> SubjectAnswer:
    """Write everything held on a person into an archive. Raises NotFound, BadInput, Refused where the file exists."""
    from ahtc_tui.formats.archive.subject_access import KIND_LABELS, SubjectAccessArchive, name_files

    check_ending(target, (".zip",))
    received_on = received or workspace.today()
    with workspace.database.read() as cursor:
        key, ref, name = find_person(cursor, words)
        person_scope = build_scope(cursor, key)
        held = subject_access.list_held_records(cursor, person_scope, erasure_files.read_stored_lines)
        people = subject_access.list_other_people(cursor, person_scope)
        own_accounts = {record.source for record in held if record.kind == "accounts"}
        accounts = subject_access.list_unknown_accounts(cursor)
        unknown_accounts = tuple(account for account in accounts if account not in own_accounts)
    other_people = [other_name for other_name in people if fold_text(other_name) != fold_text(name)]
    redactions = list(find_other_people(held, other_people, name_files(held)))
    files = erasure_files.name_files(workspace.root, erasure_files.find_files(workspace.root, person_scope.mentions))
    due = compute_answer_due(received_on)
    archive = SubjectAccessArchive(
        _("What is held on {name}").format(name=name),
        Marking.OFFICIAL_SENSITIVE.label,
        _build_header(workspace, name, ref, received_on, files, person_scope.shared),
        redactions,
        _("Other people are named in it. Check each line before you disclose it: redactions.csv."),
        _("No other people are named in it."),
        KIND_LABELS,
    )
    counts = write_archive(target, archive, held, force)
    issued = tuple(dict.fromkeys(record.source for record in held if record.kind == "mention: issues"))
    return SubjectAnswer(ref, name, str(target), received_on, due, counts, len(redactions), issued, unknown_accounts)


def write_archive(
    target: Path, archive: SubjectAccessArchive, held: Sequence[Held], force: bool
) -> tuple[tuple[str, int], ...]:
    """Write an archive atomically; returns the number of records by kind. Raises Refused where the file exists."""
    from ahtc_tui.formats.archive.subject_access import group_by_kind, write_subject_archive

    write_file_atomically(target, lambda path: write_subject_archive(path, archive, held), force)
    return tuple((kind, len(records)) for kind, records in group_by_kind(held).items())


def answer_subject_to_folder(workspace: Workspace, words: str) -> SubjectAnswer:
    """Write the archive to a free name in the exports folder. Raises NotFound."""
    with workspace.database.read() as cursor:
        ref = find_person(cursor, words).ref
    target = find_dated_path(workspace, lambda: ", ".join((_("Subject access request"), ref)), ".zip")
    return answer_subject_request(workspace, ref, target)


def _build_header(
    workspace: Workspace, name: str, ref: str, received_on: date, files: Sequence[str], shared: Sequence[str]
) -> list[tuple[str, str]]:
    """Return the lines at the head of the page."""
    due = compute_answer_due(received_on)
    lines = [
        (_("Name"), name),
        (_("Reference"), ref),
        (_("Request received"), format_long_date(received_on)),
        (_("Answer due"), _("{day}, one calendar month after it was received").format(day=format_long_date(due))),
        (_("Prepared on"), format_long_date(workspace.today())),
        (_("Held by"), _("the office of the Anti Human Trafficking Co-ordinator")),
        (
            _("Searched"),
            _(
                "all records; the text of minutes, notes, updates and files of papers, except scanned pictures; the "
                "history and the accounts in it"
            ),
        ),
        (_("History"), _("gives the post of the author of each line; accounts of other people are left out")),
    ]
    if files:
        lines.append((_("Files as well"), "; ".join(files)))
    if shared:
        text = _("{names}: also the name of another person, so text was not searched for it").format(
            names="; ".join(shared)
        )
        lines.append((_("Not searched for"), text))
    return lines


def find_other_people(held: Sequence[Held], names: Sequence[str], files: dict[str, str]) -> Iterator[Redaction]:
    """Yield every occurrence of the name of another person with its place."""
    by_name = {fold_text(name): name for name in names if len(name.split()) > 1}
    if not by_name:
        return
    alternatives = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    pattern = re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])")
    for record in held:
        for field, text in (("source", record.source), *record.fields):
            for match in dict.fromkeys(pattern.findall(fold_text(text))):
                yield Redaction(by_name[match], files[record.kind], record.source or record.kind, field)
