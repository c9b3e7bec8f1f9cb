"""The register of contacts: rows, post holders, circulation lists, engagement, duplicates and their merge."""
