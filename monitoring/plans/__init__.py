"""Plans of a fiscal year: a centre's debt-management plan and a district's annual action plan, with activities."""
