"""How the sign-in library is bent to our house: officers are appointed, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter


class OfficerAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False
