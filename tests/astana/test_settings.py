import os
import subprocess
import sys

import pytest

KEY = "k" * 50


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, 'Environment variable "SECRET_KEY" not set'),
        ({"SECRET_KEY": "short"}, 'Environment variable "SECRET_KEY" invalid'),
        ({"SECRET_KEY": KEY, "DEBUG": "perhaps"}, 'Environment variable "DEBUG" invalid'),
        ({"SECRET_KEY": KEY, "DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"SECRET_KEY": KEY, "ASTANA_LOG_LEVEL": "LOUD"}, "ASTANA_LOG_LEVEL"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(environment, sentence):
    result = check(**environment)
    assert result.returncode == 1
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stderr.startswith("The settings are not complete: ")


def test_defaults_are_fit_for_deployment():
    key = "".join(chr(97 + n % 26) + str(n) for n in range(40))
    result = check(SECRET_KEY=key, ALLOWED_HOSTS="astana.example.org")
    assert (result.returncode, result.stderr) == (0, "")
