"""Keep addresses with a period, and the day on which terms of reference come into force."""

from alembic import op

revision = "0023"
down_revision = "0022"

KNOWN_DATE = "date(substr({0}, 1, 10)) IS substr({0}, 1, 10) AND (length({0}) = 10 OR substr({0}, 11, 1) = ' ')"
STATEMENTS = (
    f"""CREATE TABLE addresses (
  n INTEGER NOT NULL,
  id BLOB NOT NULL,
  deleted BOOLEAN DEFAULT '0' NOT NULL,
  source VARCHAR,
  source_notes VARCHAR,
  note VARCHAR,
  party BLOB NOT NULL,
  postal_address VARCHAR NOT NULL,
  from_on TEXT,
  to_on TEXT,
  CONSTRAINT pk_addresses PRIMARY KEY (n),
  CONSTRAINT uq_addresses_id UNIQUE (id),
  CONSTRAINT ck_addresses_deleted CHECK (deleted IN (0, 1)),
  CONSTRAINT fk_addresses_party FOREIGN KEY(party) REFERENCES parties (id),
  CONSTRAINT ck_addresses_from_on CHECK ({KNOWN_DATE.format("from_on")}),
  CONSTRAINT ck_addresses_to_on CHECK ({KNOWN_DATE.format("to_on")})
)""",
    "CREATE INDEX ix_addresses_party ON addresses (party)",
    "ALTER TABLE terms_of_reference ADD COLUMN from_on TEXT"
    f" CONSTRAINT ck_terms_of_reference_from_on CHECK ({KNOWN_DATE.format('from_on')})",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
