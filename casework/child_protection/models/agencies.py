"""The agencies that child protection brings together."""

from django.db import models


class Agency(models.TextChoices):
    """Whom somebody at a discussion or conference speaks for. Those of the family speak for no agency."""

    SOCIAL_CARE = "social_care", "Children’s social care"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    EDUCATION = "education", "School or nursery"
    EARLY_HELP = "early_help", "Early help"
    ADULT_SERVICES = "adult_services", "Adult services"
    PROBATION = "probation", "Probation"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    LEGAL = "legal", "Legal services"
    OTHER = "other", "Another agency"
    FAMILY = "family", "Family"
