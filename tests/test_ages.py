"""Ages and dates in visible text, as data: (text, the age found, what it stands for)."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from scrapeclean.ages.find import LONGEST, find_age, find_ages, resolve
from scrapeclean.ages.words import age_words, languages, relative

FETCHED = datetime(2025, 6, 9, 12, 0, tzinfo=UTC)

# Each line: text | the age in it | the moment it stands for when fetched on Monday 9 June 2025 at noon UTC;
# a star before the age says that it is one of modification.
FOUND = {
    "en": """
        20 minutes ago | 20 minutes ago | 2025-06-09T11:40
        an hour ago | an hour ago | 2025-06-09T11:00
        half an hour ago | half an hour ago | 2025-06-09T11:30
        about 3 hours ago | about 3 hours ago | 2025-06-09T09:00
        1 hour 20 minutes ago | 1 hour 20 minutes ago | 2025-06-09T11:00
        The Hill · 3h ago | 3h ago | 2025-06-09T09:00
        Reuters • 45 min ago | 45 min ago | 2025-06-09T11:15
        The Courier · 3h | 3h | 2025-06-09T09:00
        Harbour Times | 2d | 2d | 2025-06-07T12:00
        5 mins ago by Anna Weiss | 5 mins ago | 2025-06-09T11:55
        Updated two days ago | *two days ago | 2025-06-07T12:00
        1 month ago | 1 month ago | 2025-05-09T12:00
        2 yrs ago | 2 yrs ago | 2023-06-09T12:00
        Yesterday | Yesterday | 2025-06-08T12:00
        Yesterday at 4:15 PM | Yesterday at 4:15 PM | 2025-06-08T16:15
        Valley Post · yesterday | yesterday | 2025-06-08T12:00
        just now | just now | 2025-06-09T12:00
        Jun 8, 2025 | Jun 8, 2025 | 2025-06-08T00:00
        via Reuters | Jun 8, 2025 | Jun 8, 2025 | 2025-06-08T00:00
        June 8th, 2025 | June 8th, 2025 | 2025-06-08T00:00
        8 June 2025 | 8 June 2025 | 2025-06-08T00:00
        Sunday, 8 June 2025 | Sunday, 8 June 2025 | 2025-06-08T00:00
        Sun 8 Jun 2025 14.30 BST | Sun 8 Jun 2025 14.30 BST | 2025-06-08T14:30+01:00
        Published June 8, 2025 at 3:05 p.m. ET | June 8, 2025 at 3:05 p.m. ET | 2025-06-08T15:05-04:00
        Last updated: January 2, 2025 9:00 am EST | *January 2, 2025 9:00 am EST | 2025-01-02T09:00-05:00
        10:15 AM EDT, Sun June 8, 2025 | 10:15 AM EDT, Sun June 8, 2025 | 2025-06-08T10:15-04:00
        Posted on Sept. 3, 2024 | Sept. 3, 2024 | 2024-09-03T00:00
        June 8 | June 8 | 2025-06-08T00:00
        The Ledger | Dec 30 | Dec 30 | 2024-12-30T00:00
        2025-06-08 | 2025-06-08 | 2025-06-08T00:00
        2025-06-08T14:30:00Z | 2025-06-08T14:30:00Z | 2025-06-08T14:30+00:00
        2025-06-08T14:30:00.250+02:00 | 2025-06-08T14:30:00.250+02:00 | 2025-06-08T14:30+02:00
        2025-06-08 14:30 UTC+3 | 2025-06-08 14:30 UTC+3 | 2025-06-08T14:30+03:00
        08-Jun-2025 | 08-Jun-2025 | 2025-06-08T00:00
        6/13/2025 | 6/13/2025 | 2025-06-13T00:00
        13/6/2025 | 13/6/2025 | 2025-06-13T00:00
        June 8, 2025 (updated) | *June 8, 2025 | 2025-06-08T00:00
    """,
    "de": """
        vor 3 Stunden | vor 3 Stunden | 2025-06-09T09:00
        vor einer Stunde | vor einer Stunde | 2025-06-09T11:00
        vor 20 Min. | vor 20 Min. | 2025-06-09T11:40
        Der Bote · vor 2 Tagen | vor 2 Tagen | 2025-06-07T12:00
        vor etwa zwei Wochen | vor etwa zwei Wochen | 2025-05-26T12:00
        vor einem Jahr | vor einem Jahr | 2024-06-09T12:00
        Gestern, 14:30 Uhr | Gestern, 14:30 Uhr | 2025-06-08T14:30
        8. Juni 2025 | 8. Juni 2025 | 2025-06-08T00:00
        8. Juni 2025, 14:30 Uhr | 8. Juni 2025, 14:30 Uhr | 2025-06-08T14:30
        Sonntag, 08.06.2025 um 9 Uhr | Sonntag, 08.06.2025 um 9 Uhr | 2025-06-08T09:00
        Aktualisiert am 8. Juni 2025 | *8. Juni 2025 | 2025-06-08T00:00
        Stand: 08.06.2025, 14:30 Uhr | *08.06.2025, 14:30 Uhr | 2025-06-08T14:30
        Veröffentlicht am 3. März 2024 | 3. März 2024 | 2024-03-03T00:00
        12. Jän. 2025 | 12. Jän. 2025 | 2025-01-12T00:00
        So, 8. Jun 2025 14:30 MESZ | So, 8. Jun 2025 14:30 MESZ | 2025-06-08T14:30+02:00
        08.06.25 | 08.06.25 | 2025-06-08T00:00
    """,
    "fr": """
        il y a 5 minutes | il y a 5 minutes | 2025-06-09T11:55
        il y a une heure | il y a une heure | 2025-06-09T11:00
        Il y a 3 j | Il y a 3 j | 2025-06-06T12:00
        Le Phare - il y a 2 semaines | il y a 2 semaines | 2025-05-26T12:00
        Hier à 18h30 | Hier à 18h30 | 2025-06-08T18:30
        le 8 juin 2025 | 8 juin 2025 | 2025-06-08T00:00
        Publié le 1er août 2024 à 07h15 | 1er août 2024 à 07h15 | 2024-08-01T07:15
        Mis à jour le 8 juin 2025 à 14:30 | *8 juin 2025 à 14:30 | 2025-06-08T14:30
        dimanche 8 juin 2025 | dimanche 8 juin 2025 | 2025-06-08T00:00
        12 déc. 2024 | 12 déc. 2024 | 2024-12-12T00:00
        08/06/2025 | 08/06/2025 | 2025-06-08T00:00
    """,
    "es": """
        hace 2 días | hace 2 días | 2025-06-07T12:00
        hace una hora | hace una hora | 2025-06-09T11:00
        El Faro | hace 15 min | hace 15 min | 2025-06-09T11:45
        3 horas atrás | 3 horas atrás | 2025-06-09T09:00
        hace unos minutos | hace unos minutos | 2025-06-09T11:57
        Ayer | Ayer | 2025-06-08T12:00
        8 de junio de 2025 | 8 de junio de 2025 | 2025-06-08T00:00
        Publicado el 8 de junio de 2025 a las 14:30 | 8 de junio de 2025 a las 14:30 | 2025-06-08T14:30
        Actualizado: 08/06/2025 14:30h | *08/06/2025 14:30h | 2025-06-08T14:30
        domingo, 8 de junio del 2025 | domingo, 8 de junio del 2025 | 2025-06-08T00:00
        junio 8, 2025 | junio 8, 2025 | 2025-06-08T00:00
        3 ene. 2025 | 3 ene. 2025 | 2025-01-03T00:00
    """,
    "it": """
        3 ore fa | 3 ore fa | 2025-06-09T09:00
        un'ora fa | un'ora fa | 2025-06-09T11:00
        2 giorni fa | 2 giorni fa | 2025-06-07T12:00
        8 giugno 2025 | 8 giugno 2025 | 2025-06-08T00:00
        Pubblicato il 8 giugno 2025 alle 14:30 | 8 giugno 2025 alle 14:30 | 2025-06-08T14:30
        Ultimo aggiornamento: 8 giu 2025 | *8 giu 2025 | 2025-06-08T00:00
        ieri alle 18:05 | ieri alle 18:05 | 2025-06-08T18:05
        Domenica 8 Giugno 2025 | Domenica 8 Giugno 2025 | 2025-06-08T00:00
    """,
    "pt": """
        há 3 horas | há 3 horas | 2025-06-09T09:00
        2 dias atrás | 2 dias atrás | 2025-06-07T12:00
        há um mês | há um mês | 2025-05-09T12:00
        8 de junho de 2025 | 8 de junho de 2025 | 2025-06-08T00:00
        Publicado em 08/06/2025 às 14h30 | 08/06/2025 às 14h30 | 2025-06-08T14:30
        Atualizado em 8 jun. 2025 | *8 jun. 2025 | 2025-06-08T00:00
        Segunda-feira, 9 de junho de 2025 | Segunda-feira, 9 de junho de 2025 | 2025-06-09T00:00
        Ontem | Ontem | 2025-06-08T12:00
    """,
    "nl": """
        3 uur geleden | 3 uur geleden | 2025-06-09T09:00
        een uur geleden | een uur geleden | 2025-06-09T11:00
        een half uur geleden | een half uur geleden | 2025-06-09T11:30
        Gisteren om 14:30 | Gisteren om 14:30 | 2025-06-08T14:30
        8 juni 2025 | 8 juni 2025 | 2025-06-08T00:00
        Laatst bijgewerkt: 8 mrt. 2025 | *8 mrt. 2025 | 2025-03-08T00:00
        Gepubliceerd op zondag 8 juni 2025 om 9.05 uur | zondag 8 juni 2025 om 9.05 uur | 2025-06-08T09:05
    """,
    "pl": """
        3 godziny temu | 3 godziny temu | 2025-06-09T09:00
        godzinę temu | godzinę temu | 2025-06-09T11:00
        5 min. temu | 5 min. temu | 2025-06-09T11:55
        wczoraj, 14:30 | wczoraj, 14:30 | 2025-06-08T14:30
        8 czerwca 2025 | 8 czerwca 2025 | 2025-06-08T00:00
        Data publikacji: 8 czerwca 2025, godz. 14:30 | 8 czerwca 2025, godz. 14:30 | 2025-06-08T14:30
        Aktualizacja: 08.06.2025 14:30 | *08.06.2025 14:30 | 2025-06-08T14:30
    """,
    "ru": """
        3 часа назад | 3 часа назад | 2025-06-09T09:00
        час назад | час назад | 2025-06-09T11:00
        2 года назад | 2 года назад | 2023-06-09T12:00
        Вчера в 14:30 | Вчера в 14:30 | 2025-06-08T14:30
        8 июня 2025 г. | 8 июня 2025 г. | 2025-06-08T00:00
        8 июня 2025 года, 14:30 | 8 июня 2025 года, 14:30 | 2025-06-08T14:30
        Обновлено: 08.06.2025 | *08.06.2025 | 2025-06-08T00:00
        Опубликовано 8 июня 2025 в 14:30 МСК | 8 июня 2025 в 14:30 МСК | 2025-06-08T14:30+03:00
    """,
    "uk": """
        3 год тому | 3 год тому | 2025-06-09T09:00
        2 роки тому | 2 роки тому | 2023-06-09T12:00
        5 хвилин тому | 5 хвилин тому | 2025-06-09T11:55
        8 червня 2025, 14:30 | 8 червня 2025, 14:30 | 2025-06-08T14:30
        Оновлено 8 грудня 2024 року | *8 грудня 2024 року | 2024-12-08T00:00
    """,
    "sv": """
        för 3 timmar sedan | för 3 timmar sedan | 2025-06-09T09:00
        2 dagar sedan | 2 dagar sedan | 2025-06-07T12:00
        Publicerad 8 juni 2025 kl. 14.30 | 8 juni 2025 kl. 14.30 | 2025-06-08T14:30
        Uppdaterad 2025-06-08 | *2025-06-08 | 2025-06-08T00:00
        i går 14:30 | i går 14:30 | 2025-06-08T14:30
    """,
    "no": """
        for 3 timer siden | for 3 timer siden | 2025-06-09T09:00
        Sist oppdatert 8. juni 2025 kl. 14:30 | *8. juni 2025 kl. 14:30 | 2025-06-08T14:30
        Publisert: 8. des. 2024 | 8. des. 2024 | 2024-12-08T00:00
    """,
    "da": """
        for 2 timer siden | for 2 timer siden | 2025-06-09T10:00
        Opdateret 8. maj 2025 kl. 14.30 | *8. maj 2025 kl. 14.30 | 2025-05-08T14:30
        8. marts 2025 | 8. marts 2025 | 2025-03-08T00:00
    """,
    "tr": """
        3 saat önce | 3 saat önce | 2025-06-09T09:00
        bir gün önce | bir gün önce | 2025-06-08T12:00
        8 Haziran 2025 Pazar 14:30 | 8 Haziran 2025 Pazar 14:30 | 2025-06-08T14:30
        Güncelleme: 08.06.2025 14:30 | *08.06.2025 14:30 | 2025-06-08T14:30
        İlk yayın 3 Ağustos 2024 | 3 Ağustos 2024 | 2024-08-03T00:00
    """,
    "ja": """
        3時間前 | 3時間前 | 2025-06-09T09:00
        10 分前 | 10 分前 | 2025-06-09T11:50
        2か月前 | 2か月前 | 2025-04-09T12:00
        2025年6月8日 | 2025年6月8日 | 2025-06-08T00:00
        2025年6月8日(日) 14時30分 | 2025年6月8日(日) 14時30分 | 2025-06-08T14:30
        更新日：2025/06/08 14:30 | *2025/06/08 14:30 | 2025-06-08T14:30
        公開日 2025.06.08 | 2025.06.08 | 2025-06-08T00:00
        昨日 | 昨日 | 2025-06-08T12:00
    """,
    "zh": """
        3小时前 | 3小时前 | 2025-06-09T09:00
        3 小時前 | 3 小時前 | 2025-06-09T09:00
        晨报 · 20分钟前 | 20分钟前 | 2025-06-09T11:40
        两天前 | 两天前 | 2025-06-07T12:00
        刚刚 | 刚刚 | 2025-06-09T12:00
        昨天 14:30 | 昨天 14:30 | 2025-06-08T14:30
        2025年6月8日 14:30 | 2025年6月8日 14:30 | 2025-06-08T14:30
        2025年6月8日 下午2:30 | 2025年6月8日 下午2:30 | 2025-06-08T14:30
        发布时间：2025-06-08 14:30:05 | 2025-06-08 14:30:05 | 2025-06-08T14:30:05
        2025-06-08 14:30 更新 | *2025-06-08 14:30 | 2025-06-08T14:30
        06-08 14:30 | 06-08 14:30 | 2025-06-08T14:30
        6月8日 | 6月8日 | 2025-06-08T00:00
    """,
    "ko": """
        3시간 전 | 3시간 전 | 2025-06-09T09:00
        5분전 | 5분전 | 2025-06-09T11:55
        2025년 6월 8일 오후 3:20 | 2025년 6월 8일 오후 3:20 | 2025-06-08T15:20
        입력 2025.06.08 14:30 | 2025.06.08 14:30 | 2025-06-08T14:30
        수정 2025. 6. 8. 14:30 | *2025. 6. 8. 14:30 | 2025-06-08T14:30
        어제 | 어제 | 2025-06-08T12:00
    """,
    "ar": """
        منذ 3 ساعات | منذ 3 ساعات | 2025-06-09T09:00
        قبل ساعتين | قبل ساعتين | 2025-06-09T10:00
        منذ يوم | منذ يوم | 2025-06-08T12:00
        8 يونيو 2025 | 8 يونيو 2025 | 2025-06-08T00:00
        آخر تحديث: ٨ يونيو ٢٠٢٥ | *٨ يونيو ٢٠٢٥ | 2025-06-08T00:00
        8 كانون الأول 2024 | 8 كانون الأول 2024 | 2024-12-08T00:00
    """,
    "cs": """
        před 3 hodinami | před 3 hodinami | 2025-06-09T09:00
        před hodinou | před hodinou | 2025-06-09T11:00
        8. června 2025 | 8. června 2025 | 2025-06-08T00:00
        Aktualizováno: 8. 6. 2025 14:30 | *8. 6. 2025 14:30 | 2025-06-08T14:30
    """,
    "fi": """
        3 tuntia sitten | 3 tuntia sitten | 2025-06-09T09:00
        Julkaistu 8.6.2025 klo 14:30 | 8.6.2025 klo 14:30 | 2025-06-08T14:30
        8. kesäkuuta 2025 | 8. kesäkuuta 2025 | 2025-06-08T00:00
    """,
    "el": """
        πριν 3 ώρες | πριν 3 ώρες | 2025-06-09T09:00
        Τελευταία ενημέρωση: 8 Ιουνίου 2025 | *8 Ιουνίου 2025 | 2025-06-08T00:00
    """,
    "ro": """
        acum 3 ore | acum 3 ore | 2025-06-09T09:00
        Publicat la 8 iunie 2025, ora 14:30 | 8 iunie 2025, ora 14:30 | 2025-06-08T14:30
    """,
    "hu": """
        3 órája | 3 órája | 2025-06-09T09:00
        2 nappal ezelőtt | 2 nappal ezelőtt | 2025-06-07T12:00
        2025. június 8. 14:30 | 2025. június 8. 14:30 | 2025-06-08T14:30
        Frissítve: 2025. 06. 08. | *2025. 06. 08. | 2025-06-08T00:00
    """,
    "id": """
        3 jam yang lalu | 3 jam yang lalu | 2025-06-09T09:00
        Minggu, 8 Agustus 2024 14:30 WIB | Minggu, 8 Agustus 2024 14:30 WIB | 2024-08-08T14:30+07:00
    """,
    "vi": """
        3 giờ trước | 3 giờ trước | 2025-06-09T09:00
        Cập nhật lúc 14:30, 8/6/2025 | *14:30, 8/6/2025 | 2025-06-08T14:30
        8 tháng 6, 2025 | 8 tháng 6, 2025 | 2025-06-08T00:00
    """,
    "hi": """
        3 घंटे पहले | 3 घंटे पहले | 2025-06-09T09:00
        8 जून 2025 | 8 जून 2025 | 2025-06-08T00:00
    """,
    "fa": """
        3 ساعت پیش | 3 ساعت پیش | 2025-06-09T09:00
        ۲ روز قبل | ۲ روز قبل | 2025-06-07T12:00
    """,
    "he": """
        לפני 3 שעות | לפני 3 שעות | 2025-06-09T09:00
        לפני שעתיים | לפני שעתיים | 2025-06-09T10:00
        8 ביוני 2025 | 8 ביוני 2025 | 2025-06-08T00:00
        עודכן ב-8 ביוני 2025 | *8 ביוני 2025 | 2025-06-08T00:00
    """,
}

NOT_FOUND = """
    5 tips for a better garden
    Yesterday the council voted against the new bridge
    He may 5 times have been wrong
    Version 2.10.14.3 is out
    3D
    12:45
    5 min read
    45 minutes
    The army crossed the river on June 8 before dawn
    Call 030/12/34567 for help
    Chapter 12 of 2025
    31 June 2025
    2025-13-08
    99/99/2025
    Heute wird gefeiert
    Aujourd'hui, tout le monde le sait bien
    Vor dem Haus stehen 3 Bäume
    Hace frío en 2025
    Il y a 3 maisons dans la rue
    今天的天气很好
    第3章
    昨日の試合で3点を取った
    Marsch 5
    Mai 68
    May
    Copyright 2025
    24h news
    20 m
    In 3 hours
    Noch vor Jahren war das anders
    100 лет одиночества
    10.50 €
    10.12.14 %
