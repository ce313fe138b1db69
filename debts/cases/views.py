"""ปรับโครงสร้างหนี้: the cases of an area, one case with its agreement board, and what is asked of the funds."""

from django.contrib import messages
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.pages import ActPage, ListPage, ShowPage
from accounts.roles import Can
from debts.cases import negotiation, selection
from debts.cases.filters import CaseFilter
from debts.cases.forms import AnswerForm, AskForm, LeaveForm
from debts.cases.moves import CannotMove
from debts.cases.negotiation import CannotAsk, board_of
from debts.cases.offers import drafted_plan
from debts.cases.progress import steps_of
from debts.cases.tables import STAGE_TAGS, CaseTable
from debts.forms import ConfirmForm
from debts.models import Ask, Case
from debts.progress import standing_of

CASES = ("ปรับโครงสร้างหนี้", "debts:cases")


class CaseList(ListPage):
    """The cases of the area, with a tab and a count for each stage."""

    permission = Can.VIEW_DEBTS
    section = "debts:cases"
    title = "ปรับโครงสร้างหนี้"
    unit = "ครัวเรือน"
    queryset = Case.objects.counted().with_names().with_owed()
    filter_class = CaseFilter
    table_class = CaseTable
    template_name = "debts/cases/cases.html"
    empty = "ยังไม่มีครัวเรือนเป้าหมาย คัดเลือกจากทะเบียนลูกหนี้ที่รับรองแล้ว"

    def get_context_data(self, **context):
        return super().get_context_data(
            tabs=list(self._tabs()), may_merge=self.request.user.can(Can.MERGE_DEBTS), **context
        )

    def _tabs(self):
        """(label, query string, count, is it the one shown) of each stage that has cases, and of each outcome."""
        shown, asked = self._of_the_other_filters(), self.request.GET
        stages = dict(shown.order_by().values_list("stage").annotate(Count("pk")))
        yield (
            "ทั้งหมด",
            self._query(),
            sum(stages.values()),
            not asked.get("stage") and not asked.get("outcome"),
        )
        for stage in Case.Stage:
            if stages.get(stage):
                yield stage.label, self._query(stage=stage), stages[stage], asked.get("stage") == stage
        for value, label in CaseFilter.OUTCOMES:
            rows = shown.cleared() if value == CaseFilter.CLEARED else shown.reduced()
            yield label, self._query(outcome=value), rows.count(), asked.get("outcome") == value

    def _of_the_other_filters(self):
        data = self.request.GET.copy()
        for name in ("stage", "outcome"):
            data.pop(name, None)
        found = CaseFilter(data, queryset=self.get_queryset(), request=self.request)
        return found.qs if found.is_valid() else found.queryset.none()

    def _query(self, **chosen) -> str:
        data = self.request.GET.copy()
        for name in ("stage", "outcome", "page", "totals"):
            data.pop(name, None)
        data.update(chosen)
        return data.urlencode() or "view=all"


class OfCase:
    """What the pages about one case share."""

    section = "debts:cases"
    queryset = Case.objects.with_names().select_related("household__village__parent__parent__parent")

    @property
    def case(self) -> Case:
        return self.object

    def get_crumbs(self):
        own = [] if isinstance(self, ShowCase) else [(str(self.case.household), self.case_url())]
        return [(CASES[0], reverse(CASES[1])), *own]

    def case_url(self) -> str:
        return reverse("debts:case", args=[self.case.pk])

    def get_success_url(self):
        return self.case_url()

    @cached_property
    def board(self):
        return board_of(self.case)

    def get_context_data(self, **context):
        return super().get_context_data(
            case=self.case, tag=STAGE_TAGS.get(self.case.stage, "neutral"), **context
        )


class ShowCase(OfCase, ShowPage):
    """Where the case stands, the agreement board, what comes next, and every move it made."""

    permission = Can.VIEW_DEBTS
    template_name = "debts/cases/case.html"

    def get_title(self):
        return f"{self.case.household} ปีงบประมาณ {self.case.fiscal_year}"

    def get_context_data(self, **context):
        case, officer = self.case, self.request.user
        standing = standing_of(case.household, on=timezone.localdate())
        moves = list(case.moves.select_related("by"))
        plan, no_plan = drafted_plan(case.household, user=officer) if self._is_talking else (None, "")
        may = officer.can(Can.MERGE_DEBTS) and case.household.merged_into_id is None
        return super().get_context_data(
            standing=standing,
            steps=steps_of(case, moves, standing),
            moves=reversed(moves),
            board=self.board,
            former=case.asks.filter(is_live=False).with_names(),
            plan=plan,
            no_plan=no_plan,
            contract=case.contracts.counted().first(),
            items=case.agenda_items.select_related("meeting").order_by("-meeting__held_on"),
            may_talk=may and self._is_talking,
            exits=may and case.is_open and selection.exits_of(case),
            may_come_back=may and case.stage in Case.EXITS,
            **context,
        )

    @property
    def _is_talking(self) -> bool:
        return self.case.is_open and self.case.stage in negotiation.TALKING


