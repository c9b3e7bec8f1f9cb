"""Use cases of the review of personal data: the list of due reviews, and the review of one person."""

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
from ahtc_tui.domain.privacy.data_protection import Held, LastUse, Redaction, ReviewRow, compute_review_day
from ahtc_tui.domain.privacy.foi_requests import RequestAnswer, compute_request_due
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.services.output_folders import find_dated_path
from ahtc_tui.services.privacy.erasure_files import read_stored_lines
from ahtc_tui.services.privacy.subject_access import find_other_people, write_archive
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.queries import KINDS
from ahtc_tui.store.privacy import data_protection as queries


def list_reviews(workspace: Workspace, *, everybody: bool = False) -> list[ReviewRow]:
    """Return the people whose review is due, longest overdue first; or everybody by day of review."""
    with workspace.database.read() as cursor:
        people = queries.list_people(cursor, workspace.today())
    rows = [_build_row(person, workspace.today()) for person in people]
    return sorted(
        (row for row in rows if everybody or row.days_over >= 0),
        key=lambda row: (row.review_on, build_sort_key(row.name)),
    )


def show_review(workspace: Workspace, words: str) -> ReviewRow | None:
    """Return the review of one person; None for a post or an organisation. Raises NotFound."""
    with workspace.database.read() as cursor:
        people = queries.list_people(cursor, workspace.today(), find_party(cursor, words, KINDS).key)
    return _build_row(people[0], workspace.today()) if people else None


def _build_row(person: queries.PersonHeld, today: date) -> ReviewRow:
    use: LastUse = person.used
    review_on = compute_review_day(person.review_on, use.on)
    return ReviewRow(
        person.ref,
        person.name,
        person.organisation,
        review_on,
        person.review_on is None,
        use.on,
        use.purpose,
        (today - review_on).days,
        person.lawful_basis,
        person.told_on,
    )


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
