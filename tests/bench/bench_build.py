"""How long the site takes to build: from nothing, after one changed sentence, and as it grows."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import yaml

ROOT = Path(__file__).parents[2]
SCRATCH, REBUILD = 60.0, 5.0  # seconds, on two cores
LEFT = shutil.ignore_patterns(".git", ".venv", "_build", "dist", "tests", "__pycache__")
CHAPTER = "chapters/route-based.ipynb"


def built(book: Path) -> float:
    """Seconds that one build takes, started as `make book` starts it."""
    start = perf_counter()
    command = [Path(sys.executable).parent / "jupyter-book", "build", ".", "--quiet"]
    done = subprocess.run(command, cwd=book, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return perf_counter() - start


def reworded(book: Path, turn: int) -> None:
    """Change one sentence of one chapter."""
    path = book / CHAPTER
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Every router", f"Every{' single' * turn} router"), encoding="utf-8"
    )


def shortened(book: Path, count: int) -> int:
    """Leave only the first `count` chapters in the book, and give back how many there are."""
    path = book / "_toc.yml"
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    left = count
    for part in toc["parts"]:
        part["chapters"] = part["chapters"][:left]
        left -= len(part["chapters"])
    toc["parts"] = [part for part in toc["parts"] if part["chapters"]]
    path.write_text(yaml.safe_dump(toc), encoding="utf-8")
    return count - left


def told(seconds: float, budget: float) -> str:
    return f"{seconds:5.1f} s ({'within' if seconds <= budget else 'MISSES'} {budget:.0f} s)"


def main() -> None:
    """Print all of it."""
    print("Building the site")
    with TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        shutil.copytree(ROOT, book, ignore=LEFT)
        scratch = built(book)
        print(f"from nothing:             {told(scratch, SCRATCH)}")
        for turn in range(1, 4):
            reworded(book, turn)
            again = built(book)
            share = again / scratch
            print(f"after a changed sentence: {told(again, REBUILD)}, {share:.2f} of a whole build")
        for count in (6, 12, 24):
            chapters = shortened(book, count)
            shutil.rmtree(book / "_build")
            print(f"{chapters:2} chapters from nothing:  {built(book):5.1f} s")


if __name__ == "__main__":
    main()
