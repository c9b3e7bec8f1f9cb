"""Text that looks like the data of a case: the detector, its patterns and its vocabulary."""
