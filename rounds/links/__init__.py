"""Whether the addresses of sources still lead to what they led to."""
