"""What became of each object, read from the rows that the triggers keep, and taken back."""
