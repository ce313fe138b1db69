"""Households of a village and the people in them."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce

from accounts.models import Officer
from areas.models import Area, Level, ScopedQuerySet
from config import crypto, thai

ID_CONTEXT = "households_person.sealed_id"


class Standing:
    """A manager that leaves out rows taken back with the import that brought them; `everything` has them."""

    def get_queryset(self):
        return super().get_queryset().filter(withdrawn_at=None)


class HouseholdQuerySet(ScopedQuerySet):
    area_path = "village__code"

    def standing(self):
        """Households that were not merged into another; a merged one stands in no list."""
        return self.filter(merged_into=None)

    def with_place(self):
        return self.select_related("head", "village__parent__parent__parent")

    def with_people(self):
        """Adds `people_count`."""
        people = Person.objects.filter(household=models.OuterRef("pk")).order_by().values("household")
        count = models.Subquery(people.annotate(number=models.Count("pk")).values("number"))
        return self.annotate(people_count=Coalesce(count, 0))


class HouseholdManager(Standing, models.Manager.from_queryset(HouseholdQuerySet)):
    pass


class Household(models.Model):
    """A house and the family in it. The house number is text ("32/1") and may still be unknown."""

    NO_NUMBER = "ยังไม่มีบ้านเลขที่ ทำสัญญาได้ แต่ในสัญญาจะเว้นว่างไว้ให้เขียน"

    village = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="households",
        verbose_name="หมู่บ้าน",
        limit_choices_to={"level": Level.VILLAGE},
    )
    house_number = models.CharField("บ้านเลขที่", max_length=20, blank=True)
    head = models.ForeignKey(
        "Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="หัวหน้าครัวเรือน"
    )
    note = models.CharField("หมายเหตุ", max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="merged_from",
        verbose_name="รวมเข้ากับ",
    )
    house_sort = models.CharField(max_length=60, editable=False, blank=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that registered it
    created_by = models.ForeignKey(Officer, models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    batch = models.UUIDField(null=True, editable=False, db_index=True)  # of the import that brought it in
    withdrawn_at = models.DateTimeField(null=True, editable=False)  # with that import

    objects = HouseholdManager()
    everything = HouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["village", "pk"]
        indexes = [
            models.Index(fields=["village", "house_number"], name="households_by_house_number"),
            models.Index(fields=["village", "house_sort", "id"], name="households_in_house_order"),
        ]
        constraints = [
            models.CheckConstraint(
                name="households_none_is_merged_into_itself",
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                violation_error_message="รวมครัวเรือนเข้ากับตัวเองไม่ได้",
            )
        ]

    def __str__(self):
        return f"{self.house} {self.head or ''}".strip()

    def save(self, **options):
        self.set_keys()
        super().save(**options)

    def set_keys(self) -> "Household":
        """What the house number is ordered by; rows written in bulk need it said."""
        self.house_sort = re.sub(r"\d+", lambda digits: digits[0].zfill(5), self.house_number)
        return self

    @property
    def house(self) -> str:
        """บ้านเลขที่ 32/1, or that it is not known."""
        return f"บ้านเลขที่ {self.house_number}" if self.house_number else "ไม่ทราบบ้านเลขที่"


def hash_of_tail(digits: str) -> str:
    """What the last four digits of a national ID are found by. Three of them are kept as they are, to be
    shown; the fourth only so, that a copy of the database tells no more digits than the screen."""
    return crypto.keyed_hash(f"tail {digits}")


class PersonQuerySet(ScopedQuerySet):
    area_path = "household__village__code"

    def standing(self):
        """People whose household was not merged into another."""
        return self.filter(household__merged_into=None)

    def with_national_id(self, national_id):
        """People with this national ID, found by its keyed hash."""
        return self.filter(id_hash=crypto.keyed_hash(national_id))

    def with_id_tail(self, digits):
        """People whose national ID ends in these four digits."""
        return self.filter(tail_hash=hash_of_tail(digits))


class PersonManager(Standing, models.Manager.from_queryset(PersonQuerySet)):
    pass


class Person(models.Model):
    """Someone of a household. The national ID is optional, sealed at rest and shown masked."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="people", verbose_name="ครัวเรือน")
    title = models.CharField("คำนำหน้า", max_length=40, blank=True)
    first_name = models.CharField("ชื่อ", max_length=80)
    last_name = models.CharField("นามสกุล", max_length=80, blank=True)
    born_year = models.PositiveSmallIntegerField("ปีเกิด (พ.ศ.)", null=True, blank=True)
    phone = models.CharField("โทรศัพท์", max_length=40, blank=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)  # of the form that added them
    sealed_id = models.BinaryField(null=True, editable=False)
    id_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    id_tail = models.CharField(max_length=4, blank=True, editable=False)  # the three digits that are shown
    tail_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    match_key = models.CharField(max_length=200, editable=False, db_index=True)
    name_spelling = models.CharField(max_length=200, editable=False, default="")
    first_spelling = models.CharField(max_length=80, editable=False, default="")
    last_spelling = models.CharField(max_length=80, editable=False, default="")
    sound_key = models.CharField(max_length=300, editable=False, db_index=True)
    sort = models.CharField(max_length=700, editable=False, db_index=True)
    batch = models.UUIDField(null=True, editable=False, db_index=True)  # of the import that brought them in
    withdrawn_at = models.DateTimeField(null=True, editable=False)  # with that import

    objects = PersonManager()
    everything = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "pk"]

    def __str__(self):
        return self.full_name

    def save(self, **options):
        self.set_keys()
        super().save(**options)

    def set_keys(self) -> "Person":
        """What the name is found and ordered by; rows written in bulk need it said."""
        self.match_key = thai.name_key(self.first_name, self.last_name)
        self.first_spelling = thai.spelling_key(self.first_name)
        self.last_spelling = thai.spelling_key(self.last_name)
        self.name_spelling = self.first_spelling + self.last_spelling
        self.sound_key = thai.sound_key(self.first_name, self.last_name)
        self.sort = thai.sort_key(f"{self.first_name} {self.last_name}")
        return self

    @property
    def full_name(self) -> str:
        return f"{self.title}{self.first_name} {self.last_name}".strip()

    @property
    def masked_id(self) -> str:
        """x-xxxx-xxxxx-12-3, or empty when no national ID is kept."""
        return f"x-xxxx-xxxxx-{self.id_tail[:2]}-{self.id_tail[2:]}" if self.id_tail else ""

    def set_national_id(self, typed: str) -> None:
        """Seal the 13 digits. Raises `ValidationError` when they are not 13 or the last one does not agree."""
        digits = thai.format_national_id(typed).replace("-", "")
        if not re.fullmatch("[0-9]{13}", digits):
            raise ValidationError("เลขประจำตัวประชาชนต้องมี 13 หลัก")
        if not thai.national_id_is_valid(digits):
            raise ValidationError("ตรวจสอบเลขประจำตัวประชาชน หลักสุดท้ายไม่สอดคล้อง")
        self.sealed_id = crypto.encrypt(digits, context=ID_CONTEXT)
        self.id_hash = crypto.keyed_hash(digits)
        self.id_tail, self.tail_hash = digits[-3:], hash_of_tail(digits[-4:])

    def remove_national_id(self) -> None:
        self.sealed_id, self.id_hash, self.id_tail, self.tail_hash = None, "", "", ""

    def open_national_id(self) -> str:
        """The full number: for the contract and for a logged reveal only."""
        return crypto.decrypt(self.sealed_id, context=ID_CONTEXT) if self.sealed_id else ""


class NotTwinsQuerySet(ScopedQuerySet):
    area_path = "first__village__code"


class NotTwins(models.Model):
    """Two households that look like one and are not: who said so, when and why. `first` has the lower key."""

    first = models.ForeignKey(Household, models.CASCADE, related_name="+")
    second = models.ForeignKey(Household, models.CASCADE, related_name="+")
    reason = models.CharField("เหตุผล", max_length=300)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = NotTwinsQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="households_two_are_told_apart_once",
                violation_error_message="ระบุไว้แล้วว่าไม่ใช่ครัวเรือนเดียวกัน",
            ),
            models.CheckConstraint(
                name="households_told_apart_in_the_order_of_keys",
                condition=models.Q(first__lt=models.F("second")),
                violation_error_message="ต้องเป็นสองครัวเรือน",
            ),
        ]
