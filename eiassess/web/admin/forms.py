"""What administrators send."""

from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its types are of an older version
from wtforms.widgets import CheckboxInput, ListWidget

from eiassess.domain.roles import Role
from eiassess.web.admin.words import ROLES
from eiassess.web.shell.forms import RefusableForm


class RolesForm(RefusableForm):
    """The roles of somebody."""

    roles = SelectMultipleField(
        "Roles",
        choices=[SelectChoice(role.value, f"{role.words}: {words}") for role, words in ROLES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def chosen_roles(self) -> frozenset[Role]:
        """Return what was ticked; what is no role is refused before."""
        return frozenset(map(Role, self.roles.data or ()))


class InviteForm(RolesForm):
    """Somebody to invite."""

    name = StringField("Name")
    email = StringField("E-mail address")
