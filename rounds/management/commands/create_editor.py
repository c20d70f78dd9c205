import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import transaction

from rounds.groups import EDITORS, GROUPS


class Command(BaseCommand):
    help = "Create an editor account, or give one a new password; prints the password once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="name to log in with")
        parser.add_argument("--group", choices=GROUPS, default=EDITORS, help="what they may do")
        parser.add_argument(
            "--if-missing", action="store_true", help="leave an account that exists as it is"
        )

    @transaction.atomic
    def handle(self, *args: Any, name: str, group: str, if_missing: bool, **options: Any) -> None:
        user, created = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if if_missing and not created:
            return
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=group))
        self.stdout.write(f"Editor: {name}   Password: {password}   (shown only now)")
