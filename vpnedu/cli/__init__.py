"""The command line: `vpnedu scenarios`, `vpnedu send` and `vpnedu lookup`."""

from vpnedu.cli.commands import main

__all__ = ["main"]
