"""The record page by page for programs: read-only, JSON, what everybody may see."""
