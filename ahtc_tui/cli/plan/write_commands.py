"""`ahtc plan`: versions, what the letters mean, milestones."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import edit_verb, pairs
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import facts, print_json, print_lines, table
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import date_data, plain
from ahtc_tui.services.plan import service as plan

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.model import MilestoneRow, PlanVersion

FIELDS = ("agreed-on", "owner", "note")


def add_verbs(verbs: Any) -> None:
    """The verbs, beside those that read."""
    listing: ArgumentParser = verbs.add_parser("versions", help="every version, the one in force first")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=versions)
    editing = verbs.add_parser(
        "edit",
        help="field=value ...: title, version, agreed_on, owner, note; blue, red, amber, green: what they mean",
        allow_abbrev=False,
    )
    editing.add_argument("fields", nargs="+", metavar="field=value")
    editing.set_defaults(run=edit)
    making = verbs.add_parser("version", help="a new version, in force from now on", allow_abbrev=False)
    making.add_argument("version")
    for field in FIELDS:
        making.add_argument(f"--{field}")
    making.set_defaults(run=version)
    points = verbs.add_parser("milestone", help="points on the way to an objective").add_subparsers(
        required=True, metavar="VERB"
    )
    _milestone_verbs(points)


def _milestone_verbs(points: Any) -> None:
    listing = points.add_parser("list", help="all of them", allow_abbrev=False)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=milestones)
    adding = points.add_parser("add", help="a new one; prints its reference", allow_abbrev=False)
    adding.add_argument("title")
    adding.add_argument("--objective", metavar="N", required=True)
    adding.add_argument("--due", metavar="D")
    adding.add_argument("--note")
    adding.set_defaults(run=add_milestone)
    edit_verb(points, "field=value ...", edit_milestone)
    meeting = points.add_parser("met", help="it was met", allow_abbrev=False)
    meeting.add_argument("ref")
    meeting.add_argument("--on", metavar="D")
    meeting.set_defaults(run=meet_milestone)
    removing = points.add_parser("remove", help="take it away", allow_abbrev=False)
    removing.add_argument("ref")
    removing.set_defaults(run=remove_milestone)


def versions(context: Context, chosen: Namespace) -> int:
    """`plan versions`."""
    with context.workspace() as workspace:
        found = plan.plan_versions(workspace)
    if chosen.json:
        print_json([_version_data(one) for one in found])
    else:
        print_lines(line for one in found for line in [*_version_lines(one), ""])
    return 0


def _version_data(one: PlanVersion) -> dict[str, Any]:
    return {**plain(one), **date_data("agreed_on", one.agreed_on)}


def _version_lines(one: PlanVersion) -> list[str]:
    said = (
        (_("Version"), one.version or _("not numbered")),
        (_("In force"), _("yes") if one.in_force else _("no")),
        (_("Agreed on"), one.agreed_on or _("not stated")),
        (_("Owner"), one.owner),
        *((each.brag.label, f"{each.words} ({each.whose})") for each in one.brag),
        (_("Note"), one.note),
    )
    return [one.title, *facts(said)]


def edit(context: Context, chosen: Namespace) -> int:
    """`plan edit`."""
    from ahtc_tui.domain.drafts.plan import plan_draft
    from ahtc_tui.services.plan.versions_and_milestones import edit_plan

    with context.workspace() as workspace:
        made = edit_plan(workspace, plan_draft(pairs(chosen.fields), workspace.today()))
    print_lines(_version_lines(made))
    return 0


def version(context: Context, chosen: Namespace) -> int:
    """`plan version`."""
    from ahtc_tui.domain.drafts.plan import plan_draft
    from ahtc_tui.services.plan.versions_and_milestones import add_version

    given = {name.replace("-", "_"): getattr(chosen, name.replace("-", "_")) for name in FIELDS}
    fields = {"version": chosen.version, **{name: value for name, value in given.items() if value is not None}}
    with context.workspace() as workspace:
        made = add_version(workspace, plan_draft(fields, workspace.today()))
    print_lines([made.ref])
    context.say(_("Version {name} is in force. `ahtc undo` takes it back.").format(name=made.version))
    return 0


def milestones(context: Context, chosen: Namespace) -> int:
    """`plan milestone list`."""
    with context.workspace() as workspace:
        found = plan.plan_milestones(workspace)
    if chosen.json:
        print_json([milestone_data(point) for point in found])
    else:
        cells = [(point.ref, str(point.objective), point.title, *milestone_words(point)) for point in found]
        print_lines(table(cells, (10, 3, None, 24, 24)))
        context.say(say_number(len(found), _("1 milestone"), _("{n} milestones")))
    return 0


def milestone_data(point: MilestoneRow) -> dict[str, Any]:
    """A milestone as `--json` gives it."""
    return {**plain(point), **date_data("due", point.due), **date_data("met_on", point.met_on)}


def milestone_words(point: MilestoneRow) -> tuple[str, str]:
    """When it is due, and whether it was met."""
    return str(point.due or "–"), _("met {day}").format(day=point.met_on) if point.met_on else _("not yet met")


def add_milestone(context: Context, chosen: Namespace) -> int:
    """`plan milestone add`."""
    from ahtc_tui.services.plan import versions_and_milestones

    named = ("title", "objective", "due", "note")
    fields = {name: getattr(chosen, name) for name in named if getattr(chosen, name) is not None}
    return _written(context, lambda workspace, draft: versions_and_milestones.add_milestone(workspace, draft), fields)


def edit_milestone(context: Context, chosen: Namespace) -> int:
    """`plan milestone edit`."""
    from ahtc_tui.services.plan import versions_and_milestones

    fields = pairs(chosen.fields)
    return _written(
        context, lambda workspace, draft: versions_and_milestones.edit_milestone(workspace, chosen.ref, draft), fields
    )


def _written(context: Context, write: Any, fields: dict[str, str]) -> int:
    from ahtc_tui.domain.drafts.plan import milestone_draft

    with context.workspace() as workspace:
        _tell(context, write(workspace, milestone_draft(fields, workspace.today())))
    return 0


def meet_milestone(context: Context, chosen: Namespace) -> int:
    """`plan milestone met`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.plan import versions_and_milestones

    with context.workspace() as workspace:
        on = read_date(chosen.on, workspace.today()) if chosen.on else None
        _tell(context, versions_and_milestones.meet_milestone(workspace, chosen.ref, on))
    return 0


def remove_milestone(context: Context, chosen: Namespace) -> int:
    """`plan milestone remove`."""
    from ahtc_tui.services.plan import versions_and_milestones

    with context.workspace() as workspace:
        print_lines([versions_and_milestones.remove_milestone(workspace, chosen.ref)])
    return 0


def _tell(context: Context, point: MilestoneRow) -> None:
    due, met = milestone_words(point)
    print_lines([point.ref])
    said = _("{ref}, due {due}: {met}. `ahtc undo` takes it back.")
    context.say(said.format(ref=point.ref, due=due, met=met))
