"""`ahtc config`: the settings of the workspace, `ahtc.toml`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_result
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, Verb, add_verbs
from ahtc_tui.domain.i18n import _


def register(parser: CommandParser, _command: str) -> None:
    """Declare the verbs of `config`."""
    key = Argument("key", "KEY")
    add_verbs(
        parser,
        Verb("list", print_settings, _("every setting with value and meaning"), JSON),
        Verb("get", print_setting, _("one setting's value"), key, JSON),
        Verb("schema", print_schema, _("the schema of ahtc.toml, for text editors"), JSON),
        Verb("example", print_example, _("an ahtc.toml with the meaning and default of every setting"), JSON),
        Verb("set", write_setting, _("save one setting in ahtc.toml"), key, Argument("value", "VALUE"), JSON),
    )


def print_settings(context: Context, args: Namespace) -> None:
    """Print all settings."""
    from ahtc_tui.services.settings import config

    settings = config.list_settings(context.root)
    print_result(args.json, lambda: [row.to_data() for row in settings], lambda: config.format_settings(settings))


def print_setting(context: Context, args: Namespace) -> None:
    """Print the value of one setting."""
    from ahtc_tui.services.settings import config

    setting = config.read_setting(context.root, args.key)
    print_result(args.json, setting.to_data, lambda: [config.format_value(setting.value)])


def print_schema(_context: Context, _args: Namespace) -> None:
    """Print the JSON Schema of ahtc.toml."""
    from ahtc_tui.services.settings import schema

    print_json(schema.build_schema())


def print_example(_context: Context, args: Namespace) -> None:
    """Print an example of ahtc.toml."""
    from ahtc_tui.services.settings import schema

    lines = schema.format_example()
    print_result(args.json, lambda: {"text": "\n".join(lines) + "\n"}, lambda: lines)


def write_setting(context: Context, args: Namespace) -> None:
    """Write one setting and print it."""
    from ahtc_tui.services.settings import config

    setting = config.set_setting(context.root, args.key, args.value, find_screen_faults)
    print_result(args.json, setting.to_data, lambda: config.format_settings([setting]))


def find_screen_faults(keymap: Mapping[str, str], theme: str) -> list[str]:
    """Return the keys and themes that the screen does not know; it is imported only where one is set."""
    from ahtc_tui.cli.launch_screen import find_setting_faults

    return find_setting_faults(keymap, theme)
