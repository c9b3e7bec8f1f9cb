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
    "jump_labels",
    "messages",
    "mode_bar",
    "overwrite_question",
    "owner_field",
    "pick_list",
    "plain",
    "record_list",
    "record_pages",
    "select",
]
