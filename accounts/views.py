"""One's own account and views of lists, officers and their posts, the audit record, long jobs."""

from functools import cached_property
from pathlib import PurePath

from allauth.account.views import LogoutView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import View

from accounts import audit, health, jobs, officers, saved_views, second_step
from accounts.columns import Columns
from accounts.filters import AuditFilter, JobFilter, OfficersFilter
from accounts.forms import (
    ColumnsForm,
    FirstPasswordForm,
    NewOfficerForm,
    OfficerForm,
    PostForm,
    ProfileForm,
    ReasonForm,
    SavedViewForm,
)
from accounts.models import AuditEvent, Job, Officer, SavedView
from accounts.pages import (
    ActPage,
    FilePage,
    FormPage,
    FoundFirst,
    ListPage,
    Page,
    ScreenPage,
    ShowPage,
    follow,
)
from accounts.roles import Can
from accounts.sheets import KINDS
from accounts.tables import AuditTable, JobTable, OfficersTable
from config.forms import number_in


class Profile(ScreenPage):
    permission = Can.SIGN_IN
    title = "ข้อมูลผู้ใช้"
    template_name = "accounts/profile.html"

    def get_context_data(self, **context):
        return super().get_context_data(has_second_step=second_step.is_set_up(self.request.user), **context)


class EditProfile(FormPage):
    """One's own e-mail address, and whether work that waits is told by e-mail."""

    permission = Can.SIGN_IN
    title = "อีเมลและการแจ้งเตือน"
    form_class = ProfileForm

    def get_crumbs(self):
        return [(Profile.title, reverse("accounts:profile"))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.request.user}

    def act(self, form):
        with transaction.atomic():
            form.save()
            audit.record(
                by=self.request.user,
                action="profile-edit",
                target=f"officer:{self.request.user.pk}",
                detail={"boxes": form.changed_data},
                request=self.request,
            )
        messages.success(self.request, "ดำเนินการแล้ว: บันทึกอีเมลและการแจ้งเตือน")


class StaySignedIn(Page, View):
    """ใช้งานต่อ: like every request, it lets the session begin its half hour anew."""

    permission = Can.SIGN_IN
    http_method_names = ["post"]

    def post(self, request):
        return HttpResponse(status=204)


