from loonkostensubsidie.models.regeling import Regeling, Regelingsoort

__all__ = ["Regeling", "Regelingsoort"]
