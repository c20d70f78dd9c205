"""Links from the admin to the site."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404, HttpRequest, HttpResponse

from rounds.sources.admin import shown_to


def view_on_site(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    """Lead to the page of an object, whose address may say what it is called; not of a draft's."""
    try:
        model = ContentType.objects.get_for_id(int(content_type_id)).model_class()
        rows = model._default_manager.filter(pk=int(object_id)) if model else None
        is_shown = rows is not None and shown_to(request.user, rows).exists()
    except (ContentType.DoesNotExist, ValueError, OverflowError):
        is_shown = False
    if not is_shown:
        raise Http404
    return shortcut(request, content_type_id, object_id)
