"""What imports compare with: present records, dispatches and column mappings."""
