"""Messages by mail, to the editors whom the operator named."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext

from rounds.models import Message

log = logging.getLogger(__name__)


def send(message: Message, screen: str) -> None:
    """Mail a message that is kept, with the address of its screen in the admin.

    Whatever becomes of the mail, the message is there: a failure is logged and no more.
    """
    if not settings.REPORTS_TO:
        return
    page = " ".join(message.address.split()) or gettext("the site as a whole")
    mail = EmailMessage(
        gettext("Astana process tracker: a mistake reported on %(page)s") % {"page": page},
        render_to_string("messages/mail.txt", {"message": message, "screen": screen}),
        to=settings.REPORTS_TO,
        reply_to=[message.answer_to] if message.answer_to else None,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except Exception:
        log.exception("The message %s could not be mailed.", message.pk)
