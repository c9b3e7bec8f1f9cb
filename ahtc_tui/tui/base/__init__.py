"""Base classes of screens, the threads that run services, and type-ahead."""
