"""`ahtc commissions`: papers commissioned from the office."""
