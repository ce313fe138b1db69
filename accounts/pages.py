"""The frame every page stands in: who may open it, which rows it finds, what it is called.

A page says its permission; a page without one fails `manage.py check` (accounts/checks.py). Rows come from
`Model.objects.for_user(officer)`, so another office's row is not found. GET shows, POST changes.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import FileResponse, Http404, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import generic
from django.views.generic.base import ContextMixin, TemplateResponseMixin
from django_tables2 import SingleTableMixin

from accounts import exports, jobs
from accounts.choices import scope_choices
from accounts.columns import Columns
from accounts.edits import Meanwhile, opened, record_edit
from accounts.filters import chips, unknown_words
from accounts.models import Job, Officer, SavedView
from accounts.roles import Can
from accounts.saved_views import kept_query, list_at, wanted_query
from accounts.sheets import KINDS, Sheet, record_export, searched_by, sheet_response
from accounts.totals import COUNTED_AT_ONCE, CountedPaginator, LongPaginator


class Page(ContextMixin):
    """What all pages share. `section` is the URL name of the main-menu item the page belongs to."""

    permission: Can
    section = ""
    title = ""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.can(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        return self.title

    def get_crumbs(self) -> list[tuple[str, str]]:
        """(label, address) of the pages above this one."""
        return []

    def get_context_data(self, **context):
        context.setdefault("title", self.get_title())
        context.setdefault("crumbs", self.get_crumbs())
        context.setdefault("section", self.section)
        return super().get_context_data(**context)


class ScopedRows:
    """Rows of `model` (or `queryset`) in the officer's area, and one of them by its `<model>_pk` keyword."""

    model = None
    queryset = None

    def get_queryset(self):
        rows = self.model._default_manager.all() if self.queryset is None else self.queryset.all()
        return rows.for_user(self.request.user)

    @property
    def pk_url_kwarg(self):
        model = self.model or self.queryset.model
        return f"{model._meta.model_name}_pk"


