"""An invented country as large as the real one: what it takes to know how quick the system is (docs/bench.md)."""
