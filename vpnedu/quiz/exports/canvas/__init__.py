"""Papers for Canvas: a package in QTI 1.2 as its classic quizzes export and import it.

Structure and marking follow what Canvas's importer reads; no live Canvas was at hand.
"""

from vpnedu.quiz.exports.canvas.assessment import canvas_qti

__all__ = ["canvas_qti"]
