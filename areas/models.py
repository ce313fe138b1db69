"""Country → province → district → subdistrict → village, by official code."""

from django.db import models

from config import thai

COUNTRY = "TH"
BANGKOK = "10"  # has no community development offices


class Level(models.TextChoices):
    COUNTRY = "country", "ประเทศ"
    PROVINCE = "province", "จังหวัด"
    DISTRICT = "district", "อำเภอ"
    SUBDISTRICT = "subdistrict", "ตำบล"
    VILLAGE = "village", "หมู่บ้าน"


CODE_LENGTH = {Level.PROVINCE: 2, Level.DISTRICT: 4, Level.SUBDISTRICT: 6, Level.VILLAGE: 8}


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to an area; every model an officer can see is found through `for_user`."""

    area_path: str

    def within(self, area):
        """Rows in `area` or below it: official codes are prefixes of each other."""
        return self.filter(**{f"{self.area_path}__startswith": area.prefix}) if area.prefix else self.all()

    def for_user(self, user):
        """Rows the officer may see; nothing for an officer without an area."""
        return self.within(user.area) if user.area_id else self.none()


class AreaQuerySet(ScopedQuerySet):
    area_path = "code"

    def at(self, level):
        return self.filter(level=level)

    def in_structure(self):
        """Areas with community development offices: all but Bangkok."""
        return self.exclude(code__startswith=BANGKOK)

    def with_parents(self):
        return self.select_related("parent__parent__parent")


class Area(models.Model):
    """One place of the official list. Codes have 2, 4, 6 and 8 digits; a subtree shares its prefix."""

    code = models.CharField("รหัส", max_length=8, primary_key=True)
    level = models.CharField("ระดับ", max_length=12, choices=Level)
    name = models.CharField("ชื่อ", max_length=120)
    moo = models.PositiveSmallIntegerField("หมู่ที่", null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    sort = models.CharField(max_length=400, editable=False, db_index=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "code"]
        constraints = [
            models.CheckConstraint(
                name="areas_only_the_country_has_no_parent",
                condition=models.Q(level=Level.COUNTRY, parent=None)
                | (~models.Q(level=Level.COUNTRY) & models.Q(parent__isnull=False)),
            ),
            models.CheckConstraint(
                name="areas_only_a_village_has_a_moo",
                condition=models.Q(level=Level.VILLAGE, moo__gte=1)
                | (~models.Q(level=Level.VILLAGE) & models.Q(moo=None)),
                violation_error_message="ระบุหมู่ที่ตั้งแต่ 1",
            ),
        ]

    def __str__(self):
        return self.label

    def save(self, **options):
        self.sort = thai.sort_key(self.name)
        super().save(**options)

    @property
    def prefix(self) -> str:
        """What the codes of everything in this area begin with."""
        return "" if self.level == Level.COUNTRY else self.code

    @property
    def label(self) -> str:
        """The name with its kind: อำเภอห้วยทับทัน, บ้านหนองฮะ หมู่ที่ 3."""
        if self.level == Level.VILLAGE:
            return f"{self.name} หมู่ที่ {self.moo}"
        if self.level == Level.COUNTRY or self.code == BANGKOK:
            return self.name
        return f"{self._kind}{self.name}"

    @property
    def _kind(self) -> str:
        if self.code.startswith(BANGKOK):
            return {Level.DISTRICT: "เขต", Level.SUBDISTRICT: "แขวง"}[self.level]
        return Level(self.level).label

    @property
    def lineage(self) -> list["Area"]:
        """This area and those above it, the smallest first, without the country."""
        areas, area = [], self
        while area and area.level != Level.COUNTRY:
            areas.append(area)
            area = area.parent
        return areas

    @property
    def full_name(self) -> str:
        """บ้านหนองฮะ หมู่ที่ 3 ตำบลปราสาท อำเภอห้วยทับทัน จังหวัดศรีสะเกษ."""
        return " ".join(area.label for area in self.lineage) or self.name

    def above(self, level) -> "Area | None":
        """The area of `level` this one lies in (itself included)."""
        return next((area for area in self.lineage if area.level == level), None)
