from django.urls import include, path

from kern.views.onderdelenpagina import onderdelenpagina

urlpatterns: list = [
    path("onderdelen", onderdelenpagina, name="onderdelen"),
    path("", include("kern.api.urls")),
]
