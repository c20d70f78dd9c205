"""One page to enter a round: what it reads, its fields, its rows, and what it asks for."""
