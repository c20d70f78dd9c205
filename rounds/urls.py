from django.urls import path

from rounds.views import rounds

app_name = "rounds"
urlpatterns = [
    path("", rounds.RoundListView.as_view(), name="list"),
    path("rounds/<int:number>/", rounds.RoundDetailView.as_view(), name="detail"),
]
