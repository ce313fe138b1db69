"""The scorecards to begin with learn what the system now knows of plans and books (grading/starters.py).

What is asked of a centre or a fund stays as it was approved; only what the system tells beside an item is added.
"""

from django.db import migrations

from monitoring.versions.frozen import protect_all, release_all

# subject, item, evidence before and now
KNOWN = [
    ("centre", 4, "", "plan"),
    ("savings_group", 4, "", "books"),
    ("poverty_project", 5, "members", "books"),
]


def _tell(apps, editor, old: int, new: int) -> None:
    release_all(editor.connection)
    items = apps.get_model("monitoring", "ScorecardItem").objects.filter(scorecard__is_starter=True)
    for subject, order, *evidence in KNOWN:
        known = items.filter(scorecard__subject=subject, order=order, evidence=evidence[old])
        known.update(evidence=evidence[new])
    if editor.connection.vendor == "postgresql":
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    protect_all(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0012_action_plans")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: _tell(apps, editor, 0, 1), lambda apps, editor: _tell(apps, editor, 1, 0)
        )
    ]
