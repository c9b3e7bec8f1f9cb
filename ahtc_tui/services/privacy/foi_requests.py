"""Answers requests under the Freedom of Information Act 2000: an archive of everything held on a subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.privacy.data_protection import Held, Redaction
from ahtc_tui.domain.privacy.foi_requests import RequestAnswer, compute_request_due
from ahtc_tui.services.output_folders import find_dated_path
from ahtc_tui.services.privacy.erasure_files import read_stored_lines
from ahtc_tui.services.privacy.subject_access import find_other_people, write_archive
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.privacy import foi_requests as queries

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w-])(?:\+44|0)(?:[ ()-]?\d){9,10}(?![\w-])")

HEADINGS = {"journal": gettext_noop("History: what changed, when and by whom")}
"""Headings of what is not a table of records."""


def answer_request(
    workspace: Workspace,
    words: str,
    target: Path,
    received: date | None = None,
    marking: Marking = Marking.OFFICIAL,
    *,
    force: bool = False,
) -> RequestAnswer:
    """Write everything held on a subject into an archive: records, removed ones included, and the history.

    Raises BadInput without words or for another suffix, Refused where the file exists.
    """
    from ahtc_tui.formats.archive.subject_access import SubjectAccessArchive, name_files

    check_format("foi", target)
    if not any(letter.isalnum() for letter in words):
        raise BadInput(_("Give one or more words to search for."))
    received_on = received or workspace.today()
    with workspace.database.read() as cursor:
        held = queries.find_by_words(cursor, words, read_stored_lines)
        people = queries.list_people_names(cursor)
    files = name_files(held)
    redactions = [*find_other_people(held, people, files), *_find_personal_details(held, files)]
    due = compute_request_due(received_on)
    archive = SubjectAccessArchive(
        _("What is held on: {words}").format(words=words),
        marking.label,
        _build_header(workspace, words, received_on, due),
        redactions,
        _("Names, addresses and numbers in this archive. Check each line before you disclose it: redactions.csv."),
        _("It contains no names, addresses or numbers."),
        HEADINGS,
    )
    counts = write_archive(target, archive, held, force)
    return RequestAnswer(words, str(target), received_on, due, counts, len(redactions))


def answer_request_to_folder(workspace: Workspace, words: str, received: date | None = None) -> RequestAnswer:
    """Write the archive to a free name in the exports folder. Raises BadInput."""
    subject = " ".join(re.findall(r"\w+", words)[:6])
    target = find_dated_path(workspace, lambda: ", ".join((_("Freedom of information request"), subject)), ".zip")
    return answer_request(workspace, words, target, received)


def _build_header(workspace: Workspace, words: str, received_on: date, due: date) -> list[tuple[str, str]]:
    """Return the lines at the head of the page."""
    return [
        (_("Request"), words),
        (_("Request received"), format_long_date(received_on)),
        (
            _("Answer due"),
            _("{day}, the twentieth working day after it was received").format(day=format_long_date(due)),
        ),
        (_("Prepared on"), format_long_date(workspace.today())),
        (_("Held by"), _("the office of the Anti Human Trafficking Co-ordinator")),
        (
            _("Searched"),
            _(
                "all records, including removed ones; the text of minutes, notes, updates and files of papers, except"
                " scanned pictures; the history"
            ),
        ),
        (_("History"), _("gives the post of the author of each line; accounts are left out")),
    ]


def _find_personal_details(held: Sequence[Held], files: dict[str, str]) -> Iterator[Redaction]:
    """Yield every e-mail address and telephone number with its place."""
    for record in held:
        for field, text in record.fields:
            for detail in dict.fromkeys((*ADDRESS.findall(text), *PHONE.findall(text))):
                yield Redaction(detail, files[record.kind], record.source or record.kind, field)
