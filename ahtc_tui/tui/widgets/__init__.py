"""Widgets shared by all screens."""

__all__ = [
    "changing_options",
    "column_widths",
    "confirm",
    "date_field",
    "detail_pane",
    "dismiss_once",
    "drawing",
    "filter_bar",
    "form",
    "hints",
    "messages",
    "mode_bar",
    "overwrite_question",
    "owner_field",
    "pick_list",
    "plain",
    "prose_field",
    "record_list",
    "record_pages",
    "select",
]
