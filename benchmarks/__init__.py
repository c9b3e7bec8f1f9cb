"""Benchmarks against lower bounds and other programs, in one run on one machine. They are not tests."""
