"""`ahtc pack` and `ahtc open-pack`: the whole workspace as one encrypted file, and a workspace made of it elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.cli.console.output import print_json, print_lines, tell
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import plain
from ahtc_tui.services.paths import incoming, place

if TYPE_CHECKING:
    from ahtc_tui.cli.console.context import Context


def build(parser: ArgumentParser, command: str) -> None:
    """Both commands."""
    if command == "pack":
        parser.add_argument("out", metavar="OUT.ahtc")
        parser.add_argument("--force", action="store_true", help="write over a file that stands there")
        passphrase_input.add_flag(parser, _("the passphrase of the pack is a line of standard input"))
    else:
        parser.add_argument("file", metavar="FILE.ahtc")
        parser.add_argument("folder", metavar="DIR")
        parser.add_argument("--device", metavar="NAME", default="", help="what history calls this laptop")
        passphrase_input.add_flag(parser, _("the passphrase of the pack is a line of standard input"))
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=pack if command == "pack" else open_pack)


def pack(context: Context, chosen: Namespace) -> int:
    """One file to take along; exit code 1 where a template was left out."""
    from ahtc_tui.services.replication import office_pack

    target = place(chosen.out)
    with context.workspace() as workspace:
        office_pack.refuse_target(target, chosen.force)
        made = office_pack.pack(workspace, target, _new(chosen), force=chosen.force)
    if chosen.json:
        print_json(plain(made))
    else:
        print_lines([str(made.file)])
        context.say(_("Only its passphrase opens it: `ahtc open-pack` makes a workspace of it on another laptop."))
        context.say(_("What is added there carries letters that begin with {letters}.").format(letters=made.letters))
    for name in made.left_out:
        tell(_("{name} is too large or cannot be read: it is not in the pack.").format(name=name))
    return 1 if made.left_out else 0


def open_pack(context: Context, chosen: Namespace) -> int:
    """A workspace of its own made of a pack."""
    from ahtc_tui.services.replication import office_pack

    file, folder = incoming(chosen.file), place(chosen.folder)
    office_pack.refuse_opening(file, folder)
    opened = office_pack.open_pack(file, folder, _of_pack(chosen, file.name), chosen.device)
    if chosen.json:
        print_json(plain(opened))
        return 0
    print_lines([str(opened.workspace)])
    context.say(
        _("It has the passphrase of the pack. `ahtc --workspace {folder}` opens it.").format(folder=chosen.folder)
    )
    context.say(_("References made there end in {letters}: DP-46{letters}.").format(letters=opened.letters))
    for name in opened.kept:
        tell(_("{name} stood there already and stays as it is.").format(name=name))
    return 0


def _of_pack(chosen: Namespace, name: str) -> str:
    return passphrase_input.of_file(name, passphrase_input.from_stdin(1) if chosen.passphrase_stdin else None)


def _new(chosen: Namespace) -> str:
    """The passphrase of a new pack: from standard input, from the file, or typed twice."""
    if chosen.passphrase_stdin:
        return passphrase_input.new(passphrase_input.from_stdin(1), "")
    said = passphrase_input.from_file()
    return passphrase_input.new(None if said is None else [said], _("Passphrase of the pack"))
