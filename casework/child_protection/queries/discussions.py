"""Strategy discussions, for the people who may see them."""

from __future__ import annotations

from casework.accounts.models import User
from casework.child_protection.models import DiscussedChild
from casework.people.reading import readable


def discussed_for(user: User, pk: int) -> DiscussedChild | None:
    """A child's part of a discussion, when the child's record is one that the account may open."""
    found = DiscussedChild.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related("person", "discussion__chair", "referral", "assessment", "contact__contact",
                                "plan").first()  # fmt: skip


def discussed_together(discussed: DiscussedChild, user: User) -> list[DiscussedChild]:
    """Every child of the same discussion whom the account may see, this one too, oldest first."""
    found = DiscussedChild.objects.filter(discussion=discussed.discussion_id, person__in=readable(user))
    return list(found.select_related("person").order_by("person__born_on", "pk"))
