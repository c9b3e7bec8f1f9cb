"""Work on several laptops: `ahtc pack`, `open-pack`, `merge`, `sync`, `hub`, `conflicts`, `resolve`, `verify`."""
