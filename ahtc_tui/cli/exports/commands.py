"""`ahtc export KIND OUT`: all kinds of export, and the action log."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.actions.filter_flags import TERM_OPTIONS, build_filter, choose_sort, declare_filters
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, LateVerbs, Verb, add_verbs, declare_export, declare_force
from ahtc_tui.cli.console.write_messages import print_written_file
from ahtc_tui.cli.exports.marking_limit import add_marking_limit
from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.paths import resolve_path

FILTER_OPTIONS = ("lead", "group", "objective", "meeting", *TERM_OPTIONS)

KINDS_BY_MODULE = {
    "exports.correspondence": ("invites", "chasers", "returns", "deadlines", "calendars", "cards"),
    "exports.workbooks": ("contacts", "transparency", "attendance", "plan", "matrix", "evidence"),
    "exports.meeting_documents": ("agenda", "minutes", "after", "pack", "letters", "note", "signin", "nameplates"),
    "exports.office_papers": ("brief", "handover", "highlight", "paper", "dashboard"),
    "meetings.decisions": ("decisions",),
    "privacy.data_protection": ("foi",),
    "plan.changes_since": ("since",),
    "backup.commands": ("everything",),
}
"""Kinds of export by the module of `cli` whose `declare_kinds` declares them, in the order of the help."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the kinds of export."""
    sort = Argument("--sort", choices=list(Sort), help_text=_("ref by default, or the order of the view"))
    markings = list(Marking)
    shared = (Argument("--marking", choices=markings, default=Marking.OFFICIAL.value), declare_force(), JSON)

    def complete(kind: Verb) -> Verb:
        return add_marking_limit(kind.takes(*shared))

    add_verbs(
        parser,
        complete(declare_export("actions", write_action_log, *declare_filters(), sort)),
        *(
            LateVerbs(f"ahtc_tui.cli.{module}", *names, function="declare_kinds", complete=complete)
            for module, names in KINDS_BY_MODULE.items()
        ),
        metavar="KIND",
    )


def write_action_log(context: Context, args: Namespace) -> None:
    """Write the actions of a filter or a saved view, in the format of the suffix."""
    from ahtc_tui.services.actions.saved_views import find_view
    from ahtc_tui.services.exports.action_log import LogLayout, export_actions

    target = resolve_path(args.out)
    with context.open_for_export() as workspace:
        report = export_actions(
            workspace,
            target,
            build_filter(workspace, args),
            LogLayout(
                choose_sort(workspace, args, Sort.REF),
                columns=find_view(workspace, args.view).columns if args.view else (),
                describe_filter=lambda: _describe_filter(args),
            ),
            marking=Marking(args.marking),
            force=args.force,
        )
    description = ngettext("1 action", "{n} actions", report.count)
    print_written_file(context, args, target, description, report.marking, actions=report.count)


def _describe_filter(args: Namespace) -> str:
    """Return the filter of an export in words, for the head of the file."""
    conditions = [f"{name} {getattr(args, name)}" for name in FILTER_OPTIONS if getattr(args, name)]
    if args.late:
        conditions.append(_("late"))
    if args.continuing:
        conditions.append(_("continuing"))
    if args.due_before:
        conditions.append(_("due before {date}").format(date=args.due_before))
    if args.words:
        conditions.append(" ".join(args.words))
    if args.view:
        conditions.append(_("view {name}").format(name=args.view))
    scope = {
        ActionScope.OPEN: _("open actions"),
        ActionScope.CLOSED: _("closed actions"),
        ActionScope.ALL: _("all actions"),
    }[ActionScope(args.which or ActionScope.OPEN)]
    return ", ".join([scope, *conditions])
