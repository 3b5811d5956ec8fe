"""The rules of the subject matter: imports nothing of ours, does no I/O but reading its own data files."""
