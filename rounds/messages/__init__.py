"""What readers write to the editors: on what they may, and how it is taken."""
