"""What each role may do. No role, no permission; a change here is read in the diff."""

from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    DISTRICT_OFFICER = "district_officer", "พัฒนากร"
    DISTRICT_HEAD = "district_head", "พัฒนาการอำเภอ"
    PROVINCIAL_STAFF = "provincial_staff", "นักวิชาการพัฒนาชุมชน (จังหวัด)"
    PROVINCIAL_HEAD = "provincial_head", "พัฒนาการจังหวัด"
    DEPARTMENT = "department", "ส่วนกลาง"
    ADMINISTRATOR = "administrator", "ผู้ดูแลระบบ"


class Can(StrEnum):
    """One thing an officer may be allowed to do."""

    SIGN_IN = "sign_in"  # one's own pages: start, profile, devices
    VIEW_AREAS = "view_areas"
    EDIT_AREAS = "edit_areas"
    VIEW_CENTRES = "view_centres"
    EDIT_CENTRES = "edit_centres"
    VIEW_HOUSEHOLDS = "view_households"
    EDIT_HOUSEHOLDS = "edit_households"
    MERGE_HOUSEHOLDS = "merge_households"
    REVEAL_NATIONAL_ID = "reveal_national_id"
    VIEW_DEBTS = "view_debts"
    EDIT_DEBTS = "edit_debts"
    CLASSIFY_DEBTS = "classify_debts"
    MERGE_DEBTS = "merge_debts"
    CERTIFY_REGISTERS = "certify_registers"
    CANCEL_CONTRACT = "cancel_contract"
    PROPOSE_PLANS = "propose_plans"  # changes of plan on a signed contract
    APPROVE_PLANS = "approve_plans"
    WITHDRAW_IMPORT = "withdraw_import"
    VIEW_CLAUSES = "view_clauses"
    EDIT_CLAUSES = "edit_clauses"  # the words of contracts, of the own province
    APPROVE_CLAUSES = "approve_clauses"  # those that somebody else wrote
    VIEW_VISITS = "view_visits"
    EDIT_VISITS = "edit_visits"
    CERTIFY_VISITS = "certify_visits"
    EDIT_ACTIVITIES = "edit_activities"  # trainings, money of groups, model households
    SET_EMBLEM = "set_emblem"  # at the head of the own office's letters
    GRADE = "grade"  # levels of centres and funds
    WRITE_FORMS = "write_forms"  # lists of issues and scorecards, which are the whole country's
    CERTIFY_GRADES = "certify_grades"  # those that somebody else assessed
    WRITE_ACTION_PLANS = "write_action_plans"  # of centres and of the own district, for a fiscal year
    APPROVE_ACTION_PLANS = "approve_action_plans"  # those that somebody else wrote
    VIEW_REPORTS = "view_reports"
    SET_TARGETS = "set_targets"
    SEND_RETURNS = "send_returns"  # of the own area
    CHECK_RETURNS = "check_returns"  # of the areas just below the own one, that somebody else made
    SET_DEADLINES = "set_deadlines"
    MANAGE_TOKENS = "manage_tokens"  # keys of other systems that read figures of the own area
    VIEW_JOBS = "view_jobs"  # long jobs, each also limited to those who may see its subject
    MANAGE_OFFICERS = "manage_officers"
    VIEW_AUDIT = "view_audit"


_READ = {
    Can.SIGN_IN,
    Can.VIEW_AREAS,
    Can.VIEW_CENTRES,
    Can.VIEW_HOUSEHOLDS,
    Can.VIEW_DEBTS,
    Can.VIEW_VISITS,
    Can.VIEW_REPORTS,
    Can.VIEW_JOBS,
}
_KEY = {
    Can.EDIT_AREAS,
    Can.EDIT_CENTRES,
    Can.EDIT_HOUSEHOLDS,
    Can.MERGE_HOUSEHOLDS,
    Can.EDIT_DEBTS,
    Can.CLASSIFY_DEBTS,
    Can.MERGE_DEBTS,
    Can.PROPOSE_PLANS,
    Can.SEND_RETURNS,
    Can.EDIT_VISITS,
    Can.EDIT_ACTIVITIES,
    Can.GRADE,
    Can.WRITE_ACTION_PLANS,
    Can.REVEAL_NATIONAL_ID,
}

