"""Lines of Moodle XML: texts, answers and what stands around every question."""

import re
from base64 import b64encode
from html import escape

from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.export import Image
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.prose_html import paragraphs

# What no XML 1.0 file may hold, not even escaped (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cdata(text: str) -> str:
    """`text` as a section that is not read as markup.

    >>> cdata("a]]>b")
    '<![CDATA[a]]]]><![CDATA[>b]]>'
    """
    wrong = _NOT_XML.search(text)
    if wrong:
        rule = f"XML can't hold the control character U+{ord(wrong[0]):04X}"
        raise InputError("text", rule)
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def html(tag: str, text: str, inside: str = "") -> str:
    """An element whose text is HTML; `inside` stands beside the text, as files do."""
    return f'<{tag} format="html"><text>{cdata(text)}</text>{inside}</{tag}>'


def bare(tag: str, text: str) -> str:
    """An element whose text is plain."""
    return f"<{tag}><text>{cdata(text)}</text></{tag}>"


def value(tag: str, text: str) -> str:
    """An element that holds a word or a number."""
    return f"<{tag}>{escape(text, quote=False)}</{tag}>"


def feedback(says: str) -> str:
    """What is told to who gives an answer."""
    return html("feedback", paragraphs(blocks(says)))


def file(name: str, image: Image) -> str:
    """A picture, to stand beside the text that shows it."""
    data = b64encode(image.png).decode()
    return f'<file name="{name}" path="/" encoding="base64">{data}</file>'


def category(path: tuple[str, ...]) -> str:
    """What puts the questions after it into a category; a slash in a name is doubled."""
    names = "/".join(" ".join(name.split()).replace("/", "//") for name in path)
    lines = (
        '<question type="category">',
        bare("category", f"$course$/top/{names}"),
        html("info", ""),
        value("idnumber", ""),
        "</question>",
    )
    return "\n".join(lines)


def answer(share: str, text: str, says: str, *inside: str) -> str:
    """An answer in HTML that is worth `share` percent; `says` is told to who gives it."""
    return _answer(share, "html", text, says, *inside)


def bare_answer(share: str, text: str, says: str, *inside: str) -> str:
    """The same for plain text: a number, words to be typed."""
    return _answer(share, "moodle_auto_format", text, says, *inside)


def _answer(share: str, form: str, text: str, says: str, *inside: str) -> str:
    head = f'<answer fraction="{share}" format="{form}"><text>{cdata(text)}</text>'
    return "".join((head, feedback(says), *inside, "</answer>"))
