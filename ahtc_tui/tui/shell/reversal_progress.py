"""Runs an undo or a redo; a long one shows its progress and can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.service_threads import Service
from ahtc_tui.tui.widgets.confirm import Confirm, Dialog
from ahtc_tui.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from ahtc_tui.domain.history import ReversibleStep

DELAY_SECONDS = 0.7
"""Time after which the progress of a reversal is shown."""
REFRESH_SECONDS = 0.2


async def may_reverse(app: DeskApp, step: ReversibleStep, question: str, verb: str) -> bool:
    """Return whether a step is this window's own, or the person agrees to reverse it."""
    if step.is_own and not step.merged_work:
        return True
    sentence = question.format(label=format_step_label(step.label), origin=step.origin)
    if step.merged_work:
        sentence = step.merged_work.format_question(step.at)
    answer: bool = await app.push_screen_wait(Confirm(sentence, yes=verb, no=_("leave it"), default=False))
    return answer


class ReversalProgress(Dialog[None]):
    """The number of records that an undo or a redo has done; escape stops it and nothing is changed."""

    DEFAULT_CSS = """
    ReversalProgress {
        & > Vertical { width: auto; max-width: 70; }
        & Plain { width: auto; max-width: 65; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g", "stop", gettext_noop("Stop"), id="reversal.stop")]

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        self.completed, self.total = 0, 0
        self.job = RunningJob()

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Plain(self._format_text())

    def on_mount(self) -> None:
        self.set_interval(REFRESH_SECONDS, lambda: self.query_one(Plain).update(self._format_text()))

    def update_counts(self, completed: int, total: int) -> None:
        """Store the counts; the thread of the reversal calls it."""
        self.completed, self.total = completed, total

    def action_stop(self) -> None:
        """Stop the reversal at its next record."""
        self.job.is_stopped = True

    def _format_text(self) -> str:
        if self.total and self.completed >= self.total:
            return "\n\n".join((self._label, _("Saving")))
        counts = _("{done:,} of {total:,}").format(done=self.completed, total=self.total)
        hint = _("Stopping") if self.job.is_stopped else _("press esc to stop it; nothing is changed")
        return f"{self._label}\n\n{counts}\n\n{hint}"


async def run_reversal(app: DeskApp, service: Service[..., str], step: ReversibleStep) -> str:
    """Run an undo or redo of a step and return its label; show the progress of a long one. Raises Cancelled."""
    from ahtc_tui.services.progress import ProgressHooks

    screen = ReversalProgress(format_step_label(step.label))
    timer = app.set_timer(DELAY_SECONDS, lambda: app.push_screen(screen))
    try:
        with run_as_job(screen.job):
            return format_step_label(await app.desk.run(service, step.key, ProgressHooks(screen.update_counts)))
    finally:
        timer.stop()
        if screen in app.screen_stack:
            screen.dismiss()
