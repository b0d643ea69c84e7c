"""How the property tests run: without a stopwatch, and in CI the same examples every time."""

import os

from hypothesis import settings

settings.register_profile("here", deadline=None, max_examples=60)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")

# Measurements, not tests, which need what only `make bench` installs; and what notebooks run with.
collect_ignore = ["bench", "kernels.py"]
