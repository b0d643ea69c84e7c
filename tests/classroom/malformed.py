"""Every way in which what a student hands in goes wrong, and the one code that tells it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.classroom.raw_zips import Raw, raw_zip
from vpnedu.classroom.collecting.submissions import MOST_BYTES, canonical, digest_of
from vpnedu.classroom.issuing.forms import Form
from vpnedu.classroom.issuing.rosters import Learner

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HandIn:
    """A file as it is handed in: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to go wrong. `code` is what quarantine tells, "" where the file is mended.

    `lost` are the places of the slots that get no points; None if the whole file gets none.
    """

    code: str
    make: Callable[[HandIn, Body, Form], HandIn]
    lost: tuple[int, ...] | None = None


def sealed(body: Mapping[str, Any]) -> bytes:
    """A submission whose digest fits, whatever else is wrong with it."""
    return canonical({**body, "digest": digest_of(body)})


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[HandIn, Body, Form], HandIn]:
    return lambda good, _body, _form: replace(good, data=change(good.data))


def _text(old: str, new: str) -> Callable[[HandIn, Body, Form], HandIn]:
    """The first `old` in the file is `new` instead; a test would not notice if there was none."""

    def changed(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return _bytes(changed)


def _with(**values: Any) -> Callable[[HandIn, Body, Form], HandIn]:
    return lambda good, body, _form: replace(good, data=sealed(body | values))


def _without_learner(good: HandIn, body: Body, _form: Form) -> HandIn:
    return replace(good, data=sealed({name: v for name, v in body.items() if name != "learner"}))


def _ghost(good: HandIn, body: Body, form: Form) -> HandIn:
    """A form that was issued properly, to somebody who has left the class since."""
    ghost = Form(form.key, Learner(f"ghost-{form.learner.id}"))
    changes = {"learner": ghost.learner.id, "form": ghost.id, "tag": ghost.tag}
    return HandIn(good.name.replace(form.learner.id, ghost.learner.id), sealed(body | changes))


def _friend(good: HandIn, body: Body, form: Form) -> HandIn:
    """The form of somebody else in the class, handed in under one's own name."""
    place = int(form.learner.id.removeprefix("s"))
    friend = Form(form.key, form.key.learners[place - 1])
    return replace(good, data=sealed(body | {"form": friend.id, "tag": friend.tag}))


def _added_slot(good: HandIn, body: Body, _form: Form) -> HandIn:
    return replace(good, data=sealed(body | {"answers": body["answers"] | {"kffffff00": "1"}}))


def _other_type(good: HandIn, body: Body, form: Form) -> HandIn:
    answers = body["answers"] | {form.slot_labels[0]: 7}
    return replace(good, data=sealed(body | {"answers": answers}))


def _zip(*members: Raw) -> Callable[[HandIn, Body, Form], HandIn]:
    """What was handed in is a zip of these."""
    data = raw_zip(members)
    return lambda good, _body, _form: HandIn(good.name.replace(".json", ".zip"), data)


def _nested(good: HandIn, _body: Body, _form: Form) -> HandIn:
    data = raw_zip([Raw("b.zip", raw_zip([Raw("c.zip", raw_zip([Raw(good.name, good.data)]))]))])
    return HandIn(good.name.replace(".json", ".zip"), data)


def _named(new: str) -> Callable[[HandIn, Body, Form], HandIn]:
    return lambda good, _body, _form: replace(good, name=good.name.replace(".json", new))


def _spread(data: bytes) -> bytes:
    """As an editor on Windows saves it."""
    return (
        json.dumps(json.loads(data), ensure_ascii=False, indent=2).encode().replace(b"\n", b"\r\n")
    )


def _page(data: bytes) -> bytes:
    """As a platform gives back what was pasted into its text field."""
    text = data.decode().replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f"<!DOCTYPE html>\n<html><body><p>{text}</p>\n</body></html>\n".encode()


REFUSED = {
    "too-big": Kind("too-big", _bytes(lambda data: data + b" " * MOST_BYTES)),
    "not-utf8": Kind("not-utf8", _bytes(lambda data: data.replace(b"{", b"{\xff", 1))),
    "latin-1": Kind("not-utf8", _bytes(lambda data: data.decode().encode("latin-1"))),
    "truncated": Kind("not-json", _bytes(lambda data: data[: len(data) // 2])),
    "no-mark-utf-16": Kind("not-utf8", _bytes(lambda data: data.decode().encode("utf-16-le"))),
    "dup-key": Kind("dup-key", _text('{"', '{"attempt":1,"')),
    "nan": Kind("nan", _text('"attempt":1', '"attempt":NaN')),
    "too-deep": Kind("too-deep", _text('"attempt":1', f'"attempt":{"[" * 10_000}{"]" * 10_000}')),
    "long-number": Kind("bad-schema", _text('"attempt":1', f'"attempt":{"1" * 4300}')),
    "longer-number": Kind("bad-schema", _text('"attempt":1', f'"attempt":{"1" * 50_000}')),
    "bad-schema": Kind("bad-schema", _with(schema="vpnedu-submission/99")),
    "unknown-quiz": Kind("unknown-quiz", _with(quiz="week4")),
    "stale-rev": Kind("stale-rev", _with(issue="0123456789ab")),
    "bad-tag": Kind("bad-tag", _with(tag="0" * 20)),
    "friends-form": Kind("bad-tag", _friend),
    "bad-digest": Kind("bad-digest", _text('"app":"', '"app":"x')),
    "missing-learner": Kind("missing-learner", _without_learner),
    "not-on-roster": Kind("not-on-roster", _ghost),
    "empty": Kind("empty", _bytes(lambda _data: b"")),
    "white": Kind("empty", _bytes(lambda _data: b"\r\n \t\r\n")),
    "zip-bomb": Kind("zip-bomb", _zip(Raw("week3.json", bytes(2_000_000)))),
    "lying-bomb": Kind("zip-bomb", _zip(Raw("week3.json", bytes(10_000_000), size=100_000))),
    "deep-zip": Kind("zip-bomb", _nested),
    "path-escape": Kind("path-escape", _zip(Raw("../../week3.json", b"{}"))),
    "encrypted-zip": Kind("encrypted-zip", _zip(Raw("week3.json", b"sealed", flags=1))),
    "broken-zip": Kind("bad-zip", _bytes(lambda data: raw_zip([Raw("a.json", data)])[:-30])),
}
PARTLY = {
    "unknown-slot": Kind("unknown-slot", _added_slot, ()),
    "bad-type": Kind("bad-type", _other_type, (0,)),
}
MENDED = {
    "byte-order-mark": Kind("", _bytes(lambda data: b"\xef\xbb\xbf" + data), ()),
    "utf-16": Kind("", _bytes(lambda data: data.decode().encode("utf-16")), ()),
    "crlf": Kind("", _bytes(_spread), ()),
    "page": Kind("", _bytes(_page), ()),
    "json-txt": Kind("", _named(".json.txt"), ()),
    "second-download": Kind("", _named(" (1).json"), ()),
    "in-a-zip": Kind(
        "",
        lambda good, _b, _f: HandIn(good.name + ".zip", raw_zip([Raw(good.name, good.data)])),
        (),
    ),
}
KINDS = REFUSED | PARTLY | MENDED
