"""`ahtc pack`, `open-pack`, `merge`, `sync`, `conflicts`, `resolve`: work on several laptops."""
