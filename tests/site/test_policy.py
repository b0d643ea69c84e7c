"""The policy of a page, made of what stands in it: `vpnedu.site.policy`."""

from base64 import b64encode
from hashlib import sha256

import pytest

from vpnedu.site.policy import Inline, guarded, policy


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def rules(*pages: str) -> dict[str, list[str]]:
    given = (rule.split() for rule in policy([Inline(page) for page in pages]).split("; "))
    return {name: values for name, *values in given}


def test_an_inline_script_is_allowed_by_its_hash() -> None:
    code = "if (1 < 2 && 3) { document.title = '</b>é'; }"
    assert hashed(code) in rules(f"<script>{code}</script>")["script-src"]


@pytest.mark.parametrize(
    "element",
    [
        '<script src="a.js"></script>',
        '<script type="application/json">{"a": 1}</script>',
        '<script type="application/ld+json">{}</script>',
        "<p>alert(1)</p>",
    ],
)
def test_what_runs_nothing_of_its_own_needs_no_leave(element: str) -> None:
    assert rules(element)["script-src"] == ["'self'", "'wasm-unsafe-eval'"]


def test_styles_are_allowed_by_their_hashes_in_elements_and_attributes() -> None:
    allowed = rules('<style>p { color: red }</style><p style="top:1px">')["style-src"]
    assert hashed("p { color: red }") in allowed
    assert allowed.index("'unsafe-hashes'") < allowed.index(hashed("top:1px"))


def test_a_style_attribute_is_hashed_as_browsers_read_it() -> None:
    assert hashed('font: "a"') in rules("<p style='font: &quot;a&quot;'>")["style-src"]


def test_a_page_without_style_attributes_allows_none() -> None:
    assert "'unsafe-hashes'" not in rules("<p>")["style-src"]


def test_one_policy_for_several_pages_names_each_script_once() -> None:
    both = rules("<script>a</script>", "<script>a</script><script>b</script>")["script-src"]
    assert sorted(both[2:]) == sorted([hashed("a"), hashed("b")])


def test_only_a_header_can_forbid_frames() -> None:
    assert "frame-ancestors" not in policy([])
    assert policy([], header=True).endswith("frame-ancestors 'none'")


def test_a_page_that_is_guarded_again_has_one_policy() -> None:
    page = '<html><head><meta charset="utf-8"><title>x</title></head></html>'
    once = guarded(page, "default-src 'none'")
    assert guarded(once, "default-src 'none'") == once
    assert once.index("Content-Security-Policy") < once.index("<title>")
