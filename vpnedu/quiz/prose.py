"""The texts of questions: paragraphs with `code`, *stress* and **weight**, and nothing else.

No text of a bank ever becomes HTML by itself: a page makes elements of the pieces that `blocks`
gives.
"""

import re
from typing import Any

Piece = str | tuple[str, str]
Block = list[Piece]

_MARKED = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*")
_TAGS = ("code", "strong", "em")
_SIGNS = {"code": "`", "strong": "**", "em": "*"}


def pieces(text: str) -> Block:
    """One paragraph as plain texts and (tag, text) pairs, tag being code, strong or em."""
    found: Block = []
    end = 0
    for match in _MARKED.finditer(text):
        if match.start() > end:
            found.append(text[end : match.start()])
        tag, inner = next(
            pair for pair in zip(_TAGS, match.groups(), strict=True) if pair[1] is not None
        )
        found.append((tag, inner))
        end = match.end()
    return [*found, text[end:]] if end < len(text) else found


def blocks(text: str) -> list[Block]:
    """`text` as paragraphs, which empty lines part; other line ends are spaces."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [pieces(part) for part in parts if part]


def plain(text: str) -> str:
    """`text` without its marks, a paragraph a line."""
    return "\n".join(
        "".join(piece if isinstance(piece, str) else piece[1] for piece in block)
        for block in blocks(text)
    )


def written(parts: list[Any]) -> str:
    """The text that `blocks` makes `parts` of; they may have been JSON on the way.

    >>> written(blocks("The *longest* prefix: `10.1.0.0/16`."))
    'The *longest* prefix: `10.1.0.0/16`.'
    """
    return "\n\n".join("".join(map(_marked, part)) for part in parts)


def _marked(piece: Any) -> str:
    if isinstance(piece, str):
        return piece
    tag, inner = piece
    return f"{_SIGNS[tag]}{inner}{_SIGNS[tag]}"
