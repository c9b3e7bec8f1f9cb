"""The hub of a workspace: its address in `ahtc.toml`, and whether a person on this laptop agreed to sync with it."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.reports import HubOverview
from ahtc_tui.services.paths import is_folder, resolve_path
from ahtc_tui.services.settings.config import set_setting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.replication import sync_log

ADDRESS_KEY = "hub.url"


@dataclass(frozen=True, slots=True)
class HubAddress:
    """A hub as a person is asked about it."""

    name: str
    """Host and database, without login and password."""
    protection: str
    """A sentence about the encryption of the connection."""
    is_agreed: bool
    """Whether this laptop has synced with it, or a person has agreed to that."""

    def format_question(self) -> str:
        """Return the question before the first sync."""
        sentence = _("This laptop has not synced with {hub} yet. The first sync sends it all records of the office.")
        return "\n".join((sentence.format(hub=self.name), self.protection, _("Sync with it?")))


def read_address(workspace: Workspace, url: str) -> HubAddress:
    """Return the hub of an address. Raises BadInput for text that is not one."""
    name, protection = _describe_hub(url)
    with workspace.database.read() as cursor:
        return HubAddress(name, protection, sync_log.is_agreed(cursor, name))


def _describe_hub(url: str) -> tuple[str, str]:
    """Return the name of a hub and a sentence about its encryption."""
    if is_folder(url):
        sentence = _(
            "Each laptop keeps one file in the folder. All files are encrypted with the passphrase of the folder."
        )
        return str(resolve_path(url)), sentence
    from ahtc_tui.store.hub.connection import format_address, parse_address
    from ahtc_tui.store.hub.encryption import describe_encryption

    hub_url = parse_address(url)
    return format_address(hub_url), describe_encryption(hub_url)


def agree_to_sync(workspace: Workspace, address: HubAddress) -> None:
    """Remember on this laptop alone that a person agreed to sync with a hub. Raises StoreError."""
    with workspace.database.write("sync") as ledger:
        sync_log.store_agreement(ledger.cursor, address.name)


def use_hub(workspace: Workspace, url: str) -> None:
    """Write the address of a hub into `ahtc.toml`. Raises BadInput, Refused, StoreError."""
    address = str(resolve_path(url)) if is_folder(url) else url
    set_setting(workspace.root, ADDRESS_KEY, address, lambda _keymap, _theme: [])


def forget_hub(workspace: Workspace) -> None:
    """Remove the address of the hub, and forget that a person agreed to it. Raises Refused, StoreError."""
    set_setting(workspace.root, ADDRESS_KEY, "", lambda _keymap, _theme: [])
    with workspace.database.write("sync") as ledger:
        sync_log.forget_syncs(ledger.cursor)


def build_setup_script(url: str) -> str:
    """Return the SQL that sets up the empty database of an address. Raises BadInput for the address."""
    from ahtc_tui.store.hub import administration, connection

    database = connection.parse_address(url).database
    if not database:
        raise BadInput(_("The address does not name a database. Enter it as postgresql+psycopg://USER@HOST/DATABASE."))
    return administration.build_setup_script(database)


def set_up_hub(url: str) -> list[str]:
    """Create or migrate the tables and roles of a hub; return the names of the roles. May be repeated.

    Raises BadInput, Refused for a login that may not create roles, StoreError.
    """
    from ahtc_tui.store.hub import administration, connection

    with connection.open_hub(url, read_only=False) as office_hub:
        roles = administration.set_up_hub(office_hub)
        office_hub.connection.commit()
    return roles


def read_overview(url: str) -> HubOverview:
    """Return the version of a hub, its logins with their roles, and its laptops. Raises NotFound, StoreError."""
    from ahtc_tui.store.hub import administration, connection

    with connection.open_hub(url, read_only=True) as office_hub:
        return administration.read_overview(office_hub)


def assign_laptop(url: str, laptop: str, login: str) -> str:
    """Let a login, and no other, send the lines of a laptop, which its first letters name; return the laptop.

    Raises NotFound, Refused, StoreError.
    """
    from ahtc_tui.store.hub import administration, connection

    with connection.open_hub(url, read_only=False) as office_hub:
        name = administration.assign_laptop(office_hub, laptop, login)
        office_hub.connection.commit()
    return name
