"""Screen of data protection for one person: reasons for holding, subject access, and preview of an erasure.

To erase, the user must type the reference, because an erasure is the only step that cannot be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from textual import work
from textual.widgets import Checkbox, Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.privacy.data_protection import (
    ErasureReport,
    ReviewRow,
    format_review_ground,
    format_subject_answer,
)
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.services.privacy import data_protection, erasure
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.contacts.detail_screen import DetailScreen, build_group
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import format_heading, join_lines

SHOWN = 30
"""Number of texts shown for each kind."""


class ProtectionScreen(DetailScreen):
    """Data held on a person, and the preview of an erasure."""

    BINDINGS = build_bindings("protect.*", "desk.help", "desk.exit")

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self._report: ErasureReport | None = None

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        with errors_as_toasts(self.app):
            review = await self.app.desk.run(data_protection.show_review, self._ref)
            self._report = await self.app.desk.run(erasure.preview_erasure, self._ref)
            self.page.show(build_sections(self._report, review), page=self._ref)

    @work(group="export")
    async def action_answer(self) -> None:
        """Write all data held on the person to the exports folder."""
        from ahtc_tui.services.privacy.subject_access import answer_subject_to_folder

        with errors_as_toasts(self.app):
            answer = await self.app.desk.run_long(answer_subject_to_folder, self._ref)
            self.app.announce_file(Path(answer.file), format_subject_answer(answer))

    @work(group="write")
    async def action_erase(self) -> None:
        """Open the form to erase the person."""
        if self._report is None or self._report.done:
            return
        form = EraseForm(self.app.desk, self._report)
        if await self.app.push_screen_wait(form) is None or form.result is None:
            return
        self._report = form.result
        self.page.show(build_sections(form.result, None))
        show_toast(self.app, form.result.unfinished or _("Erased. This cannot be undone."), undo=False)
        self.app.changed.publish(None)


class EraseForm(FormScreen):
    """Confirmation form of an erasure."""

    save_label = gettext_noop("erase")

    def __init__(self, desk: Desk, report: ErasureReport) -> None:
        super().__init__(_("Erase {name} permanently? This cannot be undone").format(name=join_lines(report.name)))
        self._desk, self._report = desk, report
        self.result: ErasureReport | None = None

    def rows(self) -> Iterable[FormRow]:
        hint = _("type {ref}").format(ref=self._report.ref)
        yield FormRow("ref", _("Reference"), Input("", hint, compact=True))
        yield FormRow("reason", _("Reason"), Input("", _("for example on request (no names)"), compact=True))
        hint = _("also used for the person, separated by commas")
        yield FormRow("also", _("Other words"), Input("", hint, compact=True))
        if self._report.files:
            files = ngettext(
                "remove the file with the name",
                "remove the {n} files with the name",
                len(self._report.files),
            )
            yield FormRow("exports", _("Files"), Checkbox(files, compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        if values["ref"] != self._report.ref:
            sentence = _("Nothing was erased. Type the reference, {ref}.").format(ref=self._report.ref)
            self.show_error(sentence, "ref")
            raise BadInput(sentence)
        also = [word.strip() for word in (values["also"] or "").split(",") if word.strip()]
        self.result = await self._desk.run(
            erasure.erase_person,
            self._report.ref,
            reason=values["reason"] or "",
            also=also,
            exports=bool(values.get("exports")),
        )


def build_sections(report: ErasureReport, review: ReviewRow | None) -> Iterator[Section]:
    """Return the sections of the screen from top to bottom."""
    yield Title("" if report.done else report.ref, _("Erased") if report.done else report.name)
    if not report.done:
        yield Gap()
        yield from (Fact(label, words or "") for label, words in format_review_ground(review))
        yield Gap()
        yield Para(_("An erasure would do the following and cannot be undone:"))
    yield from _build_counts(report)
    texts = [f"{format_record_noun(entry.table, 1)}: {entry.excerpt}" for entry in report.texts]
    left = [f"{format_record_noun(entry.table, 1)}: {entry.text}" for entry in report.left]
    for heading, lines in (
        (_("Text afterwards"), texts),
        (_("To check: may mean the person, and is kept"), left),
        (_("Kept in text: another person has the same name"), report.shared),
        (_("Files with the name"), report.files),
        (_("Files removed"), report.removed),
        (_("Kept: older backups (erased again when restored)"), report.backups),
    ):
        yield from build_group(heading, [" ".join(line.split()) for line in lines], limit=SHOWN)


def _build_counts(report: ErasureReport) -> Iterator[Section]:
    yield Gap()
    yield Heading(format_heading(_("Records")))
    for counts in report.tables:
        parts = (
            (counts.goes, _("{n} removed")),
            (counts.instead, _("{n} moved to the post or left without a lead")),
            (counts.words, _("{n} reworded")),
        )
        text = ", ".join(words.format(n=n) for n, words in parts if n)
        yield Para(f"{format_record_noun(counts.table)}: {text}")
    yield Para(ngettext("history: 1 line", "history: {n} lines", report.journal_lines))
    if report.instead:
        yield Gap()
        yield Fact(_("In text"), report.instead)
