from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from astana.accounts import audit, codes, sessions


class Command(BaseCommand):
    help = "Take the one-time codes of an account away, where its telephone is lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="name to log in with")

    @transaction.atomic
    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”.")
        if not codes.forget(user):
            raise CommandError(f"{name} has no one-time codes.")
        sessions.end(user)
        audit.note(None, audit.Action.CODES, user, "taken away by a command")
        self.stdout.write(f"{name} logs in by password alone until they set codes up.")
