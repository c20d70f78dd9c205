from django.contrib import admin
from django.urls import include, path

from astana import views

handler500 = "astana.errors.server_error"

urlpatterns = [
    path("", include("rounds.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("nested_admin/", include("nested_admin.urls")),
    path("admin/", admin.site.urls),
]
