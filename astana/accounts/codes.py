"""One-time codes: a second proof beside the password, from an app on the telephone.

django-otp keeps the keys, lets no code count twice, and waits longer after each wrong one. Ten
recovery codes, each good once, stand in for a lost telephone.
"""

import re
from base64 import b32encode
from binascii import unhexlify
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

EVERYBODY = "on"  # in the setting: whoever has an account needs codes
RECOVERY_CODES = 10
SIX_DIGITS = re.compile(r"[0-9]{6}")


def are_set_up(user: User) -> bool:
    """Whether the account asks for codes."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def are_required(user: User) -> bool:
    """Whether the account has to set codes up. Superusers may do what every group may."""
    required = settings.OTP_REQUIRED
    if not required or EVERYBODY in required or user.is_superuser:
        return bool(required)
    return user.groups.filter(name__in=required).exists()


def new_key() -> str:
    return random_hex(20)


class Key:
    """A key that is being set up, in the forms that apps take."""

    def __init__(self, user: User, key: str) -> None:
        self.device = TOTPDevice(user=user, key=key, name="app", confirmed=True)

    @property
    def address(self) -> str:
        """An address that opens an app on the same telephone."""
        return str(self.device.config_url)

    @property
    def words(self) -> str:
        """The key to be typed, by four letters."""
        text = b32encode(unhexlify(self.device.key)).decode()
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))

    @property
    def picture(self) -> str:
        """The address as a QR code, an SVG for a page."""
        code = segno.make(self.address, error="m")
        return str(code.svg_inline(omitsize=True, border=4, dark="#000", light="#fff"))

    def confirm(self, code: str) -> list[str]:
        """Set the codes up in place of what was there, if the code is right.

        Gives the recovery codes, none where the code was wrong.
        """
        with transaction.atomic():
            if not SIX_DIGITS.fullmatch(plain(code)) or not self._is_right(code):
                return []
            user = self.device.user
            TOTPDevice.objects.filter(user=user).exclude(pk=self.device.pk).delete()
            return new_recovery_codes(user)

    def _is_right(self, code: str) -> bool:
        """Try the code; what is wrong leaves nothing behind."""
        self.device.save()
        is_right: bool = self.device.verify_token(plain(code))
        if not is_right:
            self.device.delete()
        return is_right


def check(user: User, code: str) -> bool:
    """Whether it is a code of the account, of the app or for recovery; it counts once."""
    device = _device(user, code)
    return bool(device and verify_token(user, device.persistent_id, plain(code)))


def seconds_to_wait(user: User, code: str) -> int:
    """For how long no such code is looked at, after wrong ones."""
    device = _device(user, code)
    may, why = device.verify_is_allowed() if device else (True, {})
    return 0 if may else int((why["locked_until"] - timezone.now()).total_seconds()) + 1


def _device(user: User, code: str) -> Any:
    """What the code would be of: six digits of the app, all else for recovery."""
    kind = TOTPDevice if SIX_DIGITS.fullmatch(plain(code)) else StaticDevice
    return kind.objects.filter(user=user, confirmed=True).first()


def plain(code: str) -> str:
    """A code as it is kept, without the spaces that apps show."""
    return re.sub(r"[\s-]", "", code).lower()


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes that each let in once, in place of those there were."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        tokens = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=one) for one in tokens)
    return [f"{one[:4]}-{one[4:]}" for one in tokens]


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def forget(user: User) -> bool:
    """Take the codes away; whether there were any."""
    had = are_set_up(user)
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    return had
