"""Between the two steps of a login: the password was right, the code is not there yet.

Nobody is logged in meanwhile. The session knows for five minutes whose code is waited for.
"""

from time import time
from typing import Any, cast

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

WAITING = "waiting"
BY_CODE = "by_code"  # whether who is logged in has shown a code
MINUTES = 5


class CodeWantedError(Exception):
    """The password of the account is right, and a code is needed too."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user


def begin(request: HttpRequest, user: Any, following: str) -> None:
    """Wait for a code of the account, to go on to that address."""
    request.session.flush()
    request.session.set_expiry(MINUTES * 60)
    request.session[WAITING] = {
        "user": user.pk,
        "backend": user.backend,
        "proof": user.get_session_auth_hash(),
        "since": int(time()),
        "following": following,
    }


def who(request: HttpRequest) -> User | None:
    """Whose code is waited for; None where nobody's is, or no longer."""
    found = request.session.get(WAITING)
    if not found or time() - found["since"] > MINUTES * 60:
        return None
    user = User.objects.filter(pk=found["user"], is_active=True).first()
    # Another password since then makes the one that was typed a wrong one.
    if user and constant_time_compare(user.get_session_auth_hash(), found["proof"]):
        return user
    return None


def finish(request: HttpRequest, user: User) -> str:
    """Log the account in, whose code was right. Gives the address to go on to."""
    found = request.session.pop(WAITING)
    request.session.set_expiry(None)
    login(request, user, backend=found["backend"])
    request.session[BY_CODE] = True
    return cast(str, found["following"])
