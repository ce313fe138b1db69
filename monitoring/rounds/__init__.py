"""Rounds of monitoring: planned, filled with visits, checked for overlaps, and what was not visited yet."""
