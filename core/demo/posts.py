"""Which posts a unit of the demo city has: its head, and the functional and operational posts of its staff."""

from dataclasses import dataclass
from random import Random

HEADS: dict[str, tuple[str, str, str, int]] = {
    # kind of unit: (kind of position, title, echelon, job class)
    "KOTA": ("JPT_PRATAMA", "Sekretaris Daerah", "II.a", 15),
    "ASISTEN": ("JPT_PRATAMA", "{unit}", "II.b", 14),
    "BAGIAN": ("ADMINISTRATOR", "Kepala {unit}", "III.a", 12),
    "SEKRETARIAT": ("ADMINISTRATOR", "Sekretaris {agency}", "III.a", 12),
    "INSPEKTORAT": ("JPT_PRATAMA", "Inspektur", "II.b", 14),
    "IRBAN": ("ADMINISTRATOR", "{unit}", "III.a", 12),
    "DINAS": ("JPT_PRATAMA", "Kepala {unit}", "II.b", 14),
    "BADAN": ("JPT_PRATAMA", "Kepala {unit}", "II.b", 14),
    "SATUAN": ("JPT_PRATAMA", "Kepala {unit}", "II.b", 14),
    "RUMAH": ("JPT_PRATAMA", "Direktur {unit}", "II.b", 14),
    "BIDANG": ("ADMINISTRATOR", "Kepala {unit}", "III.b", 11),
    "KECAMATAN": ("ADMINISTRATOR", "Camat {unit}", "III.a", 12),
    "KELURAHAN": ("PENGAWAS", "Lurah {unit}", "IV.a", 9),
}

_FUNCTIONAL = {
    "04": ("Administrator Database Kependudukan", "Pranata Komputer"),
    "05": ("Perawat", "Epidemiolog Kesehatan", "Sanitarian"),
    "06": ("Pengawas Sekolah", "Pamong Budaya"),
    "07": ("Teknik Jalan dan Jembatan", "Teknik Pengairan", "Penata Ruang"),
    "14": ("Pranata Komputer", "Pranata Hubungan Masyarakat", "Statistisi"),
    "21": ("Analis Sumber Daya Manusia Aparatur", "Asesor Sumber Daya Manusia Aparatur"),
    "26": ("Perawat", "Bidan", "Pranata Laboratorium Kesehatan"),
}
_GENERAL_FUNCTIONAL = ("Analis Kebijakan", "Perencana", "Arsiparis", "Analis Keuangan Pusat dan Daerah")
_LEVELS = (
    ("AHLI_MUDA", "Ahli Muda", 9),
    ("AHLI_PERTAMA", "Ahli Pertama", 8),
    ("AHLI_PERTAMA", "Ahli Pertama", 8),
    ("TERAMPIL", "Terampil", 6),
    ("MAHIR", "Mahir", 7),
)
_OPERATIONAL = (
    ("Penelaah Teknis Kebijakan", 7),
    ("Pengolah Data dan Informasi", 6),
    ("Pengadministrasi Perkantoran", 5),
    ("Operator Layanan Operasional", 5),
)


@dataclass(frozen=True)
class Post:
    """A post to be filled: kind and title of the position, and whether its holder heads the unit."""

    kind: str
    title: str
    job_class: int
    echelon: str = ""
    is_head: bool = False


def head_of(kind: str, unit: str, agency: str) -> Post:
    """Return the head's post of a unit of `kind` named `unit` in the agency named `agency`."""
    position_kind, title, echelon, job_class = HEADS[kind]
    place = unit.removeprefix("Kecamatan ").removeprefix("Kelurahan ") if kind.startswith("KE") else unit
    return Post(position_kind, title.format(unit=place, agency=agency), job_class, echelon, is_head=True)


def staff_post(agency_code: str, chance: Random) -> Post:
    """Return a post of the agency's staff: functional or operational."""
    if chance.random() < 0.45:
        title = chance.choice(_FUNCTIONAL.get(agency_code, _GENERAL_FUNCTIONAL))
        kind, level, job_class = chance.choice(_LEVELS)
        return Post(kind, f"{title} {level}", job_class)
    title, job_class = chance.choice(_OPERATIONAL)
    return Post("PELAKSANA", title, job_class)
