"""Commissions out of the database, and the records that their claims rest on."""
