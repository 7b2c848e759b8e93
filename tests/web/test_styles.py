"""The one stylesheet that comes with every page."""

import os

import pytest

from timeline import styles


@pytest.fixture(autouse=True)
def _database():
    """Styles read nothing."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(styles, "FOLDER", tmp_path)
    styles._sheet.cache_clear()
    (tmp_path / "a.css").write_text("a { color: red; } /* why */\n")
    (tmp_path / "base.css").write_text("b::after {\n  content: '</style>';\n}\n")
    yield tmp_path
    styles._sheet.cache_clear()


def test_what_all_pages_share_comes_first_and_comments_stay_out(folder):
    text = styles.sheet().text

    assert text.index("b::after") < text.index("a{color:red}")
    assert "why" not in text


def test_nothing_in_it_ends_the_element_that_it_stands_in(folder):
    assert "</style" not in styles.sheet().text


def test_it_is_read_once_and_again_only_while_it_is_worked_on(folder, settings):
    before = styles.sheet()
    (folder / "a.css").write_text("a { color: blue; }\n")
    os.utime(folder / "a.css", (2_000_000_000, 2_000_000_000))

    assert styles.sheet() is before
    settings.DEBUG = True
    assert "blue" in styles.sheet().text
    assert styles.style_source() != f"'self' {before.source}"
