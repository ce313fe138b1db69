"""How quick the system is: each figure beside the bare work it cannot do without (docs/bench.md)."""
