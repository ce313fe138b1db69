"""The books of a centre: balance sheets by month, capital and members, and what a fund is in a year."""
