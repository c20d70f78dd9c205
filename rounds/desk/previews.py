"""Links by which somebody without an account sees one round before it is published."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from rounds.models import PreviewLink, Round

LASTS = timedelta(days=7)
_signer = signing.Signer(salt="rounds.desk.previews")


def make_link(round_: Round, user: User) -> PreviewLink:
    """Another link to the round; those that have ended go."""
    PreviewLink.objects.filter(at__lte=timezone.now() - LASTS).delete()
    return PreviewLink.objects.create(round=round_, by=user)


def links_of(round_: Round) -> list[PreviewLink]:
    """The links that lead to the round, oldest first."""
    links = PreviewLink.objects.filter(round=round_, at__gt=timezone.now() - LASTS)
    return list(links.select_related("by"))


def withdraw(round_: Round, key: int) -> None:
    """End a link to the round, given by its key."""
    PreviewLink.objects.filter(round=round_, pk=key).delete()


def end_of(link: PreviewLink) -> datetime:
    return link.at + LASTS


def address_of(link: PreviewLink) -> str:
    """Where on this site the link leads to; nobody else can make it up."""
    return reverse("rounds:preview", args=[_signer.sign(_name(link))])


def link_of(token: str) -> PreviewLink | None:
    """The link of an address, None for one that has ended or was withdrawn.

    Raises ``signing.BadSignature`` for what never was one.
    """
    name = _signer.unsign(token)
    found = PreviewLink.objects.select_related("round").filter(pk=name.partition("-")[0]).first()
    is_it = found is not None and _name(found) == name and end_of(found) > timezone.now()
    return found if is_it else None


def _name(link: PreviewLink) -> str:
    """Its key, and when it was made: a backup that is put back may give a key out once more."""
    return f"{link.pk}-{int(link.at.timestamp() * 1000)}"
