"""Reference data that rules look up: the authority's own code, Ofsted's providers, postcodes."""

from goldenthread.quality.reference.authorities import authority_code, number_of, ons_code
from goldenthread.quality.reference.given import Reference, reference_of
from goldenthread.quality.reference.postcode_directory import build_postcodes
from goldenthread.quality.reference.postcodes import look_up
from goldenthread.quality.reference.provider_lists import read_providers
from goldenthread.quality.reference.providers import normalised

__all__ = [
    "Reference",
    "authority_code",
    "build_postcodes",
    "look_up",
    "normalised",
    "number_of",
    "ons_code",
    "read_providers",
    "reference_of",
]
