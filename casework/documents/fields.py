"""The question that asks for files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.common.refused import Refused
from casework.documents.checking import Checked, check
from casework.documents.kinds import KINDS, TAKEN


class SeveralFiles(forms.ClearableFileInput):
    """A box that lets several files be chosen."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class FilesField(forms.FileField):
    """Any number of files. The answer is a list of `Checked`; each refusal is a sentence by the box."""

    def __init__(self, **kwargs: Any) -> None:
        endings = ",".join(f".{ending}" for kind in KINDS.values() for ending in kind.endings)
        kwargs.setdefault("help_text", f"{TAKEN}. Up to 25 MB each.")
        super().__init__(widget=SeveralFiles(attrs={"accept": endings}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files, checked; an empty list for none."""
        files = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        if not files and self.required:
            raise ValidationError("Choose a file")
        return [self._checked(one) for one in files]

    def _checked(self, one: Any) -> Checked:
        try:
            return check(one)
        except Refused as refused:
            raise ValidationError(refused.message) from None
