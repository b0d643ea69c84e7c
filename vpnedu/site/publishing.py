"""What the site tells the rest of the web, where its publisher has set `baseurl`: cards, a sitemap.

And the page for an address that leads nowhere, which any static host can be told to show.
"""

from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

# Its addresses begin at the host's root, since it is shown for any address, however deep.
MISSING = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>No such page - {title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0 auto; max-width: 40rem; padding: 2rem 1rem; }}
body {{ font: 1rem/1.6 system-ui, sans-serif; }}
body {{ color: light-dark(#1d2733, #e6edf3); background: light-dark(#fff, #12181f); }}
a {{ color: light-dark(#27609b, #7ab3ea); }}
li {{ margin: 0.4rem 0; }}
</style>
</head>
<body>
<main>
<h1>This packet was dropped</h1>
<p>No route to this address: the book has no such page. It may have moved, or the link was
mistyped.</p>
<p><a href="{root}">To the start of the book</a></p>
<h2>All pages</h2>
<ul>
{pages}
</ul>
</main>
</body>
</html>
"""


def share(app: Sphinx, config: Config) -> None:
    """Set what the cards of shared links show: the book's name, and where it is published."""
    config.ogp_site_url = config.html_baseurl or ""
    config.ogp_site_name = config.html_title
    config.ogp_enable_meta_description = False
    mark = "vpnedu/site/static/favicon.png"
    config.ogp_social_cards = {"line_color": "#6d4fb3", "image_mini": mark}


def unshared(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Leave cards out where nobody said where the book will be: their addresses must be whole."""
    if not app.config.html_baseurl:
        context["meta"] = {**(context.get("meta") or {}), "ogp_disable": "true"}


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Write the list of all pages that search engines read (sitemaps.org, protocol 0.9)."""
    base = app.config.html_baseurl
    if exception or not base:
        return
    pages = (base.rstrip("/") + "/" + app.builder.get_target_uri(page) for page in _pages(app))
    lines = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in pages)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    )
    out = Path(app.outdir)
    (out / "sitemap.xml").write_text(text, encoding="utf-8")
    robots = f"User-agent: *\nAllow: /\nSitemap: {base.rstrip('/')}/sitemap.xml\n"
    (out / "robots.txt").write_text(robots, encoding="utf-8")


def write_missing(app: Sphinx, exception: Exception | None) -> None:
    """Write the page for addresses that lead nowhere, with links to all that there are."""
    if exception:
        return
    root = urlsplit(app.config.html_baseurl or "").path.rstrip("/") + "/"
    links = "\n".join(
        f'<li><a href="{escape(root + app.builder.get_target_uri(page))}">'
        f"{escape(app.env.titles[page].astext())}</a></li>"
        for page in _pages(app)
    )
    text = MISSING.format(title=escape(app.config.html_title), root=escape(root), pages=links)
    (Path(app.outdir) / "404.html").write_text(text, encoding="utf-8")


def _pages(app: Sphinx) -> list[str]:
    """All pages in the order of the book."""
    order = [app.config.root_doc]
    for page in order:
        order += [each for each in app.env.toctree_includes.get(page, ()) if each not in order]
    return order
