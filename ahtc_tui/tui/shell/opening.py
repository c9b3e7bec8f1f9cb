"""What the app shows as it opens: faults of settings, warnings, and the page or the message of its opener."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.type_ahead import TypedKeys
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_error_toast, show_toast


@dataclass(frozen=True, slots=True)
class Opening:
    """How the app opens."""

    message: str = ""
    page: str = ""
    """Page that opens over Today: "import" or "tour"."""
    banner: str = ""
    """Line above every screen."""
    is_sample: bool = False
    """Whether the workspace is the sample, from which a key starts the own office."""
    keys: TypedKeys = ()
    """Keys typed while the first screen created the office."""


def show_opening(app: DeskApp, opening: Opening) -> None:
    """Report settings that are not understood, and show the message or the page of the opener."""
    workspace = app.desk.workspace
    faults = list(workspace.setting_faults)
    if workspace.keymap or workspace.theme:
        faults += [f"ahtc.toml: {fault}" for fault in app.find_setting_faults(workspace.keymap, workspace.theme)]
    for fault in faults:
        show_error_toast(app, fault)
    if opening.message:
        show_toast(app, opening.message, undo=False)
    if app.unsaved_texts:
        show_toast(
            app,
            _("The last screen ended while you typed. Open the form again to get back what you typed."),
            undo=False,
        )
    if opening.page == "import":
        app.action_page("import")
    elif opening.page == "tour":
        app.action_tour()


async def warn_of_surroundings(app: DeskApp) -> None:
    """Warn where the place of the workspace or the clock endangers it."""
    from ahtc_tui.services.surroundings import location

    with errors_as_toasts(app):
        for warning in await app.desk.run_long(location.find_warnings):
            show_error_toast(app, warning)
