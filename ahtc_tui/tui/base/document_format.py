"""The format in which the screen writes documents."""

from __future__ import annotations

from textual import work

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.services.settings.screen_state import remember_screen_state
from ahtc_tui.tui.base.field_keys import FieldKeysApp
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.pick_list import Pick

FORMATS = {
    ".docx": gettext_noop("Word, to edit and to send"),
    ".pdf": gettext_noop("PDF, to print or publish"),
    ".odt": gettext_noop("OpenDocument, for other office programs"),
    ".html": gettext_noop("an accessible web page"),
    ".md": gettext_noop("Markdown, plain text with headings"),
}
"""What each format is for, by suffix."""


class DocumentFormatApp(FieldKeysApp):
    """An app in which a key chooses the format of documents; the next start remembers it."""

    document_ending: str = ".docx"
    """The suffix of the documents that the screens write."""

    @work(group="form")
    async def action_choose_format(self) -> None:
        """Ask for the format, and remember the answer."""
        if self.is_covered or isinstance(self.screen, Pick):
            return
        options = [(ending, _(label)) for ending, label in FORMATS.items()]
        ending = await self.push_screen_wait(Pick(_("Which format?"), options))
        if ending is not None:
            self.document_ending = ending
            with errors_as_toasts(self):
                await self.desk.run(remember_screen_state, "format", ending)
