"""Practice beside the chapters' quizzes, live in a notebook: drills, exam, and progress."""

from vpnedu.book.banks import banks
from vpnedu.widgets.practice_html import (
    chosen,
    drills_html,
    drills_text,
    exam_html,
    objectives_text,
    progress_html,
)
from vpnedu.widgets.quiz_widget import Practice


class Asking(Practice):
    """Practice whose questions come from the kernel, as a figure's runs do."""

    def __init__(self, html: str, text: str):
        super().__init__(html, text)
        self.on_msg(self._asked)


def drills(*topics: str) -> Asking:
    """Questions that the engine writes, one after another, of all topics or of those named."""
    generators = chosen(topics)
    return Asking(drills_html(generators), drills_text(generators))


def exam() -> Asking:
    """Questions of the whole book, drawn by a number and marked when all are handed in."""
    known = banks()
    return Asking(exam_html(known), objectives_text("The exam asks for", known))


def progress() -> Asking:
    """What a reader has done in the whole book, to export, to import and to forget."""
    known = banks()
    return Asking(progress_html(known), objectives_text("The book asks for", known))
