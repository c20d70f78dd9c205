"""Addresses of the admin that come before Django's own."""

from django.contrib import admin
from django.urls import path

from rounds.admin.links import view_on_site

urlpatterns = [
    path("r/<path:content_type_id>/<path:object_id>/", admin.site.admin_view(view_on_site)),
]
