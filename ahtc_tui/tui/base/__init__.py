"""Base classes of screens, the threads that run services, and type-ahead."""

__all__ = [
    "background_sync",
    "desk_screen",
    "disabled_keys",
    "field_keys",
    "list_overlay",
    "party_options",
    "publication",
    "record_screen",
    "repeated_command",
    "sectioned_list_screen",
    "service_threads",
    "table_screen",
    "type_ahead",
    "unsaved_work",
]
