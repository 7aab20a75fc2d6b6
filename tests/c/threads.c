/* Sixteen threads share one document, one set of options and one error, and
 * each makes its own; they add to one aggregate and command one set of RCPs.
 * Argument: a JSON document without problems. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include <pthread.h>

enum { THREADS = 16, ROUNDS = 25, ALL = THREADS * ROUNDS };

static const char *text;
static size_t text_len;
static DccDocument *shared;
static DccOptions *options;
static DccError *failed;
static DccBytes *expected;
static DccAggregate *facts, *left, *right;
static DccRcp *rcps;
static DccBytes *events[ALL]; /* in the order of their number */
static DccDocument *gifts[THREADS];

static DccAggregate *empty(void) {
    DccAggregate *aggregate = NULL;
    DccError *error = NULL;
    CHECK_OK(dcc_aggregate_new(0, 0, &aggregate, &error), error);
    return aggregate;
}

/* One fact added, another merged in, and all read. */
static void count(int me, int round) {
    DccAggregate *part = empty(), *copy = empty();
    DccFicheFact fact;
    DccError *error = NULL;
    DccProblems *problems = NULL;
    DccBytes *json = NULL;
    char id[32];
    size_t taken = 0;
    int n;
    memset(&fact, 0, sizeof fact);
    fact.session.data = "S1";
    fact.session.len = 2;
    fact.version = 1;
    fact.flags = DCC_FICHE_VALIDATED;
    fact.id.data = fact.patient.data = id;
    for (n = 0; n < 2; n++) {
        fact.id.len = (size_t)sprintf(id, "F-%d-%d-%d", me, round, n);
        fact.patient.len = fact.id.len;
        CHECK_OK(dcc_aggregate_add_fiches(n == 0 ? facts : part, &fact, 1,
                                          sizeof fact, NULL, 0, &taken, &error),
                 error);
        CHECK(taken == 1);
    }
    CHECK_OK(dcc_aggregate_merge(facts, part, &error), error);
    /* both ways at once: none waits for ever for another */
    CHECK_OK(dcc_aggregate_merge(me % 2 ? left : right, me % 2 ? right : left,
                                 &error),
             error);
    if (round % 5 == 0) {
        CHECK_OK(dcc_aggregate_merge(copy, facts, &error), error);
        CHECK_OK(dcc_aggregate_problems(copy, &problems, &error), error);
        CHECK(dcc_problems_len(problems) == 0);
        CHECK_OK(dcc_aggregate_indicators(facts, 20250101, 20251231, 0, &json,
                                          &error),
                 error);
        CHECK(holds(json, "\"ACT-01\""));
        dcc_bytes_free(json);
        CHECK_OK(dcc_aggregate_to_bytes(facts, &json, &error), error);
        dcc_bytes_free(json);
    }
    dcc_problems_free(problems);
    dcc_aggregate_free(part);
    dcc_aggregate_free(copy);
}

#define ACTOR                                                                  \
    "{\"key\":\"D\",\"name\":\"Dr TEST\",\"authentication\":\"cps\","          \
    "\"grants\":[{\"role\":\"coordinator\"}]}"
#define OFFER                                                                  \
    "{\"type\":\"create_offer\",\"offer\":{\"id\":\"R-%d-%d\",\"local_ids\":"  \
    "[\"L\"],\"name\":\"R\",\"theme\":\"t\",\"establishments\":[\"990000001\"]," \
    "\"centre_3c\":{\"id\":\"C\",\"name\":\"C\"},\"place\":\"1\","             \
    "\"coordinators\":[{\"name\":\"D\",\"phone\":\"01\"}],\"secretariat\":"      \
    "{\"name\":\"S\",\"phone\":\"01\"},\"duration_minutes\":60}}"
#define AT "2026-01-05T08:00:00Z"

/* The number of the one event that a command gave. */
static unsigned long number(const DccBytes *event) {
    const char *at = strstr((const char *)dcc_bytes_data(event), "\"sequence\":");
    CHECK(at != NULL && strstr(at + 1, "\"sequence\":") == NULL);
    return strtoul(at + strlen("\"sequence\":"), NULL, 10);
}

/* One command done, and the state read. */
static void command(int me, int round) {
    DccError *error = NULL;
    DccBytes *event = NULL, *out = NULL;
    char offer[1024];
    size_t len = (size_t)sprintf(offer, OFFER, me, round);
    unsigned long at;
    CHECK_OK(dcc_rcp_decide(rcps, offer, len, LIT(ACTOR), LIT(AT), &out, &error),
             error);
    dcc_bytes_free(out);
    CHECK_OK(dcc_rcp_execute(rcps, offer, len, LIT(ACTOR), LIT(AT), &event,
                             &error),
             error);
    at = number(event);
    CHECK(at >= 1 && at <= ALL && events[at - 1] == NULL);
    events[at - 1] = event; /* each number is that of one thread alone */
    if (round % 5 == 0) {
        CHECK_OK(dcc_rcp_to_json(rcps, &out, &error), error);
        dcc_bytes_free(out);
        CHECK_OK(dcc_rcp_year_calendar(rcps, NULL, 0, 2026, LIT(AT),
                                       LIT("rcp.example"), &out, &error),
                 error);
        dcc_bytes_free(out);
    }
}

