"""Import of action logs: read, match, claims, compare, write."""
