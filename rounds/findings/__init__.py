"""What the record shows when it is read across rounds: plain objects, no HTTP, no HTML."""
