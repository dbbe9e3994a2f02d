"""Forms are drawn as GOV.UK Frontend draws them, by the templates in `casework/templates`."""

from django import forms
from django.forms.renderers import TemplatesSetting

NOT_ANSWERED = "This has no answer yet"
"""Said beside a question that needs an answer. The summary of errors names the question too."""
forms.Field.default_error_messages["required"] = NOT_ANSWERED


class GovukRenderer(TemplatesSetting):
    """Each field with its label, hint and error, its widget by `templates/django/forms/widgets`."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
