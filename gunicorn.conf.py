"""How gunicorn serves the site; each value can be set in the environment."""

import gc
import multiprocessing
import os
from tempfile import NamedTemporaryFile


def memory() -> str | None:
    """The folder that lies in memory, or None where it takes no file: closed, full or missing."""
    folder = "/dev/shm"  # noqa: S108
    try:
        with NamedTemporaryFile(dir=folder):
            return folder
    except OSError:
        return None


bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(2 * multiprocessing.cpu_count() + 1, 9))
worker_class = "gthread"
threads = 4
preload_app = True  # a wrong setting stops the start, and workers share memory
timeout = 30
# In memory, so that a slow disk cannot look like a worker that hangs.
worker_tmp_dir = memory()
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = "-"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
control_socket_disable = True


def when_ready(server: object) -> None:
    """Spare the workers the garbage that is none: what is loaded now stays for good."""
    gc.collect()
    gc.freeze()
