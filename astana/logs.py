"""The log: one JSON object a line, with the request that it is about and no personal data."""

import logging
import re
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from gunicorn import glogging
from pythonjsonlogger.json import JsonFormatter

from astana.clients import shortened

PRIVATE = ("/admin", "/nested_admin")  # whose addresses may name what nobody else may know
REFUSED = "django.security."  # what clients did wrong, which is no fault of ours
AWAY = 503  # the answer while the database is away
ADDRESS = re.compile(r"(?<=\bip=)[0-9a-fA-F:.]+(?=:)")  # in the messages of gunicorn
QUERY = re.compile(r"\?\S*")

request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestFilter(logging.Filter):
    """Adds the request that is being answered.

    What was refused, and what could not be made while the database is away, is one line without
    traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = getattr(record, "request_id", "") or request_id.get() or None
        if request := record.__dict__.pop("request", None):
            record.method, record.path = request.method, request.path
        if record.name.startswith(REFUSED):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        if record.exc_info and getattr(record, "status_code", 0) == AWAY:
            record.msg = f"{record.getMessage()}: {record.exc_info[1]}".strip()
            record.args = record.exc_info = record.exc_text = None
        return True


class Lines(JsonFormatter):
    """One JSON object a line."""

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message"],
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "traceback"},
            json_ensure_ascii=False,
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """The time first, and nothing that is not known."""
        known = {name: value for name, value in log_data.items() if value is not None}
        return {"time": known.pop("time").isoformat(timespec="milliseconds"), **known}


class GunicornLogger(glogging.Logger):
    """What gunicorn says, in the same lines; one for each answer."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            for handler in logger.handlers:
                handler.setFormatter(Lines())
        if not any(isinstance(one, GunicornFilter) for one in self.error_log.filters):
            self.error_log.addFilter(GunicornFilter())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """Note one answer: its status, bytes and seconds, and what was asked for."""
        if not self.access_log_enabled:
            return
        path = path_of(environ)
        headers = {name.lower(): value for name, value in resp.headers}
        self.access_log.info(
            "answered",
            extra={
                "request_id": headers.get("x-request-id"),
                "client": shortened(environ.get("REMOTE_ADDR", "")),
                "method": environ.get("REQUEST_METHOD"),
                "path": path,
                "query": None if path.startswith(PRIVATE) else environ.get("QUERY_STRING") or None,
                "status": int(str(resp.status).split()[0]),
                "bytes": getattr(resp, "sent", 0),
                "seconds": round(request_time.total_seconds(), 4),
            },
        )


def path_of(environ: dict[str, Any]) -> str:
    """What was asked for as text, which WSGI has as bytes in Latin-1 until Django reads it."""
    path: str = environ.get("PATH_INFO", "")
    try:
        return path.encode("latin-1").decode()
    except UnicodeError:
        return path


class GunicornFilter(logging.Filter):
    """Takes addresses and queries out of gunicorn's own messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = ADDRESS.sub(lambda found: shortened(found[0]), record.getMessage())
        record.msg, record.args = QUERY.sub("", message), None
        return True
