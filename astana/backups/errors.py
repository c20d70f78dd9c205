"""What can keep a backup from being made or restored."""


class BackupError(Exception):
    """A backup cannot be made or restored; the text is a sentence for the operator."""


class DamagedError(BackupError):
    """The database cannot be read as one."""
