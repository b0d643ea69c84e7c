"""How a student answers a form and saves it, and what the teacher's side makes of the file."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from vpnedu.classroom.collecting.submissions import Submission, read
from vpnedu.classroom.grading.marker import Marker
from vpnedu.classroom.issuing.forms import Form
from vpnedu.quiz.prose import plain


def question(tab: Page, form: Form, name: str) -> Locator:
    """The card of the slot called `name`."""
    return tab.locator(f"#q{form.order().index(place_of(form, name)) + 1}")


def place_of(form: Form, name: str) -> int:
    return next(at for at, slot in enumerate(form.key.paper.slots) if slot.name == name)


def press(tab: Page, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def tab_to(tab: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus."""
    for _ in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def put_in_order(card: Locator, steps: list[str], act: str) -> None:
    """Move each step up to its place by its button, which `act` presses."""
    for place, step in enumerate(steps):
        up = card.get_by_role("button", name=f"Move up: {step}")
        while card.locator(".q-name").all_inner_texts().index(step) > place:
            up.press("Enter") if act == "press" else up.click()


def by_keys(tab: Page, form: Form, name: str, answer: Any) -> None:
    """Answer a question with the keyboard alone, from wherever the focus is."""
    card = question(tab, form, name)
    asked = form.question(place_of(form, name)).answer
    kind = asked.name
    if kind == "one":
        texts = {one.id: plain(one.text) for one in asked.choices}
        shown = card.locator(".q-choice label > span").all_inner_texts()
        tab_to(tab, card.get_by_role("radio").first)
        press(tab, "Space", *["ArrowDown"] * shown.index(texts[answer]))
    elif kind == "many":
        for one in (one for one in asked.choices if one.id in answer):
            card.get_by_role("checkbox", name=plain(one.text)).focus()
            press(tab, "Space")
    elif kind == "pairs":
        texts = {name: plain(text) for name, text in asked.options}
        for item in asked.items:
            tab_to(tab, card.get_by_label(plain(item.text), exact=True))
            tab.keyboard.type(texts[answer[item.id]])
    elif kind == "order":
        steps = {step.id: plain(step.text) for step in asked.steps}
        tab_to(tab, card.get_by_role("button").nth(1))
        put_in_order(card, [steps[one] for one in answer], "press")
    elif kind == "byte":
        tab_to(tab, card.get_by_role("gridcell").first)
        press(
            tab, *["ArrowDown"] * (int(answer) // 8), *["ArrowRight"] * (int(answer) % 8), "Enter"
        )
    else:
        tab_to(tab, card.get_by_role("textbox"))
        tab.keyboard.type(answer)


def by_pointer(tab: Page, form: Form, name: str, answer: Any) -> None:
    """Answer a question by clicking, and typing where there is a field."""
    card = question(tab, form, name)
    asked = form.question(place_of(form, name)).answer
    if asked.name in ("one", "many"):
        wanted = {answer} if isinstance(answer, str) else set(answer)
        # One choice's text may be a part of another's: "sealed", "unsealed".
        texts = {plain(one.text) for one in asked.choices if one.id in wanted}
        labels = card.locator(".q-choice label > span")
        labels.first.wait_for()
        shown = labels.all_inner_texts()
        places = [place for place, text in enumerate(shown) if text in texts]
        assert len(places) == len(texts)
        for place in places:
            labels.nth(place).click()
    elif asked.name == "pairs":
        texts = {name: plain(text) for name, text in asked.options}
        for item in (item for item in asked.items if item.id in answer):
            card.get_by_label(plain(item.text), exact=True).select_option(texts[answer[item.id]])
    elif asked.name == "order":
        steps = {step.id: plain(step.text) for step in asked.steps}
        put_in_order(card, [steps[one] for one in answer], "click")
    elif asked.name == "byte":
        card.get_by_role("gridcell").nth(int(answer)).click()
    else:
        card.get_by_role("textbox").fill(answer)


def saved(tab: Page, button: str = "Save my answers") -> tuple[str, bytes]:
    """The name and the bytes of the file that a button gives."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=button, exact=True).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def statuses(form: Form, submission: Submission) -> dict[str, str]:
    """The status of every answer by the name of its slot, marked by the key."""
    marker = Marker(form.key)
    marked = marker.mark(marker.form(submission), submission.answers)
    assert marked.problems == ()
    names = [slot.name for slot in form.key.paper.slots]
    return dict(zip(names, (one.mark.status for one in marked.responses), strict=True))


def handed_in(tab: Page, form: Form) -> tuple[Submission, dict[str, str]]:
    """The submission that the page saves now, and how it is marked."""
    name, data = saved(tab)
    assert name == f"week-3.{form.learner.id}.{form.key.attempt}.vpnq.json"
    submission = read(data)
    assert submission.repaired == ()
    return submission, statuses(form, submission)
