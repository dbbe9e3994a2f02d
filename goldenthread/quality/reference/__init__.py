"""Reference data that rules look up: the authority's own code, Ofsted's providers, postcodes."""

from goldenthread.quality.reference.given import Reference, reference_of

__all__ = ["Reference", "reference_of"]
