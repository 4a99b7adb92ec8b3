"""What changed in an entity, for those who follow it with a reader or a program."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from planning.models import Entity

from ..machines.feed import NewsFeed, atom_of
from ..machines.news import news_of
from ..serving.caching import kept_page
from ..serving.sharing import open_to_all


@open_to_all
@kept_page()
def feed(request, entity):
    entity = get_object_or_404(Entity, slug=entity)
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return HttpResponse(atom_of(entity, news_of(entity), since=today), content_type=NewsFeed.content_type)
