/* The life of RCPs: every function and every way each of them fails. */
#include "check.h"

static DccError *error = NULL;

#define ACTOR                                                                  \
    "{\"key\": \"D0\", \"name\": \"Dr TEST\", \"authentication\": \"cps\", "   \
    "\"grants\": [{\"role\": \"coordinator\"}, {\"role\": \"secretary\"}]}"
#define OFFER                                                                  \
    "{\"type\": \"create_offer\", \"offer\": {\"id\": \"R1\", "                \
    "\"local_ids\": [\"L1\"], \"name\": \"RCP d'essai\", "                     \
    "\"theme\": \"digestif\", \"establishments\": [\"990000001\"], "           \
    "\"centre_3c\": {\"id\": \"3C\", \"name\": \"3C d'essai\"}, "                \
    "\"coordinators\": [{\"name\": \"Dr TEST\", "                              \
    "\"phone\": \"0100000000\"}], \"place\": \"Salle 1\", "                   \
    "\"secretariat\": {\"name\": \"Secretariat\", "                            \
    "\"email\": \"rcp@rcp.example\"}, \"duration_minutes\": 60}}"
#define PLAN                                                                   \
    "{\"type\": \"plan_session\", \"id\": \"S1\", \"rcp\": \"R1\", "           \
    "\"start\": \"2026-02-03T14:00:00\"}"
#define AT "2026-01-05T08:00:00Z"

