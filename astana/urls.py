from django.contrib import admin
from django.urls import include, path

from astana import views

urlpatterns = [
    path("", include("rounds.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("nested_admin/", include("nested_admin.urls")),
    path("admin/", admin.site.urls),
]
