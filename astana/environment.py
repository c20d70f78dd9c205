"""The settings that an operator makes, each read from the environment and checked once.

What the environment does not have may stand in the file ``.env``. Whoever imports this ends, where
one is wrong, with a sentence that names it. README lists the variables.
"""

import logging
import os
import re
import sys
from collections.abc import Callable
from ipaddress import ip_network
from multiprocessing import cpu_count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
import dj_email_url
from environs import Env, EnvError, ValidationError, validate
from redis import Redis

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

HOST = r"(?:[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
ALLOWED_HOST = re.compile(rf"\*|\.?{HOST}", re.IGNORECASE)
ORIGIN = re.compile(rf"https?://(?:\*\.)?{HOST}(?::\d+)?", re.IGNORECASE)
ADDRESS = re.compile(rf"{HOST}:(?P<port>\d+)|unix:.+|fd://\d+", re.IGNORECASE)
DATABASES = {"postgres", "postgresql", "sqlite"}
CACHES = {"redis", "rediss"}
MAIL_SERVERS = {"smtp", "submission"}
GROUPS = ("Editors", "Publishers", "Administrators")
SOME_GROUPS = ", ".join(GROUPS)
LAST_PORT = 65_535
MOST_WORKERS = 512
MOST_MEGABYTES = 65_536  # that a worker keeps
MOST_DAYS = 3650  # that the audit list goes back
LONGEST_SESSION = 90  # days
LONGEST_PAUSE = 24 * LONGEST_SESSION
LONGEST_NAME = 200  # characters of who runs the site


def require(is_right: bool, sentence: str) -> None:
    """Refuse a value, raising ValidationError with the sentence."""
    if not is_right:
        raise ValidationError(sentence)


def are_some(values: list[str]) -> None:
    require(bool(values), "It names none.")


def each(pattern: re.Pattern[str], sentence: str) -> Callable[[list[str]], None]:
    """A check that each of some values is what the pattern describes."""

    def check(values: list[str]) -> None:
        for value in values:
            require(bool(pattern.fullmatch(value)), f"“{value}” {sentence}")

    return check


def may_be_bound(addresses: list[str]) -> None:
    are_addresses(addresses)
    for address in addresses:
        found = ADDRESS.fullmatch(address)
        port = found and found["port"]
        require(not port or int(port) <= LAST_PORT, f"There is no port {port}.")


def is_time_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        require(False, f"“{name}” is no time zone, such as Europe/Istanbul.")


def is_database(address: str) -> None:
    """An address of a database that the site can use; the sentence keeps its password."""
    try:
        parts = urlsplit(address)
        named = parts.scheme == "sqlite" or bool(parts.path.strip("/")) or bool(parts.query)
        is_right = parts.scheme in DATABASES and named and parts.port != 0
        is_right = is_right and bool(dj_database_url.parse(address))
    except ValueError:
        is_right = False
    require(is_right, "It is no address such as postgres://user:password@host/name.")


def is_cache(address: str) -> None:
    """An address of a server that shares pages; the sentence keeps its password."""
    if not address:
        return
    try:
        parts = urlsplit(address)
        number = parts.path.strip("/")
        is_right = parts.scheme in CACHES and bool(parts.hostname) and parts.port != 0
        is_right = is_right and (not number or number.isdecimal())
        Redis.from_url(address).connection_pool.make_connection()  # knows all that may follow
    except (ValueError, TypeError):
        is_right = False
    require(is_right, "It is no address such as redis://host:6379/0.")


def are_networks(addresses: list[str]) -> None:
    for address in addresses:
        try:
            is_right = address == "*" or ip_network(address) is not None
        except ValueError:
            is_right = False
        require(is_right, f"“{address}” is no address or range such as 10.0.0.0/8.")


def is_name(text: str) -> None:
    require(len(text) <= LONGEST_NAME and text.isprintable(), "It is no name of one line.")


def is_web_address(text: str) -> None:
    if text:
        validate.URL(schemes={"http", "https"})(text)


def is_site(address: str) -> None:
    """Whether it is what all addresses of the site begin with, without a slash at its end."""
    is_right = not address or (bool(ORIGIN.fullmatch(address)) and "*" not in address)
    require(is_right, f"“{address}” is no address of a site such as https://astana.example.org.")


def is_folder(path: str) -> None:
    """Whether it may be a folder, which is made where it is missing."""
    require(bool(path) and "\0" not in path, "It names no folder.")
    require(not (BASE_DIR / path).is_file(), f"“{path}” is a file and no folder.")


def is_mail_address(text: str) -> None:
    if text:
        validate.Email()(text)


def are_mail_addresses(addresses: list[str]) -> None:
    for address in addresses:
        is_mail_address(address or "none")


def is_mail_server(address: str) -> None:
    """An address of a server that takes mail; the sentence keeps its password."""
    if not address:
        return
    try:
        parts = urlsplit(address)
        is_right = parts.scheme in MAIL_SERVERS and bool(parts.hostname) and parts.port != 0
        is_right = is_right and bool(dj_email_url.parse(address))
    except ValueError:
        is_right = False
    require(is_right, "It is no address such as submission://user:password@host.")


