"""How code looks: two high-contrast styles, laid on the book's own panel colours."""

from a11y_pygments.github_dark_high_contrast.style import Theme as Dark
from a11y_pygments.github_light_high_contrast.style import Theme as Light


class LightCode(Light):
    """Code on a light page: every colour has at least 4.5 : 1 on this background."""

    background_color = "#f6f8fa"


class DarkCode(Dark):
    """Code on a dark page: every colour has at least 7 : 1 on this background."""

    background_color = "#19212a"
