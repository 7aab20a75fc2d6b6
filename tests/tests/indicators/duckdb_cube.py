"""The indicators of annex 2, written in SQL apart from the library.

Reads sessions, attendances, fiches and pps as CSV in a directory; prints
every number that is not zero, one a line: kind|cell|measure|number.
"""

import sys

import duckdb

directory, first, last = sys.argv[1:4]
db = duckdb.connect()
for table in ("sessions", "attendances", "fiches", "pps"):
    db.execute(
        f"create table {table} as select * from read_csv('{directory}/{table}.csv', header=true, all_varchar=true)"
    )

DIMENSIONS = """
    strftime({date}::date, '%Y-%m') as m, coalesce(s.establishment, '~') as e,
    coalesce(s.centre_3c, '~') as c, coalesce(s.theme, '~') as t
"""
db.execute(f"""
create table session as select s.id, s.status, s.quorum_reached, {DIMENSIONS.format(date='s.date')}
from sessions s where s.status <> 'cancelled' and s.date between '{first}' and '{last}';

create table fiche as select f.*, s.* exclude (id) from (
    select * from fiches qualify row_number() over (partition by id order by version::int desc) = 1
) f join session s on s.id = f.session;

create table attendance as select distinct a.professional, coalesce(a.specialty, '~') as specialty, s.*
from attendances a join session s on s.id = a.session where s.status = 'held';

create table one_pps as select {DIMENSIONS.format(date='s.validated_on')} from (
    select * from pps qualify row_number() over (partition by id order by version::int desc) = 1
) s where s.validated_on between '{first}' and '{last}';
""")

FICHE = {
    "fiches": "count(*)",
    "fiches_held": "count(*) filter (where status = 'held')",
    "fiches_validated": "count(*) filter (where validated = 'true')",
    "fiches_physician": "count(attending_physician)",
    "fiches_mssante": "count(attending_physician) filter (where attending_physician_mssante = 'true')",
    "fiches_g8": "count(*) filter (where g8 = 'true')",
    "fiches_oncogeriatric": "count(*) filter (where oncogeriatric_requested = 'true')",
    "fiches_fertility": "count(*) filter (where fertility_preservation = 'true')",
    "fiches_trial": "count(*) filter (where trial_proposed = 'true')",
    "fiches_guideline": "count(*) filter (where guideline_respected = 'true')",
    "fiches_guideline_stated": "count(guideline_respected)",
    "patients": "count(distinct patient)",
    "patients_held": "count(distinct patient) filter (where status = 'held')",
    "physicians": "count(distinct attending_physician)",
    "physicians_mssante":
        "count(distinct attending_physician) filter (where attending_physician_mssante = 'true')",
}
SESSION = {
    "sessions_held": "count(*) filter (where status = 'held')",
    "sessions_quorum": "count(*) filter (where status = 'held' and quorum_reached = 'true')",
    "sessions_quorum_unknown": "count(*) filter (where status = 'held' and quorum_reached is null)",
}
ATTENDANCE = {"attendances": "count(*)", "professionals": "count(distinct professional)"}
PPS = {"pps_validated": "count(*)"}
CELL = ", ".join(f"case grouping({d}) when 1 then '*' else {d} end" for d in "mect")


def show(kind, key, names, rows):
    for row in rows:
        cell = "|".join(row[:key])
        for name, number in zip(names, row[key:]):
            if number:
                print(f"{kind}|{cell}|{name}|{number}")


for table, measures in (("fiche", FICHE), ("session", SESSION), ("attendance", ATTENDANCE), ("one_pps", PPS)):
    wanted = ", ".join(measures.values())
    rows = db.execute(f"select {CELL}, {wanted} from {table} group by cube (m, e, c, t)").fetchall()
    show("cube", 4, measures, rows)
    if table != "one_pps":
        key = {"fiche": "session", "session": "id", "attendance": "id"}[table]
        show("session", 1, measures, db.execute(f"select {key}, {wanted} from {table} group by {key}").fetchall())

rows = db.execute(f"""
select {CELL}, specialty, count(*), count(distinct id) from attendance group by cube (m, e, c, t), specialty
""").fetchall()
show("specialty", 5, ("attendances", "sessions"), rows)
