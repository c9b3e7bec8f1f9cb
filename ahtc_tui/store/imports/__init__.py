"""What imports compare with: present records, dispatches and column mappings."""

__all__ = ["actions", "column_mappings", "contacts", "meetings", "replies"]
