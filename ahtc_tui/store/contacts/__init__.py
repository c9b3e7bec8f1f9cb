"""The register out of the database: lists, cards, lookup by name, engagement, duplicates."""
