"""ทะเบียนลูกหนี้ของศูนย์ฯ: begun, typed, sent, checked, returned or certified, compared."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.forms import OfficerForm
from accounts.pages import ActPage, FormPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from config.forms import number_in
from debts.imports.files import keep
from debts.models import Register
from debts.registers import life
from debts.registers.certify import certify
from debts.registers.columns import COLUMNS, MONEY
from debts.registers.compare import compare
from debts.registers.filters import RegisterFilter
from debts.registers.forms import DecisionForm, OtherRegister, RegisterStartForm, ReturnForm, SendForm
from debts.registers.rows import Totals, read_all, totals_of
from debts.registers.start import CannotBegin, begin, begin_from_file, begin_from_ledger
from debts.registers.tables import TAGS, RegisterTable
from debts.registers.verdict import difference, judge
from debts.sheets.form import NothingToImport
from debts.sheets.limits import CannotOpen

ROWS_A_PAGE = 100
DEBTS = ("ทะเบียนลูกหนี้", "debts:debts")
LIST = ("ทะเบียนของศูนย์ฯ", "debts:registers")
Start = Register.Start


class RegisterList(ListPage):
    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    title = "ทะเบียนลูกหนี้ของศูนย์ฯ"
    unit = "ทะเบียน"
    queryset = Register.objects.with_totals().select_related("centre__village", "created_by", "certified_by")
    filter_class = RegisterFilter
    table_class = RegisterTable
    empty = "ยังไม่มีทะเบียนลูกหนี้ของศูนย์ฯ ในพื้นที่นี้"
    action = ("สร้างทะเบียนลูกหนี้", "debts:register-new", Can.EDIT_DEBTS)

    def get_crumbs(self):
        return [(DEBTS[0], reverse(DEBTS[1]))]


class NewRegister(FormPage):
    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "สร้างทะเบียนลูกหนี้"
    template_name = "debts/registers/new.html"
    form_class = RegisterStartForm
    submit_label = "สร้างและเริ่มบันทึก"
    refusals = (CannotBegin, CannotOpen, NothingToImport)

    def get_crumbs(self):
        return [(label, reverse(name)) for label, name in (DEBTS, LIST)]

    def get_initial(self):
        return {"as_of_on": timezone.localdate(), "centre": self.request.GET.get("centre")}

    def act(self, form):
        answers, common = form.cleaned_data, {"on": timezone.localdate(), "by": self.request.user}
        common["as_of_on"] = answers["as_of_on"]
        if answers["start"] == Start.FILE:
            register = begin_from_file(file=self._kept(answers), **common)
        elif answers["start"] == Start.COPIED:
            register = begin_from_ledger(centre=answers["centre"], **common)
        else:
            register = begin(centre=answers["centre"], **common)
        return HttpResponseRedirect(reverse("debts:register-edit", args=[register.pk]))

    def get_context_data(self, **context):
        return super().get_context_data(taken=self._taken(context.get("form")), **context)

    def _taken(self, form) -> Register | None:
        """The register that has the day already, to be opened instead (M12)."""
        answers = getattr(form, "cleaned_data", {})
        same_day = Register.objects.for_user(self.request.user).standing()
        same_day = same_day.filter(centre=answers.get("centre"), as_of_on=answers.get("as_of_on"))
        return same_day.first() if answers else None

    def _kept(self, answers):
        return keep(
            centre=answers["centre"],
            name=answers["file"].name,
            content=answers["file"].read(),
            as_of=answers["as_of_on"],
            on=timezone.localdate(),
            by=self.request.user,
        )


class RegisterScreen:
    """What the pages about one register share."""

    section = "debts:debts"
    queryset = Register.objects.with_names().select_related("sent_by", "certified_by", "source")

    def get_crumbs(self):
        own = [] if isinstance(self, ShowRegister) else [(self.object.of_day, self.register_url())]
        return [(label, reverse(name)) for label, name in (DEBTS, LIST)] + own

    def register_url(self) -> str:
        return reverse("debts:register", args=[self.object.pk])

    def get_success_url(self) -> str:
        return self.register_url()

    def to_register(self, sentence: str, level=messages.SUCCESS) -> HttpResponseRedirect:
        messages.add_message(self.request, level, sentence)
        return HttpResponseRedirect(self.register_url())

    @cached_property
    def totals(self) -> Totals:
        return totals_of(self.object)

    def get_context_data(self, **context):
        return super().get_context_data(tag=TAGS[self.object.status], totals=self.totals, **context)


class ShowRegister(RegisterScreen, ShowPage):
    """The register as it is, what happened to it, and what the officer may do with it."""

    permission = Can.VIEW_DEBTS
    template_name = "debts/registers/register.html"

    def get_context_data(self, **context):
        register, officer = self.object, self.request.user
        own = life.is_own_work(register, officer)
        may_decide = register.is_waiting and officer.can(Can.CERTIFY_REGISTERS)
        lines = register.lines.kept().select_related("debt")
        page = Paginator(lines, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        moves = list(register.moves.select_related("by"))
        others = register.centre.registers.exclude(pk=register.pk).exclude(status=Register.Status.DISCARDED)
        return super().get_context_data(
            moves=moves,
            returned=self._returned(moves),
            remarked=self._remarked(),
            may_edit=register.is_editable and officer.can(Can.EDIT_DEBTS),
            may_take_back=register.is_waiting and not register.check_begun_at and officer.can(Can.EDIT_DEBTS),
            may_discard=register.status == Register.Status.DRAFT and officer.can(Can.EDIT_DEBTS),
            may_decide=may_decide and not own,
            own_work=may_decide and own,
            difference=difference(register, self.totals),
            columns=COLUMNS,
            money=MONEY,
            page=page,
            rows=list(enumerate(read_all(register, page.object_list), start=page.start_index())),
            before=others.filter(as_of_on__lt=register.as_of_on).first() or others.first(),
            **context,
        )

    def _returned(self, moves):
        """The last time the register went back with a reason, as long as it is being corrected."""
        returns = [move for move in moves if move.new == Register.Status.RETURNED]
        return returns[-1] if returns and self.object.is_editable else None

    def _remarked(self) -> list:
        """(place in the register, line) of each line with a remark."""
        kept = self.object.lines.kept()
        places = {pk: place for place, pk in enumerate(kept.values_list("pk", flat=True), start=1)}
        return [(places[row.line.pk], row) for row in read_all(self.object, kept.exclude(remark=""))]


class SendRegister(RegisterScreen, ActPage):
    permission = Can.EDIT_DEBTS
    title = "ส่งทะเบียนให้ตรวจ"
    template_name = "debts/registers/send.html"
    form_class = SendForm
    submit_label = "ส่งทะเบียนให้ตรวจ"
    refusals = (life.CannotSend,)

    def get_initial(self):
        return {"control_total": self.object.control_total, "control_rows": self.object.control_rows}

    def act(self, form):
        control = {name: form.cleaned_data[name] for name in ("control_total", "control_rows")}
        known = form.cleaned_data["difference_is_known"]
        life.send(register=self.object, by=self.request.user, control=control, difference_is_known=known)
        at = thai.moment(timezone.localtime())
        return self.to_register(f"ดำเนินการแล้ว: ส่งทะเบียนให้พัฒนาการอำเภอตรวจ เมื่อ {at}")

    def get_cancel_url(self):
        return reverse("debts:register-edit", args=[self.object.pk])

    def get_context_data(self, **context):
        return super().get_context_data(
            verdict=judge(self.object), difference=difference(self.object, self.totals), **context
        )


class TakeBackRegister(RegisterScreen, ActPage):
    """ดึงทะเบียนกลับ: asked once more, for the officer becomes a maker by it."""

    permission = Can.EDIT_DEBTS
    title = "ดึงทะเบียนกลับมาแก้ไข"
    form_class = OfficerForm
    submit_label = "ดึงกลับมาแก้ไข"
    lead = "ทะเบียนจะกลับเป็นร่างและแก้ไขได้ ผู้ตรวจจะรับรองไม่ได้จนกว่าจะส่งอีกครั้ง ผู้ที่ดึงกลับถือเป็นผู้จัดทำ จึงรับรองทะเบียนนี้ไม่ได้"
    refusals = (life.CannotTakeBack,)

    def act(self, form):
        life.take_back(register=self.object, by=self.request.user)
        return self.to_register("ดำเนินการแล้ว: ดึงทะเบียนกลับมาแก้ไข ทะเบียนเป็นร่างอีกครั้ง")


class _Decision(RegisterScreen, ActPage):
    """A page on which somebody else than the makers decides on a register."""

    permission = Can.CERTIFY_REGISTERS
    refusals = (life.CannotDecide,)

    def get(self, request, *args, **kwargs):
        try:
            life.waiting_for_decision(self.object, by=request.user)
        except life.CannotDecide as refusal:
            return self.to_register(str(refusal), messages.WARNING)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"sequence": self.object.sequence}


class ReviewRegister(_Decision):
    """Odd lines first, a remark for each; the register goes back with a reason, or on to be certified."""

    title = "ตรวจและรับรองทะเบียน"
    template_name = "debts/registers/review.html"
    form_class = ReturnForm
    submit_label = "ส่งคืนแก้ไข"

    def post(self, request, *args, **kwargs):
        """The remarks are kept whatever the button; without that of returning, nothing else is done."""
        try:
            life.remark(register=self.object, remarks=_remarks(request.POST), by=request.user)
        except life.CannotDecide as refusal:
            return self.to_register(str(refusal), messages.WARNING)
        if "return" in request.POST:
            return super().post(request, *args, **kwargs)
        messages.success(request, "บันทึกข้อสังเกตแล้ว")
        return HttpResponseRedirect(request.get_full_path())

    def act(self, form):
        life.return_for_correction(register=self.object, by=self.request.user, **form.cleaned_data)
        return self.to_register("ดำเนินการแล้ว: ส่งคืนทะเบียนให้แก้ไข")

    def get_context_data(self, **context):
        verdict = judge(self.object)
        page = Paginator(verdict.in_order, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            verdict=verdict, page=page, difference=difference(self.object, self.totals), **context
        )


def _remarks(post) -> dict[int, str]:
    typed = {name.removeprefix("remark-"): text for name, text in post.items() if name.startswith("remark-")}
    return {pk: thai.tidy(text) for typed_pk, text in typed.items() if (pk := number_in(typed_pk))}


class CertifyRegister(_Decision):
    """The last question: what certifying will write."""

    title = "รับรองทะเบียน"
    template_name = "debts/registers/certify.html"
    form_class = DecisionForm
    submit_label = "รับรองทะเบียน"

    def act(self, form):
        done = certify(register=self.object, by=self.request.user, **form.cleaned_data)
        return self.to_register(
            f"ดำเนินการแล้ว: รับรองทะเบียน หนี้ใหม่ {thai.count(done.new)} รายการ"
            f" ปรับยอด {thai.count(done.changed)} รายการ ไม่เปลี่ยนแปลง {thai.count(done.same)} รายการ"
            f" หนี้ที่ไม่อยู่ในทะเบียนคงไว้ {thai.count(done.unnamed)} รายการ"
        )

    def get_cancel_url(self):
        return reverse("debts:register-review", args=[self.object.pk])

    def get_context_data(self, **context):
        return super().get_context_data(verdict=judge(self.object), **context)


class DiscardRegister(RegisterScreen, ActPage):
    permission = Can.EDIT_DEBTS
    title = "ยกเลิกทะเบียนร่าง"
    form_class = OfficerForm
    submit_label = "ยกเลิกทะเบียนร่าง"
    lead = "แถวที่บันทึกไว้จะไม่แสดงในทะเบียนปัจจุบัน และสร้างทะเบียนของวันเดียวกันใหม่ได้ หนี้ในระบบไม่เปลี่ยนแปลง"
    refusals = (life.CannotSend,)

    def act(self, form):
        life.discard(register=self.object, by=self.request.user)
        return self.to_register("ดำเนินการแล้ว: ยกเลิกทะเบียนร่าง")


class CompareRegister(RegisterScreen, ShowPage):
    """What changed since another register of the centre: `?with=` names it, else the one before."""

    permission = Can.VIEW_DEBTS
    template_name = "debts/registers/compare.html"

    def get_title(self):
        return "เปรียบเทียบกับทะเบียนก่อนหน้า"

    def get_context_data(self, **context):
        form = OtherRegister(self.request.GET if "with" in self.request.GET else None, register=self.object)
        other = self._other(form)
        older, newer = sorted([other, self.object], key=lambda each: each.as_of_on) if other else (None, None)
        return super().get_context_data(
            form=form, comparison=compare(older=older, newer=newer) if other else None, **context
        )

    def _other(self, form) -> Register | None:
        others = form.fields["with"].queryset.for_user(self.request.user)
        if "with" in self.request.GET:
            return get_object_or_404(others, pk=number_in(self.request.GET["with"]))
        return others.filter(as_of_on__lt=self.object.as_of_on).first() or others.first()
