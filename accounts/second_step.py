"""Two-step sign-in: who must have it, and the record of it being switched on and off."""

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.conf import settings
from django.dispatch import receiver

from accounts.audit import record
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


@receiver(authenticator_added)
def _record_on(request, user, authenticator, **signal):
    if authenticator.type == Authenticator.Type.TOTP:
        record(by=user, action="second_step_on", target=f"officer:{user.pk}", request=request)


@receiver(authenticator_removed)
def _record_off(request, user, authenticator, **signal):
    if authenticator.type == Authenticator.Type.TOTP:
        record(by=user, action="second_step_off", target=f"officer:{user.pk}", request=request)
