"""What imports compare with: records as they stand, what was sent, column mappings."""
