"""New versions of lists of issues and scorecards: drafted from an old one, approved, and fixed from then."""
