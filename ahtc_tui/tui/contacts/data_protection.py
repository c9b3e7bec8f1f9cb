"""One person and the law on one screen: why they are held, the answer to their request, what an erasure would take.

Erasing asks for the reference to be typed: it is the one thing of the desk that no key takes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widgets import Checkbox, Input

from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.data_protection import ErasureReport, ReviewRow, ground_of, say_answer
from ahtc_tui.domain.record_names import record_words
from ahtc_tui.services.privacy import data_protection, erasure
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.contacts.detail_screen import DetailScreen, group
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.protection import PROTECTION
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import one_line

SHOWN = 30
"""Texts of each sort on the screen."""


class ProtectionScreen(DetailScreen):
    """What is held on a person, and what an erasure would do."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*PROTECTION)]

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self._found: ErasureReport | None = None

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Show why the person is held, and the dry run."""
        with told(self.app):
            review = await self.app.desk.ask(data_protection.review_of, self._ref)
            self._found = await self.app.desk.ask(erasure.preview, self._ref)
            self.page.show(sections(self._found, review))

    @work(group="export")
    async def action_answer(self) -> None:
        """Everything held on the person in the exports folder."""
        from ahtc_tui.services.privacy.subject_access import answer_to_folder

        with told(self.app):
            done = await self.app.desk.work(answer_to_folder, self._ref)
            said = _("Written: {path}; {answer}").format(
                path=self.app.desk.within(Path(done.file)), answer=say_answer(done)
            )
            say(self.app, said, undo=False)

    @work(group="write")
    async def action_erase(self) -> None:
        """Erase the person, once the reference was typed."""
        if self._found is None or self._found.done:
            return
        form = EraseForm(self.app.desk, self._found)
        if await self.app.push_screen_wait(form) is None or form.done is None:
            return
        self._found = form.done
        self.page.show(sections(form.done, None))
        say(self.app, _("Erased. It cannot be undone."), undo=False)
        self.app.changed.publish(None)


class EraseForm(FormScreen):
    """The typed confirmation of an erasure."""

    saves = _("erase")

    def __init__(self, desk: Desk, report: ErasureReport) -> None:
        super().__init__(_("Erase {name} for good: no key takes it back").format(name=one_line(report.name)))
        self._desk, self._report = desk, report
        self.done: ErasureReport | None = None

    def rows(self) -> Iterable[FormRow]:
        """The reference, the reason, further words, and the exported files."""
        hint = _("type {ref}").format(ref=self._report.ref)
        yield FormRow("ref", _("Reference"), Input("", hint, compact=True))
        yield FormRow("reason", _("Reason"), Input("", _("asked; without the name"), compact=True))
        yield FormRow(
            "also", _("Other words"), Input("", _("that mean the person too; parted by commas"), compact=True)
        )
        if self._report.files:
            one, more = _("remove the file that holds the name"), _("remove the {n} files that hold the name")
            files = say_number(len(self._report.files), one, more)
            yield FormRow("exports", _("Files"), Checkbox(files, compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Erase, or keep the form open with the sentence."""
        if values["ref"] != self._report.ref:
            sentence = _("Nothing was erased: type the reference, {ref}.").format(ref=self._report.ref)
            self.show_error(sentence, "ref")
            raise BadInput(sentence)
        also = [word.strip() for word in (values["also"] or "").split(",") if word.strip()]
        self.done = await self._desk.ask(
            erasure.erase_person,
            self._report.ref,
            reason=values["reason"] or "",
            also=also,
            exports=bool(values.get("exports")),
        )


def sections(report: ErasureReport, review: ReviewRow | None) -> Iterator[Section]:
    """The page from top to bottom."""
    yield Title("" if report.done else report.ref, _("Erased") if report.done else report.name)
    if not report.done:
        yield Gap()
        yield from (Fact(label, words or "") for label, words in ground_of(review))
        yield Gap()
        yield Para(_("An erasure would do this, and no key takes it back:"))
    yield from _counts(report)
    texts = [f"{record_words(one.table, 1)}: {one.excerpt}" for one in report.texts]
    left = [f"{record_words(one.table, 1)}: {one.text}" for one in report.left]
    for heading, lines in (
        (_("TEXTS AFTERWARDS"), texts),
        (_("TO LOOK AT: MAY MEAN THE PERSON, AND STAYS"), left),
        (_("STAYS IN TEXTS: SOMEBODY ELSE HAS IT TOO"), report.shared),
        (_("FILES THAT HOLD THE NAME"), report.files),
        (_("FILES REMOVED"), report.removed),
        (_("STAYS: OLDER BACKUPS; ONE THAT IS RESTORED IS ERASED AGAIN"), report.backups),
    ):
        yield from group(heading, [" ".join(line.split()) for line in lines], most=SHOWN)


def _counts(report: ErasureReport) -> Iterator[Section]:
    yield Gap()
    yield Heading(_("RECORDS"))
    for one in report.tables:
        parts = (
            (one.goes, _("{n} removed")),
            (one.instead, _("{n} left to the post or to nobody")),
            (one.words, _("{n} in other words")),
        )
        said = ", ".join(words.format(n=n) for n, words in parts if n)
        yield Para(f"{record_words(one.table)}: {said}")
    yield Para(say_number(report.journal_lines, _("history: 1 line"), _("history: {n} lines")))
    if report.instead:
        yield Gap()
        yield Fact(_("In texts"), report.instead)
