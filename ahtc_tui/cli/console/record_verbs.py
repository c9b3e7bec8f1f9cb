"""The verbs that add, edit and remove a record whose fields are stated once."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, EditVerb, Verb, declare_options, declare_yes
from ahtc_tui.cli.console.write_messages import (
    BuildDraft,
    edit_draft,
    print_removed_ref,
    print_written_ref,
    save_draft,
)
from ahtc_tui.domain.fields.model import Place, list_choices_by_field, list_names
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.records import removal

if TYPE_CHECKING:
    from ahtc_tui.domain.fields.model import Field
    from ahtc_tui.services.workspace import Workspace


class Record(Protocol):
    """A record with a reference."""

    @property
    def ref(self) -> str:
        """Its reference."""


Draft = TypeVar("Draft")
Row = TypeVar("Row")


def print_record_ref(context: Context, row: Record) -> None:
    """Print the reference of a record that was written, or all of it as JSON."""
    print_written_ref(context, row.ref, data=None if context.read_record else lambda: serialize_value(row))


def declare_record_verbs(
    argument: str,
    fields: Sequence[Field[Any]],
    build_draft: BuildDraft[Draft],
    add: Callable[[Workspace, Draft], Row],
    edit: Callable[[Workspace, str, Draft], Row],
    announce: Callable[[Context, Row], None],
    *,
    add_help: str = "",
    options: Iterable[Argument] | None = None,
) -> tuple[Verb, EditVerb]:
    """Return the verbs `add` and `edit` of a record.

    `argument` is the field that is typed without an option. `build_draft` checks the fields; it imports the draft, and
    with it pydantic, when a record is written. `options` are those of `add`, by default one for each field; `announce`
    prints what was written.
    """

    def add_record(context: Context, args: Namespace) -> None:
        values = collect_flags(args, (argument, *list_names(fields, Place.ADD)))
        announce(context, save_draft(context, build_draft, add, values))

    def edit_record(context: Context, args: Namespace) -> None:
        announce(context, edit_draft(context, args, build_draft, edit))

    add_options = declare_options(fields) if options is None else options
    add_help = add_help or _("add one; prints the reference")
    edit_verb = EditVerb(edit_record, list_choices_by_field(fields))
    return Verb("add", add_record, add_help, Argument(argument), *add_options), edit_verb


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
