"""The pages of the books: many centres, one centre, one sheet, one fund in a year."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.forms import OfficerForm
from accounts.pages import ActPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from config.forms import number_in
from funds import committee
from funds.books import forms, sheets
from funds.books.filters import BooksFilter, with_books
from funds.books.fund_year import CannotTell, signs, tell
from funds.books.months import Month
from funds.books.tables import BooksTable
from funds.books.year import books_of, years_told
from funds.models import BalanceSheet, Centre, Fund, FundYear, SheetLine
from funds.views.centres import CENTRES, to_centre

YEARS_BACK = 4


class OfYear:
    """Pages of the fiscal year `?year=`, this year's otherwise."""

    @cached_property
    def years(self) -> list[int]:
        this = thai.fiscal_year(timezone.localdate())
        return list(range(this, this - YEARS_BACK - 1, -1))

    @cached_property
    def year(self) -> int:
        asked = number_in(self.request.GET.get("year", ""))
        return asked if asked in self.years else self.years[0]


class BooksList(OfYear, ListPage):
    """Which centres have not closed which month."""

    permission = Can.VIEW_CENTRES
    section = CENTRES
    queryset = Centre.objects.with_place().order_by("village__sort", "pk")
    table_class = BooksTable
    unit = "ศูนย์ฯ"
    empty = "ยังไม่มีศูนย์ฯ ในพื้นที่นี้"

    def get_title(self):
        return f"งบดุลรายเดือน ปีงบประมาณ พ.ศ. {self.year}"

    def get_queryset(self):
        return with_books(super().get_queryset(), self.year)

    def filter_class(self, *args, **options):
        """The filter of this year."""
        return BooksFilter(*args, year=self.year, years=self.years, **options)

    def get_table(self, **options):
        table = super().get_table(**options)
        table.year = self.year
        return table


class CentreBooks(OfYear, ShowPage):
    """The months of a year, how capital and members grew, components and levels, and what the committee lacks."""

    permission = Can.VIEW_CENTRES
    section = CENTRES
    queryset = Centre.objects.with_place()
    template_name = "funds/books/centre.html"

    def get_title(self):
        return f"บัญชีและข้อมูลประจำปี {self.object.short_name}"

    def get_crumbs(self):
        return to_centre(self.object)

    def get_context_data(self, **context):
        today = timezone.localdate()
        books = books_of(self.object, year=self.year, on=today)
        return super().get_context_data(
            books=books,
            missing=sum(len(book.missing) for book in books),
            year=self.year,
            years=self.years,
            told=years_told(self.object, year=self.year),
            told_years=range(self.year - YEARS_BACK, self.year + 1),
            gaps=committee.gaps(self.object, on=today),
            order=committee.newest_order(self.object),
            may_edit=self.request.user.can(Can.EDIT_CENTRES),
            may_view_visits=self.request.user.can(Can.VIEW_VISITS),
            **context,
        )


def to_books(centre: Centre, year: int) -> list[tuple[str, str]]:
    """The way to a page below the books of a centre."""
    return [*to_centre(centre), ("งบดุลรายเดือน", f"{reverse('funds:books', args=[centre.pk])}?year={year}")]


class SheetBegin(ActPage):
    """Begins the sheet of `?year=&month=` of the centre, or of its `?fund=`, with last month's figures."""

    permission = Can.EDIT_CENTRES
    section = CENTRES
    queryset = Centre.objects.with_place()
    form_class = OfficerForm
    submit_label = "เริ่มจัดทำงบดุล"
    refusals = (sheets.CannotKeep,)

    @cached_property
    def month(self) -> Month | None:
        year, number = (number_in(self.request.GET.get(name, "")) or 0 for name in ("year", "month"))
        return Month(year, number) if 2500 <= year <= 2700 and 1 <= number <= 12 else None

    @cached_property
    def fund(self) -> Fund | None:
        if not (asked := self.request.GET.get("fund", "")):
            return None
        return get_object_or_404(self.object.funds.for_user(self.request.user), pk=number_in(asked))

    def get_title(self):
        return f"งบดุล เดือน{self.month.label}" if self.month else "งบดุลรายเดือน"

    def get_crumbs(self):
        return to_books(
            self.object, self.month.year if self.month else thai.fiscal_year(timezone.localdate())
        )

    @property
    def lead(self):
        name = self.fund.name if self.fund else self.object.short_name
        return f"{name} เริ่มด้วยรายการและจำนวนเงินของงบเดือนก่อนหน้าที่มี แล้วแก้ไขเฉพาะที่เปลี่ยน"

    def act(self, form):
        if self.month is None:
            raise sheets.CannotKeep("เลือกเดือนจากหน้างบดุลรายเดือนของศูนย์ฯ")
        on = timezone.localdate()
        sheet = sheets.begin(
            centre=self.object, fund=self.fund, month=self.month, on=on, by=self.request.user
        )
        return HttpResponseRedirect(reverse("funds:sheet-edit", args=[sheet.pk]))


