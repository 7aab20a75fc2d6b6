/* Facts in batches, indicators and files out: every function and every way
 * each of them fails. Argument: the number of fiches of the large batch, the folder of the bundled documents. */
#include "check.h"
#include <time.h>

static DccError *error = NULL;

static DccStr str(const char *text) {
    DccStr out;
    out.data = text;
    out.len = text == NULL ? 0 : strlen(text);
    return out;
}

static DccSessionFact session(const char *id, int32_t date) {
    DccSessionFact fact;
    memset(&fact, 0, sizeof fact);
    fact.id = str(id);
    fact.rcp = str("RCP-ESSAI");
    fact.establishment = str("990000001");
    fact.theme = str("sein");
    fact.date = date;
    fact.status = DCC_SESSION_HELD;
    fact.quorum = DCC_QUORUM_REACHED;
    return fact;
}

static DccFicheFact fiche(const char *id, const char *in, const char *patient) {
    DccFicheFact fact;
    memset(&fact, 0, sizeof fact);
    fact.id = str(id);
    fact.session = str(in);
    fact.patient = str(patient);
    fact.version = 1;
    fact.flags = DCC_FICHE_VALIDATED | DCC_FICHE_G8;
    return fact;
}

#define ADD(kind, facts, count, error)                                         \
    dcc_aggregate_add_##kind(aggregate, (facts), (count), sizeof *(facts),     \
                             LIT("essai"), &taken, (error))

