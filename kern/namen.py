"""How names are written."""

from __future__ import annotations


def volledige_naam(voor: str, voorvoegsel: str, achternaam: str) -> str:
    """“Samira de Groot”: given name, tussenvoegsel, family name; empty parts are left out."""
    return " ".join(deel for deel in (voor.strip(), voorvoegsel.strip(), achternaam.strip()) if deel)
