"""Two-step sign-in: who must have it."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts.roles import SECOND_STEP_ROLES


def is_required_of(officer) -> bool:
    """The department and administrators see or decide for the whole country (not in a demonstration)."""
    return settings.SECOND_STEP_REQUIRED and officer.role in SECOND_STEP_ROLES


def is_missing(officer) -> bool:
    """Whether the officer still has to set it up before anything else."""
    return is_required_of(officer) and not is_set_up(officer)


def is_set_up(officer) -> bool:
    return Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).exists()


def forget(officer) -> None:
    """Remove the officer's second step, so that it is set up anew at the next sign-in."""
    Authenticator.objects.filter(user=officer).delete()
