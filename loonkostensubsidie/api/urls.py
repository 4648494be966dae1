from django.urls import path

from loonkostensubsidie.api import berekening

urlpatterns = [
    path("berekeningen/loonkostensubsidie", berekening.Berekeningen.as_view(), name="api_berekening"),
]
