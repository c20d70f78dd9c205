"""Those who work in the admin."""

from django.contrib.auth.models import Group, User
from django.test import Client

from rounds.models import Edition
from tests.addresses import admin_address
from tests.forms import form_data
from tests.pages import Part, page_of

Form = dict[str, list[str]]


def begin_anew() -> None:
    """Let what follows raise the edition, which on PostgreSQL a test does once otherwise."""
    Edition.objects.update(transaction="")


class Editor:
    """Somebody who opens pages of the admin and sends their forms."""

    page: Part

    def __init__(self, name: str) -> None:
        user = User.objects.create_user(name, first_name=name, is_staff=True)
        user.groups.add(Group.objects.get(name="Editors"))
        self.client = Client()
        self.client.force_login(user)
        self.form: Form = {}

    def open(self, one) -> Form:
        self.address = admin_address(type(one), "change", one.pk)
        self.place = f"#{one._meta.model_name}_form"
        begin_anew()
        return self.read(self.client.get(self.address))

    def read(self, response) -> Form:
        self.page = page_of(response)
        self.form = form_data(self.page.one(self.place))
        return self.form

    def save(self, **fields: str | list[str] | None) -> bool:
        """Whether it was saved; otherwise the form has come back. None takes a field out."""
        for name, value in fields.items():
            name = name.replace("__", "-")
            self.form.pop(name, None)
            if value is not None:
                self.form[name] = value if isinstance(value, list) else [value]
        begin_anew()
        response = self.client.post(self.address, self.form)
        begin_anew()
        if response.status_code != 302:
            assert response.status_code == 200
            self.read(response)
            print(self.page.texts(".faults li"))
        return response.status_code == 302

    @property
    def told(self) -> dict[str, str]:
        """What happened, by where."""
        return dict(
            zip(
                self.page.texts(".conflict .place"),
                self.page.texts(".conflict .what"),
                strict=True,
            )
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen of each question, by where; "" where nothing is."""
        return {
            one.one(".place").text: "".join(one.values("value", "[checked]"))
            for one in self.page.all(".conflict fieldset")
        }

    def choice(self, start: str) -> str:
        """The name of the choice on what begins so."""
        [found] = [
            one.values("name", "[type=radio]")[0]
            for one in self.page.all(".conflict fieldset")
            if one.one(".place").text.startswith(start)
        ]
        return found
