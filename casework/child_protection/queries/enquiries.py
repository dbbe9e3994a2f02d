"""Section 47 enquiries, for the people who may see them."""

from __future__ import annotations

from casework.accounts.models import User
from casework.child_protection.models import Section47Enquiry
from casework.people.reading import readable


def enquiry_for(user: User, pk: int) -> Section47Enquiry | None:
    """The enquiry, when the child's record is one that the account may open."""
    found = Section47Enquiry.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related(
        "person", "worker", "team__manager__account", "signed_off_by", "discussed__discussion"
    ).first()


def enquired_together(enquiry: Section47Enquiry, user: User) -> list[Section47Enquiry]:
    """The enquiries of other children that the same discussion began, of those whom the account may see."""
    if enquiry.discussed is None:
        return []
    others = Section47Enquiry.objects.filter(
        discussed__discussion=enquiry.discussed.discussion_id, person__in=readable(user)
    )
    return list(others.exclude(pk=enquiry.pk).select_related("person").order_by("person__born_on", "pk"))
