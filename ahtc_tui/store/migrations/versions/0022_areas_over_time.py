"""Give areas further kinds, a first and a last day, and names over time; have the areas of Wales added on opening."""

from alembic import op

revision = "0022"
down_revision = "0021"

KNOWN_DATE = "date(substr({0}, 1, 10)) IS substr({0}, 1, 10) AND (length({0}) = 10 OR substr({0}, 11, 1) = ' ')"
FORMER_KINDS = "'nation', 'multi-nation', 'forum-area', 'place')"
KINDS = "'nation', 'multi-nation', 'forum-area', 'force', 'health-board', 'local-authority', 'place')"
COLUMNS = "n, id, deleted, source, source_notes, note, ref, kind, name, name_cy, parent, police"
AREA_NAMES = f"""CREATE TABLE IF NOT EXISTS area_names (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  area BLOB NOT NULL,
  name VARCHAR NOT NULL,
  name_cy VARCHAR,
  from_on TEXT,
  to_on TEXT,
  CONSTRAINT pk_area_names PRIMARY KEY (n),
  CONSTRAINT uq_area_names_id UNIQUE (id),
  CONSTRAINT ck_area_names_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_area_names_area FOREIGN KEY(area) REFERENCES areas (id),
  CONSTRAINT ck_area_names_from_on CHECK ({KNOWN_DATE.format("from_on")}),
  CONSTRAINT ck_area_names_to_on CHECK ({KNOWN_DATE.format("to_on")})
)"""


def upgrade() -> None:
    connection = op.get_bind()
    definition = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'areas'").scalar_one()
    if FORMER_KINDS in definition:
        body = definition.replace(FORMER_KINDS, KINDS).partition("(")[2]
        for statement in (
            f"CREATE TABLE new_areas ({body}",
            f"INSERT INTO new_areas ({COLUMNS}) SELECT {COLUMNS} FROM areas",
            "DROP TABLE areas",
            "ALTER TABLE new_areas RENAME TO areas",
        ):
            connection.exec_driver_sql(statement)
    existing = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(areas)")}
    for name in sorted({"from_on", "to_on"} - existing):
        check = f"CONSTRAINT ck_areas_{name} CHECK ({KNOWN_DATE.format(name)})"
        connection.exec_driver_sql(f"ALTER TABLE areas ADD COLUMN {name} TEXT {check}")
    for statement in (
        AREA_NAMES,
        "CREATE INDEX IF NOT EXISTS ix_area_names_area ON area_names (area)",
        "INSERT INTO setting (name, value) SELECT 'areas', 'due' WHERE EXISTS (SELECT 1 FROM step)",
    ):
        connection.exec_driver_sql(statement)
