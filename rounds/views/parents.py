from typing import Any

from django.views.generic import RedirectView

from rounds.selection.parameters import Parameters


class ParentView(RedirectView):
    """Leads from an address that others begin with to the page that lists them."""

    query_string = True
    parameters: Parameters = {}  # none of its own: what is asked goes along

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str | None:
        return super().get_redirect_url()
