"""The option `--up-to` of every export: leaves out what is marked higher, and says how much that is."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_message
from ahtc_tui.cli.console.verbs import Argument, Verb
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.i18n import _


def add_marking_limit(kind: Verb) -> Verb:
    """Return a kind of export with the option `--up-to`; it returns at least 1 where something was left out."""

    def run_limited(context: Context, args: Namespace) -> int:
        from ahtc_tui.services.privacy.marking_limit import format_left_out, refuse_marked_publication

        is_published = getattr(args, "cut", None) == Cut.PUBLISHED.value
        up_to = Marking(args.up_to) if args.up_to else _find_default(kind.name, args, is_published=is_published)
        if up_to is None:
            return kind.run(context, args) or 0
        limited = replace(context, up_to=up_to, left_out=set())
        if is_published:
            refuse_marked_publication(up_to)
            return kind.run(limited, args) or 0  # the file has what was released, and no more with another limit
        code = kind.run(limited, args) or 0
        count = len(limited.left_out)
        if count:
            print_message(format_left_out(count, up_to))
        elif not args.up_to:
            context.print_notice(_("The file has records up to {marking} only.").format(marking=up_to.label))
        return max(code, 1) if count else code

    help_text = _("leave out what is marked higher; by default official in what goes outside the office, else all")
    option = Argument("--up-to", choices=list(Marking), help_text=help_text)
    defaults = {**kind.defaults, "reads_state": kind.name != "everything", "shows_names": False}
    return Verb(kind.name, run_limited, kind.help_text, *kind.arguments, option, **defaults)


def _find_default(name: str, args: Namespace, *, is_published: bool) -> Marking | None:
    """Return the limit without the option: OFFICIAL for what goes outside, else None."""
    goes_outside = (name in EXPORT_KINDS and EXPORT_KINDS[name].goes_outside) or getattr(args, "goes_outside", False)
    return Marking.OFFICIAL if is_published or goes_outside else None
