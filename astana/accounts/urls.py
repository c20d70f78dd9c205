"""Addresses of accounts in the admin, before Django's own."""

from django.contrib import admin
from django.urls import path

from astana.accounts import views

urlpatterns = [
    path("login/code/", views.code, name="code"),
    path("codes/", admin.site.admin_view(views.own_codes), name="codes"),
]
