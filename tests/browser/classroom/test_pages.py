"""The teacher's report and a student's feedback: readable by all, on a phone, in both themes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.classroom.conftest import Windows
from tests.browser.conftest import violations
from tests.classroom.class_of import class_of
from vpnedu.classroom.grading.policies import Policy
from vpnedu.classroom.running import Settings, run, write

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What grading a class of thirty, some of it broken, leaves."""
    base = tmp_path_factory.mktemp("graded")
    one = class_of(30, malformed={"empty": 0.1, "truncated": 0.1})
    settings = Settings(Policy())
    write(run(one.write_folder(base / "in"), one.key, settings, ""), settings, base / "out", True)
    return base / "out"


@pytest.mark.parametrize("name", ["report.html", "feedback/s000003.html"])
def test_axe_finds_nothing_and_a_phone_need_not_scroll_sideways(
    name: str, folder: Path, windows: Windows
) -> None:
    tab: Page = windows().new_page()
    for width, scheme in (1280, "light"), (320, "dark"):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        tab.goto((folder / name).as_uri())
        assert violations(tab) == [], (width, scheme)
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
