from django.urls import path

from kern.views.onderdelenpagina import onderdelenpagina

urlpatterns: list = [path("onderdelen", onderdelenpagina, name="onderdelen")]
