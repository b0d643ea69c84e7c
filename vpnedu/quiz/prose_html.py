"""Blocks of prose, as a question's data carries them, as HTML."""

from html import escape
from typing import Any

# Paragraphs, each a list of plain texts and [tag, text] pairs: see `vpnedu.quiz.prose.blocks`.
Blocks = list[list[Any]]
TAGS = ("code", "em", "strong")


def paragraphs(blocks: Blocks) -> str:
    """Each block as a paragraph."""
    return "".join(f"<p>{_line(block)}</p>" for block in blocks)


def inline(blocks: Blocks) -> str:
    """All blocks on one line, for a choice or a cell."""
    return " ".join(map(_line, blocks))


def _line(block: list[Any]) -> str:
    return "".join(map(_piece, block))


def _piece(piece: Any) -> str:
    if isinstance(piece, str):
        return escape(piece)
    tag, text = piece
    return f"<{tag}>{escape(text)}</{tag}>" if tag in TAGS else escape(text)
