"""Field activity besides visits that reports count: trainings, occupations, study visits, awards, model households."""
