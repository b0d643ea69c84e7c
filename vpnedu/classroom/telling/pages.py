"""The frame of pages for teachers and students, and the parts that they share.

A page is one file that asks for nothing else: its style stands in it, it has no script, and its
policy forbids both. The colours are those of the figures, light and dark.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from html import escape
from importlib.resources import files

from vpnedu.drawing.style import palette
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.prose_html import inline, paragraphs

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_FIGURES = ("widgets", "static", "vpnedu.css")


def page(title: str, body: str, figures: bool = False) -> str:
    """A whole page. `title` is plain text, `body` HTML; `figures` brings the look of figures."""
    style = _style() + (_stylesheet(*_FIGURES) if figures else "")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f'<meta name="referrer" content="no-referrer"><title>{escape(title)}</title>'
        f"<style>{style}</style></head>\n<body><main><h1>{escape(title)}</h1>\n{body}\n"
        "</main></body></html>\n"
    )


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], look: str = ""
) -> str:
    """A table that scrolls by itself where it is too wide. Cells are HTML, the rest plain text.

    The first cell of a row says what the row is about. `look` names classes.
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>\n'
        for first, *rest in rows
    )
    name = escape(caption)
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-label="{name}">'
        f'<table class="{look}"><caption>{name}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>\n"
    )


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names with their values; values are HTML."""
    entries = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in pairs
    )
    return f'<dl class="facts">{entries}</dl>\n'


@lru_cache(maxsize=20_000)
def prose(text: str) -> str:
    """A question's prose as paragraphs. A class reads the same few texts: each is made once."""
    return paragraphs(blocks(text))


@lru_cache(maxsize=20_000)
def line(text: str) -> str:
    """A question's prose on one line."""
    return inline(blocks(text))


@cache
def _style() -> str:
    dark = palette(dark=True)
    inks = "".join(f"--{ink}:light-dark({light},{dark[ink]});" for ink, light in palette().items())
    return f":root{{{inks}}}\n" + _stylesheet("classroom/telling", "page.css")


@cache
def _stylesheet(*path: str) -> str:
    return files("vpnedu").joinpath(*path).read_text(encoding="utf-8")
