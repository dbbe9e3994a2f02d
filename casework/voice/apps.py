"""The child's own words, low in the layers so that every stage can write them down."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "casework.voice"
