"""The pages' Content-Security-Policy: nothing of another host, and no code that is not the book's.

Each page carries its policy in its head, so it holds on any static host. It allows the page's own
inline scripts and styles by their hashes and no others, and no `eval`; `wasm-unsafe-eval` is what
WebAssembly needs, which Python in the page is. `_headers`, which some hosts read, sends the same
for all pages at once, and what only a header can: that no other site may show them in a frame.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from sphinx.application import Sphinx

# Types of script elements that browsers run; the others hold data.
RUN = ("", "module", "text/javascript")
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

HEADERS = """/*
  Content-Security-Policy: {policy}
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer

/_static/vpnedu/python/*
  Cache-Control: public, max-age=604800
"""


class Inline(HTMLParser):
    """What stands in a page itself and needs leave: scripts, styles, and style attributes."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.attributes: list[str] = []
        self._into: list[str] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a style attribute, and that a script or style begins."""
        given = {name: value or "" for name, value in attrs}
        if "style" in given:
            self.attributes.append(given["style"])
        runs = tag == "script" and "src" not in given and given.get("type", "").lower() in RUN
        self._into = self.scripts if runs else self.styles if tag == "style" else None
        if self._into is not None:
            self._into.append("")

    def handle_data(self, data: str) -> None:
        """Add a piece of the script or style that has begun."""
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, _tag: str) -> None:
        """The script or style is over."""
        self._into = None


def policy(pages: list[Inline], *, header: bool = False) -> str:
    """The policy under which all of `pages` work; `frame-ancestors` is heeded in a header only."""
    scripts = _hashes(text for page in pages for text in page.scripts)
    styles = _hashes(text for page in pages for text in page.styles)
    attributes = _hashes(text for page in pages for text in page.attributes)
    leave = ["'unsafe-hashes'", *attributes] if attributes else []
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *scripts],
        "style-src": ["'self'", *styles, *leave],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    if header:
        rules["frame-ancestors"] = ["'none'"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def _hashes(texts: Iterator[str]) -> list[str]:
    """Each different text as a policy names it, in a stable order."""
    digests = {sha256(text.encode()).digest() for text in texts}
    return sorted(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Put its policy into each built page, and that of all of them into `_headers`."""
    if exception:
        return
    folder = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))}
    found = {path: Inline(html) for path, html in pages.items()}
    for path, html in pages.items():
        path.write_text(guarded(html, policy([found[path]])), encoding="utf-8")
    told = HEADERS.format(policy=policy(list(found.values()), header=True))
    (folder / "_headers").write_text(told, encoding="utf-8")


def guarded(html: str, rules: str) -> str:
    """The page with its policy, before anything that it rules."""
    tag = f'<meta http-equiv="Content-Security-Policy" content="{escape(rules)}">'
    bare = _POLICY.sub("", html)
    return _CHARSET.sub(lambda charset: charset[0] + tag, bare, count=1)
