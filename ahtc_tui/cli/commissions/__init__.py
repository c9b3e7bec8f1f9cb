"""`ahtc commissions`: papers that others ask for."""
