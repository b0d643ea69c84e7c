"""The command line: one command each to list, to send, to look up, and to let things fail."""

from vpnedu.cli.commands import main

__all__ = ["main"]
