from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "astana.accounts"
    verbose_name = _("Audit")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib import admin
        from django.contrib.auth.signals import user_logged_in

        from astana.accounts import sessions, watching
        from astana.accounts.forms import LoginForm

        watching.watch()
        user_logged_in.connect(sessions.begin)
        admin.site.login_form = LoginForm
