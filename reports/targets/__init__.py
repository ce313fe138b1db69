"""Targets: what is asked of areas and centres in a fiscal year, measure by measure, and how far they came."""