/* Every fact is there once; the events, in their order, make the same state. */
static void nothing_is_lost(void) {
    DccError *error = NULL;
    DccBytes *json = NULL, *same = NULL;
    DccRcp *again = NULL;
    char numerator[64];
    int i;
    sprintf(numerator, "\"code\":\"ACT-01\",\"numerator\":%d,", 2 * ALL);
    CHECK_OK(dcc_aggregate_indicators(facts, 20250101, 20251231, 0, &json,
                                      &error),
             error);
    CHECK(holds(json, numerator));
    dcc_bytes_free(json);
    CHECK_OK(dcc_rcp_new(&again, &error), error);
    for (i = 0; i < ALL; i++) {
        CHECK(events[i] != NULL);
        CHECK_OK(dcc_rcp_apply(again, (const char *)dcc_bytes_data(events[i]),
                               dcc_bytes_len(events[i]), &error),
                 error);
        dcc_bytes_free(events[i]);
    }
    CHECK_OK(dcc_rcp_to_json(rcps, &json, &error), error);
    CHECK_OK(dcc_rcp_to_json(again, &same, &error), error);
    CHECK(dcc_bytes_len(json) == dcc_bytes_len(same));
    CHECK(memcmp(dcc_bytes_data(json), dcc_bytes_data(same),
                 dcc_bytes_len(json)) == 0);
    dcc_bytes_free(json);
    dcc_bytes_free(same);
    dcc_rcp_free(again);
}

static void *work(void *passed_on) {
    DccDocument **gift = passed_on;
    int round, me = (int)(gift - gifts);
    for (round = 0; round < ROUNDS; round++) {
        DccError *error = NULL;
        DccDocument *own = NULL;
        DccBytes *cda = NULL, *json = NULL;
        DccProblems *problems = NULL;
        int32_t equal = 0;
        CHECK_OK(dcc_document_to_cda(shared, options, &cda, &error), error);
        CHECK(dcc_bytes_len(cda) == dcc_bytes_len(expected));
        CHECK(memcmp(dcc_bytes_data(cda), dcc_bytes_data(expected),
                     dcc_bytes_len(cda)) == 0);
        dcc_bytes_free(cda);
        CHECK_OK(dcc_document_from_json(text, text_len, &own, &error), error);
        CHECK(dcc_document_equal(own, shared, &equal) == 0 && equal == 1);
        CHECK_OK(dcc_document_check(own, options, &problems, &error), error);
        dcc_problems_free(problems);
        CHECK_OK(dcc_options_set_strict(options, 0, &error), error);
        CHECK_OK(dcc_options_accept(options, LIT("INS-CLE"), &error), error);
        CHECK(dcc_error_json(failed, &json) == DCC_STATUS_OK);
        dcc_bytes_free(json);
        dcc_document_free(*gift); /* made by this thread or by main */
        *gift = own;
        count(me, round);
        command(me, round);
    }
    return NULL;
}

int main(int argc, char **argv) {
    pthread_t threads[THREADS];
    DccSessionFact session;
    DccError *error = NULL;
    char *read;
    int i;
    CHECK(argc == 2);
    text = read = read_file(argv[1], &text_len);
    CHECK_OK(dcc_document_from_json(text, text_len, &shared, &error), error);
    CHECK_OK(dcc_options_new(&options, &error), error);
    CHECK(dcc_document_to_cda(NULL, NULL, &expected, &failed) != 0);
    CHECK_OK(dcc_document_to_cda(shared, NULL, &expected, &error), error);
    for (i = 0; i < THREADS; i++) {
        CHECK_OK(dcc_document_from_json(text, text_len, &gifts[i], &error),
                 error);
    }
    facts = empty();
    left = empty();
    right = empty();
    memset(&session, 0, sizeof session);
    session.id.data = session.rcp.data = "S1";
    session.id.len = session.rcp.len = 2;
    session.date = 20250314;
    session.status = DCC_SESSION_HELD;
    CHECK_OK(dcc_aggregate_add_sessions(facts, &session, 1, sizeof session, NULL,
                                        0, NULL, &error),
             error);
    CHECK_OK(dcc_rcp_new(&rcps, &error), error);
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, work, &gifts[i]) == 0);
    }
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
        dcc_document_free(gifts[i]);
    }
    nothing_is_lost();
    dcc_aggregate_free(facts);
    dcc_aggregate_free(left);
    dcc_aggregate_free(right);
    dcc_rcp_free(rcps);
    dcc_document_free(shared);
    dcc_options_free(options);
    dcc_error_free(failed);
    dcc_bytes_free(expected);
    free(read);
    puts("threads: ok");
    return 0;
}
