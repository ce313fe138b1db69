from django.db import migrations

from config.append_only import append_only

BATCH = 1000


def write_moves_down(apps, editor):
    """The cases there are: selected when they were opened, and contracted where a contract holds."""
    case_model, move_model = apps.get_model("debts", "Case"), apps.get_model("debts", "CaseMove")
    contracts = apps.get_model("debts", "Contract").objects.exclude(ending="cancelled").order_by("pk")
    signed = {contract.case_id: contract for contract in contracts.iterator()}
    moves = []
    for case in case_model.objects.order_by("pk").iterator():
        moves.append(move_model(case=case, new="selected", on=case.opened_on, by_id=case.opened_by_id))
        if contract := signed.get(case.pk):
            reason = f"สัญญาเลขที่ {contract.sequence}/{contract.year}"
            move = {"old": "selected", "new": "contracted", "by_id": contract.signed_by_id, "reason": reason}
            moves.append(move_model(case=case, on=contract.signed_on, **move))
    move_model.objects.bulk_create(moves, batch_size=BATCH)
    keys = list(signed)
    for start in range(0, len(keys), BATCH):
        case_model.objects.filter(pk__in=keys[start : start + BATCH]).update(stage="contracted")


class Migration(migrations.Migration):
    dependencies = [("debts", "0012_casework")]
    operations = [
        migrations.RunPython(write_moves_down, migrations.RunPython.noop),
        append_only("debts_casemove"),
    ]