static void bad_facts(DccAggregate *aggregate) {
    DccSessionFact sessions[3];
    DccFicheFact one;
    DccPpsFact pps;
    DccAttendanceFact attendance;
    DccProblems *problems = NULL;
    DccProblem problem;
    enum { BAD_ROWS = 1500 };
    static DccSessionFact many[BAD_ROWS];
    size_t taken = 9, i;

    sessions[0] = session("S1", 20250314);
    sessions[1] = session("S2", 20250230);
    sessions[2] = session("S3", 20250314);
    expect_error(ADD(sessions, sessions, 3, &error), DCC_STATUS_BAD_VALUE,
                 error, "API-VALEUR");
    CHECK(taken == 0);
    CHECK(ADD(sessions, sessions, 3, &error) == DCC_STATUS_BAD_VALUE);
    CHECK(dcc_problems_len(dcc_error_problems(error)) == 1);
    CHECK(dcc_problems_get(dcc_error_problems(error), 0, &problem) == 0);
    CHECK(IS(problem.path, "/1/date") && IS(problem.found, "20250230"));
    dcc_error_free(error);
    sessions[1].date = 20250314;
    sessions[1].status = 0;
    expect_error(ADD(sessions, sessions, 3, &error), DCC_STATUS_BAD_VALUE,
                 error, "API-VALEUR");
    sessions[1].status = DCC_SESSION_HELD;
    sessions[1].quorum = 3;
    expect_error(ADD(sessions, sessions, 3, &error), DCC_STATUS_BAD_VALUE,
                 error, "API-VALEUR");
    sessions[1].quorum = 0;
    sessions[1].theme = str("\xC3");
    expect_error(ADD(sessions, sessions, 3, &error), DCC_STATUS_BAD_UTF8, error,
                 "API-UTF8");
    expect_error(dcc_aggregate_add_sessions(aggregate, sessions, 1, 8, NULL, 0,
                                            NULL, &error),
                 DCC_STATUS_BAD_SIZE, error, "API-TAILLE");
    expect_error(dcc_aggregate_add_sessions(aggregate, sessions, (size_t)-1,
                                            sizeof *sessions, NULL, 0, NULL,
                                            &error),
                 DCC_STATUS_BAD_SIZE, error, "API-TAILLE");
    expect_error(dcc_aggregate_add_sessions(aggregate, NULL, 1,
                                            sizeof *sessions, NULL, 0, NULL,
                                            &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_aggregate_add_sessions(NULL, sessions, 1, sizeof *sessions,
                                            NULL, 0, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    one = fiche("F", "S", "P");
    one.flags = DCC_FICHE_GUIDELINE_RESPECTED | DCC_FICHE_GUIDELINE_NOT_RESPECTED;
    expect_error(ADD(fiches, &one, 1, &error), DCC_STATUS_BAD_VALUE, error,
                 "API-VALEUR");
    one.flags = 256;
    expect_error(ADD(fiches, &one, 1, &error), DCC_STATUS_BAD_VALUE, error,
                 "API-VALEUR");
    expect_error(dcc_aggregate_add_fiches(NULL, &one, 1, sizeof one, NULL, 0,
                                          NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    memset(&pps, 0, sizeof pps);
    pps.validated_on = 7;
    expect_error(ADD(pps, &pps, 1, &error), DCC_STATUS_BAD_VALUE, error,
                 "API-VALEUR");
    expect_error(dcc_aggregate_add_pps(NULL, &pps, 1, sizeof pps, NULL, 0, NULL,
                                       &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    memset(&attendance, 0, sizeof attendance);
    attendance.session = str("\xFF");
    expect_error(ADD(attendances, &attendance, 1, &error), DCC_STATUS_BAD_UTF8,
                 error, "API-UTF8");
    expect_error(dcc_aggregate_add_attendances(NULL, &attendance, 1,
                                               sizeof attendance, NULL, 0, NULL,
                                               &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    /* every problem of every row; the status is that of the first */
    sessions[0].theme = str("\xC3");
    sessions[0].rcp = str("\xFF");
    sessions[0].date = 20250230;
    sessions[0].status = 9;
    sessions[0].quorum = 9;
    sessions[2].date = 1;
    CHECK(ADD(sessions, sessions, 3, &error) == DCC_STATUS_BAD_UTF8);
    CHECK(dcc_problems_len(dcc_error_problems(error)) == 7);
    for (i = 0; i < 7; i++) {
        static const char *const paths[] = {
            "/0/rcp",    "/0/theme", "/0/date", "/0/status",
            "/0/quorum", "/1/theme", "/2/date"};
        CHECK(dcc_problems_get(dcc_error_problems(error), i, &problem) == 0);
        CHECK(problem.path.len == strlen(paths[i]) &&
              memcmp(problem.path.data, paths[i], problem.path.len) == 0);
    }
    dcc_error_free(error);
    for (i = 0; i < BAD_ROWS; i++) {
        many[i] = session("S", 20250230);
    }
    CHECK(ADD(sessions, many, 1000, &error) == DCC_STATUS_BAD_VALUE);
    CHECK(dcc_problems_len(dcc_error_problems(error)) == 1000);
    CHECK(dcc_problems_get(dcc_error_problems(error), 999, &problem) == 0);
    CHECK(IS(problem.code, "API-VALEUR") && IS(problem.path, "/999/date"));
    dcc_error_free(error);
    many[1000].date = 20250314;
    CHECK(ADD(sessions, many, BAD_ROWS, &error) == DCC_STATUS_BAD_VALUE);
    CHECK(dcc_problems_len(dcc_error_problems(error)) == 1001);
    CHECK(dcc_problems_get(dcc_error_problems(error), 1000, &problem) == 0);
    CHECK(IS(problem.code, "API-SUITE") && IS(problem.path, "/1001"));
    dcc_error_free(error);
    /* nothing at all was added */
    CHECK_OK(dcc_aggregate_problems(aggregate, &problems, &error), error);
    CHECK(dcc_problems_len(problems) == 0);
    dcc_problems_free(problems);

    /* readable, but without an id: left out, and told with its line */
    one = fiche(NULL, "S1", "P1");
    one.line = 42;
    CHECK_OK(ADD(fiches, &one, 1, &error), error);
    CHECK(taken == 0);
    CHECK_OK(dcc_aggregate_problems(aggregate, &problems, &error), error);
    CHECK(dcc_problems_len(problems) == 1);
    CHECK(dcc_problems_get(problems, 0, &problem) == DCC_STATUS_OK);
    CHECK(IS(problem.code, "FAIT-OBLIGATOIRE") &&
          IS(problem.path, "essai ligne 42"));
    dcc_problems_free(problems);
    CHECK_OK(ADD(fiches, &one, 0, &error), error);
}

static DccAggregate *facts(void) {
    DccAggregate *aggregate = NULL;
    DccSessionFact sessions[2];
    struct {
        DccFicheFact fact;
        DccStr field_of_a_newer_header;
    } fiches[3];
    DccAttendanceFact attendance;
    DccPpsFact pps;
    size_t taken;
    CHECK_OK(dcc_aggregate_new(0, 0, &aggregate, &error), error);
    sessions[0] = session("S1", 20250314);
    sessions[1] = session("S2", 20250421);
    CHECK_OK(ADD(sessions, sessions, 2, &error), error);
    CHECK(taken == 2);
    fiches[0].fact = fiche("F1", "S1", "P1");
    fiches[1].fact = fiche("F2", "S1", "P2");
    fiches[2].fact = fiche("F3", "S2", "P1");
    CHECK_OK(dcc_aggregate_add_fiches(aggregate, &fiches[0].fact, 3,
                                      sizeof *fiches, NULL, 0, &taken, &error),
             error);
    CHECK(taken == 3);
    memset(&attendance, 0, sizeof attendance);
    attendance.session = str("S1");
    attendance.professional = str("10000000017");
    attendance.specialty = str("SM36");
    CHECK_OK(ADD(attendances, &attendance, 1, &error), error);
    CHECK(taken == 1);
    memset(&pps, 0, sizeof pps);
    pps.id = str("PPS1");
    pps.patient = str("P1");
    pps.version = 1;
    pps.validated_on = 20250320;
    CHECK_OK(ADD(pps, &pps, 1, &error), error);
    CHECK(taken == 1);
    return aggregate;
}

static DccDocument *read(const char *folder, const char *name) {
    DccDocument *document = NULL;
    char path[4096], *text;
    size_t len;
    sprintf(path, "%.4000s/%.80s", folder, name);
    text = read_file(path, &len);
    CHECK_OK(dcc_document_from_json(text, len, &document, &error), error);
    free(text);
    return document;
}

/* The facts that documents tell. */
static void documents(const char *folder) {
    DccDocument *fiche = read(folder, "fiche_rcp_sein.json");
    DccDocument *pps = read(folder, "pps_fin_de_traitement.json");
    DccDocument *ppac = read(folder, "ppac_minimal.json");
    DccAggregate *aggregate = NULL;
    DccSessionFact one = session("S1", 20250314);
    DccProblems *problems = NULL;
    DccProblem problem;
    DccBytes *json = NULL;
    DccStr text;
    size_t taken = 9;
#define NONE NULL, 0
#define ADD_DOCUMENT(document, session, patient)                               \
    dcc_aggregate_add_document(aggregate, document, session, patient,          \
                               LIT("essai"), &taken, &error)
    CHECK_OK(dcc_aggregate_new(0, 0, &aggregate, &error), error);
    CHECK_OK(ADD(sessions, &one, 1, &error), error);
    expect_error(ADD_DOCUMENT(ppac, LIT("S1"), LIT("P1")), DCC_STATUS_BAD_VALUE,
                 error, "API-VALEUR");
    CHECK(taken == 0);
    CHECK(ADD_DOCUMENT(ppac, NONE, LIT("P1")) == DCC_STATUS_BAD_VALUE);
    CHECK(dcc_problems_allowed(dcc_error_problems(error), 0, 1, &text) == 0);
    CHECK(IS(text, "pps"));
    dcc_error_free(error);
    expect_error(ADD_DOCUMENT(fiche, NONE, LIT("P1")),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(ADD_DOCUMENT(fiche, LIT("S1"), NONE),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(ADD_DOCUMENT(fiche, LIT("\xFF"), LIT("P1")),
                 DCC_STATUS_BAD_UTF8, error, "API-UTF8");
    expect_error(ADD_DOCUMENT(NULL, LIT("S1"), LIT("P1")),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_aggregate_add_document(NULL, fiche, LIT("S1"), LIT("P1"),
                                            NULL, 0, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    CHECK_OK(ADD_DOCUMENT(fiche, LIT("S1"), LIT("P1")), error);
    CHECK(taken == 1);
    CHECK_OK(ADD_DOCUMENT(pps, NONE, LIT("P1")), error);
    CHECK(taken == 1);
    CHECK_OK(dcc_aggregate_problems(aggregate, &problems, &error), error);
    CHECK(dcc_problems_len(problems) == 0);
    dcc_problems_free(problems);
    /* a fact that cannot count is told with its source */
    CHECK_OK(ADD_DOCUMENT(fiche, LIT(""), LIT("P1")), error);
    CHECK(taken == 0);
    CHECK_OK(dcc_aggregate_problems(aggregate, &problems, &error), error);
    CHECK(dcc_problems_get(problems, 0, &problem) == DCC_STATUS_OK);
    CHECK(IS(problem.code, "FAIT-OBLIGATOIRE"));
    CHECK(problem.path.len >= 5 && memcmp(problem.path.data, "essai", 5) == 0);
    dcc_problems_free(problems);
    CHECK_OK(dcc_aggregate_indicators(aggregate, 20250101, 20251231, 0, &json,
                                      &error),
             error);
    CHECK(holds(json, "\"code\":\"ACT-01\",\"numerator\":1,"));
    CHECK(holds(json, "\"code\":\"PPS-01\",\"numerator\":1,"));
    dcc_bytes_free(json);
    dcc_aggregate_free(aggregate);
    dcc_document_free(fiche);
    dcc_document_free(pps);
    dcc_document_free(ppac);
}

static void feeds(void) {
    DccAggregate *aggregate = NULL;
    size_t taken = 0;
    static const char csv[] = "id;rcp;date;status\nS1;R1;2025-03-14;held\n";
    static const char lines[] =
        "{\"session\":\"S1\",\"professional\":\"P\"}\n{\"session\":3}\n";
    CHECK_OK(dcc_aggregate_new(20250101, 20251231, &aggregate, &error), error);
    CHECK_OK(dcc_aggregate_add_csv(aggregate, LIT("sessions"),
                                   (const uint8_t *)LIT(csv), LIT("s.csv"),
                                   &taken, &error),
             error);
    CHECK(taken == 1);
    CHECK_OK(dcc_aggregate_add_json_lines(aggregate, LIT("attendances"),
                                          (const uint8_t *)LIT(lines), NULL, 0,
                                          &taken, &error),
             error);
    CHECK(taken == 1);
    /* an offer is no fact: it goes to dcc_export */
    expect_error(dcc_aggregate_add_csv(aggregate, LIT("offers"),
                                       (const uint8_t *)LIT(csv), NULL, 0,
                                       &taken, &error),
                 DCC_STATUS_BAD_VALUE, error, "API-VALEUR");
    expect_error(dcc_aggregate_add_csv(aggregate, LIT("factures"),
                                       (const uint8_t *)LIT(csv), NULL, 0, NULL,
                                       &error),
                 DCC_STATUS_BAD_VALUE, error, "API-VALEUR");
    expect_error(dcc_aggregate_add_csv(NULL, LIT("sessions"),
                                       (const uint8_t *)LIT(csv), NULL, 0, NULL,
                                       &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_aggregate_add_json_lines(aggregate, LIT("fiches"), NULL, 0,
                                              NULL, 0, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    dcc_aggregate_free(aggregate);
    expect_error(dcc_aggregate_new(20251301, 0, &aggregate, &error),
                 DCC_STATUS_BAD_VALUE, error, "API-VALEUR");
    expect_error(dcc_aggregate_new(0, 0, NULL, &error), DCC_STATUS_NULL_POINTER,
                 error, "API-NULL");
    CHECK(aggregate == NULL);
}

static void merge(DccAggregate *aggregate) {
    DccAggregate *again = NULL, *part = NULL, *none = NULL;
    DccBytes *bytes = NULL, *merged = NULL;
    CHECK_OK(dcc_aggregate_to_bytes(aggregate, &bytes, &error), error);
    CHECK_OK(dcc_aggregate_from_bytes(dcc_bytes_data(bytes),
                                      dcc_bytes_len(bytes), &part, &error),
             error);
    CHECK_OK(dcc_aggregate_new(0, 0, &again, &error), error);
    CHECK_OK(dcc_aggregate_merge(again, part, &error), error);
    CHECK_OK(dcc_aggregate_to_bytes(again, &merged, &error), error);
    CHECK(dcc_bytes_len(merged) == dcc_bytes_len(bytes));
    CHECK(memcmp(dcc_bytes_data(merged), dcc_bytes_data(bytes),
                 dcc_bytes_len(bytes)) == 0);
    dcc_bytes_free(merged);
    CHECK_OK(dcc_aggregate_merge(again, again, &error), error);
    expect_error(dcc_aggregate_merge(again, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_aggregate_merge(NULL, again, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_aggregate_from_bytes(dcc_bytes_data(bytes), 11, &none,
                                          &error),
                 DCC_STATUS_INVALID_AGGREGATE, error, "INDIC-OCTETS");
    expect_error(dcc_aggregate_from_bytes(NULL, 0, &none, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_aggregate_to_bytes(NULL, &merged, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_aggregate_problems(NULL, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    dcc_aggregate_free(part);
    dcc_aggregate_free(again);
    dcc_bytes_free(bytes);
}

static void results(DccAggregate *aggregate) {
    static const char options[] =
        "{\"producer\": {\"name\": \"3C d'essai\"}, "
        "\"generated_at\": \"2026-01-05T08:00:00+01:00\", "
        "\"dialect\": \"rfc4180\"}";
    static const char offers[] =
        "[{\"id\": \"R1\", \"name\": \"RCP d'essai\"}]";
    static const struct {
        const char *offers, *options;
        int32_t first;
        DccStatus status;
        size_t count;
        const char *paths[4];
    } wrong[] = {
        {"[{\"id\": 1}]",
         "{\"producer\": {\"name\": 2}, \"generated_at\": \"\"}",
         20251231,
         DCC_STATUS_INVALID_JSON,
         4,
         {"/offers/0/id", "/offers/0", "last", "/options/producer/name"}},
        {"[{\"id\": \"\", \"name\": \"R\"}]",
         "{\"producer\": {\"name\": \"C\"}, \"generated_at\": \"hier\", "
         "\"accept\": [\"INS-CLEF\"]}",
         20250230,
         DCC_STATUS_BAD_VALUE,
         4,
         {"first", "/options/accept", "/options/generated_at",
          "/offers/0/id"}}};
    DccExport *files = NULL;
    DccBytes *json = NULL;
    DccStr name, content;
    DccProblem problem;
    size_t i, found = 0;

    CHECK_OK(dcc_aggregate_indicators(aggregate, 20250101, 20251231, 0, &json,
                                      &error),
             error);
    CHECK(holds(json, "\"code\":\"ACT-01\",\"numerator\":2,"));
    CHECK(holds(json, "\"month\":\"2025-03\""));
    dcc_bytes_free(json);
    CHECK_OK(dcc_aggregate_indicators(aggregate, 20250101, 20251231, 10, &json,
                                      &error),
             error);
    CHECK(holds(json, "\"masked\":true"));
    dcc_bytes_free(json);
    expect_error(dcc_aggregate_indicators(aggregate, 20251231, 20250101, 0,
                                          &json, &error),
                 DCC_STATUS_INVALID_PERIOD, error, "INDIC-PERIODE");
    expect_error(dcc_aggregate_indicators(aggregate, 0, 20250101, 0, &json,
                                          &error),
                 DCC_STATUS_BAD_VALUE, error, "API-VALEUR");
    expect_error(dcc_aggregate_indicators(NULL, 20250101, 20251231, 0, &json,
                                          &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");

    CHECK_OK(dcc_export(aggregate, LIT(offers), 20250101, 20251231,
                        LIT(options), &files, &error),
             error);
    CHECK(dcc_export_len(files) == 5);
    for (i = 0; i < 5; i++) {
        CHECK(dcc_export_file(files, i, &name, &content) == DCC_STATUS_OK);
        CHECK(name.len > 0 && content.len > 0);
        found += IS(name, "manifest.json") || IS(name, "indicateurs.csv");
    }
    CHECK(found == 2);
    CHECK(dcc_export_file(files, 0, NULL, NULL) == DCC_STATUS_OK);
    CHECK(dcc_export_file(files, 5, &name, &content) == DCC_STATUS_BAD_INDEX);
    CHECK(name.data == NULL && content.len == 0);
    CHECK(dcc_export_file(NULL, 0, &name, &content) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_problems_get(dcc_export_problems(files), 99, &problem) ==
          DCC_STATUS_BAD_INDEX);
    dcc_export_free(files);
    dcc_export_free(NULL);
    CHECK(dcc_export_len(NULL) == 0 && dcc_export_problems(NULL) == NULL);
    files = NULL;

    CHECK_OK(dcc_export(aggregate, NULL, 0, 20250101, 20251231, LIT(options),
                        &files, &error),
             error);
    dcc_export_free(files);
    expect_error(dcc_export(aggregate, LIT("[{\"idd\": 1}]"), 20250101,
                            20251231, LIT(options), &files, &error),
                 DCC_STATUS_INVALID_JSON, error, "JSON-CHAMP");
    expect_error(dcc_export(aggregate, NULL, 0, 20250101, 20251231, LIT("{}"),
                            &files, &error),
                 DCC_STATUS_INVALID_JSON, error, "JSON-VALEUR");
    expect_error(dcc_export(aggregate, NULL, 0, 20250101, 20251231,
                            LIT("{\"producer\": {\"name\": \"\"}, "
                                "\"generated_at\": \"hier\"}"),
                            &files, &error),
                 DCC_STATUS_EXPORT_REFUSED, error, "EXPORT-INSTANT");
    /* all are wrong: all is told, the status is that of the first */
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t at;
        CHECK(dcc_export(aggregate, wrong[i].offers, strlen(wrong[i].offers),
                         wrong[i].first, 20250101, wrong[i].options,
                         strlen(wrong[i].options), &files,
                         &error) == wrong[i].status);
        CHECK(dcc_problems_len(dcc_error_problems(error)) == wrong[i].count);
        for (at = 0; at < wrong[i].count; at++) {
            const char *path = wrong[i].paths[at];
            CHECK(dcc_problems_get(dcc_error_problems(error), at, &problem) ==
                  0);
            CHECK(problem.path.len == strlen(path) &&
                  memcmp(problem.path.data, path, strlen(path)) == 0);
        }
        dcc_error_free(error);
        CHECK(files == NULL);
    }
    expect_error(dcc_export(aggregate, NULL, 0, 20250101, 20251231, NULL, 0,
                            &files, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_export(NULL, NULL, 0, 20250101, 20251231, LIT(options),
                            &files, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    CHECK(files == NULL);
}

/* Many facts, in batches of plain structs. */
static void many(size_t count) {
    enum { BATCH = 10000 };
    static DccFicheFact batch[BATCH];
    static char ids[BATCH][2][24];
    DccAggregate *aggregate = NULL;
    DccSessionFact one = session("S1", 20250314);
    DccBytes *json = NULL;
    size_t done, i, taken, total = 0;
    char expected[64];
    clock_t start = clock();
    CHECK_OK(dcc_aggregate_new(0, 0, &aggregate, &error), error);
    CHECK_OK(ADD(sessions, &one, 1, &error), error);
    for (done = 0; done < count; done += BATCH) {
        for (i = 0; i < BATCH; i++) {
            int n = sprintf(ids[i][0], "F%lu", (unsigned long)(done + i));
            int m = sprintf(ids[i][1], "P%lu", (unsigned long)(done + i) / 2);
            batch[i] = fiche("", "S1", "");
            batch[i].id.data = ids[i][0];
            batch[i].id.len = (size_t)n;
            batch[i].patient.data = ids[i][1];
            batch[i].patient.len = (size_t)m;
        }
        CHECK_OK(ADD(fiches, batch, BATCH, &error), error);
        total += taken;
    }
    CHECK(total == done);
    CHECK_OK(dcc_aggregate_indicators(aggregate, 20250101, 20251231, 0, &json,
                                      &error),
             error);
    sprintf(expected, "\"numerator\":%lu,", (unsigned long)total);
    CHECK(holds(json, expected));
    printf("indicators: %lu facts in %.2f s\n", (unsigned long)total,
           (double)(clock() - start) / CLOCKS_PER_SEC);
    dcc_bytes_free(json);
    dcc_aggregate_free(aggregate);
}

int main(int argc, char **argv) {
    DccAggregate *aggregate = NULL;
    CHECK(argc == 3);
    CHECK_OK(dcc_aggregate_new(0, 0, &aggregate, &error), error);
    bad_facts(aggregate);
    dcc_aggregate_free(aggregate);
    dcc_aggregate_free(NULL);
    feeds();
    documents(argv[2]);
    aggregate = facts();
    merge(aggregate);
    results(aggregate);
    dcc_aggregate_free(aggregate);
    many(strtoul(argv[1], NULL, 10));
    puts("indicators: ok");
    return 0;
}
