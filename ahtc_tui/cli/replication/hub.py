"""`ahtc hub use`, `forget`, `setup`, `show` and `assign`: the office hub, its roles and its laptops."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, Switch, Verb, add_verbs, declare_yes
from ahtc_tui.cli.console.write_messages import print_data
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.replication import hub_address


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `hub`."""
    url = Argument("url", "URL", "postgresql+psycopg://USER@HOST/DATABASE", nargs="+")
    sql = Switch("--sql", _("print the SQL for an empty database, without connecting"))
    laptop = Argument(
        "--laptop", "NAME", _("the laptop in the list of `ahtc hub show`, or the first letters of it"), required=True
    )
    login = Argument("--login", "LOGIN", _("the login allowed to send the changes"), required=True)
    add_verbs(
        parser,
        Verb("setup", set_up_hub, _("create or update a hub's tables and roles"), url, sql, JSON),
        Verb("show", print_overview, _("the logins of a hub with their roles, and the laptops"), url, JSON),
        Verb("assign", assign_laptop, _("let another login send a laptop's changes"), url, laptop, login),
        Verb("use", use_hub, _("sync this workspace with a hub from now on"), url, declare_yes()),
        Verb("forget", forget_hub, _("sync this workspace with no hub any longer")),
        metavar="use|forget|setup|show|assign",
    )


def set_up_hub(context: Context, args: Namespace) -> None:
    """Set up a hub, or print the SQL that does."""
    url = _read_address(args)
    if args.sql:
        script = hub_address.build_setup_script(url)
        print_data(context, [script], sql=script)
        return
    roles = hub_address.set_up_hub(url)
    if args.json:
        print_json({"roles": roles})
        return
    print_lines(roles)
    context.print_notice(
        _('Give each login one of these roles, for example: GRANT "{role}" TO LOGIN;').format(role=roles[1])
    )


def print_overview(context: Context, args: Namespace) -> None:
    """Print the logins and laptops of a hub."""
    overview = hub_address.read_overview(_read_address(args))
    if args.json:
        print_json(serialize_value(overview))
        return
    print_lines(f"{login.login}  {login.role}" for login in overview.logins)
    for laptop in overview.laptops:
        lines = ngettext("1 change in the journal", "{n} changes in the journal", laptop.lines)
        print_lines([f"{laptop.laptop}  {laptop.login or '–'}  {lines}"])
    if not overview.has_roles:
        context.print_notice(_("It has no roles. Everybody with a login has the rights of that login."))


def assign_laptop(context: Context, args: Namespace) -> None:
    """Let a login send the lines of a laptop."""
    laptop = hub_address.assign_laptop(_read_address(args), args.laptop, args.login)
    print_data(context, [], laptop=laptop, login=args.login)
    context.print_notice(_("{login} may now send the changes of {laptop}.").format(login=args.login, laptop=laptop))


def use_hub(context: Context, args: Namespace) -> None:
    """Write the address of a hub into the settings, after a question."""
    url = _read_address(args)
    with context.open_workspace() as workspace:
        address = hub_address.read_address(workspace, url)
        context.print_notice(_("The hub is {hub}.").format(hub=address.name) + " " + address.protection)
        if not context.confirm(_("Sync with it from now on?"), args.yes):
            raise Refused(_("Nothing was changed. Add --yes to agree without a question."))
        hub_address.use_hub(workspace, url)
    context.print_notice(_("`ahtc sync` and the screen use it. The first sync asks before it sends anything."))


def forget_hub(context: Context, _args: Namespace) -> None:
    """Remove the address of the hub from the settings."""
    with context.open_workspace() as workspace:
        hub_address.forget_hub(workspace)
    context.print_notice(_("This workspace no longer has a hub. The hub keeps what it holds."))


def _read_address(args: Namespace) -> str:
    """Return the address. Raises BadInput for a second, which argparse would repeat with its password."""
    if len(args.url) > 1:
        raise BadInput(_("ahtc hub needs one address."))
    url: str = args.url[0]
    return url
