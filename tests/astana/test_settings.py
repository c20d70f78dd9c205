"""What an operator sets, and what is said of what is wrong."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from runpy import run_path
from unittest import mock

import pytest

from tests.documents import table

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / ".env.example").read_text()
KEY = "k" * 50
RIGHT = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "astana.example.org", "ENV_FILE": ""}
WRONG = {
    "SECRET_KEY": ["", "short"],
    "ALLOWED_HOSTS": ["", ",", "https://astana.example.org", "astana.example.org:443", "a/b"],
    "DATABASE_URL": ["", "nonsense", "mysql://a:b@c/d", "postgres://", "postgres://a:b@c:x/d"],
    "CSRF_TRUSTED_ORIGINS": ["astana.example.org", "https://astana.example.org/admin/", "ftp://a"],
    "ASTANA_HTTPS": ["", "perhaps"],
    "SITE_URL": ["astana.example.org", "https://astana.example.org/", "https://*.org", "ftp://a"],
    "ASTANA_DATA_DIR": ["", "manage.py"],
    "ASTANA_KEPT_MB": ["", "x", "-1", "9" * 20],
    "CACHE_URL": [
        "nonsense",
        "memcached://a",
        "redis://",
        "redis://h:x/0",
        "redis://h:99999/0",
        "redis://h/x",
        "redis://h/0?nonsense=1",
        "redis://[::1/0",
    ],
    "ASTANA_OPERATOR": ["x" * 201, "two\nlines"],
    "ASTANA_OPERATOR_URL": ["astana.example.org", "ftp://example.org", "javascript:alert(1)", "x"],
    "ASTANA_OPERATOR_EMAIL": ["nobody", "a@b", "a@example.org, b@example.org"],
    "ASTANA_REPORTS_TO": ["nobody", "a@example.org, nobody", "a@example.org,", "a@example.org"],
    "EMAIL_URL": [
        "nonsense",
        "https://mail.example.org",
        "console://",
        "smtp://",
        "smtp://h:x",
        "smtp://h:99999",
        "smtp://h?timeout=soon",
        "smtp://[::1",
    ],
    "DEFAULT_FROM_EMAIL": ["nobody", "a@example.org, b@example.org"],
    "ASTANA_AUDIT_DAYS": ["", "x", "0", "9999"],
    "REVIEW_REQUIRED": ["", "perhaps"],
    "OTP_REQUIRED": ["", "perhaps", "on,Editors", "Administrator"],
    "ASTANA_IDLE_HOURS": ["", "x", "0", "99999"],
    "ASTANA_SESSION_DAYS": ["", "x", "0", "91"],
    "ASTANA_LOG_LEVEL": ["", "LOUD"],
    "TIME_ZONE": ["", "Mars/Phobos", "Mars/Base", "Europe", "../etc/passwd"],
    "DEBUG": ["", "perhaps"],
    "PORT": ["", "x", "0", "99999"],
    "BIND": ["", "nonsense", "127.0.0.1", "127.0.0.1:99999", "http://127.0.0.1:80"],
    "WEB_CONCURRENCY": ["", "x", "0", "-1", "99999"],
    "FORWARDED_ALLOW_IPS": ["proxy.example.org", "10.0.0.1/8", "127.0.0.1,"],
    "ENV_FILE": ["no/such/file", "var"],
}
EACH = [(name, value) for name, values in WRONG.items() for value in values]
MANAGE = [sys.executable, "manage.py", "check"]
SERVE = ["bin/serve"]


def run(*command: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env={"PATH": os.environ["PATH"], **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_each_setting_of_the_readme_is_tried():
    assert set(WRONG) == table("Settings")


@pytest.mark.parametrize(("name", "value"), EACH)
def test_a_wrong_setting_is_refused_in_one_sentence(name, value):
    with (
        mock.patch.dict(os.environ, RIGHT | {name: value}, clear=True),
        pytest.raises(SystemExit) as refused,
    ):
        run_path(str(ROOT / "astana" / "environment.py"))
    sentence = str(refused.value)
    assert sentence.startswith(f'A setting is wrong: Environment variable "{name}" invalid: ')
    assert sentence.endswith(" See “Settings” in README.md.")
    assert len(sentence.splitlines()) == 1


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_setting_that_is_missing_is_named(name):
    result = run(*MANAGE, **{key: value for key, value in RIGHT.items() if key != name})
    assert result.returncode == 1
    assert f'Environment variable "{name}" not set' in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_no_sentence_gives_a_password_away():
    result = run(*MANAGE, **RIGHT, DATABASE_URL="mysql://astana:hidden@localhost/astana")
    assert (result.returncode, "hidden" in result.stderr) == (1, False)


# gunicorn would read all but the first by itself, before it reads our settings.
@pytest.mark.parametrize(
    ("command", "name"),
    [
        (MANAGE, "SECRET_KEY"),
        (SERVE, "SECRET_KEY"),
        (SERVE, "PORT"),
        (SERVE, "WEB_CONCURRENCY"),
        (SERVE, "FORWARDED_ALLOW_IPS"),
    ],
)
def test_nothing_starts_with_a_wrong_setting(command, name):
    result = run(*command, **RIGHT | {name: WRONG[name][-1]})
    assert result.returncode == 1
    assert f'"{name}"' in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("setting", ["PORT", "BIND"])
def test_a_port_in_use_is_told_in_one_sentence(setting):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        value = port if setting == "PORT" else f"127.0.0.1:{port}"
        result = run(*SERVE, "--log-level", "error", **RIGHT, **{setting: value})
    assert result.returncode == 1
    assert f"127.0.0.1:{port} cannot be served on" in result.stderr
    assert len(result.stderr.splitlines()) == 1


MAIL = (
    "from astana import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, "
    "s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.EMAIL_TIMEOUT, "
    "s.DEFAULT_FROM_EMAIL, *s.REPORTS_TO)"
)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        (
            {
                "EMAIL_URL": "submission://a%40example.org:p%2Fw@mail.example.org",
                "ASTANA_REPORTS_TO": "desk@example.org, second@example.org",
            },
            "mail.example.org 587 a@example.org p/w True False 5 desk@example.org "
            "desk@example.org second@example.org",
        ),
        (
            {
                "EMAIL_URL": "smtp://u:p@mail.example.org:465?ssl=true&timeout=9",
                "DEFAULT_FROM_EMAIL": "site@example.org",
            },
            "mail.example.org 465 u p False True 9 site@example.org",
        ),
    ],
)
def test_mail_goes_by_the_server_that_is_named(environment, found):
    result = run(sys.executable, "-c", MAIL, **RIGHT | environment)
    assert result.stdout.strip() == found, result.stderr


def test_defaults_are_fit_for_deployment():
    key = "".join(chr(97 + n % 26) + str(n) for n in range(40))
    result = run(*MANAGE, "--deploy", "--fail-level", "WARNING", **RIGHT | {"SECRET_KEY": key})
    assert (result.returncode, result.stderr) == (0, "")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """What reads the settings, in a folder of its own."""
    (tmp_path / "astana").mkdir()
    for name in ("__init__.py", "environment.py"):
        shutil.copy(ROOT / "astana" / name, tmp_path / "astana")
    return tmp_path


def time_zone(folder: Path, **environment: str) -> str:
    code = "from astana import environment; print(environment.TIME_ZONE)"
    result = run(sys.executable, "-c", code, folder=folder, **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_the_file_counts_where_the_environment_says_nothing(site):
    (site / ".env").write_text(
        f"# Ours\nSECRET_KEY={KEY}\nALLOWED_HOSTS=a.example.org\nTIME_ZONE=Europe/Istanbul\n"
    )
    assert time_zone(site) == "Europe/Istanbul"
    assert time_zone(site, TIME_ZONE="Asia/Almaty") == "Asia/Almaty"


def test_another_file_or_none_may_be_named(site):
    (site / ".env").write_text("TIME_ZONE=Mars/Base\n")
    (site / "other").write_text("TIME_ZONE=Asia/Almaty\n")
    assert time_zone(site, **RIGHT | {"ENV_FILE": "other"}) == "Asia/Almaty"
    assert time_zone(site, **RIGHT) == "UTC"


def test_the_example_lists_every_setting():
    listed = re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert sorted(listed) == sorted(table("Settings") - {"ENV_FILE"})


def test_the_example_is_right_once_it_has_a_key(site):
    (site / ".env").write_text(EXAMPLE.replace("# ", "").replace("KEY=", f"KEY={KEY}"))
    assert time_zone(site) == "UTC"


def test_git_leaves_the_file_alone():
    assert run("git", "check-ignore", ".env").returncode == 0
