"""Papers for systems that read QTI 2.1: a test, its items and their pictures in one package."""

from vpnedu.quiz.exports.qti21.package import qti21

__all__ = ["qti21"]
