"""Several laptops: conflicts of concurrent changes, and suffixes that keep references unique."""

__all__ = ["conflicts", "device_suffix", "overwrites", "reports", "text_merge"]
