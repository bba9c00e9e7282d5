"""The core values BerAKHLAK and their behaviour lines, word for word (SE MenPANRB 20/2021)."""

from core.planning.terms import BehaviorValue

NAMES: dict[BehaviorValue, str] = {
    BehaviorValue.SERVICE_ORIENTED: "Berorientasi Pelayanan",
    BehaviorValue.ACCOUNTABLE: "Akuntabel",
    BehaviorValue.COMPETENT: "Kompeten",
    BehaviorValue.HARMONIOUS: "Harmonis",
    BehaviorValue.LOYAL: "Loyal",
    BehaviorValue.ADAPTIVE: "Adaptif",
    BehaviorValue.COLLABORATIVE: "Kolaboratif",
}
"""The official name of each value, in official order."""

LINES: dict[BehaviorValue, tuple[str, str, str]] = {
    BehaviorValue.SERVICE_ORIENTED: (
        "Memahami dan memenuhi kebutuhan masyarakat",
        "Ramah, cekatan, solutif, dan dapat diandalkan",
        "Melakukan perbaikan tiada henti",
    ),
    BehaviorValue.ACCOUNTABLE: (
        "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin dan berintegritas tinggi",
        "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
        "Tidak menyalahgunakan kewenangan jabatan",
    ),
    BehaviorValue.COMPETENT: (
        "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
        "Membantu orang lain belajar",
        "Melaksanakan tugas dengan kualitas terbaik",
    ),
    BehaviorValue.HARMONIOUS: (
        "Menghargai setiap orang apapun latar belakangnya",
        "Suka menolong orang lain",
        "Membangun lingkungan kerja yang kondusif",
    ),
    BehaviorValue.LOYAL: (
        "Memegang teguh ideologi Pancasila, UUD 1945, setia kepada NKRI serta pemerintahan yang sah",
        "Menjaga nama baik sesama ASN, pimpinan, instansi, dan negara",
        "Menjaga rahasia jabatan dan negara",
    ),
    BehaviorValue.ADAPTIVE: (
        "Cepat menyesuaikan diri menghadapi perubahan",
        "Terus berinovasi dan mengembangkan kreativitas",
        "Bertindak proaktif",
    ),
    BehaviorValue.COLLABORATIVE: (
        "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
        "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
        "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
    ),
}
"""The three behaviour lines of each value."""
