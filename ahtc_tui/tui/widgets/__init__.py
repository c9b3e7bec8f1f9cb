"""Widgets shared by all screens."""

__all__ = [
    "column_widths",
    "confirm",
    "date_field",
    "detail_pane",
    "dismiss_once",
    "drawing",
    "field_rows",
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
