"""HTML and plain text as prose: nothing of a text becomes a mark that was none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.quiz.imports.html_prose import LONGEST, from_html, from_plain
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.prose_html import paragraphs

SIGNS = st.text(st.one_of(st.sampled_from("*` \nab<&;"), st.characters(exclude_categories=("C",))))


@given(SIGNS)
def test_prose_comes_back_from_its_html(text: str) -> None:
    assert blocks(from_html(paragraphs(blocks(text))).text) == blocks(text)


@given(SIGNS)
def test_plain_text_has_no_marks_and_look_alikes_are_told(text: str) -> None:
    prose = from_plain(text)
    assert all(isinstance(piece, str) for block in blocks(prose.text) for piece in block)
    same = " ".join(prose.text.split()) == " ".join(text.split())
    assert same == (not prose.lost)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b<p>c", "a\n\nb\n\nc"),
        ("<i> x </i>y", "*x* y"),
        ("<b><i>x</i></b>", "**x**"),
        ("<ul><li>a<li>b</ul>", "a\n\nb"),
        ("<pre>x = 1\n\ny = 2</pre>z", "`x = 1`\n\n`y = 2`\n\nz"),
        ("a<script>alert(1)</script>b", "a\n\nb"),
        ("2*3*4 <code>x</code>", "2∗3∗4 `x`"),
        ("a &lt;b&gt; &#38;amp; < c", "a <b> &amp; < c"),
        ("<code>a`b</code>", "`aˋb`"),
        ("", ""),
    ],
)
def test_marks_are_kept_and_other_mark_up_goes(html: str, text: str) -> None:
    assert from_html(html).text == text


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="20,000 are read"):
        from_html("x" * (LONGEST + 1))
