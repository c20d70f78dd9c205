from django.contrib import admin
from django.urls import include, path

from astana import logins

handler400 = "astana.errors.bad_request"
handler500 = "astana.errors.server_error"

urlpatterns = [
    path("", include("rounds.urls")),
    path("nested_admin/", include("nested_admin.urls")),
    path("admin/login/", logins.login),  # before the admin's own, which has its name
    path("admin/", include("astana.accounts.urls")),
    path("admin/", include("rounds.admin.urls")),
    path("admin/", admin.site.urls),
]