class SignOut(LogoutView):
    """Signing out also empties the browser: its cache, and what pages keep for work without network."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class OfficerList(ListPage):
    permission = Can.MANAGE_OFFICERS
    section = "accounts:officers"
    title = "เจ้าหน้าที่"
    unit = "คน"
    queryset = Officer.objects.select_related("area")
    filter_class = OfficersFilter
    table_class = OfficersTable
    action = ("เพิ่มเจ้าหน้าที่", "accounts:officer-new", Can.MANAGE_OFFICERS)


class OfficerNew(FormPage):
    permission = Can.MANAGE_OFFICERS
    section = "accounts:officers"
    title = "เพิ่มเจ้าหน้าที่"
    form_class = NewOfficerForm
    submit_label = "เพิ่มเจ้าหน้าที่"
    refusals = (officers.CannotAppoint,)

    def get_crumbs(self):
        return [("เจ้าหน้าที่", reverse("accounts:officers"))]

    def act(self, form):
        officer, password = officers.appoint(**form.cleaned_data, by=self.request.user, request=self.request)
        return first_password_page(self, officer, password)


class OfficerShow(ShowPage):
    permission = Can.MANAGE_OFFICERS
    section = "accounts:officers"
    queryset = Officer.objects.select_related("area")
    context_object_name = "officer"
    template_name = "accounts/officer.html"

    def get_crumbs(self):
        return [("เจ้าหน้าที่", reverse("accounts:officers"))]

    def get_context_data(self, **context):
        events = AuditEvent.objects.about(self.object).for_user(self.request.user)[:50]
        return super().get_context_data(
            history=[(audit.ACTIONS.get(event.action, event.action), event) for event in events],
            may_change=officers.may_change(self.request.user, self.object),
            may_hand_over=self.request.user.can(Can.VIEW_REPORTS) and self.object.area is not None,
            **context,
        )


class OfficerAct(ActPage):
    """One act upon one officer; returns to the officer."""

    permission = Can.MANAGE_OFFICERS
    section = "accounts:officers"
    queryset = Officer.objects.select_related("area")
    form_class = OfficerForm
    refusals = (officers.CannotAppoint, officers.CannotChange)
    done = ""

    def get_title(self):
        return f"{self.title}: {self.object.full_name}"

    def get_crumbs(self):
        officer = reverse("accounts:officer", args=[self.object.pk])
        return [("เจ้าหน้าที่", reverse("accounts:officers")), (self.object.full_name, officer)]

    def get_success_url(self):
        messages.success(self.request, f"ดำเนินการแล้ว: {self.done}")
        return reverse("accounts:officer", args=[self.object.pk])

    @property
    def who(self):
        return {"officer": self.object, "by": self.request.user, "request": self.request}


class OfficerMove(OfficerAct):
    title = "เปลี่ยนบทบาทหรือพื้นที่"
    form_class = PostForm
    submit_label = "บันทึกบทบาทและพื้นที่"
    lead = "งานที่เจ้าหน้าที่ทำไว้ยังอยู่กับพื้นที่เดิม"
    done = "เปลี่ยนบทบาทหรือพื้นที่"

    def get_initial(self):
        return {"role": self.object.role, "area": self.object.area_id}

    def act(self, form):
        officers.move(**form.cleaned_data, **self.who)


class OfficerDismiss(OfficerAct):
    title = "ยกเลิกสิทธิ์ใช้งาน"
    form_class = ReasonForm
    submit_label = "ยกเลิกสิทธิ์ใช้งาน"
    lead = "เจ้าหน้าที่จะออกจากระบบทุกเครื่องทันทีและเข้าสู่ระบบไม่ได้อีก ประวัติการทำงานยังอยู่"
    done = "ยกเลิกสิทธิ์ใช้งาน"

    def act(self, form):
        officers.dismiss(**form.cleaned_data, **self.who)


class OfficerSignOut(OfficerAct):
    title = "ออกจากระบบทุกเครื่อง"
    submit_label = "ออกจากระบบทุกเครื่อง"
    lead = "ใช้เมื่อเครื่องหายหรือสงสัยว่ามีผู้อื่นใช้บัญชี เจ้าหน้าที่เข้าสู่ระบบใหม่ได้ด้วยรหัสผ่านเดิม"
    done = "ออกจากระบบทุกเครื่อง"

    def act(self, form):
        officers.sign_out_everywhere(**self.who)


class OfficerRestore(OfficerAct):
    title = "คืนสิทธิ์ใช้งาน"
    submit_label = "คืนสิทธิ์และออกรหัสผ่านชั่วคราว"
    lead = "ระบบจะออกรหัสผ่านชั่วคราวให้ใหม่"

    def act(self, form):
        return first_password_page(self, self.object, officers.restore(**self.who))


class OfficerFirstPassword(OfficerAct):
    title = "ออกรหัสผ่านชั่วคราว"
    form_class = FirstPasswordForm
    submit_label = "ออกรหัสผ่านชั่วคราว"
    lead = "รหัสผ่านเดิมจะใช้ไม่ได้ และเจ้าหน้าที่ออกจากระบบทุกเครื่อง"

    def act(self, form):
        password = officers.set_first_password(**form.cleaned_data, **self.who)
        return first_password_page(self, self.object, password)


def first_password_page(page, officer, password) -> HttpResponse:
    """Shown once, as the answer to the form: the password is kept nowhere."""
    context = page.get_context_data(title="รหัสผ่านชั่วคราว", officer=officer, password=password)
    return page.response_class(page.request, ["accounts/first_password.html"], context)


class AuditList(ListPage):
    permission = Can.VIEW_AUDIT
    section = "accounts:audit"
    title = "บันทึกการใช้งานที่สำคัญ"
    queryset = AuditEvent.objects.select_related("officer")
    filter_class = AuditFilter
    table_class = AuditTable
    template_name = "accounts/audit.html"


class AuditCheck(ScreenPage):
    permission = Can.VIEW_AUDIT
    section = "accounts:audit"
    title = "ตรวจความครบถ้วนของบันทึก"
    template_name = "accounts/audit_check.html"

    def get_crumbs(self):
        return [("บันทึกการใช้งานที่สำคัญ", reverse("accounts:audit"))]

    def get_context_data(self, **context):
        return super().get_context_data(
            broken=audit.broken_at(), number=AuditEvent.objects.for_user(self.request.user).count(), **context
        )


class JobList(ListPage):
    permission = Can.VIEW_JOBS
    section = "accounts:jobs"
    title = "งานที่กำลังจัดทำ"
    unit = "งาน"
    queryset = Job.objects.select_related("asked_by")
    filter_class = JobFilter
    table_class = JobTable
    template_name = "accounts/jobs.html"
    empty = "ไม่มีงานที่กำลังจัดทำ งานที่เสร็จแล้วเก็บไว้ 7 วัน"

    def get_context_data(self, **context):
        return super().get_context_data(nobody_works=not jobs.is_any_worker_alive(), **context)


class JobPage(FoundFirst, ShowPage):
    """What the pages about one job share."""

    permission = Can.VIEW_JOBS
    section = "accounts:jobs"
    queryset = Job.objects.select_related("asked_by")

    def get_crumbs(self):
        return [("งานที่กำลังจัดทำ", reverse("accounts:jobs"))]


class ShowJob(JobPage):
    """How far a job is. A page that follows it is told to load itself anew when it is over."""

    template_name = "accounts/job.html"

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if request.htmx and not self.object.is_open:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return response

    def get_context_data(self, **context):
        return super().get_context_data(**follow(self.object, self.request.user), **context)


class JobResult(FilePage):
    """The file that a job made, for the officer who asked for it; anybody else's is not found."""

    permission = Can.VIEW_JOBS
    model = Job
    as_attachment = True

    def get_queryset(self):
        return Job.objects.with_file_for(self.request.user)

    def get_file(self):
        return self.object.result

    def get_file_name(self) -> str:
        return self.object.options.get("file_name") or PurePath(self.object.result.name).name

    def get_content_type(self) -> str:
        return KINDS.get(PurePath(self.object.result.name).suffix[1:], "application/octet-stream")