static void refusals(const DccRcp *rcp) {
    DccBytes *out = NULL;
    expect_error(dcc_rcp_execute(rcp,
                                 LIT("{\"type\": \"open_session\", "
                                     "\"session\": \"S9\"}"),
                                 LIT(ACTOR), LIT(AT), &out, &error),
                 DCC_STATUS_COMMAND_REFUSED, error, "RCP-SESSION-INCONNUE");
    expect_error(dcc_rcp_decide(rcp,
                                LIT("{\"type\": \"open_session\", "
                                    "\"session\": \"S9\"}"),
                                LIT(ACTOR), LIT(AT), &out, &error),
                 DCC_STATUS_COMMAND_REFUSED, error, "RCP-SESSION-INCONNUE");
    expect_error(dcc_rcp_execute(rcp, LIT("{\"type\": \"danser\"}"),
                                 LIT(ACTOR), LIT(AT), &out, &error),
                 DCC_STATUS_INVALID_JSON, error, "JSON-VALEUR");
    expect_error(dcc_rcp_execute(rcp, LIT(PLAN), LIT("{"), LIT(AT), &out,
                                 &error),
                 DCC_STATUS_INVALID_JSON, error, "JSON-SYNTAXE");
    expect_error(dcc_rcp_execute(rcp, LIT(PLAN), LIT(ACTOR), LIT("hier"), &out,
                                 &error),
                 DCC_STATUS_BAD_VALUE, error, "API-VALEUR");
    /* all three are read: all is told */
    CHECK(dcc_rcp_decide(rcp, LIT("{\"type\": \"danser\"}"), LIT("{\"a\": 1}"),
                         LIT("hier"), &out, &error) == DCC_STATUS_INVALID_JSON);
    CHECK(dcc_error_json(error, &out) == DCC_STATUS_OK);
    CHECK(holds(out, "danser") && holds(out, "\"path\":\"/actor") &&
          holds(out, "\"path\":\"at\""));
    dcc_bytes_free(out);
    dcc_error_free(error);
    out = NULL;
    expect_error(dcc_rcp_execute(rcp, NULL, 0, LIT(ACTOR), LIT(AT), &out,
                                 &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_rcp_execute(NULL, LIT(PLAN), LIT(ACTOR), LIT(AT), &out,
                                 &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_rcp_decide(rcp, LIT(PLAN), LIT("\xFF"), LIT(AT), &out,
                                &error),
                 DCC_STATUS_BAD_UTF8, error, "API-UTF8");
    expect_error(dcc_rcp_decide(rcp, LIT(PLAN), LIT(ACTOR), LIT(AT), NULL,
                                &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_rcp_apply(NULL, LIT("[]"), &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_rcp_apply(rcp, LIT("{}"), &error), DCC_STATUS_INVALID_JSON,
                 error, "JSON-VALEUR");
    expect_error(dcc_rcp_journal(LIT("[1]"), &out, &error),
                 DCC_STATUS_INVALID_JSON, error, "JSON-VALEUR");
    expect_error(dcc_rcp_journal(NULL, 0, &out, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_rcp_to_json(NULL, &out, &error), DCC_STATUS_NULL_POINTER,
                 error, "API-NULL");
    expect_error(dcc_rcp_new(NULL, &error), DCC_STATUS_NULL_POINTER, error,
                 "API-NULL");
    expect_error(dcc_rcp_from_json(LIT("[]"), NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_rcp_session_calendar(rcp, LIT("S9"), LIT(AT),
                                          LIT("rcp.example"), &out, &error),
                 DCC_STATUS_UNKNOWN_IN_RCP, error, "RCP-SESSION-INCONNUE");
    expect_error(dcc_rcp_session_calendar(NULL, LIT("S9"), LIT(AT),
                                          LIT("rcp.example"), &out, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_rcp_year_calendar(rcp, LIT("R9"), 2026, LIT(AT),
                                       LIT("rcp.example"), &out, &error),
                 DCC_STATUS_UNKNOWN_IN_RCP, error, "RCP-OFFRE-INCONNUE");
    expect_error(dcc_rcp_year_calendar(NULL, NULL, 0, 2026, LIT(AT),
                                       LIT("rcp.example"), &out, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    CHECK(out == NULL);
}

int main(void) {
    DccRcp *rcp = NULL, *again = NULL;
    DccBytes *offer = NULL, *plan = NULL, *out = NULL, *twice = NULL;
    const char *events;
    CHECK_OK(dcc_rcp_new(&rcp, &error), error);
    refusals(rcp);

    /* decide, then apply: what a program that stores first does */
    CHECK_OK(dcc_rcp_decide(rcp, LIT(OFFER), LIT(ACTOR), LIT(AT), &offer,
                            &error),
             error);
    CHECK(holds(offer, "\"type\":\"offer_created\""));
    events = (const char *)dcc_bytes_data(offer);
    CHECK_OK(dcc_rcp_apply(rcp, events, dcc_bytes_len(offer), &error), error);
    expect_error(dcc_rcp_apply(rcp, events, dcc_bytes_len(offer), &error),
                 DCC_STATUS_EVENT_REFUSED, error, "RCP-EVENEMENT-ORDRE");
    CHECK_OK(dcc_rcp_execute(rcp, LIT(PLAN), LIT(ACTOR), LIT(AT), &plan,
                             &error),
             error);
    CHECK(holds(plan, "\"type\":\"session_planned\""));

    /* the state, kept and read again */
    CHECK_OK(dcc_rcp_to_json(rcp, &out, &error), error);
    CHECK_OK(dcc_rcp_from_json((const char *)dcc_bytes_data(out),
                               dcc_bytes_len(out), &again, &error),
             error);
    CHECK_OK(dcc_rcp_to_json(again, &twice, &error), error);
    CHECK(dcc_bytes_len(out) == dcc_bytes_len(twice) &&
          memcmp(dcc_bytes_data(out), dcc_bytes_data(twice),
                 dcc_bytes_len(out)) == 0);
    dcc_bytes_free(out);
    dcc_bytes_free(twice);

    CHECK_OK(dcc_rcp_journal(events, dcc_bytes_len(offer), &out, &error), error);
    CHECK(holds(out, "RCP d'essai") && holds(out, "Dr TEST"));
    dcc_bytes_free(out);
    expect_error(dcc_rcp_journal((const char *)dcc_bytes_data(plan),
                                 dcc_bytes_len(plan), &out, &error),
                 DCC_STATUS_EVENT_REFUSED, error, "RCP-EVENEMENT-ORDRE");

    CHECK_OK(dcc_rcp_session_calendar(again, LIT("S1"), LIT(AT),
                                      LIT("rcp.example"), &out, &error),
             error);
    CHECK(holds(out, "BEGIN:VCALENDAR") && holds(out, "20260203T140000"));
    dcc_bytes_free(out);
    CHECK_OK(dcc_rcp_year_calendar(again, NULL, 0, 2026, LIT(AT),
                                   LIT("rcp.example"), &out, &error),
             error);
    CHECK(holds(out, "20260203T140000"));
    dcc_bytes_free(out);
    CHECK_OK(dcc_rcp_year_calendar(again, LIT("R1"), 2025, LIT(AT),
                                   LIT("rcp.example"), &out, &error),
             error);
    CHECK(!holds(out, "BEGIN:VEVENT"));
    dcc_bytes_free(out);

    dcc_bytes_free(offer);
    dcc_bytes_free(plan);
    dcc_rcp_free(again);
    dcc_rcp_free(rcp);
    dcc_rcp_free(NULL);
    puts("rcp: ok");
    return 0;
}
