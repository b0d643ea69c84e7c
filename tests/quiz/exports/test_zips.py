"""Zips whose bytes depend on nothing but what is in them."""

import hashlib
import io
import zipfile

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.zips import zipped

FILES = {"b/ö.txt": b"so", "a.xml": b"<a/>" * 500, "c/": b"", "b/empty": b""}


def test_everybody_s_reader_finds_every_file_whole() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == FILES


def test_files_are_sorted_dated_alike_and_may_be_read() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as package:
        about = package.infolist()
    assert [one.filename for one in about] == ["a.xml", "b/empty", "b/ö.txt", "c/"]
    assert {one.date_time for one in about} == {(1980, 1, 1, 0, 0, 0)}
    assert [oct(one.external_attr >> 16) for one in about] == ["0o100644"] * 3 + ["0o40755"]
    assert [one.is_dir() for one in about] == [False, False, False, True]


def test_the_order_in_which_files_are_given_does_not_count() -> None:
    assert zipped(dict(reversed(FILES.items()))) == zipped(FILES)


def test_the_bytes_are_the_same_on_every_machine() -> None:
    digest = hashlib.sha256(zipped(FILES)).hexdigest()
    assert digest == "49b82dcd18685c14bf4cc9f511f28f6c3b42fb1d8a48d8066ec10199e934133a"


def test_a_zip_of_nothing_is_a_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped({}))) as package:
        assert package.namelist() == []


@pytest.mark.parametrize(
    "name", ["", "/", "/a", "../a", "a/../b", "a//b", "./a", "a\\b", "c:a", "a\0"]
)
def test_names_that_could_leave_their_folder_are_refused(name: str) -> None:
    with pytest.raises(InputError, match="not a path inside a zip"):
        zipped({name: b""})


def test_a_folder_holds_no_bytes_itself() -> None:
    with pytest.raises(InputError, match="is a folder"):
        zipped({"a/": b"b"})


def test_more_files_than_a_zip_counts_are_refused() -> None:
    with pytest.raises(InputError, match="65536 files"):
        zipped({str(number): b"" for number in range(65536)})