PERMISSIONS: dict[str, set[Can]] = {
    Role.DISTRICT_OFFICER: _READ | _KEY,
    Role.DISTRICT_HEAD: _READ
    | _KEY
    | {
        Can.CANCEL_CONTRACT,
        Can.APPROVE_PLANS,
        Can.CERTIFY_REGISTERS,
        Can.CERTIFY_VISITS,
        Can.SET_EMBLEM,
        Can.WITHDRAW_IMPORT,
    },
    Role.PROVINCIAL_STAFF: _READ
    | {
        Can.EDIT_AREAS,
        Can.VIEW_CLAUSES,
        Can.EDIT_CLAUSES,
        Can.EDIT_VISITS,
        Can.CERTIFY_VISITS,
        Can.SET_EMBLEM,
        Can.CERTIFY_GRADES,
        Can.APPROVE_ACTION_PLANS,
        Can.REVEAL_NATIONAL_ID,
        Can.SET_TARGETS,
        Can.SEND_RETURNS,
        Can.CHECK_RETURNS,
        Can.MANAGE_OFFICERS,
    },
    # A head who typed a register or proposed a change himself needs another head of the district, or the provincial
    # head; so does whatever two have to approve. What he wrote of a clause text himself, another head or the
    # department approves.
    Role.PROVINCIAL_HEAD: _READ
    | {
        Can.MANAGE_TOKENS,
        Can.APPROVE_PLANS,
        Can.VIEW_CLAUSES,
        Can.EDIT_CLAUSES,
        Can.APPROVE_CLAUSES,
        Can.CERTIFY_REGISTERS,
        Can.CERTIFY_VISITS,
        Can.SET_EMBLEM,
        Can.CERTIFY_GRADES,
        Can.APPROVE_ACTION_PLANS,
        Can.SET_TARGETS,
        Can.SEND_RETURNS,
        Can.CHECK_RETURNS,
        Can.MANAGE_OFFICERS,
    },
    # The department reads figures, centres, visits and clause texts, and writes the words of its own letters;
    # households are named to it by nobody.
    Role.DEPARTMENT: {
        Can.SIGN_IN,
        Can.VIEW_AREAS,
        Can.VIEW_CENTRES,
        Can.VIEW_CLAUSES,
        Can.EDIT_CLAUSES,
        Can.APPROVE_CLAUSES,
        Can.VIEW_VISITS,
        Can.EDIT_VISITS,
        Can.WRITE_FORMS,
        Can.SET_EMBLEM,
        Can.VIEW_REPORTS,
        Can.VIEW_JOBS,
        Can.SET_DEADLINES,
        Can.MANAGE_TOKENS,
        Can.SET_TARGETS,
        Can.SEND_RETURNS,
        Can.CHECK_RETURNS,
        Can.MANAGE_OFFICERS,
    },
    # Administrators look after accounts and see no case; the jobs they see are exports of what they see.
    Role.ADMINISTRATOR: {Can.SIGN_IN, Can.MANAGE_OFFICERS, Can.VIEW_AUDIT, Can.VIEW_JOBS},
}

_DISTRICT = {Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD}
_PROVINCE = {Role.PROVINCIAL_STAFF, Role.PROVINCIAL_HEAD}
MAY_APPOINT: dict[str, set[Role]] = {
    Role.PROVINCIAL_STAFF: _DISTRICT,
    Role.PROVINCIAL_HEAD: _DISTRICT | {Role.PROVINCIAL_STAFF},
    Role.DEPARTMENT: _DISTRICT | _PROVINCE,
    Role.ADMINISTRATOR: set(Role),
}
# See or decide for the whole country: a password alone is not enough.
SECOND_STEP_ROLES = {Role.DEPARTMENT, Role.ADMINISTRATOR}
AREA_LEVEL: dict[str, str] = {
    Role.DISTRICT_OFFICER: "district",
    Role.DISTRICT_HEAD: "district",
    Role.PROVINCIAL_STAFF: "province",
    Role.PROVINCIAL_HEAD: "province",
    Role.DEPARTMENT: "country",
    Role.ADMINISTRATOR: "country",
}


def allows(role: str, permission: Can) -> bool:
    """Whether `role` may do it; an unknown role may do nothing."""
    return permission in PERMISSIONS.get(role, set())
