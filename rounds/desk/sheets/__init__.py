"""The record as sheets: files that researchers and newsrooms write, read and pass on."""
