"""Which login a laptop belongs to, and counters that only rise.

The rights of the roles refer to both (`store.hub_schema.rights`).
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """CREATE TABLE device (
  name VARCHAR NOT NULL,
  login VARCHAR DEFAULT session_user NOT NULL,
  CONSTRAINT pk_device PRIMARY KEY (name)
)""",
    """CREATE FUNCTION refuse_falling_counter() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF NEW.last < OLD.last OR NEW.pattern <> OLD.pattern THEN
    RAISE EXCEPTION 'a counter only rises' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$body$""",
    """CREATE TRIGGER counter_only_rises BEFORE UPDATE ON counter
FOR EACH ROW EXECUTE FUNCTION refuse_falling_counter()""",
)


def upgrade() -> None:
    """Create the table and the trigger."""
    for statement in STATEMENTS:
        op.execute(statement)
