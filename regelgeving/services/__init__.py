from regelgeving.services.voorstel import keur_goed, stel_voor, trek_in, wijs_af

__all__ = ["keur_goed", "stel_voor", "trek_in", "wijs_af"]