class SheetScreen:
    """What the pages of one sheet share."""

    section = CENTRES
    model = BalanceSheet
    queryset = BalanceSheet.objects.with_names()

    def get_crumbs(self):
        sheet = self.object
        own = [] if isinstance(self, SheetPage) else [(str(sheet), self.sheet_url())]
        return [*to_books(sheet.centre, sheet.fiscal_year), *own]

    def sheet_url(self):
        return reverse("funds:sheet", args=[self.object.pk])

    def get_success_url(self):
        return self.sheet_url()


class SheetPage(SheetScreen, ShowPage):
    permission = Can.VIEW_CENTRES
    template_name = "funds/books/sheet.html"

    def get_context_data(self, **context):
        lines = list(self.object.lines.all())
        sides = [(side, [line for line in lines if line.side == side]) for side in SheetLine.Side]
        return super().get_context_data(
            sides=[(side, of_side, sheets.side_total(lines, side)) for side, of_side in sides],
            moves=self.object.moves.select_related("by"),
            difference=sheets.words_of_difference(self.object),
            may_edit=self.request.user.can(Can.EDIT_CENTRES),
            **context,
        )


class SheetEdit(SheetScreen, ActPage):
    """The draft is kept whatever it comes to; closing asks that both sides are equal."""

    permission = Can.EDIT_CENTRES
    template_name = "funds/books/sheet_edit.html"
    form_class = forms.SheetForm
    submit_label = "บันทึกร่าง"
    refusals = (sheets.CannotKeep,)

    def get_title(self):
        return f"กรอก{self.object}"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "sheet": self.object}

    def get_initial(self):
        sheet = self.object
        return {"version": sheet.version, "members": sheet.members, "note": sheet.note}

    def get_context_data(self, **context):
        return super().get_context_data(
            sheet=self.object,
            difference=sheets.words_of_difference(self.object),
            was_asked_to_close="close" in self.request.GET,
            **context,
        )

    def act(self, form):
        kept = sheets.keep(sheet=self.object, lines=form.typed, by=self.request.user, **form.cleaned_data)
        if "close" not in self.request.POST:
            messages.success(self.request, f"ดำเนินการแล้ว: บันทึกร่าง{kept}")
            return None
        return self._close(kept)

    def _close(self, kept: BalanceSheet):
        """What was typed stays kept when the sheet cannot be closed."""
        try:
            sheets.close(sheet=kept, version=kept.version, on=timezone.localdate(), by=self.request.user)
        except sheets.CannotKeep as refusal:
            messages.warning(self.request, f"บันทึกร่างแล้ว แต่ยังปิดงบไม่ได้: {refusal}")
            return HttpResponseRedirect(
                f"{reverse('funds:sheet-edit', args=[kept.pk])}?close=asked#difference"
            )
        messages.success(self.request, f"ดำเนินการแล้ว: ปิด{kept}")
        return None


class SheetReopen(SheetScreen, ActPage):
    permission = Can.EDIT_CENTRES
    title = "เปิดงบดุลแก้ไข"
    form_class = forms.ReopenForm
    submit_label = "เปิดงบดุลแก้ไข"
    refusals = (sheets.CannotKeep,)

    @property
    def lead(self):
        return f"{self.object} ปิดแล้ว เมื่อเปิดแก้ไขจะนับเป็นเดือนที่ขาดจนกว่าจะปิดอีกครั้ง"

    def get_initial(self):
        return {"version": self.object.version}

    def act(self, form):
        sheets.reopen(sheet=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: เปิดแก้ไข{self.object}")
        return HttpResponseRedirect(reverse("funds:sheet-edit", args=[self.object.pk]))


class FundYearEdit(OfYear, ActPage):
    """The level and the five components of a fund in `?year=`."""

    permission = Can.EDIT_CENTRES
    section = CENTRES
    queryset = Fund.objects.select_related("centre__village__parent__parent__parent")
    form_class = forms.FundYearForm
    refusals = (CannotTell,)

    def get_title(self):
        return f"ระดับและ 5 องค์ประกอบ {self.object.name} ปีงบประมาณ พ.ศ. {self.year}"

    def get_crumbs(self):
        return to_books(self.object.centre, self.year)

    def get_form_kwargs(self):
        fund = self.object
        row = FundYear.objects.filter(fund=fund, fiscal_year=self.year).first()
        known = signs(fund, on=timezone.localdate())
        return {**super().get_form_kwargs(), "fund": fund, "row": row, "signs": known}

    def act(self, form):
        on = timezone.localdate()
        tell(fund=self.object, year=self.year, told=form.cleaned_data, on=on, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึก{self.get_title()}")
