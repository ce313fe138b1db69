"""จัดระดับการพัฒนา: centres and funds are given points on a scorecard, and a level from 1 to 3."""
