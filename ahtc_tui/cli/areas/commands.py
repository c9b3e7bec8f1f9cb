"""`ahtc areas`: the areas of the office, with their names over time."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import collect_flags
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.lists import print_list
from ahtc_tui.cli.console.output import print_result
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, REF, Argument, EditVerb, Switch, Verb, add_verbs
from ahtc_tui.cli.console.write_messages import edit_draft, list_written, save_draft
from ahtc_tui.domain.areas.model import AreaKind, AreaRow
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.formatting import soften_date
from ahtc_tui.domain.dates.periods import format_term
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.areas import service as areas

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.areas import AreaDraft
    from ahtc_tui.services.workspace import Workspace

FIELDS = ("name_cy", "kind", "part_of", "from_on", "to_on", "note")


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `areas`."""
    kinds = list(AreaKind)
    add_verbs(
        parser,
        Verb("list", print_areas, _("the areas of the office, by kind")).takes(
            Argument("--kind", "KIND", _("only areas of a kind"), choices=kinds),
            Switch("--all", _("also ended ones")),
            JSON,
        ),
        Verb("add", add_area, _("add an area; prints the reference")).takes(
            Argument("name"),
            Argument("--name-cy", "TEXT", _("the Welsh name")),
            Argument("--kind", "KIND", _("the kind of area"), choices=kinds),
            Argument("--part-of", "AREA", _("the larger area")),
            Argument("--from", "D", _("the area's first date"), dest="from_on"),
            Argument("--until", "D", _("the area's last date"), dest="to_on"),
            Argument("--note", "T"),
            JSON,
        ),
        EditVerb(
            edit_area,
            dict.fromkeys(("name", *FIELDS), ()) | {"kind": AreaKind},
            Argument("--from", "D", _("the new name's first date"), dest="first"),
            JSON,
        ),
        Verb("end", end_area, _("end an area; records keep it, lists of areas leave it out")).takes(
            REF, Argument("--on", "D", _("the area's last date; today by default")), JSON
        ),
    )


def print_areas(context: Context, args: Namespace) -> None:
    """Print the areas that exist on the day, by kind."""
    with context.open_workspace() as workspace:
        rows = areas.list_areas(workspace, ended=args.all)
    rows = [row for row in rows if args.kind in (None, row.kind.value)]
    count = ngettext("1 area", "{n} areas", len(rows))
    print_list(context, rows, _area_data, _area_cells, (22, None, 18, 18, 34), count)


def _area_cells(row: AreaRow) -> tuple[str, ...]:
    return row.ref, row.name, row.kind.label, row.part_of_name or "–", format_term(row.from_on, row.to_on) or "–"


def _area_data(row: AreaRow) -> dict[str, Any]:
    """Return an area for JSON; `names` has the periods of an area with several names."""
    return {
        "ref": row.ref,
        "name": row.name_en,
        "name_cy": row.name_cy,
        "kind": row.kind.value,
        "part_of": row.part_of,
        "from": _format_first(row.from_on),
        "until": _format_last(row.to_on),
        "note": row.note,
        "names": [
            {
                "name": name.name,
                "name_cy": name.name_cy,
                "from": _format_first(name.from_on),
                "until": _format_last(name.to_on),
            }
            for name in row.names
        ],
    }


def _format_first(known_date: DateAsKnown | None) -> str | None:
    return known_date.earliest.isoformat() if known_date else None


def _format_last(known_date: DateAsKnown | None) -> str | None:
    return known_date.latest.isoformat() if known_date else None


def add_area(context: Context, args: Namespace) -> None:
    """Add an area and print its reference."""
    from ahtc_tui.domain.drafts.areas import build_area_draft

    values = {"name": args.name, **collect_flags(args, FIELDS)}
    _print_written(context, args, save_draft(context, build_area_draft, areas.add_area, values))


def edit_area(context: Context, args: Namespace) -> None:
    """Edit the fields of an area; with --from a name is valid from that day on."""
    from ahtc_tui.domain.drafts.areas import build_area_draft

    def edit(workspace: Workspace, ref: str, draft: AreaDraft) -> AreaRow:
        return areas.edit_area(workspace, ref, draft, _read_date(workspace, args.first))

    _print_written(context, args, edit_draft(context, args, build_area_draft, edit))


def end_area(context: Context, args: Namespace) -> None:
    """End an area on a day."""
    with context.open_workspace() as workspace:
        row = areas.end_area(workspace, args.ref, _read_date(workspace, args.on))
    _print_written(context, args, row)


def _read_date(workspace: Workspace, text: str | None) -> DateAsKnown | None:
    from ahtc_tui.domain.dates.parser import read_date

    return read_date(text, workspace.today()) if text else None


def _print_written(context: Context, args: Namespace, row: AreaRow) -> None:
    print_result(args.json, lambda: _area_data(row), lambda: list_written(context, row.ref))
    ended = _("until {day}").format(day=soften_date(row.to_on)) if row.to_on else ""
    context.print_undoable(f"{row.ref}: {', '.join(filter(None, (row.name, row.kind.label, ended)))}.")
