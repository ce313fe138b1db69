"""จัดประเภทลูกหนี้: a centre's classes and rules, and what was decided about one debt."""

from django.contrib import messages
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, ShowPage
from accounts.roles import Can
from config import thai
from debts.classes import SHIPPED, DebtorClass
from debts.classification import (
    CannotClassify,
    change_rules,
    decide,
    end_forbearance,
    forbear,
    moves,
    reason_of,
    rules_on,
    summary,
    with_class,
)
from debts.forms import ClassDecisionForm, ClassRuleForm, ConfirmForm, ForbearanceForm
from debts.models import Debt, Forbearance
from debts.views.household import crumbs_of
from funds.models import Centre
from funds.views.centres import CENTRES, to_centre


def _debts_of(centre, user):
    return Debt.objects.for_user(user).open().filter(fund__centre=centre)


class CentreClasses(ShowPage):
    """How many debts and how many baht a centre has in each class today, and the rules that say so."""

    permission = Can.VIEW_DEBTS
    section = CENTRES
    queryset = Centre.objects.with_place()
    template_name = "debts/classes.html"

    def get_title(self):
        return f"จัดประเภทลูกหนี้ {self.object.short_name}"

    def get_crumbs(self):
        return to_centre(self.object)

    def get_context_data(self, **context):
        today = timezone.localdate()
        rows = summary(with_class(_debts_of(self.object, self.request.user), on=today))
        rules = rules_on(self.object, on=today)
        return super().get_context_data(
            rows=rows,
            debts=sum(number for _, number, _ in rows),
            baht=sum(baht for _, _, baht in rows),
            rules=rules,
            limits=rules.limits if rules else SHIPPED,
            history=self.object.class_rules.select_related("by"),
            today=today,
            may_classify=self.request.user.can(Can.CLASSIFY_DEBTS),
            **context,
        )


class ChangeClassRules(ActPage):
    """New rules: typed, then shown with the debts they move, then confirmed. Nothing changes before that."""

    permission = Can.CLASSIFY_DEBTS
    section = CENTRES
    title = "เปลี่ยนหลักเกณฑ์จัดประเภทลูกหนี้"
    lead = "ขั้นต่อไปแสดงว่าหนี้กี่สัญญา กี่บาท จะเปลี่ยนประเภท ยังไม่มีอะไรเปลี่ยนจนกว่าจะยืนยัน"
    submit_label = "ถัดไป: ดูผลก่อนเปลี่ยน"
    queryset = Centre.objects.with_place()
    form_class = ClassRuleForm
    refusals = (CannotClassify,)

    def get_crumbs(self):
        address = reverse("debts:classes", args=[self.object.pk])
        return [*to_centre(self.object), ("จัดประเภทลูกหนี้", address)]

    def get_success_url(self):
        return self.get_crumbs()[-1][1]

    def get_initial(self):
        today = timezone.localdate()
        rules = rules_on(self.object, on=today)
        return {"effective_on": today, **vars(rules.limits if rules else SHIPPED)}

    def act(self, form):
        if "confirm" not in self.request.POST:
            return self._preview(form)
        change_rules(
            centre=self.object,
            effective_on=form.cleaned_data["effective_on"],
            resolution=form.cleaned_data["resolution"],
            limits=form.limits,
            on=timezone.localdate(),
            by=self.request.user,
        )
        messages.success(self.request, "ดำเนินการแล้ว: เปลี่ยนหลักเกณฑ์จัดประเภทลูกหนี้")
        return None

    def _preview(self, form):
        on = max(form.cleaned_data["effective_on"], timezone.localdate())
        found = moves(_debts_of(self.object, self.request.user), limits=form.limits, on=on)
        context = self.get_context_data(form=form, moves=found, on=on, limits=form.limits)
        return TemplateResponse(self.request, "debts/classes_preview.html", context)


class _ActOnDebt(ActPage):
    permission = Can.CLASSIFY_DEBTS
    section = "debts:debts"
    queryset = Debt.objects.with_names().select_related("fund__centre")
    refusals = (CannotClassify,)

    @property
    def debt(self) -> Debt:
        return self.object

    def get_crumbs(self):
        return [*crumbs_of(self.debt.household), (str(self.debt), self.get_success_url())]

    def get_success_url(self):
        return reverse("debts:debt", args=[self.debt.pk])


class DecideClass(_ActOnDebt):
    title = "กำหนดประเภทลูกหนี้เอง"
    lead = "ใช้เมื่อหลักเกณฑ์ตามจำนวนวันไม่ตรงกับข้อเท็จจริง เช่น ฟ้องคดีแล้ว หรือผู้กู้เสียชีวิตและไม่มีทายาท"
    submit_label = "บันทึกประเภทลูกหนี้"
    form_class = ClassDecisionForm

    def act(self, form):
        made = decide(debt=self.debt, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: กำหนดประเภทลูกหนี้ {made.label}")


class Forbear(_ActOnDebt):
    title = "ผ่อนผัน"
    lead = "ระหว่างผ่อนผัน หนี้ที่เกินกำหนดอยู่ในเกณฑ์ผ่อนผัน ยกเว้นหนี้เสีย/ติดตามพิเศษ"
    submit_label = "บันทึกการผ่อนผัน"
    form_class = ForbearanceForm

    def act(self, form):
        made = forbear(debt=self.debt, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: ผ่อนผันถึงวันที่ {thai.short_date(made.until_on)}")


class EndForbearance(_ActOnDebt):
    title = "เลิกการผ่อนผัน"
    lead = "ตั้งแต่วันนี้หนี้จัดประเภทตามหลักเกณฑ์ของศูนย์ฯ อีกครั้ง ประวัติการผ่อนผันยังดูได้"
    submit_label = "เลิกการผ่อนผัน"
    queryset = Forbearance.objects.select_related("debt__household__village", "debt__fund")
    form_class = ConfirmForm

    @property
    def debt(self) -> Debt:
        return self.object.debt

    def act(self, form):
        end_forbearance(forbearance=self.object, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, "ดำเนินการแล้ว: เลิกการผ่อนผัน")


def class_of_debt(debt: Debt, user, *, on) -> dict:
    """What the debt's page says about its class, by the names its template asks for."""
    found = with_class(Debt.everything.filter(pk=debt.pk), on=on).get()
    rules = rules_on(debt.fund.centre, on=on)
    return {
        "debtor_class": DebtorClass(found.debtor_class),
        "why_class": reason_of(found, rules, on=on),
        "classes": debt.classes.select_related("by"),
        "forbearances": debt.forbearances.select_related("by"),
        "forbearance": debt.forbearances.valid(on=on).first(),
        "may_classify": user.can(Can.CLASSIFY_DEBTS) and debt.is_open,
    }
