"""Tables of figures, the data sets behind them, and web pages. Aggregates only: no column can hold a case."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.evidence.model import Tier
from ahtc_tui.store.tables.base import Record, choice, flag, known, ref_to


class DataSet(Record, table=True):
    """A source of figures that arrives from time to time."""

    __tablename__ = "data_sets"
    ref: str = Field(unique=True)
    title: str
    tier: Tier = choice(Tier, "tier", required=True)
    holder: bytes | None = ref_to("organisations.id")
    frequency: str | None = None
    last_received: str | None = known()
    next_due: str | None = known()


class Figure(Record, table=True):
    """One aggregate figure with period, area and source."""

    __tablename__ = "figures"
    __table_args__ = (sa.CheckConstraint("value >= 0", name="value"),)
    ref: str = Field(unique=True)
    title: str
    data_set: bytes | None = ref_to("data_sets.id", index=True)
    value: float
    at_least: bool = flag("at_least")
    out_of: int | None = None
    unit: str
    period: str = known(required=True)
    area: bytes | None = ref_to("areas.id")
    part_of: bytes | None = ref_to("figures.id")
    published_on: str | None = known()
    caveat: str | None = None
    supersedes: bytes | None = ref_to("figures.id")
    after_seed: bool = flag("after_seed")


class WebPage(Record, table=True):
    """A public page that the office keeps current."""

    __tablename__ = "web_pages"
    ref: str = Field(unique=True)
    subject: str
    link: str | None = None
    owner: bytes | None = ref_to("parties.id")
    last_reviewed: str | None = known()
    cycle_days: int | None = None
    languages: str | None = None
