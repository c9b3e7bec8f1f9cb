"""The kinds of files that `ahtc export` and the mode Reports create, each stated once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop

DOCUMENT = (".docx", ".odt", ".pdf", ".html", ".md")
"""Formats of documents; LibreOffice converts the second and the third."""
FOLDER = ()


@dataclass(frozen=True, slots=True)
class ExportKind:
    """Name, contents and formats of a kind of export."""

    name: str
    """As it is typed: `ahtc export NAME`."""
    message: str
    """Content in English, translated by `description`."""
    formats: tuple[str, ...] = DOCUMENT
    """Suffixes of its files; none for a folder."""
    is_folder: bool = False
    """Whether it can be a folder."""
    subject: str = ""
    """Placeholder of the record that it is about."""
    goes_outside: bool = False
    """Whether it has records up to OFFICIAL unless `--up-to` says otherwise."""
    is_released: bool = False
    """Whether it has a published cut, which holds what a person released; its plain form is for the office."""
    key: str = ""
    """Key in Reports; empty for what is exported from its record."""
    title_message: str = ""
    """Name in Reports, in English."""
    file_message: str = ""
    """Name of its files for people, in English, where that is not its name in Reports."""
    data_name: str = ""
    """Name of its file in the exports folder where programs read it: the same in every language."""
    is_slow: bool = False
    """Whether it takes seconds in a large workspace, so that Reports shows its progress."""

    @property
    def description(self) -> str:
        """Content, as a phrase in the current language."""
        return _(self.message)

    @property
    def title(self) -> str:
        """Name in Reports, in the current language."""
        return _(self.title_message)

    @property
    def file_name(self) -> str:
        """Name of its files for people, in the current language, without date and suffix."""
        return _(self.file_message or self.title_message)

    @property
    def menu_ending(self) -> str:
        """Suffix of its file from Reports: a workbook where it can be one; empty for a folder."""
        return ".xlsx" if ".xlsx" in self.formats else next(iter(self.formats), "")

    @property
    def help_text(self) -> str:
        """Content and formats."""
        folder = [_("a folder")] if self.is_folder else []
        return f"{self.description}: {', '.join([' '.join(self.formats), *folder] if self.formats else folder)}"


_KINDS = (
    ExportKind("returns", gettext_noop("a workbook and a covering note for each lead"), FOLDER, is_folder=True,
        goes_outside=True, key="r", title_message=gettext_noop("Returns")),
    ExportKind("chasers", gettext_noop("a draft email to each lead about late and due actions"), FOLDER,
        is_folder=True, key="c", title_message=gettext_noop("Chasers")),
    ExportKind("actions", gettext_noop("actions with their leads, dates and ratings"),
        (".xlsx", ".ods", ".csv", ".json"), key="a", title_message=gettext_noop("Action log")),
    ExportKind("decisions", gettext_noop("the decision register"), (".xlsx", ".csv", ".md"), key="D",
        title_message=gettext_noop("Decisions"), file_message=gettext_noop("Decision register")),
    ExportKind("contacts", gettext_noop("people, posts and organisations"), (".vcf", ".csv", ".xlsx"), key="p",
        title_message=gettext_noop("People"), file_message=gettext_noop("Contacts")),
    ExportKind("attendance", gettext_noop("attendance by seat and by person"), (".xlsx",), key="t",
        title_message=gettext_noop("Attendance")),
    ExportKind("since", gettext_noop("changes since the last meeting"), key="s",
        title_message=gettext_noop("Changes since"), is_slow=True),
    ExportKind("highlight", gettext_noop("the plan's position for a board, on one page"), (*DOCUMENT, ".pptx"),
        is_released=True, key="H", title_message=gettext_noop("Highlights"),
        file_message=gettext_noop("Highlight report"), is_slow=True),
    ExportKind("transparency", gettext_noop("external meetings in the columns of GOV.UK"), (".csv",),
        goes_outside=True, is_released=True, key="T", title_message=gettext_noop("Transparency"),
        data_name="transparency"),
    ExportKind("dashboard", gettext_noop("the position on one page, for people without a terminal"), (".html", ".htm"),
        goes_outside=True, is_released=True, key="h", title_message=gettext_noop("Dashboard")),
    ExportKind("invites", gettext_noop("meetings for calendars, or drafts of their invitations"), (".ics",),
        is_folder=True, key="v", title_message=gettext_noop("Calendar"), file_message=gettext_noop("Invitation"),
        data_name="meetings"),
    ExportKind("everything", gettext_noop("every record with the history as CSV and JSON"), (".zip",), key="E",
        title_message=gettext_noop("Everything"), data_name="everything", is_slow=True),
    ExportKind("deadlines", gettext_noop("actions as to-dos"), (".ics",)),
    ExportKind("calendars", gettext_noop("a .ics for each meeting, for vdirsyncer and khal"), FOLDER, is_folder=True),
    ExportKind("cards", gettext_noop("a .vcf for each contact, for vdirsyncer and khard"), FOLDER, is_folder=True),
    ExportKind("plan", gettext_noop("the plan with progress, charts and timeline"), (".xlsx",),
        file_message=gettext_noop("Delivery Plan")),
    ExportKind("matrix", gettext_noop("good practice by place"), (".xlsx",),
        file_message=gettext_noop("Good practice")),
    ExportKind("evidence", gettext_noop("figures, data sets and charts"), (".xlsx",),
        file_message=gettext_noop("Evidence")),
    ExportKind("agenda", gettext_noop("the agenda of a meeting"), (*DOCUMENT, ".txt"), subject="MEETING",
        file_message=gettext_noop("Agenda")),
    ExportKind("minutes", gettext_noop("the minutes of a meeting, as .eml a draft to those invited"),
        (*DOCUMENT, ".txt", ".eml"), subject="MEETING", file_message=gettext_noop("Minutes")),
    ExportKind("after",
        gettext_noop("minutes, an email, action log, chasers and the next invitation after a meeting"), FOLDER,
        is_folder=True, subject="MEETING", file_message=gettext_noop("After the meeting")),
    ExportKind("pack",
        gettext_noop(
            "agenda, open actions, last minutes, invitation and note before a meeting, with the papers as one file"
        ),
        (".pdf",), is_folder=True, subject="MEETING", file_message=gettext_noop("Meeting pack")),
    ExportKind("letters", gettext_noop("letters of invitation to a meeting, one for each invited contact"), FOLDER,
        is_folder=True, subject="MEETING"),
    ExportKind("note", gettext_noop("a meeting's note, in both languages, due in seven working days"),
        subject="MEETING", goes_outside=True, is_released=True, file_message=gettext_noop("Note of the meeting")),
    ExportKind("signin", gettext_noop("the attendance sheet of a meeting, to sign"), subject="MEETING",
        file_message=gettext_noop("Attendance sheet")),
    ExportKind("nameplates", gettext_noop("name plates for a meeting, one folded A4 page each"), DOCUMENT[:3],
        subject="MEETING", file_message=gettext_noop("Name plates")),
    ExportKind("brief", gettext_noop("one page on a board or group"), subject="GROUP"),
    ExportKind("handover", gettext_noop("the handover of a post"), subject="POST"),
    ExportKind("paper", gettext_noop("a commissioned paper, question by question"), subject="COMMISSION",
        goes_outside=True, is_released=True),
    ExportKind("foi", gettext_noop("all records on a subject, for a freedom of information request"), (".zip",),
        subject="WORDS"),
)  # fmt: skip
EXPORT_KINDS = {kind.name: kind for kind in _KINDS}
"""Every kind by its name, in the order of Reports and of the help."""


def check_ending(target: Path, endings: Sequence[str]) -> str:
    """Return the suffix of a file in lower case. Raises BadInput for another one than these."""
    ending = target.suffix.lower()
    if ending not in endings:
        *others, last = endings
        formats = _("{others} or {last}").format(others=", ".join(others), last=last) if others else last
        sentence = _('The name of this file must end in {formats}, but it is "{name}".')
        raise BadInput(sentence.format(formats=formats, name=target.name))
    return ending


def check_format(kind: str, target: Path) -> str:
    """Return the suffix of a file of a kind of export. Raises BadInput for another format."""
    return check_ending(target, EXPORT_KINDS[kind].formats)
