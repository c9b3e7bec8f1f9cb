"""Work on several laptops: `ahtc pack`, `open-pack`, `merge`, `sync`, `conflicts`, `resolve`."""
