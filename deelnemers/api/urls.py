from django.urls import path

from deelnemers.api import antwoorden

urlpatterns = [
    path("uitkeringsantwoorden", antwoorden.Uitkeringsantwoorden.as_view(), name="api_uitkeringsantwoorden"),
    path(
        "uitkeringsantwoorden/<uuid:kenmerk>",
        antwoorden.EenLevering.as_view(),
        name="api_uitkeringslevering",
    ),
]
