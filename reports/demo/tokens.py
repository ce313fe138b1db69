"""The demo's keys of other systems: one in force, one revoked. Nobody has their secrets: make one to try."""

from datetime import date, timedelta

from accounts.models import Officer
from reports.api.tokens import make_token, revoke

NAMES = ("ศูนย์ข้อมูลกลางจังหวัด", "ระบบแผนที่ชุมชน (ทดลอง)")


def tell_tokens(*, today: date) -> None:
    by = Officer.objects.select_related("area").get(username="sisaket-head")
    until = today + timedelta(days=180)
    for name in NAMES:
        token, _ = make_token(
            area=by.area,
            name=name,
            collections=["figures", "centres"],
            expires_on=until,
            on=today,
            by=by,
        )
    revoke(token=token, by=by)
