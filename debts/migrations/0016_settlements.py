from collections import defaultdict

from django.db import migrations

from config.append_only import append_only


def owe(apps, editor):
    """What the contracts of before owe the funds whose debts they took over."""
    merged = apps.get_model("debts", "MergedDebt").objects.select_related("contract", "debt")
    owed = defaultdict(int)
    contracts = {}
    for line in merged.order_by("contract", "debt__fund"):
        if line.debt.fund_id != line.contract.lender_id:
            waived = line.waived_principal + line.waived_interest + line.waived_penalty
            owed[line.contract_id, line.debt.fund_id] += (
                line.principal + line.interest + line.penalty - waived
            )
            contracts[line.contract_id] = line.contract
    settlements = apps.get_model("debts", "Settlement").objects
    settlements.bulk_create(
        [
            _settlement(settlements.model, contracts[key], fund, amount)
            for (key, fund), amount in owed.items()
            if amount
        ],
        batch_size=500,
    )


def _settlement(model, contract, fund, amount):
    return model(
        contract=contract,
        payer_id=contract.lender_id,
        payee_id=fund,
        amount=amount,
        since_on=contract.signed_on,
        cancelled_on=contract.ended_on if contract.ending == "cancelled" else None,
    )


class Migration(migrations.Migration):
    dependencies = [("debts", "0015_payments")]
    operations = [
        migrations.RunPython(owe, migrations.RunPython.noop),
        append_only("debts_transfer"),
        append_only("debts_transferpart"),
    ]
