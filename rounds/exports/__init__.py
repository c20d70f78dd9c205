"""The record as others read it; knows nothing of HTTP."""
