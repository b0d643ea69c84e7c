"""Issuing a graded quiz: a form for every student, and the key for the teacher.

```
forms/<learner>.html    one for each student: give it to that student only
teacher/key.json        the key: keep it to yourself
teacher/policy.toml     the rules that the forms tell
```
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from vpnedu.book.banks import banks
from vpnedu.classroom.grading.policies import Policy
from vpnedu.classroom.grading.times import iso
from vpnedu.classroom.issuing.form_page import form_html
from vpnedu.classroom.issuing.form_pictures import pictures
from vpnedu.classroom.issuing.forms import Form
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.papers import Seeds, paper
from vpnedu.classroom.issuing.rosters import read_roster
from vpnedu.network.addresses import InputError

KEY = Path("teacher", "key.json")
POLICY = Path("teacher", "policy.toml")


def seeds_of(secret: bytes) -> Seeds:
    """Seeds of variants that nobody without `secret` can tell."""

    def seed(slot: str, number: int) -> int:
        text = secret + f"\0seed\0{slot}\0{number}".encode()
        return int.from_bytes(hashlib.shake_256(text).digest(4))

    return seed


def policy_of(due: str, zone: str) -> str:
    """The text of a policy that tells a due date and a zone, as far as they are given."""
    given = {"zone": zone, "due": due}
    lines = [f"{name} = {json.dumps(value)}" for name, value in given.items() if value]
    return "".join(f"{line}\n" for line in lines)


def key_of(quiz: str, roster: str, policy: Policy, secret: bytes, issued: str, attempt: int) -> Key:
    """The key of a new issue of `quiz`, to the learners of a roster's text.

    The same secret, moment (`issued`, ISO 8601 in UTC) and inputs give the same key.
    """
    asked = paper(quiz, seeds_of(secret))
    key = Key(
        paper=asked,
        secret=secret,
        learners=read_roster(roster),
        issued=issued,
        due="" if policy.due is None else iso(policy.due),
        told=policy.told(),
        attempt=attempt,
        pictures=pictures(asked),
    )
    policy.applied(key)
    return key


def practised(key: Key) -> tuple[str, ...]:
    """The slots whose questions stand in the book, answers and all."""
    known = {question.revision for bank in banks().values() for question in bank.questions}
    return tuple(
        slot.name for slot in key.paper.slots if any(one.revision in known for one in slot.pool)
    )


def write(key: Key, folder: Path, policy: str, tell: Callable[[Path], None]) -> None:
    """Write the key, the text of its policy and all forms below `folder`; `tell` hears of each.

    A key that lies there already is never written over: the forms that were made with it could
    no longer be marked.
    """
    path = folder / KEY
    text = key.to_json()
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise InputError(str(path), "is the key of another issue; choose another folder")
    for name, content in _files(key, text, policy):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")
        tell(target)


def _files(key: Key, text: str, policy: str) -> Iterator[tuple[Path, str]]:
    yield KEY, text
    if policy:
        yield POLICY, policy
    for learner in key.learners:
        yield Path("forms", f"{learner.id}.html"), form_html(Form(key, learner))
