from django.urls import path

from reports.api import gate
from reports.api.collections import COLLECTIONS

app_name = "api"
urlpatterns = [
    path("openapi.json", gate.Document.as_view(), name="document"),
    *(
        path(f"{each.name}/", gate.Rows.as_view(collection=each), name=each.name)
        for each in COLLECTIONS.values()
    ),
]
