"""How a migration of ours is run: all its operations at once."""

from typing import TYPE_CHECKING

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddField, AddIndex, AlterField, CreateModel, Migration, RemoveConstraint
from django.db.migrations.state import ProjectState

if TYPE_CHECKING:
    from django.db.migrations.operations.base import Operation

CAN_BE_AT_ONCE = (CreateModel, AddField, AlterField, AddIndex, AddConstraint, RemoveConstraint)


class AtOnce(Migration):
    """A migration of tables alone: new ones, and new or altered columns, indexes and constraints.

    After each operation Django makes every model anew that is tied to the one it changes. Here nearly all are tied to
    each other, through the workers and the people, so that an empty database took over a minute of models made for
    nothing. Here a new table is made as it is after the whole migration, and only its own model is made for it.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Change the state by every operation, and then the database; gives the state after."""
        before = project_state.clone()
        new = [_model_of(operation) for operation in self.operations if isinstance(operation, CreateModel)]
        of_old_tables = [operation for operation in self.operations if _model_of(operation) not in new]
        # Without its models the state makes none of them anew. They are made from it when they are next asked for.
        models = project_state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        if models and not of_old_tables:
            models.render_multiple([project_state.models[self.app_label, name] for name in new])
            project_state.apps = models
        for operation in self.operations:
            if isinstance(operation, CreateModel) or operation in of_old_tables:
                operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state


def _model_of(operation: "Operation") -> str:
    if not isinstance(operation, CAN_BE_AT_ONCE):
        raise TypeError(f"{operation.describe()} cannot be run at once with others: give it a migration of its own.")
    return str(operation.name_lower if isinstance(operation, CreateModel) else operation.model_name_lower)
