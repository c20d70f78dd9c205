"""When a form was given out, signed: this stands in for a cookie, and slows programs down."""

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext

QUICKEST = 3  # seconds in which nobody reads a form and writes a sentence
OLDEST = 24 * 60 * 60

_signer = TimestampSigner(salt="rounds.messages")


def new_stamp() -> str:
    return _signer.sign("form")


def is_too_quick(stamp: str) -> bool:
    """Whether a form with that stamp was given out a moment ago."""
    try:
        _signer.unsign(stamp, max_age=QUICKEST)
    except BadSignature:  # an older one is a bad one too
        return False
    return True


def fault_of(stamp: str) -> str:
    """Why a form with that stamp is not taken now, and what to do; "" where it is."""
    try:
        _signer.unsign(stamp, max_age=OLDEST)
    except SignatureExpired:
        return gettext("The form was open for more than a day. Read it again, then send it.")
    except BadSignature:
        return gettext("This form was not given out by this site. Send it again from here.")
    if is_too_quick(stamp):
        return gettext("That was quicker than anybody writes. Wait a few seconds, then send it.")
    return ""