class LeaveProcess(OfCase, ActPage):
    permission = Can.MERGE_DEBTS
    title = "ออกจากกระบวนการ"
    lead = "หนี้ของครัวเรือนไม่เปลี่ยนแปลง รายการยังดูย้อนหลังได้ และกลับเข้ากระบวนการได้"
    submit_label = "บันทึกการออกจากกระบวนการ"
    form_class = LeaveForm
    refusals = (CannotMove,)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "case": self.case}

    def get_initial(self):
        return {"on": timezone.localdate()}

    def act(self, form):
        case = selection.leave(case=self.case, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: {case.get_stage_display()}")


class ComeBack(OfCase, ActPage):
    permission = Can.MERGE_DEBTS
    title = "กลับเข้ากระบวนการ"
    lead = "ใช้หนี้ ณ วันคัดเลือกเดิมเป็นยอดตั้งต้น"
    submit_label = "กลับเข้ากระบวนการ"
    form_class = ConfirmForm
    refusals = (CannotMove,)

    def act(self, form):
        selection.come_back(case=self.case, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, "ดำเนินการแล้ว: กลับเข้ากระบวนการ")


class NewAsk(OfCase, ActPage):
    """Something to ask of a fund."""

    permission = Can.MERGE_DEBTS
    title = "เพิ่มข้อเสนอต่อกองทุน"
    form_class = AskForm
    refusals = (CannotAsk,)
    template_name = "debts/cases/ask.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "board": self.board}

    def get_initial(self):
        return {
            "on": timezone.localdate(),
            "target": self.request.GET.get("target"),
            "kind": Ask.Kind.TRANSFER,
        }

    def act(self, form):
        kept = negotiation.ask(
            case=self.case, wording=form.wording(), on=form.cleaned_data["on"], by=self.request.user
        )
        messages.success(self.request, f"ดำเนินการแล้ว: ขอ{kept} กับ{kept.fund}")


class OfAsk(OfCase):
    """What the pages about one ask share."""

    permission = Can.MERGE_DEBTS
    queryset = Ask.objects.with_names().select_related("case__household__village", "case__centre__village")
    refusals = (CannotAsk,)

    @property
    def case(self):
        return self.object.case


class ChangeAsk(OfAsk, NewAsk):
    title = "แก้ไขข้อเสนอ"
    lead = "คำตอบเดิมของกองทุนจะไม่มีผล กองทุนต้องตอบข้อเสนอใหม่ มติคณะกรรมการที่มีแล้วต้องพิจารณาใหม่"
    queryset = OfAsk.queryset.live()

    def get_initial(self):
        known = self.object
        target = f"debt-{known.debt_id}" if known.debt_id else f"fund-{known.fund_id}"
        kept = {name: getattr(known, name) for name in ("kind", "amount", "percent", "months", "note")}
        return {**kept, "target": target, "on": timezone.localdate()}

    def act(self, form):
        kept = negotiation.change(
            known=self.object, wording=form.wording(), on=form.cleaned_data["on"], by=self.request.user
        )
        messages.success(self.request, f"ดำเนินการแล้ว: แก้ไขเป็น {kept} รอคำตอบของ{kept.fund}")


class AnswerAsk(OfAsk, ActPage):
    title = "บันทึกคำตอบของกองทุน"
    form_class = AnswerForm

    def get_title(self):
        return f"คำตอบของ{self.object.fund}"

    @property
    def lead(self):
        about = f" สัญญา {self.object.debt}" if self.object.debt else ""
        return f"ขอ{self.object}{about}"

    def get_initial(self):
        return {"on": timezone.localdate()}

    def act(self, form):
        kept = negotiation.answer(known=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: {kept.fund} {kept.get_answer_display()}")


class DropAsk(OfAsk, ActPage):
    title = "ถอนข้อเสนอ"
    submit_label = "ถอนข้อเสนอ"
    form_class = ConfirmForm

    @property
    def lead(self):
        return f"ถอน: {self.object} ({self.object.fund})"

    def act(self, form):
        negotiation.drop(known=self.object, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, "ดำเนินการแล้ว: ถอนข้อเสนอ")