"""


def cases() -> list[tuple[str, str, str, str]]:
    lines = []
    for language, block in FOUND.items():
        for line in filter(None, map(str.strip, block.splitlines())):
            text, age, moment = line.rsplit(" | ", 2)
            lines.append((language, text, age, moment))
    return lines


@pytest.mark.parametrize(("language", "text", "age", "moment"), cases())
def test_finds_and_resolves(language: str, text: str, age: str, moment: str) -> None:
    found = find_age(text, language)
    assert found is not None
    assert found.text == age.lstrip("*")
    assert found.modified == age.startswith("*")
    assert found.text in text[found.start : found.end]
    resolved = resolve(found, FETCHED)
    assert resolved is not None
    expected = datetime.fromisoformat(moment)
    assert (resolved.replace(tzinfo=None), resolved.utcoffset() if expected.tzinfo else None) == (
        expected.replace(tzinfo=None),
        expected.utcoffset(),
    )


@pytest.mark.parametrize("text", [line.strip() for line in NOT_FOUND.splitlines() if line.strip()])
def test_leaves_alone(text: str) -> None:
    assert find_age(text) is None


def test_every_language_has_cases() -> None:
    assert set(FOUND) == set(languages())


@pytest.mark.parametrize("language", languages())
def test_patterns_compile(language: str) -> None:
    assert relative(language).groupindex.keys() >= {"n", "unit", "exact"}


def test_published_is_preferred_over_modified() -> None:
    text = "Updated June 9, 2025 · Published June 8, 2025"
    assert [age.modified for age in find_ages(text)] == [True, False]
    age = find_age(text)
    assert age is not None and age.text == "June 8, 2025"


@pytest.mark.parametrize(
    ("language", "day"), [("en", "2025-06-08"), ("en-US", "2025-06-08"), ("en-GB", "2025-08-06"), ("fr", "2025-08-06")]
)
def test_order_of_slashes_follows_the_language(language: str, day: str) -> None:
    age = find_age("6/8/2025", language)
    assert age is not None and str(age.date) == day


def test_span_covers_the_words_around() -> None:
    text = "Von Anna Weiss, zuletzt aktualisiert am Sonntag, 8. Juni 2025 um 14:30 Uhr"
    age = find_age(text)
    assert age is not None
    assert text[: age.start] == "Von Anna Weiss, "
    assert age.end == len(text)
    assert age.labelled


def test_relative_ages_need_the_fetch() -> None:
    for text in ("3 hours ago", "yesterday", "Jun 8"):
        age = find_age(text)
        assert age is not None and resolve(age) is None


def test_months_before_end_on_days_that_exist() -> None:
    age = find_age("1 month ago")
    assert age is not None
    assert resolve(age, datetime(2025, 3, 31, 8, 0)) == datetime(2025, 2, 28, 8, 0)


def test_offsets_with_half_hours() -> None:
    age = find_age("2025-06-08T14:30:00+05:30")
    assert age is not None
    assert resolve(age) == datetime(2025, 6, 8, 14, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))


def test_no_word_names_two_months() -> None:
    assert age_words().months["mars"] == 3
    assert age_words().months["mai"] == age_words().months["maj"] == age_words().months["mei"] == 5


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1/", "1.1.", "vor ", "ago ", "June ", "1 June ", "20", "年", "3小", "le ", "(", "İ", "\u0301", "1 h "],
)
def test_any_short_text_is_quick(piece: str) -> None:
    find_age("warm up 3 hours ago vor 3 Stunden 3小时前 il y a 2 j")
    text = (piece * LONGEST)[:LONGEST]
    start = time.process_time()
    for _ in range(20):
        find_ages(text)
    assert time.process_time() - start < 0.5
