"""What editors do with the record as a whole."""
