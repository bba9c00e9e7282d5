"""What people of the demo city are to achieve: results and indicators by the level of their post."""

from dataclasses import dataclass
from decimal import Decimal

from core.demo.posts import Post
from core.planning.terms import Aspect, Direction, MeasuringPattern, Perspective

_HIGHER = Direction.HIGHER_IS_BETTER
_LOWER = Direction.LOWER_IS_BETTER
_COUNT = MeasuringPattern.COUNT
_POSITION = MeasuringPattern.POSITION
_RELEASE = MeasuringPattern.RELEASE


@dataclass(frozen=True)
class Measure:
    """An indicator with its yearly target."""

    statement: str
    unit: str
    target: Decimal
    aspect: Aspect | None = Aspect.QUANTITY
    direction: Direction = _HIGHER
    pattern: MeasuringPattern = _COUNT


@dataclass(frozen=True)
class Theme:
    """A work result with its indicators; `supports` is the index of the superior's result that it serves."""

    statement: str
    measures: tuple[Measure, ...]
    supports: int
    perspective: Perspective | None = None


def _measure(statement: str, unit: str, target: str, *rest: Aspect | Direction | MeasuringPattern) -> Measure:
    aspect: Aspect | None = Aspect.QUANTITY
    direction, pattern = _HIGHER, _COUNT
    for value in rest:
        if isinstance(value, Aspect):
            aspect = value
        elif isinstance(value, Direction):
            direction = value
        else:
            pattern = value
    return Measure(statement, unit, Decimal(target), aspect, direction, pattern)


def _executive(unit: str) -> tuple[Theme, ...]:
    place = unit.removeprefix("Pemerintah ")
    return (
        Theme(
            f"Meningkatnya kualitas pelayanan publik {place}",
            (_measure("Indeks Kepuasan Masyarakat", "indeks", "88.31", Aspect.QUALITY, _RELEASE),),
            0,
            Perspective.SERVICE_RECIPIENT,
        ),
        Theme(
            f"Meningkatnya akuntabilitas kinerja {place}",
            (_measure("Nilai akuntabilitas kinerja (SAKIP)", "nilai", "80", Aspect.QUALITY, _RELEASE),),
            1,
            Perspective.BUSINESS_PROCESS,
        ),
        Theme(
            f"Meningkatnya profesionalitas pegawai {place}",
            (_measure("Indeks Profesionalitas ASN", "indeks", "82", Aspect.QUALITY, _RELEASE),),
            2,
            Perspective.INTERNAL_STRENGTHENING,
        ),
        Theme(
            f"Terkelolanya anggaran {place} secara efektif",
            (_measure("Persentase realisasi anggaran", "persen", "95", Aspect.COST, _POSITION),),
            3,
            Perspective.BUDGET,
        ),
    )


def _leader(unit: str) -> tuple[Theme, ...]:
    return (
        Theme(
            f"Meningkatnya ketepatan waktu layanan {unit}",
            (
                _measure("Rata-rata waktu penyelesaian layanan", "hari", "5", Aspect.TIME, _LOWER, _POSITION),
                _measure("Jumlah layanan yang diselesaikan", "berkas", "1200"),
            ),
            0,
        ),
        Theme(
            f"Meningkatnya tertib pelaporan kinerja {unit}",
            (_measure("Jumlah laporan kinerja yang disampaikan tepat waktu", "laporan", "12"),),
            1,
        ),
        Theme(
            f"Terlaksananya pembinaan pegawai {unit}",
            (_measure("Jumlah dialog kinerja dengan bawahan", "dialog", "24"),),
            2,
        ),
    )


def _staff(title: str) -> tuple[Theme, ...]:
    return (
        Theme(
            f"Terselesaikannya layanan yang menjadi tugas {title} secara tepat waktu",
            (
                _measure("Jumlah berkas yang diselesaikan", "berkas", "240"),
                _measure("Persentase berkas tanpa kesalahan", "persen", "98", Aspect.QUALITY, _POSITION),
            ),
            0,
        ),
        Theme(
            f"Tersusunnya laporan pelaksanaan tugas {title}",
            (_measure("Jumlah laporan bulanan", "laporan", "12"),),
            1,
        ),
    )


_REGISTRY_HEAD = (
    Theme(
        "Meningkatnya ketepatan waktu penerbitan akta kelahiran",
        (
            _measure("Rata-rata waktu tunggu penerbitan akta kelahiran", "hari", "3", Aspect.TIME, _LOWER, _POSITION),
            _measure("Jumlah akta kelahiran yang diterbitkan", "akta", "6000"),
        ),
        0,
    ),
    Theme(
        "Meningkatnya penyelesaian pengaduan layanan pencatatan sipil",
        (_measure("Persentase pengaduan yang dijawab dalam lima hari", "persen", "95", Aspect.QUALITY, _POSITION),),
        1,
    ),
    Theme(
        "Meningkatnya kompetensi petugas layanan pencatatan sipil",
        (_measure("Jumlah petugas yang mengikuti pelatihan pelayanan", "orang", "20"),),
        2,
    ),
)
_REGISTRY_STAFF = (
    Theme(
        "Terlaksananya penerbitan akta kelahiran sesuai standar waktu",
        (
            _measure("Jumlah berkas akta kelahiran yang diproses", "berkas", "480"),
            _measure("Rata-rata waktu proses per berkas", "menit", "30", Aspect.TIME, _LOWER, _POSITION),
        ),
        0,
    ),
    Theme(
        "Terjawabnya pengaduan pemohon akta secara tuntas",
        (_measure("Jumlah pengaduan yang dijawab", "pengaduan", "60"),),
        1,
    ),
)
_REGISTRY = "Bidang Pelayanan Pencatatan Sipil"


def themes_for(post: Post, unit_name: str) -> tuple[Theme, ...]:
    """Return the results that the holder of `post` in the unit named `unit_name` is to achieve."""
    if unit_name == _REGISTRY:
        return _REGISTRY_HEAD if post.is_head else _REGISTRY_STAFF
    if post.kind == "JPT_PRATAMA":
        return _executive(unit_name)
    return _leader(unit_name) if post.is_head else _staff(post.title)
