"""Tables of figures, data sets and web pages. They hold aggregates only, never cases."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.evidence.model import Tier
from ahtc_tui.store.tables.base import Record, define_choice, define_flag, define_known_date, define_reference


class DataSet(Record, table=True):
    """A source of figures that is published regularly."""

    __tablename__ = "data_sets"
    ref: str = Field(unique=True)
    title: str
    title_cy: str | None = None
    tier: Tier = define_choice(Tier, "tier", required=True)
    holder: bytes | None = define_reference("organisations.id")
    frequency: str | None = None
    last_received: str | None = define_known_date()
    next_due: str | None = define_known_date()


class Figure(Record, table=True):
    """An aggregate figure with period, area and source."""

    __tablename__ = "figures"
    __table_args__ = (sa.CheckConstraint("value >= 0", name="value"),)
    ref: str = Field(unique=True)
    title: str
    title_cy: str | None = None
    data_set: bytes | None = define_reference("data_sets.id", index=True)
    value: float
    at_least: bool = define_flag("at_least")
    out_of: int | None = None
    unit: str
    period: str = define_known_date(required=True)
    area: bytes | None = define_reference("areas.id")
    part_of: bytes | None = define_reference("figures.id")
    published_on: str | None = define_known_date()
    caveat: str | None = None
    supersedes: bytes | None = define_reference("figures.id")
    after_seed: bool = define_flag("after_seed")


class WebPage(Record, table=True):
    """A public page that the office keeps up to date."""

    __tablename__ = "web_pages"
    ref: str = Field(unique=True)
    subject: str
    link: str | None = None
    owner: bytes | None = define_reference("parties.id")
    last_reviewed: str | None = define_known_date()
    cycle_days: int | None = None
    languages: str | None = None
