"""Real configurations out of scenarios and designs, so that book and machines can't drift apart.

A scenario becomes a `Plan` (what has to be said about each gateway), and a writer for each kind
of tool turns the plan into files whose every line can say why it is there.
"""

from vpnedu.configuring.lines import Configuration, File, Line
from vpnedu.configuring.writing import TARGETS, configure

__all__ = ["TARGETS", "Configuration", "File", "Line", "configure"]