class JobAct(JobPage):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        job = self.object
        try:
            job = self.act(job)
        except jobs.CannotChange as refusal:
            messages.warning(request, str(refusal))
        return HttpResponseRedirect(job.link or reverse("accounts:job", args=[job.pk]))


class CancelJob(JobAct):
    def act(self, job):
        jobs.cancel(job=job, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: สั่งยกเลิกงาน {job.title}")
        return job


class TryJobAgain(JobAct):
    def act(self, job):
        again = jobs.try_again(job=job, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: สั่งงาน {job.title} อีกครั้ง")
        return again


@login_not_required
@require_safe
def alive(request):
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def ready(request):
    """Says no more than yes or no; the log knows why."""
    up = health.is_ready()
    return HttpResponse("ok" if up else "no", content_type="text/plain", status=200 if up else 503)


@login_not_required
@require_safe
def works(request):
    """Whether anybody does the long jobs; the pages themselves work without."""
    up = jobs.is_any_worker_alive()
    return HttpResponse("ok" if up else "no", content_type="text/plain", status=200 if up else 503)


class OfAList(FormPage):
    """A page about one of the officer's lists: the one at `?list=`, an address of ours. Without one there is
    nothing to show, and the start page is."""

    permission = Can.SIGN_IN

    def dispatch(self, request, *args, **kwargs):
        self.list = saved_views.list_at(request.GET.get("list", ""))
        if request.user.can(self.permission) and not self._may_be_opened():
            return redirect("home")
        return super().dispatch(request, *args, **kwargs)

    def _may_be_opened(self) -> bool:
        return (
            self.list is not None
            and issubclass(self.list.page, ListPage)
            and self.request.user.can(self.list.page.permission)
        )

    def get_title(self):
        return f"{self.title}: {self.list.page.title}".rstrip(": ")

    def get_crumbs(self):
        return [(self.list.page.title or "รายการ", self.list.address)]


class ListViews(OfAList):
    """The views of a list an officer saved, and the box to save the one shown."""

    title = "มุมมองที่บันทึกไว้"
    lead = "มุมมองเก็บตัวกรอง คอลัมน์ และการเรียงที่เห็นอยู่ เฉพาะของท่าน"
    submit_label = "บันทึกมุมมองนี้"
    template_name = "accounts/list_views.html"
    form_class = SavedViewForm

    def post(self, request, *args, **kwargs):
        if "view" not in request.POST:
            return super().post(request, *args, **kwargs)
        view = get_object_or_404(self._views(), pk=number_in(request.POST["view"]))
        self._change(view, request.POST.get("act"))
        return redirect(request.get_full_path())

    def _views(self):
        return SavedView.objects.for_user(self.request.user).filter(list=self.list.name).exclude(name="")

    def _change(self, view, act) -> None:
        if act == "delete":
            view.delete()
            messages.success(self.request, f"ดำเนินการแล้ว: ลบมุมมอง {view}")
        elif act in ("default", "no-default"):
            saved_views.make_default(view, is_default=act == "default")

    def act(self, form):
        query = self.list.query
        view = saved_views.save(of=self.list.name, query=query, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึกมุมมอง {view}")

    def get_success_url(self):
        return self.list.address

    def get_context_data(self, **context):
        return super().get_context_data(views=self._views(), list=self.list, **context)


class ListColumns(OfAList):
    """Which columns a list shows, and their order; without script a press of ▲ or ▼ sends the form."""

    title = "เลือกคอลัมน์"
    submit_label = "ใช้คอลัมน์ที่เลือก"
    template_name = "accounts/list_columns.html"
    form_class = ColumnsForm

    @cached_property
    def columns(self) -> Columns:
        return Columns(self.list.page.table_class)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "labels": self.columns.labels}

    def post(self, request, *args, **kwargs):
        if "reset" in request.POST:
            return self._keep(None)
        if {"up", "down"} & set(request.POST):
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def act(self, form):
        return self._keep(self.columns.arranged(form.cleaned_data["columns"]))

    def _keep(self, columns):
        saved_views.keep_columns(of=self.list.name, columns=columns, by=self.request.user)
        return redirect(self.list.shown_with(columns))

    def get_context_data(self, **context):
        return super().get_context_data(choices=self._choices(), **context)

    def _choices(self) -> list[tuple[str, str, bool]]:
        """Name, label and whether it is shown, in the order of the page."""
        sent = self.request.POST
        chosen = sent.getlist("columns") or self.list.query.get("columns", "").split(",")
        order = self.columns.ordered(
            sent.getlist("order") or chosen, up=sent.get("up"), down=sent.get("down")
        )
        shown = set(filter(None, chosen)) or set(order)
        return [(name, self.columns.labels[name], name in shown) for name in order]