class FoundFirst(ScopedRows, generic.detail.SingleObjectMixin):
    """Finds the page's row before anything else is done, for those who may open the page: outside their area it is
    not found, whatever the method."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.can(self.permission):
            self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)


class ShowPage(Page, ScopedRows, generic.DetailView):
    """One row."""

    def get_title(self):
        return str(self.object)


class FilePage(ShowPage):
    """A file that was kept with a row: only within the officer's area, in no cache, and taken for nothing but what
    `content_type` says."""

    http_method_names = ["get", "head"]
    content_type = "image/jpeg"
    as_attachment = False

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        try:
            file = self.get_file().open()
        except FileNotFoundError as missing:
            raise Http404 from missing
        response = FileResponse(
            file,
            as_attachment=self.as_attachment,
            content_type=self.get_content_type(),
            filename=self.get_file_name(),
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def get_content_type(self) -> str:
        return self.content_type


class ScreenPage(Page, generic.TemplateView):
    """A page that is not about one row."""


class ListPage(Page, ScopedRows, SingleTableMixin, TemplateResponseMixin, generic.View):
    """Rows found by a filter, shown in a table. `?export=xlsx` or `csv` gives exactly the filtered rows with
    the columns shown; `?columns=a,b` shows these columns in this order. A file too long to wait for is asked for by
    POST, and a worker makes it (accounts/exports.py).

    A filter that cannot be read, or one the list does not know, shows nothing and says so. `unit` is what
    is counted; `empty` says what to do when there are no rows at all. A list too long to be counted at once
    is counted when the browser, or the officer, asks for it (`?totals=1`).
    """

    template_name = "frame/list.html"
    filter_class = None
    paginate_by = 50
    page_sizes = (25, 50, 100, 200)
    unit = "รายการ"
    empty = "ยังไม่มีข้อมูลในพื้นที่นี้"
    action: tuple[str, str, Can] | None = None  # label, URL name, permission of the primary button

    @classmethod
    def sheet_for(cls, request, **kwargs) -> Sheet:
        """The list as its officer would be given it as a file, without a browser that asks."""
        page = cls()
        page.setup(request, **kwargs)
        page._find()
        return page._sheet()

    @cached_property
    def columns(self) -> Columns:
        return Columns(self.table_class)

    def get(self, request, *args, **kwargs):
        self.views = list(request.user.saved_views.filter(list=request.resolver_match.view_name))
        if wanted := wanted_query(self.views, request.GET, known=self.columns.names):
            return HttpResponseRedirect(f"{request.path}?{wanted.urlencode()}")
        self._find()
        if request.GET.get("export") in KINDS:
            return self._export(request.GET["export"])
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        """Have a worker write `?export=`, which one follows on the page of the job."""
        kind = request.GET.get("export")
        if kind not in KINDS:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        self._find()
        sheet, address = self._sheet(), request.get_full_path()
        try:
            job = exports.ask(sheet, address=address, kind=kind, permission=self.permission, by=request.user)
        except exports.CannotExport as refusal:
            messages.warning(request, str(refusal))
            return HttpResponseRedirect(request.path)
        record_export(sheet.title, kind, request, filters=searched_by(request))
        return HttpResponseRedirect(reverse("accounts:job", args=[job.pk]))

    def _export(self, kind: str):
        if not exports.is_long(self.object_list):
            return sheet_response(self._sheet(), kind, self.request)
        messages.info(self.request, "รายการนี้ยาว ระบบจัดทำไฟล์เบื้องหลัง กดส่งออกที่หน้านี้เพื่อสั่ง")
        return HttpResponseRedirect(list_at(self.request.get_full_path()).address)

    def _find(self) -> None:
        self.filterset = self.filter_class(
            self.request.GET, queryset=self.get_queryset(), request=self.request
        )
        scope_choices(self.filterset.form, self.request.user)
        self.unknown = self._unknown()
        self.readable = self.filterset.is_valid() and not self.unknown
        self.object_list = self.filterset.qs if self.readable else self.filterset.queryset.none()
        self.chips = chips(self.filterset, self.request.GET) if self.readable else []

    def get_table_data(self):
        return self.object_list

    def get_table_kwargs(self):
        return self.columns.shown(self.request.GET.get("columns", "")) if self.readable else {}

    def get_table_pagination(self, table):
        if "export" in self.request.GET:
            return False
        if "totals" not in self.request.GET:
            table.counted_at_most = COUNTED_AT_ONCE
        if table.totals.whole:
            counted = {"paginator_class": CountedPaginator, "count": table.totals.count}
        else:
            counted = {"paginator_class": LongPaginator}
        return {"per_page": self.paginate_by, **counted}

    def get_context_data(self, **context):
        table = self.get_table(**self.get_table_kwargs())
        table.before_render(self.request)
        context.update(
            table=table,
            totals=table.totals,
            counted_at_once=COUNTED_AT_ONCE,
            filter=self.filterset,
            unknown=self.unknown,
            readable=self.readable,
            chips=self.chips,
            object_list=self.object_list,
            count=table.totals.count if table.totals.whole else None,
            is_long=not table.totals.whole or table.totals.count > exports.AT_ONCE,
            action=self._action(),
            views=self._views(),
        )
        return super().get_context_data(
            unit=self.unit, empty=self.empty, page_sizes=self.page_sizes, **context
        )

    def get_place(self) -> str:
        """Where the rows lie, for the name and the head of a spreadsheet."""
        area = self.chosen("district") or self.request.user.area
        return area.label if area else "ยังไม่ได้รับมอบหมายพื้นที่"

    def chosen(self, name: str):
        """What the filter of that name was set to, if it was."""
        return self.filterset.form.cleaned_data.get(name) if self.readable else None

    def _sheet(self) -> Sheet:
        table = self.get_table(**self.get_table_kwargs())
        filters = [f"{chip.label}: {chip.text}" for chip in self.chips]
        return Sheet(table, self.get_title(), self.get_place(), self.unit, filters)

    def _views(self) -> list[tuple[SavedView, bool]]:
        """The officer's named views of this list, and whether it is the one shown."""
        shown = kept_query(self.request.GET.urlencode())
        return [(view, QueryDict(view.query) == shown) for view in self.views if view.name]

    def _unknown(self) -> list[str]:
        """Words of the address that mean nothing here; a page size or a column that is not offered is one."""
        words = unknown_words(self.filterset, self.request.GET)
        if self.request.GET.get("per_page") not in (None, *map(str, self.page_sizes)):
            words.append("per_page")
        return [*words, *self.columns.unknown(self.request.GET.get("columns", ""))]

    def _action(self):
        return self.action if self.action and self.request.user.can(self.action[2]) else None


