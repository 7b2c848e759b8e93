"""Every public page, read by the Nu Html Checker (vnu), its styles with it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import lacking

from .every_page import NOT_THERE, PAGES, fill

CHECKER = Path(__file__).parents[2] / ".cache" / "vnu-26.9.27" / "vnu.jar"
# A property of SVG 2 that every browser knows and this version of the checker does not.
UNKNOWN_TO_IT = ("CSS: “paint-order”: Property “paint-order” doesn't exist.",)


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_the_checker_finds_nothing(get, tmp_path):
    if not CHECKER.is_file():
        lacking("vnu is not here (scripts/vnu fetches it)")
    if not shutil.which("java"):
        lacking("Java is not installed (Debian: default-jre-headless)")
    fill()

    for name, path in PAGES.items():
        answer = get(path)
        assert answer.status_code == NOT_THERE.get(name, 200), name
        (tmp_path / f"{name.replace(' ', '_')}.html").write_bytes(answer.content)

    assert found_by_vnu(tmp_path) == []


def found_by_vnu(folder):
    """What the checker says of the pages in a folder, one process for all of them."""
    command = ["java", "-Xmx256m", "-jar", CHECKER, "--format", "json", "--stdout"]
    told = subprocess.run([*command, folder], capture_output=True, text=True)
    found = json.loads(told.stdout)["messages"]
    return [
        f"{Path(one['url']).name}: {one['message']} {one.get('extract', '')}"
        for one in found
        if one["message"] not in UNKNOWN_TO_IT
    ]
