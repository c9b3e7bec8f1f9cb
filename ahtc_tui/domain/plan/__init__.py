"""The Delivery Plan: rows, BRAG meanings, periods, timeline, changes since a day, back-plans."""