class OfficerFormMixin:
    """Gives the form the officer, so that its choices are scoped. When it is done, the page above is shown."""

    template_name = "frame/form.html"
    submit_label = "บันทึก"
    lead = ""

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **context):
        context.setdefault("submit_label", self.submit_label)
        context.setdefault("lead", self.lead)
        context.setdefault("cancel_url", self.get_cancel_url())
        return super().get_context_data(**context)

    def get_success_url(self) -> str:
        return self.get_cancel_url()

    def get_cancel_url(self) -> str:
        crumbs = self.get_crumbs()
        return crumbs[-1][1] if crumbs else "/"


class SavedMixin:
    """Says what was saved: the page's title and the row."""

    def form_valid(self, form):
        answer = super().form_valid(form)
        messages.success(self.request, f"ดำเนินการแล้ว: {self.get_title()} {self.object}")
        return answer


class CreatePage(SavedMixin, OfficerFormMixin, Page, ScopedRows, generic.CreateView):
    """A form that makes a row. Of two officers, or one who pressed twice, the second is told what is there."""

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            form.full_clean()
            if form.is_valid():
                raise
            return self.form_invalid(form)


class CreateBelowPage(CreatePage):
    """The same, below another row: `above` are the rows of that model, the column is named like its keyword."""

    above = None
    column = ""

    @cached_property
    def parent(self):
        rows = self.above.for_user(self.request.user)
        return get_object_or_404(rows, pk=self.kwargs[f"{rows.model._meta.model_name}_pk"])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.model(**{self.column: self.parent})}


class EditPage(SavedMixin, OfficerFormMixin, Page, ScopedRows, generic.UpdateView):
    """A form that changes a row, and asks where another officer changed the same meanwhile (accounts/edits.py)."""

    def post(self, request, *args, **kwargs):
        with transaction.atomic():
            self.lock(self.get_object())
            self.object = self.get_object()
            self.meanwhile = Meanwhile(self.get_form())
            form = self.get_form_class()(**{**self.get_form_kwargs(), "data": self.meanwhile.data})
            if self.meanwhile.asked:
                return self.ask_to_choose(form)
            answer = self.form_valid(form) if form.is_valid() else self.form_invalid(form)
        if self.meanwhile.kept and answer.status_code == 302:
            messages.info(request, f"ผู้อื่นแก้ไข {self.meanwhile.kept_boxes} ระหว่างที่ท่านกรอก ระบบคงค่านั้นไว้")
        return answer

    def lock(self, row) -> None:
        """Nobody else changes the row until this form is saved or refused."""
        type(row)._default_manager.select_for_update().get(pk=row.pk)

    def ask_to_choose(self, form):
        self.meanwhile.ask(form)
        return self.render_to_response(self.get_context_data(form=form, asked=self.meanwhile.asked))

    def form_valid(self, form):
        answer = super().form_valid(form)
        record_edit(form, by=self.request.user)
        return answer

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        form, meanwhile = context["form"], getattr(self, "meanwhile", None)
        seen = meanwhile.seen if meanwhile else opened(form, at=timezone.now())
        return {**context, "seen": seen}


class FormPage(OfficerFormMixin, Page, generic.FormView):
    """A form that does something: `act(form)` calls the verb. A refusal (an exception of `refusals`) is shown
    above the form, and nothing typed is lost. What `act` answers is shown, else `get_success_url`."""

    refusals: tuple[type[Exception], ...] = ()

    def form_valid(self, form):
        try:
            answer = self.act(form)
        except self.refusals as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return answer or HttpResponseRedirect(self.get_success_url())


class ActPage(FoundFirst, FormPage):
    """The same, done to one row."""


def follow(job: Job, user: Officer) -> dict:
    """What a page that shows a job's progress (accounts/job_progress.html) needs to know."""
    return {
        "job": job,
        "may_change_job": job.asked_by_id == user.pk,
        "nobody_works": job.is_open and not jobs.is_any_worker_alive(),
    }