def have_mail_server(addresses: list[str]) -> None:
    require(bool(EMAIL_URL or not addresses), "Mail to them needs EMAIL_URL.")


def are_groups(named: list[str]) -> None:
    """Groups that need one-time codes, or “on” or “off” alone."""
    if len(named) != 1 or named[0] not in ("on", "off"):
        for name in named:
            require(name in GROUPS, f"“{name}” is neither on nor off nor one of {SOME_GROUPS}.")


def read_file() -> None:
    """Take what the environment does not have from the file ``.env``, or the one of ENV_FILE.

    An empty ENV_FILE stands for none. Raises EnvError where the file that it names cannot be read.
    """
    named = os.environ.get("ENV_FILE", ".env")
    path = BASE_DIR / named
    if named and ("ENV_FILE" in os.environ or path.exists()):
        try:
            path.read_text()
        except (OSError, ValueError) as error:
            raise EnvError(f'Environment variable "ENV_FILE" invalid: {error}') from error
        env.read_env(path, recurse=False)


def names(variable: str, default: Any, *checks: Callable[[list[str]], None]) -> list[str]:
    """What a variable has between commas; where the default is ``...`` it must be there."""
    found: list[str] = env.list(variable, default, str.strip, validate=checks)
    return found


env = Env()
are_hosts = each(ALLOWED_HOST, "is no host name such as astana.example.org.")
are_origins = each(ORIGIN, "is no origin such as https://astana.example.org.")
are_addresses = each(ADDRESS, "is no address such as 127.0.0.1:8000 or unix:/run/astana/socket.")
try:
    read_file()
    DEBUG = env.bool("DEBUG", False)
    SECRET_KEY = (
        env.str("SECRET_KEY", "only-for-debugging")
        if DEBUG
        else env.str("SECRET_KEY", validate=validate.Length(min=32))
    )
    ALLOWED_HOSTS = (
        names("ALLOWED_HOSTS", [], are_hosts)
        if DEBUG
        else names("ALLOWED_HOSTS", ..., are_some, are_hosts)
    )
    CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS", [], are_origins)
    HTTPS = env.bool("ASTANA_HTTPS", not DEBUG)
    address = env.str(
        "DATABASE_URL", f"sqlite:///{VAR_DIR / 'astana.sqlite3'}", validate=is_database
    )
    DATABASE = dj_database_url.parse(address)
    CACHE_URL = env.str("CACHE_URL", "", validate=is_cache)
    SITE_URL = env.str("SITE_URL", "", validate=is_site)
    DATA_DIR = BASE_DIR / env.str("ASTANA_DATA_DIR", str(VAR_DIR / "data"), validate=is_folder)
    KEPT_MEGABYTES = env.int("ASTANA_KEPT_MB", 64, validate=validate.Range(0, MOST_MEGABYTES))
    AUDIT_DAYS = env.int("ASTANA_AUDIT_DAYS", 365, validate=validate.Range(1, MOST_DAYS))
    OTP_REQUIRED = names("OTP_REQUIRED", ["off"], are_some, are_groups)
    OTP_REQUIRED = [] if OTP_REQUIRED == ["off"] else OTP_REQUIRED
    IDLE_HOURS = env.int("ASTANA_IDLE_HOURS", 8, validate=validate.Range(1, LONGEST_PAUSE))
    SESSION_DAYS = env.int("ASTANA_SESSION_DAYS", 7, validate=validate.Range(1, LONGEST_SESSION))
    LOG_LEVEL = env.log_level("ASTANA_LOG_LEVEL", logging.INFO)
    TIME_ZONE = env.str("TIME_ZONE", "UTC", validate=is_time_zone)
    OPERATOR = {
        "name": env.str("ASTANA_OPERATOR", "", validate=is_name).strip(),
        "url": env.str("ASTANA_OPERATOR_URL", "", validate=is_web_address),
        "email": env.str("ASTANA_OPERATOR_EMAIL", "", validate=is_mail_address),
    }
    EMAIL_URL = env.str("EMAIL_URL", "", validate=is_mail_server)
    MAIL = dj_email_url.parse(EMAIL_URL or "smtp://")
    REPORTS_TO = names("ASTANA_REPORTS_TO", [], are_mail_addresses, have_mail_server)
    MAIL_FROM = env.str("DEFAULT_FROM_EMAIL", "", validate=is_mail_address)
    REVIEW_REQUIRED = env.bool("REVIEW_REQUIRED", False)
    PORT = env.int("PORT", 8000, validate=validate.Range(1, LAST_PORT))
    BIND = names("BIND", [f"127.0.0.1:{PORT}"], are_some, may_be_bound)
    WEB_CONCURRENCY = env.int(
        "WEB_CONCURRENCY", min(2 * cpu_count() + 1, 9), validate=validate.Range(1, MOST_WORKERS)
    )
    FORWARDED_ALLOW_IPS = names("FORWARDED_ALLOW_IPS", ["127.0.0.1", "::1"], are_networks)
except EnvError as error:
    sys.exit(f"A setting is wrong: {error}. See “Settings” in README.md.")
