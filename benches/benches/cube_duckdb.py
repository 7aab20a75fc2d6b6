"""The cube in DuckDB: loads the tables (not timed), runs the queries (timed)."""

import resource
import sys
import time

import duckdb

directory, threads = sys.argv[1], int(sys.argv[2])
db = duckdb.connect(config={"threads": threads})


def load(table, columns):
    typed = ", ".join(f"'{c}': 'INTEGER'" for c in columns.split())
    db.execute(
        f"create table {table}0 as select * from read_csv('{directory}/{table}.csv', header=false, columns={{{typed}}})"
    )


load("sessions", "id m status quorum e c t")
load("attendances", "session professional specialty")
load("fiches", "session patient physician validated mssante g8 oncogeriatric fertility trial guideline")
load("pps", "m e c t")
db.execute("""
create table session as select * from sessions0 where status <> 2;
create table fiche as select f.* exclude (session), s.m, s.e, s.c, s.t, s.status = 1 as held
from fiches0 f join session s on s.id = f.session;
create table attendance as select a.*, s.m, s.e, s.c, s.t
from (select distinct * from attendances0) a join session s on s.id = a.session where s.status = 1;
create table pps as select * from pps0;
""")

QUERIES = {
    "fiche": """count(*) as fiches, count(*) filter (where held) as fiches_held, sum(validated) as fiches_validated,
        count(physician) as fiches_physician, count(physician) filter (where mssante = 1) as fiches_mssante,
        sum(g8) as fiches_g8, sum(oncogeriatric) as fiches_oncogeriatric, sum(fertility) as fiches_fertility,
        sum(trial) as fiches_trial, count(*) filter (where guideline = 1) as fiches_guideline,
        count(*) filter (where guideline <> 2) as fiches_guideline_stated,
        count(distinct patient) as patients, count(distinct patient) filter (where held) as patients_held,
        count(distinct physician) as physicians,
        count(distinct physician) filter (where mssante = 1) as physicians_mssante""",
    "session": """count(*) filter (where status = 1) as sessions_held,
        count(*) filter (where status = 1 and quorum = 1) as sessions_quorum,
        count(*) filter (where status = 1 and quorum = 2) as sessions_quorum_unknown""",
    "attendance": "count(*) as attendances, count(distinct professional) as professionals",
    "pps": "count(*) as pps_validated",
}
CELL = ", ".join(f"case grouping({d}) when 1 then -1 else {d} end as {d}" for d in "mect")
def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


total, before = 0.0, processor()
for table, measures in QUERIES.items():
    start = time.perf_counter()
    db.execute(f"create table {table}_cube as select {CELL}, {measures} from {table} group by cube (m, e, c, t)")
    seconds = time.perf_counter() - start
    total += seconds
    print(f"duckdb: {table} {seconds:.2f} s")
start = time.perf_counter()
db.execute(f"""create table specialty_cube as select {CELL}, specialty, count(*) as attendances,
    count(distinct session) as sessions from attendance group by cube (m, e, c, t), specialty""")
seconds = time.perf_counter() - start
total += seconds
print(f"duckdb: specialty {seconds:.2f} s")
print(f"duckdb: total {total:.2f} s ( {processor() - before:.2f} s of processor), DuckDB {duckdb.__version__}, {threads} threads")
print(f"duckdb: peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB, facts included")
for table in (*QUERIES, "specialty"):
    db.execute(f"copy {table}_cube to '{directory}/{table}.out.csv' (header)")
