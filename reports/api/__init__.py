"""Figures, centres, contracts and visits for other systems: read-only, of one office, named by nobody's name."""
