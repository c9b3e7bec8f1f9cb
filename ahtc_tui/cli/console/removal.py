"""The verb `remove` of contacts, groups, meetings and decisions."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json
from ahtc_tui.cli.console.verbs import JSON, REF, Verb, declare_yes
from ahtc_tui.cli.console.write_messages import print_removed_ref
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.records import removal


def declare_remove_verb(noun: str) -> Verb:
    """Return the verb that removes a record of this kind, after what goes with it was shown."""
    help_text = _("remove one added by mistake, with all parts")
    return Verb("remove", remove_record, help_text, REF, declare_yes(), JSON, removed_noun=noun)


def remove_record(context: Context, args: Namespace) -> int:
    """Remove a record; returns 1 where that was not confirmed."""
    with context.open_workspace() as workspace:
        plan = removal.plan_removal(workspace, args.removed_noun, args.ref)
        if not plan.used_by:
            context.print_notice(plan.question)
            if not context.confirm(_("Remove {ref}?").format(ref=plan.ref), args.yes):
                if args.json:
                    print_json({**serialize_value(plan), "removed": False})
                context.print_notice(_("Nothing was changed. Add --yes to remove it."))
                return 1
        removal.remove_record(workspace, args.removed_noun, plan.ref)
    print_removed_ref(context, plan.ref)
    return 0
