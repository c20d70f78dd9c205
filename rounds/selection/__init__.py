"""Which rounds a visitor asks for, and how that is said."""
