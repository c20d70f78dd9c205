"""The record as a whole, as files: those of each edition, and named releases of it."""
