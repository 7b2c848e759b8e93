"""An import that is killed leaves all of the desk or nothing, and whole acts."""

import pytest

from benchmarks.interrupted import check


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_is_whole_and_the_same_command_finishes_it():
    hit = check(700, 3, seed=3, tell=lambda text: None)

    assert hit.total() == 3
