"""Sets the views up after every migrate, and takes them down before one, so that columns can change under them.

What was carried and is now kept moves in between.
"""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CanonicalConfig(AppConfig):
    name = "casework.canonical"

    def ready(self) -> None:
        from casework.canonical.schema import set_up, take_down
        from casework.canonical.settling import settle

        pre_migrate.connect(take_down, sender=self, dispatch_uid="canonical")
        post_migrate.connect(settle, sender=self, dispatch_uid="settle")
        post_migrate.connect(set_up, sender=self, dispatch_uid="canonical")
