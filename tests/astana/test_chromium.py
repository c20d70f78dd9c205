"""bin/chromium on machines where every tool is a stand-in; an empty browser does not start."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "bin" / "chromium"
ROOT, READER = "0", "1000"
PLAYWRIGHT = """
[ "$2" = playwright ] && exit 1  # it can download nothing
for path; do :; done
command -v libatomic1 >/dev/null && [ -s "${path:-downloaded}" ]
"""
INSTALL = """
for package; do :; done
[ "$1" = update ] || { echo works >"tools/$package" && chmod +x "tools/$package"; }
"""


class Machine:
    def __init__(self, folder: Path, user: str):
        self.folder = folder
        for name in ("bin", "tools", ".venv/bin"):
            (folder / name).mkdir(parents=True)
        shutil.copy(SCRIPT, folder / "bin")
        for name in ("dirname", "mkdir", "chmod", "grep"):
            (folder / "tools" / name).symlink_to(str(shutil.which(name)))
        self.put(".venv/bin/python", PLAYWRIGHT)
        self.put("tools/id", f"echo {user}")
        self.put("tools/apt-get", INSTALL)
        self.put("tools/apt-cache", "echo Package: $2")

    def put(self, name: str, text: str = "works") -> None:
        (self.folder / name).write_text(f"#!/bin/sh\n{text}\n" if text else "")
        (self.folder / name).chmod(0o755)

    def find(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", self.folder / "bin" / "chromium"],
            env={"PATH": str(self.folder / "tools")},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ([], "chromium-headless-shell"),
        (["chromium"], "chromium"),
        (["chromium", "chromium-headless-shell"], "chromium-headless-shell"),
        (["libatomic1"], "chromium-headless-shell"),
    ],
)
def test_root_gets_what_is_missing(tmp_path, there, found):
    machine = Machine(tmp_path, ROOT)
    for package in there:
        machine.put(f"tools/{package}")
    result = machine.find()
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{machine.folder}/tools/{found}\n"


def test_a_chromium_with_a_window_serves_where_none_without_is_to_be_had(tmp_path):
    machine = Machine(tmp_path, ROOT)
    machine.put("tools/libatomic1")
    machine.put("tools/apt-get", f"""[ "$4" = chromium-headless-shell ] && exit 100\n{INSTALL}""")
    result = machine.find()
    assert result.stdout == f"{machine.folder}/tools/chromium\n"


@pytest.mark.parametrize("there", [[], ["chromium"], ["libatomic1"]])
def test_others_read_the_command_in_one_sentence(tmp_path, there):
    machine = Machine(tmp_path, READER)
    for package in there:
        machine.put(f"tools/{package}")
    result = machine.find()
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.endswith(" as root: apt-get install libatomic1 chromium\n")
    assert len(result.stderr.splitlines()) == 1


def test_the_command_is_another_where_no_package_is_a_chromium(tmp_path):
    machine = Machine(tmp_path, READER)
    machine.put("tools/apt-cache", "exit 0")
    command = "apt-get install libatomic1 && .venv/bin/playwright install-deps chromium"
    assert machine.find().stderr.endswith(f" as root: {command}\n")


@pytest.mark.parametrize("user", [ROOT, READER])
def test_the_browser_of_playwright_serves_where_no_other_starts(tmp_path, user):
    machine = Machine(tmp_path, user)
    machine.put("tools/libatomic1")
    machine.put("tools/chromium-browser", "")
    machine.put("downloaded")
    result = machine.find()
    assert (result.returncode, result.stdout, result.stderr) == (0, "\n", "")
