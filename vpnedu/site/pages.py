"""What a page says about itself, and the page at the root of the site."""

from html import escape
from pathlib import Path
from textwrap import shorten
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

DESCRIPTION_LENGTH = 160  # about what a search engine shows

INDEX = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={first}">
<title>{title}</title>
</head>
<body>
<main><h1>{title}</h1><p><a href="{first}">Start reading</a></p></main>
</body>
</html>
"""


def describe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Make the first paragraph of a page its description."""
    paragraph = tree and next(tree.findall(nodes.paragraph), None)
    if paragraph:
        text = shorten(paragraph.astext(), DESCRIPTION_LENGTH, placeholder=" …")
        context["metatags"] += f'<meta name="description" content="{escape(text)}">\n'


def write_index(app: Sphinx, exception: Exception | None) -> None:
    """Write the page at the site's root, which leads to the first chapter."""
    if exception:
        return
    first = app.builder.get_target_uri(app.config.root_doc)
    text = INDEX.format(title=escape(app.config.html_title), first=first)
    (Path(app.outdir) / "index.html").write_text(text, encoding="utf-8")
