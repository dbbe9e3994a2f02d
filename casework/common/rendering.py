"""Forms are drawn as GOV.UK Frontend draws them, by the templates in `casework/templates`."""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Each field with its label, hint and error, its widget by `templates/django/forms/widgets`."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
