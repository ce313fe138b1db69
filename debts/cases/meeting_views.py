"""การประชุมคณะกรรมการ: called, attended, a resolution for each household, shown on the wall, closed."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.pages import ActPage, ListPage, ShowPage
from accounts.roles import Can
from debts.cases import meetings
from debts.cases.filters import MeetingFilter
from debts.cases.forms import AttendanceForm, DecisionForm, MeetingForm, MinutesForm
from debts.cases.meetings import CannotMeet
from debts.cases.offers import drafted_plan
from debts.cases.tables import MeetingTable
from debts.forms import ConfirmForm
from debts.models import AgendaItem, Case, Meeting
from debts.proposal import change_of
from funds.models import Centre, CommitteeMember

CRUMBS = [("ปรับโครงสร้างหนี้", "debts:cases"), ("การประชุมคณะกรรมการ", "debts:meetings")]


class MeetingList(ListPage):
    permission = Can.VIEW_DEBTS
    section = "debts:cases"
    title = "การประชุมคณะกรรมการ"
    unit = "ครั้ง"
    queryset = Meeting.objects.with_names().with_counts()
    filter_class = MeetingFilter
    table_class = MeetingTable
    template_name = "debts/meetings/meetings.html"
    empty = "ยังไม่มีการประชุม เปิดหน้าศูนย์ฯ แล้วเลือก เรียกประชุมคณะกรรมการ"

    def get_crumbs(self):
        return [(label, reverse(name)) for label, name in CRUMBS[:1]]

    def get_context_data(self, **context):
        officer = self.request.user
        centres = (
            Centre.objects.for_user(officer).select_related("village") if officer.can(Can.MERGE_DEBTS) else []
        )
        return super().get_context_data(centres=centres, **context)


class NewMeeting(ActPage):
    """Call a centre's committee."""

    permission = Can.MERGE_DEBTS
    section = "debts:cases"
    title = "เรียกประชุมคณะกรรมการ"
    submit_label = "เรียกประชุม"
    queryset = Centre.objects.with_place()
    form_class = MeetingForm
    refusals = (CannotMeet,)

    def get_title(self):
        return f"เรียกประชุมคณะกรรมการ {self.object.short_name}"

    def get_crumbs(self):
        return [(label, reverse(name)) for label, name in CRUMBS]

    def get_initial(self):
        return {"held_on": timezone.localdate()}

    def act(self, form):
        meeting = meetings.call(centre=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: เรียก{meeting}")
        return HttpResponseRedirect(reverse("debts:meeting-agenda", args=[meeting.pk]))


class OfMeeting:
    """What the pages about one meeting share."""

    section = "debts:cases"
    queryset = Meeting.objects.with_names()
    refusals = (CannotMeet,)

    @property
    def meeting(self) -> Meeting:
        return self.object

    def get_title(self):
        return f"{self.title} {self.meeting.centre.short_name}" if self.title else str(self.meeting)

    def get_crumbs(self):
        own = [] if isinstance(self, ShowMeeting) else [(str(self.meeting), self.meeting_url())]
        return [(label, reverse(name)) for label, name in CRUMBS] + own

    def meeting_url(self) -> str:
        return reverse("debts:meeting", args=[self.meeting.pk])

    def get_success_url(self):
        return self.meeting_url()

    @cached_property
    def items(self) -> list[AgendaItem]:
        return list(self.meeting.items.with_names())

    def get_context_data(self, **context):
        return super().get_context_data(meeting=self.meeting, items=self.items, **context)


class ShowMeeting(OfMeeting, ShowPage):
    permission = Can.VIEW_DEBTS
    title = ""
    template_name = "debts/meetings/meeting.html"

    def get_title(self):
        return f"{self.meeting} {self.meeting.centre.short_name}"

    def get_context_data(self, **context):
        meeting = self.meeting
        present = list(meeting.present.select_related("fund"))
        return super().get_context_data(
            present=present,
            has_quorum=len(present) >= meeting.quorum,
            absent=[
                each for each in meetings.members_on(meeting.centre, meeting.held_on) if each not in present
            ],
            undecided=sum(not item.decision for item in self.items),
            may_edit=meeting.is_open and self.request.user.can(Can.MERGE_DEBTS),
            **context,
        )


class Agenda(OfMeeting, ActPage):
    """Households to be heard: tick and add."""

    permission = Can.MERGE_DEBTS
    title = "วาระการประชุม"
    form_class = ConfirmForm
    template_name = "debts/meetings/agenda.html"

    @cached_property
    def waiting(self) -> list[Case]:
        return list(meetings.cases_to_hear(self.meeting).with_owed())

    def act(self, form):
        wanted = set(self.request.POST.getlist("case"))
        chosen = [case for case in self.waiting if str(case.pk) in wanted]
        if not chosen:
            raise CannotMeet("เลือกครัวเรือนอย่างน้อย 1 ครัวเรือน")
        items = meetings.put_on_agenda(meeting=self.meeting, cases=chosen)
        messages.success(self.request, f"ดำเนินการแล้ว: เพิ่มในวาระ {len(items)} ครัวเรือน")

    def get_context_data(self, **context):
        return super().get_context_data(waiting=self.waiting, **context)


class Attendance(OfMeeting, ActPage):
    permission = Can.MERGE_DEBTS
    title = "ผู้มาประชุม"
    form_class = AttendanceForm

    @property
    def lead(self):
        return f"องค์ประชุมอย่างน้อย {self.meeting.quorum} คน"

    def get_form_kwargs(self):
        members = meetings.members_on(self.meeting.centre, self.meeting.held_on)
        return {**super().get_form_kwargs(), "members": members.for_user(self.request.user)}

    def get_initial(self):
        meeting = self.meeting
        present = list(meeting.present.all())
        if not present:
            present = list(meetings.members_on(meeting.centre, meeting.held_on))
        return {
            "present": present,
            "chair": meeting.chair_id or _holding(present, CommitteeMember.Position.CHAIR),
            "secretary": meeting.secretary_id or _holding(present, CommitteeMember.Position.SECRETARY),
            "guests": meeting.guests,
        }

    def act(self, form):
        meetings.attend(meeting=self.meeting, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: บันทึกผู้มาประชุม")


def _holding(members: list[CommitteeMember], position: str) -> int | None:
    return next((member.pk for member in members if member.position == position), None)


class OfItem(OfMeeting):
    """What the pages about one item of an agenda share."""

    queryset = AgendaItem.objects.with_names().select_related(
        "meeting__centre__village__parent__parent__parent",
        "case__household__village__parent__parent__parent",
        "case__centre",
    )

    @property
    def meeting(self):
        return self.object.meeting

    @cached_property
    def drafted(self):
        return drafted_plan(self.object.case.household, user=self.request.user)

    def get_context_data(self, **context):
        plan, no_plan = self.drafted
        place = [item.pk for item in self.items].index(self.object.pk)
        return super().get_context_data(
            item=self.object,
            household=self.object.case.household,
            place=place + 1,
            before=self.items[place - 1] if place else None,
            after=self.items[place + 1] if place + 1 < len(self.items) else None,
            plan=plan,
            change=change_of(plan) if plan else None,
            no_plan=no_plan,
            **context,
        )


class Decide(OfItem, ActPage):
    """The committee's decision on one household."""

    permission = Can.MERGE_DEBTS
    title = "มติคณะกรรมการ"
    form_class = DecisionForm
    submit_label = "บันทึกมติ"
    template_name = "debts/meetings/decide.html"

    def get_title(self):
        return f"มติคณะกรรมการ วาระที่ 3.{self.object.position} {self.object.case.household}"

    def get_initial(self):
        item = self.object
        names = ("decision", "votes_for", "votes_against", "abstained", "remark")
        return {name: getattr(item, name) for name in names}

    def act(self, form):
        plan, _ = self.drafted
        typed = form.cleaned_data
        meetings.decide(
            item=self.object,
            decision=typed["decision"],
            plan=plan,
            votes=form.votes,
            remark=typed["remark"],
            by=self.request.user,
        )
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึกมติ {self.object.case.household}")
        return HttpResponseRedirect(self._next_url())

    def _next_url(self) -> str:
        later = self.meeting.items.filter(decision="", position__gt=self.object.position).first()
        name = "debts:meeting-wall" if "wall" in self.request.GET else "debts:agendaitem"
        return reverse(name, args=[later.pk]) if later else self.meeting_url()


class Wall(OfItem, ShowPage):
    """One household in large type, for the wall of the meeting room. Nothing but what the committee decides on."""

    permission = Can.MERGE_DEBTS
    title = "โหมดประชุม"
    template_name = "debts/meetings/wall.html"


class TakeOff(OfItem, ActPage):
    permission = Can.MERGE_DEBTS
    title = "นำออกจากวาระ"
    submit_label = "นำออกจากวาระ"
    form_class = ConfirmForm

    @property
    def lead(self):
        return f"นำ {self.object.case.household} ออกจากวาระ"

    def act(self, form):
        meetings.take_off_agenda(item=self.object)
        messages.success(self.request, "ดำเนินการแล้ว: นำออกจากวาระ")


class CloseMeeting(OfMeeting, ActPage):
    permission = Can.MERGE_DEBTS
    title = "ปิดการประชุม"
    lead = "ปิดแล้วรายงานการประชุมแก้ไขไม่ได้"
    submit_label = "ปิดการประชุม"
    form_class = MinutesForm

    def get_initial(self):
        return {"opening": self.meeting.opening, "other": self.meeting.other}

    def act(self, form):
        meetings.close(meeting=self.meeting, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: ปิดการประชุม พิมพ์รายงานการประชุมได้")
