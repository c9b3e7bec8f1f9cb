"""The dark and the light theme of the app. The themes of Textual can be chosen as well."""

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

THEMES = (NIGHT, DAY)
