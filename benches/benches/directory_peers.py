"""The directory in DuckDB and in SQLite: the same text, the same questions,
answers compared one by one."""

import resource
import sqlite3
import statistics
import sys
import time

import duckdb

directory = sys.argv[1]
COLUMNS = {"id": 2, "nom": 7, "prenom": 8, "profession": 9, "skill": 15, "finess": 21, "technical": 23, "town": 37}
questions = [line.rstrip("\n").split("\t") for line in open(f"{directory}/questions.tsv", encoding="utf8")]


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


joined = "replace(replace(nom, ' ', ''), '-', '')"
begins = f"(nom like ?1 || '%' or nom like '% ' || ?1 || '%' or nom like '%-' || ?1 || '%' or {joined} like ?1 || '%')"
QUERIES = {
    "id": "select distinct id from a where id = ?1",
    "site": "select distinct id from a where finess = ?1",
    "surname": "select distinct id from a where nom = ?1",
    "full": "select distinct id from a where nom = ?1 and prenom = ?2",
    "compound": "select distinct id from a where nom = ?1 and prenom = ?2",
    "prefix": f"select distinct id from a where {begins} and prenom = ?2",
}


def ask(name, run, limits):
    """Times each kind; the answers are the library's, or among them for faults."""
    times, compared = {}, 0
    for kind, first, second, ids in questions:
        done = times.setdefault(kind, [])
        if kind not in limits or len(done) >= limits[kind]:
            continue
        start = time.perf_counter()
        found = set(run(kind, first, second))
        done.append(time.perf_counter() - start)
        ours = set(ids.split(",")) if ids else set()
        if kind in ("fault", "prefix", "full", "compound"):
            # folding and words inside a name find more than a comparison of texts
            assert found <= ours, (name, kind, first, second, found - ours)
        else:
            assert found == ours, (name, kind, first, found ^ ours)
        compared += 1
    for kind, done in sorted(times.items()):
        if done:
            done.sort()
            last = done[int((len(done) - 1) * 0.99)]
            print(f"{name}: {kind}: median {statistics.median(done) * 1e6:.1f} µs, 99th percentile {last * 1e6:.1f} µs ({len(done)} asked)")
    print(f"{name}: {compared} answers agree")


start, before = time.perf_counter(), cpu()
duck = duckdb.connect(config={"threads": 1})
chosen = ", ".join(f"column{i:02d} as {name}" for name, i in COLUMNS.items())
duck.execute(
    f"create table a as select {chosen} from read_csv('{directory}/activities.txt', delim='|', quote='', escape='', header=false, skip=1, all_varchar=true)"
)
duck.execute("update a set " + ", ".join(f"{name} = coalesce({name}, '')" for name in COLUMNS))
duck.execute(f"create table m as select column01 as address, column04 as id, column06 as structure from read_csv('{directory}/mailboxes.txt', delim='|', quote='', escape='', header=false, skip=1, all_varchar=true)")
duck.execute("create index by_id on a(id)")
duck.execute("create index by_nom on a(nom)")
duck.execute("create index by_finess on a(finess)")
print(f"duckdb {duckdb.__version__}: {len(COLUMNS) + 3} columns and three indexes in {time.perf_counter() - start:.2f} s ({cpu() - before:.2f} s of processor); {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB at most")


def run_duck(kind, first, second):
    if kind == "fault":
        rows = duck.execute("select distinct id from a where damerau_levenshtein(nom, $1) <= 1", [first])
    else:
        query = QUERIES[kind].replace("?", "$")
        rows = duck.execute(query, [first, second] if "$2" in query else [first])
    return [row[0] for row in rows.fetchall()]


ask("duckdb", run_duck, {"id": 500, "site": 200, "surname": 200, "full": 200, "compound": 50, "prefix": 20, "fault": 10})
duck.close()

start, before = time.perf_counter(), cpu()
lite = sqlite3.connect(f"{directory}/sqlite.db")
lite.execute("pragma journal_mode = off")
lite.execute("pragma synchronous = off")
lite.execute(f"create table a ({', '.join(name + ' text' for name in COLUMNS)})")
lite.execute("create table m (address text, id text, structure text)")


def rows(path, chosen):
    with open(path, encoding="utf8") as lines:
        next(lines)
        for line in lines:
            cells = line.rstrip("\n").split("|")
            yield [cells[i] for i in chosen]


lite.executemany(f"insert into a values ({', '.join('?' * len(COLUMNS))})", rows(f"{directory}/activities.txt", list(COLUMNS.values())))
lite.executemany("insert into m values (?, ?, ?)", rows(f"{directory}/mailboxes.txt", [1, 4, 6]))
for table, column in [("a", "id"), ("a", "nom"), ("a", "finess"), ("m", "address"), ("m", "id"), ("m", "structure")]:
    lite.execute(f"create index {table}_{column} on {table}({column})")
lite.commit()
pages = lite.execute("pragma page_count").fetchone()[0] * lite.execute("pragma page_size").fetchone()[0]
print(f"sqlite {sqlite3.sqlite_version}: {len(COLUMNS) + 3} columns and six indexes in {time.perf_counter() - start:.2f} s ({cpu() - before:.2f} s of processor); file of {pages / 1e6:.1f} MB")
lite.execute("pragma case_sensitive_like = on")


def run_lite(kind, first, second):
    query = QUERIES[kind]
    return [row[0] for row in lite.execute(query, [first, second] if "?2" in query else [first])]


ask("sqlite", run_lite, {"id": 2000, "site": 500, "surname": 500, "full": 500, "compound": 100, "prefix": 10})
