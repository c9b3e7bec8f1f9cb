"""Let a seat be empty from a day on, and let a person attend for a seat, also for one of a class of organisations."""

from alembic import op

revision = "0018"
down_revision = "0017"

COLUMNS = "n, id, deleted, source, source_notes, note, seat, person, deputy, rule, from_on, to_on"
KNOWN_DATE = "date(substr({0}, 1, 10)) IS substr({0}, 1, 10) AND (length({0}) = 10 OR substr({0}, 11, 1) = ' ')"
STATEMENTS = (
    f"""CREATE TABLE new_occupancies (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  seat BLOB NOT NULL,
  person BLOB,
  deputy BOOLEAN DEFAULT '0' NOT NULL,
  rule VARCHAR,
  from_on TEXT,
  to_on TEXT,
  CONSTRAINT pk_occupancies PRIMARY KEY (n),
  CONSTRAINT uq_occupancies_id UNIQUE (id),
  CONSTRAINT ck_occupancies_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_occupancies_seat FOREIGN KEY(seat) REFERENCES seats (id),
  CONSTRAINT fk_occupancies_person FOREIGN KEY(person) REFERENCES people (id),
  CONSTRAINT ck_occupancies_deputy CHECK (deputy IN (0, 1)),
  CONSTRAINT ck_occupancies_from_on CHECK ({KNOWN_DATE.format("from_on")}),
  CONSTRAINT ck_occupancies_to_on CHECK ({KNOWN_DATE.format("to_on")})
)""",
    f"INSERT INTO new_occupancies ({COLUMNS}) SELECT {COLUMNS} FROM occupancies",
    "DROP TABLE occupancies",
    "ALTER TABLE new_occupancies RENAME TO occupancies",
    "CREATE INDEX ix_occupancies_person ON occupancies (person)",
    "CREATE INDEX ix_occupancies_seat ON occupancies (seat)",
    "ALTER TABLE attendances ADD COLUMN seat BLOB CONSTRAINT fk_attendances_seat REFERENCES seats (id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
