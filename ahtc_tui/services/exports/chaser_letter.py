"""A chaser as a letter in Word, for a lead without an email address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ahtc_tui.domain.contacts.addressing import format_address
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.documents.chasers import Chaser
from ahtc_tui.domain.documents.office_paper import OfficePaper, PaperKind, PaperPart
from ahtc_tui.domain.i18n import _, build_in_each_language, get_current_language
from ahtc_tui.formats.eml import chaser as texts
from ahtc_tui.services.documents.rendering import PAPER_TEMPLATE, find_template
from ahtc_tui.services.workspace import Workspace


def make_letter_writer(workspace: Workspace, chaser: Chaser) -> Callable[[Path], None]:
    """Return what writes the letter, on separate pages for each language of the file."""
    papers = list(
        zip(get_current_language().languages, build_in_each_language(lambda: _build_letter(chaser)), strict=True)
    )
    template = find_template(workspace, PaperKind.LETTER, PAPER_TEMPLATE)

    def write_letter(path: Path) -> None:
        from ahtc_tui.formats.docx.office_paper import write_office_paper_docx

        write_office_paper_docx(path, papers, template)

    return write_letter


def _build_letter(chaser: Chaser) -> OfficePaper:
    """Return the letter in the current language: the texts of the mail, with a point for each action."""
    sections = (
        PaperPart(heading, points=tuple(_format_point(*texts.format_action(row, chaser.today)) for row in rows))
        for heading, rows in texts.list_sections(chaser)
    )
    request, closing = texts.format_ending(chaser)
    return OfficePaper(
        _("Your actions"),
        format_long_date(chaser.today),
        chaser.today,
        (
            (_("To"), chaser.to.shown_name),
            *([(_("Address"), format_address(chaser.to.postal_address))] if chaser.to.postal_address else ()),
        ),
        (PaperPart("", texts.format_opening(chaser)), *sections, PaperPart("", (request, *closing.splitlines()))),
        chaser.marking,
    )


def _format_point(title: str, due: str, update: str) -> str:
    return f"{title.removesuffix('.')}. {due} {update}"
