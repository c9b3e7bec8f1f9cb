"""`ahtc backup` and `ahtc restore`: a whole copy, checked when it is made, and back again."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, table, tell
from ahtc_tui.domain.backup.model import say_why
from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.paths import incoming, place

if TYPE_CHECKING:
    from ahtc_tui.domain.backup.model import Restored


def build(parser: ArgumentParser, command: str) -> None:
    """Each of the two commands."""
    if command == "backup":
        parser.add_argument("out", nargs="?", metavar="OUT", help="a file; without it a dated one in data/backups")
        parser.add_argument("--list", action="store_true", dest="listed", help="the backups there are, each looked at")
        parser.add_argument("--force", action="store_true", help="write over a file that is there")
        parser.set_defaults(run=backup)
    else:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="look the file through, and do nothing")
        parser.add_argument("--yes", action="store_true", help="do it without asking")
        parser.set_defaults(run=restore)
    parser.add_argument("--json", action="store_true")


def backup(context: Context, chosen: Namespace) -> int:
    """Make a backup, or list those there are; exit code 1 where one of them is not whole."""
    from ahtc_tui.services.backup import make_backup

    if chosen.listed:
        if chosen.out:
            raise BadInput(_("--list takes no file: it lists the backups of the workspace."))
        return _list(context, chosen)
    target = place(chosen.out) if chosen.out else None
    with context.workspace() as workspace:
        made = make_backup(workspace, target, force=chosen.force)
    if chosen.json:
        print_json({**plain(made), "whole": True})
    else:
        print_lines([str(made.file)])
        records = say_number(made.records, _("1 record"), _("{n} records"))
        steps = say_number(made.steps, _("1 step of history"), _("{n} steps of history"))
        context.say(_("{records}, {steps}: whole.").format(records=records, steps=steps))
    return 0


def _list(context: Context, chosen: Namespace) -> int:
    from ahtc_tui.services.backup import list_backups

    with context.workspace() as workspace:
        rows = list_backups(workspace)
    if chosen.json:
        print_json([plain(row) for row in rows])
    else:
        shown = [
            (
                f"{row.made:%Y-%m-%d %H:%M}",
                say_size(row.bytes),
                _("whole") if row.whole else _("NOT WHOLE"),
                say_why(row.what) + (_(", somebody was erased since") if row.before_erasure else ""),
                row.file.name,
            )
            for row in rows
        ]
        print_lines(table(shown, (16, 9, 9, None, 60), numbers={1}))
        if not rows:
            context.say(_("There is no backup yet: `ahtc backup` makes one."))
    broken = [row for row in rows if not row.whole]
    for row in broken:
        tell(_("{file} is not whole: {first}").format(file=row.file.name, first=row.faults[0]))
    return 1 if broken else 0


def restore(context: Context, chosen: Namespace) -> int:
    """Put a backup in the place of the database; asks first, and wants --yes where nobody can be asked."""
    from ahtc_tui.services.recovery.passphrase import wants_one
    from ahtc_tui.services.recovery.restore import restore as put_back
    from ahtc_tui.services.workspace import DATABASE, is_locked

    file, root = incoming(chosen.file), context.root
    key = passphrase_input.of_file(file.name) if wants_one(file) or is_locked(root) else None
    if not chosen.dry_run and (root / DATABASE).exists() and not chosen.yes:
        told = put_back(root, file, context.as_at, dry_run=True, key=key)
        _ask(context, told)
    done = put_back(root, file, context.as_at, dry_run=chosen.dry_run, key=key)
    if chosen.json:
        print_json(plain(done))
    else:
        print_lines(lines_of(done))
        context.say(
            _("Nothing was written: --dry-run.") if not done.done else _("Restored {path}.").format(path=done.database)
        )
    return 0


def _ask(context: Context, told: Restored) -> None:
    """Raises BadInput where there is no terminal, Refused for a no."""
    import sys

    if not sys.stdin.isatty():
        raise BadInput(_("Add --yes: the database of the workspace is replaced, and kept among the backups."))
    print_lines(lines_of(told))
    if not context.confirmed(_("Put it in the place of {path}?").format(path=told.database), yes=False):
        raise Refused(_("Nothing was restored."))


def lines_of(told: Restored) -> list[str]:
    """What a restore puts in place, and where the other is kept."""
    made = _("{day}, {why}").format(day=f"{told.made:%Y-%m-%d %H:%M}", why=say_why(told.what)) if told.made else "–"
    records = say_number(told.records, _("1 record"), _("{n} records"))
    steps = say_number(told.steps, _("1 step of history"), _("{n} steps of history"))
    lines = [f"{_('backup'):10} {told.file}", f"{_('made'):10} {made}", f"{_('holds'):10} {records}, {steps}"]
    if told.replaced:
        kept = "" if told.replaced_whole else _(" (as it was: not whole)")
        lines.append(f"{_('replaced'):10} {told.replaced}{kept}")
    if told.erased_again:
        again = say_number(told.erased_again, _("1 person"), _("{n} persons"))
        lines.append(f"{_('erased'):10} {_('{again} again, erased since').format(again=again)}")
    return lines


def say_size(number: int) -> str:
    """Bytes as people read them."""
    return f"{number / 1024:.0f} kB" if number < 1024 * 1024 else f"{number / 1024 / 1024:.1f} MB"
