from django.urls import path

from rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.RoundListView.as_view(), name="list"),
    path("rounds/<int:number>/", views.RoundDetailView.as_view(), name="detail"),
]
