"""The administrator's pages: who has an account, and which role."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.roles import PERMISSIONS, ROLES
from casework.access.rules import allowed
from casework.accounts.models import User
from casework.administration.actions import change_account, make_account, remove_second_factor
from casework.administration.forms import AccountForm, RemoveFactorForm
from casework.administration.queries import second_factors
from casework.common import clock
from casework.drafts.form_pages import form_page

PER_PAGE = 50


@allowed("accounts.manage")
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account, with its role; narrowed by a name or address."""
    asked = request.GET.get("q", "").strip()
    found = User.objects.filter(name__icontains=asked) | User.objects.filter(email__icontains=asked)
    page = Paginator(found.order_by("name").select_related("worker__team"), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(user, ROLES[user.role].title if user.role in ROLES else "No role") for user in page]
    return render(request, "accounts/accounts.html", {"page": page, "rows": rows, "asked": asked})


@allowed("accounts.manage")
def roles(request: HttpRequest) -> HttpResponse:
    """Every role and what it may do, in words."""
    return render(request, "accounts/roles.html", {"roles": described_roles()})


def described_roles() -> list[tuple[object, list[str]]]:
    """Each role with the ends of its sentences "may …"."""
    return [(role, [PERMISSIONS[name] for name in PERMISSIONS if role.may(name)]) for role in ROLES.values()]


@allowed("accounts.manage")
def new_account(request: HttpRequest) -> HttpResponse:
    """Make an account. The page after it is where its first password is given."""
    by = request.user
    assert isinstance(by, User)

    def save(form: AccountForm) -> str:
        user = make_account(by=by, **form.details())
        return reverse("account", args=[user.pk])

    return form_page(
        request, AccountForm, save, title="Make an account", button="Make the account", back=reverse("accounts"),
        done="The account is made. Give its owner a first password below.",
    )  # fmt: skip


@allowed("accounts.manage")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an account: its name, role and worker, whether it is in use; give it a new password."""
    by = request.user
    assert isinstance(by, User)
    user = _account(pk)

    def save(form: AccountForm) -> str:
        change_account(user, by=by, new_password=form.cleaned_data["new_password"], **form.details())
        return reverse("account", args=[pk])

    initial = {
        "email": user.email, "name": user.name, "role": user.role, "worker": user.worker_id, "agency": user.agency,
        "in_use": "yes" if user.is_active else "no",
    }  # fmt: skip
    return form_page(
        request,
        AccountForm,
        save,
        title=user.name,
        back=reverse("accounts"),
        initial=initial,
        done="The account is changed",
        template="accounts/account.html",
        account=user,
        factors=second_factors(user),
    )


@allowed("accounts.manage")
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factor of somebody who has lost a phone or a key."""
    by, user = request.user, _account(pk)
    assert isinstance(by, User)
    back = reverse("account", args=[pk])

    def save(form: RemoveFactorForm) -> str:
        remove_second_factor(user, reason=form.cleaned_data["reason"], by=by, at=clock.now())
        return back

    return form_page(
        request, RemoveFactorForm, save, title="Remove their second factor", caption=user.name, back=back,
        button="Remove it and sign them out", done="Removed. They set up a new one when they next sign in.",
        introduction="This takes away their authenticator app, passkeys and recovery codes, and signs them out "
        "everywhere. Until they set up a new one, their password alone signs them in, though it opens no record.",
    )  # fmt: skip


def _account(pk: int) -> User:
    user = User.objects.filter(pk=pk).select_related("worker").first()
    if user is None:
        raise Http404
    return user
