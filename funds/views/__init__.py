"""Villages, ศูนย์จัดการกองทุนชุมชน, their member funds, lending rules and committees."""

from funds.views.centres import CentreEdit, CentreList, CentreNew, CentrePage
from funds.views.committees import (
    CommitteeMemberEdit,
    CommitteeMemberLeave,
    CommitteeMemberNew,
    CommitteeOrderEdit,
    CommitteeOrderNew,
    CommitteeOrderPage,
)
from funds.views.funds import FundEdit, FundNew, FundPage, LendingRuleNew
from funds.views.villages import VillageList, VillageNew

__all__ = [
    "CentreEdit",
    "CentreList",
    "CentreNew",
    "CentrePage",
    "CommitteeMemberEdit",
    "CommitteeMemberLeave",
    "CommitteeMemberNew",
    "CommitteeOrderEdit",
    "CommitteeOrderNew",
    "CommitteeOrderPage",
    "FundEdit",
    "FundNew",
    "FundPage",
    "LendingRuleNew",
    "VillageList",
    "VillageNew",
]
