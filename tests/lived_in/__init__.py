"""An office that was used for three years, made by commands with --as-at, and what is true in it."""
