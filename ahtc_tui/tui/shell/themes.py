"""The themes of the app: dark, light, high contrast and safe for colour blindness. Those of Textual are offered too."""

from textual.css.stylesheet import Stylesheet
from textual.theme import Theme

NIGHT = Theme(
    name="ahtc",
    primary="#4f8fba",
    secondary="#7a8ba0",
    accent="#5fb3c9",
    foreground="#d7dde4",
    background="#14191f",
    surface="#1a2129",
    panel="#232c36",
    success="#7fb77e",
    warning="#e0a94b",
    error="#e06c66",
    dark=True,
    variables={
        "foreground-muted": "#95a1ae",
        "block-cursor-foreground": "#d7dde4",
        "block-cursor-background": "#263c4e",
    },
)

DAY = Theme(
    name="ahtc-light",
    primary="#1d5f8a",
    secondary="#5b6b7b",
    accent="#0b6e80",
    foreground="#1e2630",
    background="#fbfbf9",
    surface="#f1f2ef",
    panel="#e4e7e4",
    success="#2d6a34",
    warning="#8a5a00",
    error="#a3261f",
    dark=False,
    variables={
        "foreground-muted": "#566473",
        "block-cursor-foreground": "#1e2630",
        "block-cursor-background": "#b8ccd8",
    },
)

CONTRAST = Theme(
    name="ahtc-contrast",
    primary="#9fd3ff",
    secondary="#ffffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    success="#7dff9b",
    warning="#ffd84d",
    error="#ffbcbc",
    dark=True,
    variables={
        "foreground-muted": "#e6e6e6",
        "block-cursor-foreground": "#000000",
        "block-cursor-background": "#ffff00",
        "text-error": "#ffbcbc",
        "text-warning": "#ffd84d",
        "text-success": "#7dff9b",
        "text-primary": "#9fd3ff",
        "text-accent": "#ffff00",
        "primary-muted": "#003a70",
    },
)
"""White and strong colours on black; every text has a contrast of at least 7 (WCAG 2.2, 1.4.6)."""

SAFE = Theme(
    name="ahtc-colour-safe",
    primary="#56b4e9",
    secondary="#9aa7b5",
    accent="#56b4e9",
    foreground="#e6e9ed",
    background="#14191f",
    surface="#1a2129",
    panel="#232c36",
    success="#2fbf95",
    warning="#f0e442",
    error="#e8814b",
    dark=True,
    variables={
        "foreground-muted": "#a5b0bc",
        "block-cursor-foreground": "#e6e9ed",
        "block-cursor-background": "#263c4e",
        "text-error": "#e8814b",
        "text-warning": "#f0e442",
        "text-success": "#2fbf95",
        "text-primary": "#56b4e9",
    },
)
"""Colours after Okabe and Ito, which people with colour blindness tell apart."""

THEMES = (NIGHT, DAY, CONTRAST, SAFE)


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
