"""What imports compare with: present records, dispatches and column mappings."""

__all__ = ["actions", "contacts", "meetings", "replies"]
