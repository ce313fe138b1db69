"""What devices sent, each message once."""

from django.db import models

from accounts.models import Officer
from monitoring.models.visits import Visit


class Message(models.Model):
    """A message of a device about a visit, by the key the device gave it, and what it was answered.

    A device that heard no answer sends the message again; the key tells, and the answer is the same.
    """

    key = models.UUIDField(unique=True)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="messages")
    answer = models.JSONField()
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return str(self.key)
