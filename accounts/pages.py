"""The frame every page stands in: who may open it, which rows it finds, what it is called.

A page says its permission; a page without one fails `manage.py check` (accounts/checks.py). Rows come from
`Model.objects.for_user(officer)`, so another office's row is not found. GET shows, POST changes.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.views import generic
from django.views.generic.base import ContextMixin, TemplateResponseMixin
from django_tables2 import SingleTableMixin

from accounts import jobs
from accounts.choices import scope_choices
from accounts.filters import chips, unknown_words
from accounts.models import Job, Officer
from accounts.roles import Can
from accounts.sheets import sheet_response


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


class ShowPage(Page, ScopedRows, generic.DetailView):
    """One row."""

    def get_title(self):
        return str(self.object)


class ScreenPage(Page, generic.TemplateView):
    """A page that is not about one row."""


class ListPage(Page, ScopedRows, SingleTableMixin, TemplateResponseMixin, generic.View):
    """Rows found by a filter, shown in a table. `?export=xlsx` or `csv` gives exactly the filtered rows.

    A filter that cannot be read, or one the list does not know, shows nothing and says so. `unit` is what
    is counted; `empty` says what to do when there are no rows at all.
    """

    template_name = "frame/list.html"
    filter_class = None
    paginate_by = 50
    page_sizes = (25, 50, 100, 200)
    unit = "รายการ"
    empty = "ยังไม่มีข้อมูลในพื้นที่นี้"
    action: tuple[str, str, Can] | None = None  # label, URL name, permission of the primary button

    def get(self, request, *args, **kwargs):
        self.filterset = self.filter_class(request.GET, queryset=self.get_queryset(), request=request)
        scope_choices(self.filterset.form, request.user)
        self.unknown = self._unknown()
        self.readable = self.filterset.is_valid() and not self.unknown
        self.object_list = self.filterset.qs if self.readable else self.filterset.queryset.none()
        if request.GET.get("export") in ("xlsx", "csv"):
            return sheet_response(self.get_table(), request.GET["export"], self.get_title(), request)
        return self.render_to_response(self.get_context_data())

    def get_table_data(self):
        return self.object_list

    def get_context_data(self, **context):
        table = self.get_table()
        context.update(
            table=table,
            filter=self.filterset,
            unknown=self.unknown,
            readable=self.readable,
            chips=chips(self.filterset, self.request.GET) if self.readable else [],
            object_list=self.object_list,
            count=table.paginator.count,
            action=self._action(),
        )
        return super().get_context_data(
            unit=self.unit, empty=self.empty, page_sizes=self.page_sizes, **context
        )

    def _unknown(self) -> list[str]:
        """Words of the address that mean nothing here; a page size that is not offered is one of them."""
        words = unknown_words(self.filterset, self.request.GET)
        size = self.request.GET.get("per_page")
        return words if size in (None, *map(str, self.page_sizes)) else [*words, "per_page"]

    def _action(self):
        return self.action if self.action and self.request.user.can(self.action[2]) else None


class OfficerFormMixin:
    """Gives the form the officer, so that its choices are scoped, and returns to `get_success_url`."""

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

    def get_cancel_url(self) -> str:
        crumbs = self.get_crumbs()
        return crumbs[-1][1] if crumbs else "/"


class CreatePage(OfficerFormMixin, Page, ScopedRows, generic.CreateView):
    """A form that makes a row."""


class EditPage(OfficerFormMixin, Page, ScopedRows, generic.UpdateView):
    """A form that changes a row."""


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


class ActPage(ScopedRows, generic.detail.SingleObjectMixin, FormPage):
    """The same, done to one row."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.can(self.permission):
            self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)


def follow(job: Job, user: Officer) -> dict:
    """What a page that shows a job's progress (accounts/job_progress.html) needs to know."""
    return {
        "job": job,
        "may_change_job": job.asked_by_id == user.pk,
        "nobody_works": job.is_open and not jobs.is_any_worker_alive(),
    }
