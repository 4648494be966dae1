"""A placement day: give every place one candidate and every candidate one place, with the highest total
score.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

#: More than any score, so that filling a place always beats leaving it empty.
_LEEG = 1000


def verdeel(plekken: Sequence[tuple[int, Sequence[tuple[int, int]]]]) -> dict[int, list[tuple[int, int]]]:
    """Per vacancy the chosen (person, score).

    `plekken` holds one row per free place: the vacancy and its fitting (person, score) pairs. Every place
    may also
    stay empty. The total is the highest possible; advice only, a person decides.
    """
    personen = sorted({persoon for _, paren in plekken for persoon, _ in paren})
    if not personen:
        return {}
    plaats = {persoon: kolom for kolom, persoon in enumerate(personen)}
    rijen, kolommen, kosten = [], [], []
    for rij, (_, paren) in enumerate(plekken):
        for persoon, score in paren:
            rijen.append(rij)
            kolommen.append(plaats[persoon])
            kosten.append(_LEEG - score)
        rijen.append(rij)
        kolommen.append(len(personen) + rij)
        kosten.append(2 * _LEEG)
    vorm = (len(plekken), len(personen) + len(plekken))
    graaf = csr_array((np.array(kosten, dtype=np.float64), (rijen, kolommen)), shape=vorm)
    gekozen_rij, gekozen_kolom = min_weight_full_bipartite_matching(graaf)
    uit: dict[int, list[tuple[int, int]]] = {}
    for rij, kolom in zip(gekozen_rij.tolist(), gekozen_kolom.tolist(), strict=True):
        if kolom < len(personen):
            vacature, paren = plekken[rij]
            uit.setdefault(vacature, []).append((personen[kolom], dict(paren)[personen[kolom]]))
    return {vacature: sorted(paren, key=lambda p: (-p[1], p[0])) for vacature, paren in sorted(uit.items())}
