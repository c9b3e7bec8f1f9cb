"""Setting up a hub, what its administrator sees of it, and the login of a laptop."""

from __future__ import annotations

import sqlalchemy as sa

from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.reports import HubLaptop, HubLogin, HubOverview
from ahtc_tui.store.engine import driver
from ahtc_tui.store.hub.connection import SCHEMA_SETTING, Hub
from ahtc_tui.store.hub_schema import migration, rights

OWNER_QUERY = """
SELECT rolname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
WHERE pg_class.oid = to_regclass('change') AND rolcanlogin AND NOT rolsuper"""

LOGINS_QUERY = """
SELECT rolname AS login, max(position) AS role_number FROM pg_roles
CROSS JOIN LATERAL (
  SELECT number AS position FROM unnest(CAST(:roles AS text[])) WITH ORDINALITY AS held (role, number)
  WHERE pg_has_role(pg_roles.oid, role, 'USAGE')
) AS memberships
WHERE rolcanlogin AND NOT rolsuper GROUP BY rolname ORDER BY rolname"""

LAPTOPS_QUERY = """
SELECT coalesce(device.name, written.device) AS laptop, login, coalesce(number, 0) AS lines FROM device
FULL JOIN (SELECT device, count(*) AS number FROM change GROUP BY device) AS written ON written.device = device.name
ORDER BY laptop"""

ASSIGN_QUERY = """
INSERT INTO device (name, login) VALUES (:laptop, :login)
ON CONFLICT (name) DO UPDATE SET login = excluded.login"""


def refuse_database_name(database: str) -> None:
    """Raise BadInput for a database whose name cannot be part of the names of roles."""
    if not rights.DATABASE_NAME.fullmatch(database):
        raise BadInput(
            _("The roles are named after the database, so the name may have up to 48 letters, digits, - and _.")
        )


def build_setup_script(database: str) -> str:
    """Return the SQL that sets up an empty database. Raises BadInput for its name."""
    refuse_database_name(database)
    setting = f"INSERT INTO setting (name, value) VALUES ('{SCHEMA_SETTING}', '{driver.SCHEMA_VERSION}')"
    statements = (setting, *rights.build_role_statements(database), *rights.build_rights_statements(database))
    parts = ("BEGIN;", migration.build_migration_script(), *(f"{statement};" for statement in statements), "COMMIT;")
    return "\n\n".join(parts)


def set_up_hub(hub: Hub) -> list[str]:
    """Create or migrate the tables, create the roles and grant their rights; return the names of the roles.

    May be repeated. The former owner of the tables becomes an owner. The caller commits.
    Raises BadInput for the name of the database, Refused for a login that may not create roles.
    """
    database = hub.read_database_name()
    refuse_database_name(database)
    if not hub.has_tables:
        hub.migrate_tables()
    former_owner = hub.connection.exec_driver_sql(OWNER_QUERY).scalar()
    if _lacks_roles(hub, database):
        hub.run_statements(rights.build_role_statements(database))
    if former_owner:
        quoted = sa.quoted_name(former_owner, quote=True)
        login = hub.connection.dialect.identifier_preparer.quote(quoted)
        hub.run_statements([f"GRANT {rights.format_role(database, 'owner')} TO {login}"])
    hub.run_statements(rights.build_rights_statements(database))
    return [f"{database}_{role}" for role in rights.ROLES]


def _lacks_roles(hub: Hub, database: str) -> bool:
    """Return whether a role is missing. Raises Refused where this login could not create it."""
    roles = [rights.format_role(database, role) for role in rights.ROLES]
    query = sa.text("SELECT bool_and(to_regrole(role) IS NOT NULL) FROM unnest(CAST(:roles AS text[])) AS role")
    if hub.connection.execute(query, {"roles": roles}).scalar():
        return False
    may_create = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    if not hub.connection.exec_driver_sql(may_create).scalar():
        raise Refused(
            _(
                "Setting up {hub} needs a login with the right to create roles. Ask the server administrator to run "
                "it, or to run the SQL from `ahtc hub setup URL --sql`."
            ).format(hub=hub.path)
        )
    return True


def read_overview(hub: Hub) -> HubOverview:
    """Return the state of a hub. Raises NotFound where it has no tables."""
    refuse_missing_tables(hub)
    database, has_roles = hub.read_database_name(), hub.has_roles()
    logins: tuple[HubLogin, ...] = ()
    if has_roles:
        roles = [f"{database}_{role}" for role in rights.ROLES]
        rows = hub.connection.execute(sa.text(LOGINS_QUERY), {"roles": roles})
        logins = tuple(HubLogin(row.login, rights.ROLES[row.role_number - 1]) for row in rows)
    laptops = tuple(HubLaptop(**row) for row in hub.connection.exec_driver_sql(LAPTOPS_QUERY).mappings())
    return HubOverview(str(hub.path), migration.HUB_REVISION, has_roles, not hub.is_empty, logins, laptops)


def refuse_missing_tables(hub: Hub) -> None:
    """Raise NotFound where nobody has set up the hub."""
    if not hub.has_tables:
        sentence = _("{hub} is empty. Ask the server administrator to run `ahtc hub setup {url}`.")
        raise NotFound(sentence.format(hub=hub.path, url=hub.address))


def assign_laptop(hub: Hub, laptop: str, login: str) -> str:
    """Let a login, and no other, send the lines of a laptop, which its first letters name; return the laptop.

    The caller commits. Raises NotFound for an unknown laptop or login, Refused for everybody but the owner.
    """
    refuse_missing_tables(hub)
    if not hub.is_owned():
        raise Refused(_("Only an owner of {hub} assigns laptops to logins.").format(hub=hub.path))
    laptops = [row.laptop for row in hub.connection.exec_driver_sql(LAPTOPS_QUERY)]
    matches = [name for name in laptops if name == laptop] or [name for name in laptops if name.startswith(laptop)]
    if len(matches) != 1:
        sentence = _("{hub} has no laptop {laptop}, or more than one. It has: {laptops}.")
        raise NotFound(sentence.format(hub=hub.path, laptop=laptop, laptops=", ".join(laptops)))
    query = sa.text("SELECT 1 FROM pg_roles WHERE rolname = :login AND rolcanlogin")
    if not hub.connection.execute(query, {"login": login}).first():
        raise NotFound(_("The server at {hub} has no login {login}.").format(hub=hub.path, login=login))
    hub.connection.execute(sa.text(ASSIGN_QUERY), {"laptop": matches[0], "login": login})
    return str(matches[0])
