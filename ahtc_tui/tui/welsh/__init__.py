"""The queue of texts that wait for Welsh."""
