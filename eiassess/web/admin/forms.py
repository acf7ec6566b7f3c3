"""What administrators send."""

from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its types are of an older version
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from eiassess.domain.roles import Role
from eiassess.web.admin.words import ROLES
from eiassess.web.shell.forms import RefusableForm


def _roles(*validators: InputRequired) -> SelectMultipleField:
    return SelectMultipleField(
        "Roles",
        validators=validators,
        choices=[SelectChoice(role.value, f"{role.words}: {words}") for role, words in ROLES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class RolesForm(RefusableForm):
    """The roles of somebody."""

    roles = _roles()

    def chosen_roles(self) -> frozenset[Role]:
        """Return what was ticked; what is no role is refused before."""
        return frozenset(map(Role, self.roles.data or ()))


class InviteForm(RolesForm):
    """Somebody to invite."""

    name = StringField("Name", validators=[InputRequired("Give a name.")])
    email = StringField("E-mail address", validators=[InputRequired("Give an e-mail address.")])
    roles = _roles(InputRequired("Choose at least one role."))
