"""Django's screens for the record, one page for a round with all its parts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from rounds.admin.merging import let_merge
from rounds.admin.messages import MessageAdmin
from rounds.admin.milestones import MilestoneAdmin
from rounds.admin.named import NamedAdmin
from rounds.admin.others import tolerate_others
from rounds.admin.parts import RoundPartAdmin
from rounds.admin.rounds import RoundAdmin
from rounds.admin.saving import save_briefly

__all__ = ["MessageAdmin", "MilestoneAdmin", "NamedAdmin", "RoundAdmin", "RoundPartAdmin"]

tolerate_others(admin.site)
let_merge(admin.site)
save_briefly(admin.site)
admin.site.site_header = _("Astana process tracker")
admin.site.site_title = _("Astana process tracker")
admin.site.index_title = _("The record")
