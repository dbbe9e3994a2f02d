"""Who works here and who signs in: workers, their teams, and the accounts they use."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from casework.common.coded import coded
from casework.common.models import Recorded
from casework.history.tracking import kept


class Team(models.Model):
    """A team of a service. Children are allocated to a team, then to one of its workers."""

    class Stage(models.TextChoices):
        FRONT_DOOR = "front_door", "Front door"
        EARLY_HELP = "early_help", "Early help"
        ASSESSMENT = "assessment", "Assessment"
        SAFEGUARDING = "safeguarding", "Safeguarding and court"
        LOOKED_AFTER = "looked_after", "Looked after and leaving care"
        REVIEWING = "reviewing", "Independent reviewing"
        OTHER = "other", "Other"

    name = models.CharField(max_length=100, unique=True)
    service = models.CharField(max_length=100)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.OTHER)
    manager = models.ForeignKey("accounts.Worker", models.PROTECT, null=True, blank=True, related_name="teams_managed")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def managers_account(self) -> User | None:
        """The account of the team's manager, if there is one."""
        return self.manager.own_account if self.manager else None


@kept
class Worker(Recorded):
    """Somebody who works for or with children's services. `reference` is canonical `workers.worker_id`."""

    name = models.CharField(max_length=200)
    role = coded("worker_role", "Role")
    registration = models.CharField(max_length=40, blank=True)
    part_of = coded("workforce_part", "Part of the council")
    service = models.CharField(max_length=100, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="workers")
    agency = models.BooleanField(null=True)
    fte = models.FloatField(null=True)
    started_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    left_recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def registered(self) -> bool:
        """Whether a registered social worker."""
        return bool(self.registration)

    @property
    def newly_qualified(self) -> bool:
        """Whether in the assessed and supported year after qualifying."""
        return self.role == "newly_qualified"

    @property
    def own_account(self) -> User | None:
        """The account that signs in as this worker; None where there is none."""
        return getattr(self, "account", None)


class Users(BaseUserManager["User"]):
    """Makes accounts, and reads each with its worker and team: every page asks who is asking, and from which team."""

    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().select_related("worker__team")

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A new account, saved. `role` is a code of `casework.access.roles`."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


@kept
class User(AbstractBaseUser):
    """An account: an e-mail address, one role, and the worker it belongs to (a partner has none)."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    worker = models.OneToOneField(Worker, models.PROTECT, null=True, blank=True, related_name="account")
    agency = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)

    objects = Users()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    def __str__(self) -> str:
        return self.name
