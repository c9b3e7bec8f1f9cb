"""Setting up the office hub with its roles, its overview, and the login of a laptop."""

from __future__ import annotations

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.hub import HubOverview


def build_setup_script(url: str) -> str:
    """Return the SQL that sets up the empty database of an address. Raises BadInput for the address."""
    from ahtc_tui.store.hub.administration import build_setup_script
    from ahtc_tui.store.hub.connection import parse_address

    database = parse_address(url).database
    if not database:
        raise BadInput(_("The address does not name a database. Enter it as postgresql+psycopg://USER@HOST/DATABASE."))
    return build_setup_script(database)


def set_up_hub(url: str) -> list[str]:
    """Create or migrate the tables and roles of a hub; return the names of the roles. May be repeated.

    Raises BadInput, Refused for a login that may not create roles, StoreError.
    """
    from ahtc_tui.store.hub.administration import set_up_hub
    from ahtc_tui.store.hub.connection import open_hub

    with open_hub(url, read_only=False) as office_hub:
        roles = set_up_hub(office_hub)
        office_hub.connection.commit()
    return roles


def read_overview(url: str) -> HubOverview:
    """Return the version of a hub, its logins with their roles, and its laptops. Raises NotFound, StoreError."""
    from ahtc_tui.store.hub.administration import read_overview
    from ahtc_tui.store.hub.connection import open_hub

    with open_hub(url, read_only=True) as office_hub:
        return read_overview(office_hub)


def assign_laptop(url: str, laptop: str, login: str) -> str:
    """Let a login, and no other, send the lines of a laptop, which its first letters name; return the laptop.

    Raises NotFound, Refused, StoreError.
    """
    from ahtc_tui.store.hub.administration import assign_laptop
    from ahtc_tui.store.hub.connection import open_hub

    with open_hub(url, read_only=False) as office_hub:
        name = assign_laptop(office_hub, laptop, login)
        office_hub.connection.commit()
    return name
