"""How gunicorn serves the site; what an operator sets comes from the environment."""

import gc
import socket
import sys
from tempfile import NamedTemporaryFile

from gunicorn import systemd
from gunicorn.arbiter import Arbiter

from astana import environment


def memory() -> str | None:
    """The folder that lies in memory, or None where it takes no file: closed, full or missing."""
    folder = "/dev/shm"  # noqa: S108
    try:
        with NamedTemporaryFile(dir=folder):
            return folder
    except OSError:
        return None


bind = environment.BIND
workers = environment.WEB_CONCURRENCY
worker_class = "gthread"
threads = 4
preload_app = True  # a wrong setting stops the start, and workers share memory
timeout = 30
# In memory, so that a slow disk cannot look like a worker that hangs.
worker_tmp_dir = memory()
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = "-"
logger_class = "astana.logs.GunicornLogger"
forwarded_allow_ips = ",".join(environment.FORWARDED_ALLOW_IPS)
forwarder_headers = ""  # no header says below which prefix the site lies
control_socket_disable = True


def on_starting(server: Arbiter) -> None:
    """Say in one sentence why an address cannot be bound, instead of trying again and again."""
    if server.master_pid or systemd.listen_fds(unset_environment=False):
        return  # the sockets are handed over
    for address in server.cfg.address:
        if isinstance(address, tuple):
            family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(address)
                except OSError as error:
                    host, port = address
                    sys.exit(
                        f"{host}:{port} cannot be served on ({error.strerror}); set PORT or BIND."
                    )


def when_ready(server: Arbiter) -> None:
    """Spare the workers the garbage that is none: what is loaded now stays for good."""
    gc.collect()
    gc.freeze()
