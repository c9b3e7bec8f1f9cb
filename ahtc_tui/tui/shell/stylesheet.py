"""The style sheet of the app."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class ThemeStylesheet(Stylesheet):
    """A style sheet that is parsed again only where the variables of the theme differ.

    Textual asks for that at the start and with the first screen of every mode.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._theme_variables = variables
        self._has_new_variables = False

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables that the next parsing uses."""
        self._has_new_variables = variables != self._theme_variables
        if self._has_new_variables:
            self._theme_variables = variables
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse the sources again where the variables are new."""
        if self._has_new_variables:
            super().reparse()
