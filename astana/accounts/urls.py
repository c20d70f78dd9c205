"""Addresses of accounts in the admin, before Django's own."""

from django.contrib import admin
from django.urls import path

from astana.accounts import passwords, views

urlpatterns = [
    path("login/code/", views.code, name="code"),
    # By the names that Django’s own pages, and the admin’s login, look for.
    path("password_reset/", passwords.ForgottenView.as_view(), name="admin_password_reset"),
    path("password_reset/sent/", passwords.SentView.as_view(), name="password_reset_done"),
    path("password_reset/done/", passwords.DoneView.as_view(), name="password_reset_complete"),
    path(
        "password_reset/<uidb64>/<token>/",
        passwords.NewView.as_view(),
        name="password_reset_confirm",
    ),
    path("codes/", admin.site.admin_view(views.own_codes), name="codes"),
]
