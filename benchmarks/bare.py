"""Lower bound of the first paint: Textual with header, table and footer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Footer, Header

LAST_ROW = "Bare row 30"


class Bare(App[None]):
    """A minimal Textual app."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Leave")]

    def compose(self) -> ComposeResult:
        """Yield three standard widgets."""
        yield Header()
        yield DataTable[str]()
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table with 30 rows."""
        table: DataTable[str] = self.query_one(DataTable)
        table.add_columns("Ref", "Action", "Lead", "Due")
        table.add_rows((f"MW-{n}", f"Bare row {n}", "Nobody", "30 November 2013") for n in range(1, 31))


if __name__ == "__main__":
    Bare().run()
