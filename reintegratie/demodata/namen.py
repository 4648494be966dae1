"""Names for people, mixed at random so that no name goes with an outcome; nothing says where anybody comes from."""

from __future__ import annotations

from random import Random

# Tussenvoegsel before the bar.
_ACHTERNAMEN = (
    "De|Jong Jansen De|Vries Van den|Berg Van|Dijk Bakker Janssen Visser Smit Meijer De|Boer Mulder De|Groot Bos Vos Peters "
    "Hendriks Van|Leeuwen Dekker Brouwer Kuiper Schouten Blom Kok Prins Yilmaz Kaya Demir Şahin Çelik Öztürk El|Idrissi "
    "Bouali Amrani Ben|Ali El|Khattabi Chaoui Pinas Misiedjan Ramdin Jagroep Wijngaarde Kromodimedjo Martina Maduro "
    "Croes Mensah Owusu Boateng Osei Nguyen Ali Singh Khan Hassan Mohamed Kowalski Silva Santos"
)


def _lees(tekst: str) -> tuple[tuple[str, str], ...]:
    uit, voor = [], ""
    for woord in tekst.split():
        stuk = f"{voor} {woord}".strip()
        if "|" in stuk:
            links, rechts = stuk.split("|")
            uit.append((links.lower() if links.lower() in {"de", "van", "van den", "el"} else links, rechts))
            voor = ""
        elif stuk == "Van":
            voor = stuk
        else:
            uit.append(("", stuk))
    return tuple(uit)


ACHTERNAMEN = tuple((v, a) if v != "el" else ("", f"El {a}") for v, a in _lees(_ACHTERNAMEN))
ACHTERNAMEN = tuple((v, a) if v != "Ben" else ("", f"Ben {a}") for v, a in ACHTERNAMEN)
#: The first thirteen are the most common of the country and of new citizens.
_GEWICHT = tuple(
    3.0 if n < 10 else 2.0 if a in {"Yilmaz", "Nguyen", "Ali"} else 1.0 for n, (_, a) in enumerate(ACHTERNAMEN)
)
VROUWEN = [
    "Fatima",
    "Samira",
    "Khadija",
    "Aïcha",
    "Naima",
    "Elif",
    "Ayşe",
    "Zeynep",
    "Merve",
    "Anita",
    "Marja",
    "Sandra",
    "Wilma",
    "Ingrid",
    "Linda",
    "Kim",
    "Chantal",
    "Priya",
    "Sharda",
    "Jennifer",
    "Gloria",
    "Abena",
    "Rosa",
    "Ewa",
    "Esther",
    "Monique",
    "Petra",
    "Yasmina",
    "Hanan",
    "Sara",
    "Lotte",
    "Femke",
    "Roos",
    "Mei",
    "Thuy",
    "Ana",
]
MANNEN = [
    "Mohamed",
    "Youssef",
    "Hassan",
    "Rachid",
    "Karim",
    "Mehmet",
    "Mustafa",
    "Emre",
    "Jan",
    "Kees",
    "Peter",
    "Willem",
    "Rob",
    "Dennis",
    "Kevin",
    "Ricardo",
    "Orlando",
    "Winston",
    "Roy",
    "Kwame",
    "Kofi",
    "Ahmed",
    "Piotr",
    "João",
    "Bas",
    "Daan",
    "Jeroen",
    "Marco",
    "Sander",
    "Tim",
    "Bilal",
    "Ömer",
    "Ravi",
    "Sunil",
    "Minh",
    "Luis",
]
#: Names of people who are in the story by hand; nobody else gets both.
VOORBEHOUDEN = {
    ("Samira", "Groot"),
    ("Kevin", "Pinas"),
    ("Wilma", "Blom"),
    ("Ricardo", "Martina"),
    ("Sharda", "Ramdin"),
    ("João", "Silva"),
    ("Ewa", "Kowalski"),
    ("Mehmet", "Demir"),
    ("Marja", "Dekker"),
    ("Orlando", "Croes"),
    ("Abena", "Owusu"),
    ("Yara", "Misiedjan"),
    ("Fatima", "El Idrissi"),
    ("Karim", "Bouali"),
    ("Gloria", "Mensah"),
    ("Aïcha", "Amrani"),
    ("Chantal", "Brouwer"),
    ("Elif", "Kaya"),
    ("Emre", "Kaya"),
    ("Naima", "Chaoui"),
    ("Roy", "Wijngaarde"),
}


def trek(rng: Random, vrouw: bool) -> tuple[str, str, str]:
    """(given name, tussenvoegsel, family name)."""
    while True:
        voor = rng.choice(VROUWEN if vrouw else MANNEN)
        tussen, achter = rng.choices(ACHTERNAMEN, _GEWICHT)[0]
        if (voor, achter) not in VOORBEHOUDEN:
            return voor, tussen, achter


def meisjesnaam(rng: Random, achter: str) -> str:
    """A second family name for who carries two."""
    ander = rng.choice(ACHTERNAMEN)
    return achter if ander[1] == achter else f"{ander[0]} {ander[1]}".strip()
