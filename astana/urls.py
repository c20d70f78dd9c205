from django.contrib import admin
from django.urls import include, path

from astana import views

handler400 = "astana.errors.bad_request"
handler500 = "astana.errors.server_error"
