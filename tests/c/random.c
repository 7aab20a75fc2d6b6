/* Random calls: any function, with live handles, NULL, wrong texts and wrong
 * numbers. Nothing may crash or leak; what a call answers must agree with
 * its status. Arguments: a JSON document, the number of calls, the seed. */
#include "check.h"

enum { SLOTS = 6 };

static DccDocument *documents[SLOTS];
static DccOptions *options[SLOTS];
static DccError *errors[SLOTS];
static DccProblems *problems[SLOTS];
static DccUnread *unread[SLOTS];
static DccBytes *bytes[SLOTS];
static DccAggregate *aggregates[SLOTS];
static DccExport *exports[SLOTS];
static DccRcp *rcps[SLOTS];

static unsigned long long state;

static unsigned any(unsigned below) { /* xorshift64* */
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (unsigned)((state * 2685821657736338717ULL) >> 33) % below;
}

/* One handle in four is NULL. */
#define PICK(slots) (any(4) == 0 ? NULL : (slots)[any(SLOTS)])

/* Frees a slot and gives it as a place, or NULL at times. */
#define PLACE_OF(Type, slots, free_one)                                        \
    static Type **place_##slots(void) {                                        \
        Type **slot = &slots[any(SLOTS)];                                      \
        if (any(8) == 0) {                                                     \
            return NULL;                                                       \
        }                                                                      \
        free_one(*slot);                                                       \
        *slot = NULL;                                                          \
        return slot;                                                           \
    }
PLACE_OF(DccDocument, documents, dcc_document_free)
PLACE_OF(DccOptions, options, dcc_options_free)
PLACE_OF(DccError, errors, dcc_error_free)
PLACE_OF(DccProblems, problems, dcc_problems_free)
PLACE_OF(DccUnread, unread, dcc_unread_free)
PLACE_OF(DccBytes, bytes, dcc_bytes_free)
PLACE_OF(DccAggregate, aggregates, dcc_aggregate_free)
PLACE_OF(DccExport, exports, dcc_export_free)
PLACE_OF(DccRcp, rcps, dcc_rcp_free)

/* A text of a struct: present, absent, wrong. */
static DccStr text_of(void) {
    static const char *const texts[] = {"A", "B", "S1", "", "\xFF", "tous"};
    unsigned which = any(any(4) == 0 ? 6 : 3);
    DccStr out = {NULL, 0};
    if (any(8) != 0) {
        out.data = texts[which];
        out.len = strlen(texts[which]);
    }
    return out;
}

static int32_t date_of(void) {
    return any(16) == 0 ? (int32_t)any(99999999) : 20250101 + (int32_t)any(28);
}

static size_t size_of(size_t size) { return any(32) == 0 ? any(64) : size; }

static DccStatus add_facts(DccError **error) {
    DccSessionFact session;
    DccFicheFact fiche;
    DccPpsFact pps;
    DccAttendanceFact attendance;
    const DccAggregate *to = PICK(aggregates);
    size_t taken, *place = any(4) == 0 ? NULL : &taken;
    DccStr source = text_of();
    memset(&session, 0, sizeof session);
    memset(&fiche, 0, sizeof fiche);
    memset(&pps, 0, sizeof pps);
    memset(&attendance, 0, sizeof attendance);
    switch (any(4)) {
    case 0:
        session.id = text_of();
        session.rcp = text_of();
        session.theme = text_of();
        session.date = date_of();
        session.status = any(16) == 0 ? 7 : 1 + (int32_t)any(3);
        session.quorum = any(16) == 0 ? -1 : (int32_t)any(3);
        return dcc_aggregate_add_sessions(to, &session, 1,
                                          size_of(sizeof session), source.data,
                                          source.len, place, error);
    case 1:
        fiche.id = text_of();
        fiche.session = text_of();
        fiche.patient = text_of();
        fiche.version = any(3);
        fiche.flags = any(300);
        return dcc_aggregate_add_fiches(to, any(32) == 0 ? NULL : &fiche, 1,
                                        size_of(sizeof fiche), source.data,
                                        source.len, place, error);
    case 2:
        pps.id = text_of();
        pps.patient = text_of();
        pps.validated_on = date_of();
        return dcc_aggregate_add_pps(to, &pps, 1, size_of(sizeof pps),
                                     source.data, source.len, place, error);
    default:
        attendance.session = text_of();
        attendance.professional = text_of();
        attendance.line = any(9);
        return dcc_aggregate_add_attendances(
            to, &attendance, any(2), size_of(sizeof attendance), source.data,
            source.len, place, error);
    }
}

#define ACTOR                                                                  \
    "{\"key\":\"D\",\"name\":\"Dr T\",\"authentication\":\"cps\",\"grants\":"        \
    "[{\"role\":\"coordinator\"},{\"role\":\"secretary\"}]}"
#define OFFER                                                                  \
    "{\"type\":\"create_offer\",\"offer\":{\"id\":\"R1\",\"local_ids\":[\"L\"],"   \
    "\"name\":\"R\",\"theme\":\"t\",\"establishments\":[\"990000001\"],"           \
    "\"centre_3c\":{\"id\":\"C\",\"name\":\"C\"},\"place\":\"1\",\"coordinators\":"  \
    "[{\"name\":\"D\",\"phone\":\"01\"}],\"secretariat\":{\"name\":\"S\",\"phone\":" \
    "\"01\"},\"duration_minutes\":60}}"

/* A call on RCPs with whatever texts. */
static DccStatus live(const char *in, size_t len, DccError **error) {
    static const char *const commands[] = {
        OFFER,
        "{\"type\":\"plan_session\",\"id\":\"S1\",\"rcp\":\"R1\","
        "\"start\":\"2026-02-03T14:00:00\"}",
        "{\"type\":\"open_session\",\"session\":\"S1\"}",
        "{\"type\":\"close_session\",\"session\":\"S1\"}",
        "{\"type\":\"x\"}"};
    const DccRcp *rcp = PICK(rcps);
    const char *command = commands[any(5)], *at = "2026-01-05T08:00:00Z";
    size_t actor_len = any(32) == 0 ? 7 : sizeof ACTOR - 1;
    const DccBytes *read = PICK(bytes);
    if (any(4) != 0 && len < 1000) { /* what an earlier call gave */
        in = (const char *)dcc_bytes_data(read);
        len = dcc_bytes_len(read);
    }
    switch (any(8)) {
    case 0:
        return dcc_rcp_new(place_rcps(), error);
    case 1:
        return dcc_rcp_apply(rcp, in, len, error);
    case 2:
        return dcc_rcp_decide(rcp, command, strlen(command), ACTOR, actor_len,
                              at, strlen(at), place_bytes(), error);
    case 3: {
        DccRcp **place = place_rcps();
        return dcc_rcp_from_json(in, len, place, error);
    }
    case 4:
        return dcc_rcp_to_json(rcp, place_bytes(), error);
    case 5:
        return dcc_rcp_year_calendar(rcp, any(2) ? "R1" : NULL, 2, 2026, at,
                                     strlen(at), "a.example", 9, place_bytes(),
                                     error);
    case 6:
        return dcc_rcp_session_calendar(rcp, "S1", 2, at, strlen(at),
                                        "a.example", 9, place_bytes(), error);
    default:
        return dcc_rcp_execute(rcp, command, strlen(command), ACTOR, actor_len,
                               at, strlen(at), place_bytes(), error);
    }
}

/* A call on aggregates and exports. */
static DccStatus count(DccError **error) {
    static const char options[] =
        "{\"producer\":{\"name\":\"C\"},\"generated_at\":"
        "\"2026-01-05T08:00:00Z\",\"dashboard\":false,\"accept\":"
        "[\"FAIT-SESSION\",\"FAIT-OBLIGATOIRE\"]}";
    const DccAggregate *aggregate = PICK(aggregates), *other = PICK(aggregates);
    switch (any(25)) {
    case 24: {
        size_t taken, *place = any(4) == 0 ? NULL : &taken;
        DccStr session = text_of(), patient = text_of(), source = text_of();
        return dcc_aggregate_add_document(
            aggregate, PICK(documents), session.data, session.len,
            patient.data, patient.len, source.data, source.len, place, error);
    }
    case 0:
        return dcc_aggregate_new(any(8) == 0 ? date_of() : 0, 0,
                                 place_aggregates(), error);
    case 1:
        return any(8) == 0 ? dcc_aggregate_merge(aggregate, other, error)
                           : dcc_aggregate_new(0, 0, place_aggregates(), error);
    case 2:
        return dcc_aggregate_problems(aggregate, place_problems(), error);
    case 3:
        return dcc_aggregate_to_bytes(aggregate, place_bytes(), error);
    case 4: {
        const DccBytes *read = PICK(bytes);
        size_t read_len = dcc_bytes_len(read);
        if (any(4) == 0 && read_len > 0) {
            read_len = any((unsigned)read_len);
        }
        return dcc_aggregate_from_bytes(dcc_bytes_data(read), read_len,
                                        place_aggregates(), error);
    }
    case 5:
        return dcc_aggregate_indicators(aggregate, date_of(), date_of(), any(9),
                                        place_bytes(), error);
    case 6:
        return dcc_export(aggregate, NULL, 0, 20250101, 20250131, options,
                          any(32) == 0 ? 9 : sizeof options - 1,
                          place_exports(), error);
    default:
        return add_facts(error);
    }
}

int main(int argc, char **argv) {
    static const char *const texts[] = {
        "", "{", "{\"document\":\"fiche_rcp\"}", "INS-CLE", "<a/>",
        "JDV_J01-XdsAuthorSpecialty-CISIS", "sein", "\xC3", "\xED\xA0\x80",
        "{\"document\":\"fiche_rcp\",\"header\":[]}"};
    size_t text_len, len, at = 0;
    char *text;
    unsigned long calls, i;
    unsigned long statuses[2] = {0, 0};
    CHECK(argc == 4);
    text = read_file(argv[1], &text_len);
    calls = strtoul(argv[2], NULL, 10);
    state = strtoull(argv[3], NULL, 10) * 2 + 1;
    for (i = 0; i < calls; i++) {
        DccError **error = place_errors();
        DccStatus status = DCC_STATUS_OK;
        const char *in = texts[any(sizeof texts / sizeof *texts)];
        DccProblem problem;
        DccUnreadItem item;
        DccStr str;
        int32_t equal;
        uint32_t version;
        int told = 1; /* the call has a place for its error */
        len = strlen(in);
        if (any(64) == 0) {
            in = NULL;
        } else if (any(64) == 0) {
            len = (size_t)-1 - any(100);
        }
        switch (any(40)) {
        case 0:
            if (any(16) == 0) { /* the whole document is dear */
                in = text;
                len = text_len;
            }
            status = dcc_document_from_json(
                in, len, place_documents(), error);
            break;
        case 1: {
            DccBytes *cda = PICK(bytes);
            const DccOptions *with = PICK(options);
            const uint8_t *data = dcc_bytes_data(cda);
            size_t data_len = dcc_bytes_len(cda);
            size_t cut = any(8) == 0 && data_len > 0 ? any((unsigned)data_len) : data_len;
            if (any(8) != 0) {
                data = (const uint8_t *)in;
                cut = len;
            }
            status = dcc_document_from_cda(
                data, cut, with, place_documents(),
                place_unread(), error);
            break;
        }
        case 2:
            status = dcc_document_to_json(PICK(documents),
                                          place_bytes(), error);
            break;
        case 3: {
            const DccOptions *with = PICK(options);
            if (any(8) == 0) {
                status = dcc_document_to_cda(
                    PICK(documents), with, place_bytes(), error);
            } else if (any(8) == 0) {
                status = dcc_document_to_cda_level1(
                    PICK(documents), (const uint8_t *)in, len, with,
                    place_bytes(), error);
            }
            break;
        }
        case 4:
            status = dcc_document_check(PICK(documents), PICK(options),
                                        place_problems(), error);
            break;
        case 5:
            status = any(2) ? dcc_document_kind(PICK(documents),
                                                any(8) == 0 ? NULL : &str)
                            : dcc_document_id(PICK(documents),
                                              any(8) == 0 ? NULL : &str);
            told = 0;
            break;
        case 6:
            status = any(4) == 0 ? dcc_document_version(
                PICK(documents), any(8) == 0 ? NULL : &version)
                : dcc_document_equal(PICK(documents), PICK(documents),
                                        any(8) == 0 ? NULL : &equal);
            told = 0;
            break;
        case 7:
            status = dcc_options_new(place_options(), error);
            break;
        case 8:
            if (any(16) == 0) { /* or the list grows without end */
                status = dcc_options_accept(PICK(options), in, len, error);
            }
            break;
        case 9:
            status = dcc_options_set_strict(PICK(options), (int32_t)any(4) - 1,
                                            error);
            break;
        case 10:
            status = dcc_options_set_max_bytes(PICK(options), any(200000), error);
            break;
        case 11:
            status = dcc_options_add_value_set(
                PICK(options), (const uint8_t *)in, len, error);
            break;
        case 12:
            status = dcc_codes_search(PICK(options), in, len, LIT("sein"),
                                      place_bytes(), error);
            break;
        case 13:
            status = dcc_problems_get(PICK(problems), any(4),
                                      any(8) == 0 ? NULL : &problem);
            told = 0;
            break;
        case 14:
            status = dcc_problems_allowed(PICK(problems), any(4), any(4),
                                          any(8) == 0 ? NULL : &str);
            told = 0;
            break;
        case 15:
            status = dcc_problems_json(PICK(problems),
                                       place_bytes());
            told = 0;
            break;
        case 16:
            status = dcc_unread_get(PICK(unread), any(3),
                                    any(8) == 0 ? NULL : &item);
            told = 0;
            break;
        case 17:
            status = dcc_unread_json(PICK(unread), place_bytes());
            told = 0;
            break;
        case 18: {
            const DccError *one = PICK(errors);
            status = dcc_error_message(one, any(8) == 0 ? NULL : &str);
            CHECK(dcc_error_status(one) != DCC_STATUS_OK);
            told = 0;
            break;
        }
        case 19: {
            const DccProblems *list = dcc_error_problems(PICK(errors));
            status = dcc_problems_get(list, any(3), &problem);
            CHECK((status == DCC_STATUS_OK) == (problem.code.data != NULL));
            told = 0;
            break;
        }
        case 20:
            status = dcc_error_json(PICK(errors), place_bytes());
            told = 0;
            break;
        case 21:
            status = dcc_status_text((int32_t)any(1000), &str, NULL);
            told = 0;
            break;
        case 22:
            status = dcc_version(any(8) == 0 ? NULL : &str);
            told = 0;
            break;
        case 23:
        case 24:
        case 25:
        case 26:
            status = live(in, len, error);
            break;
        case 27:
        case 28:
        case 29:
        case 30:
        case 31:
        case 32:
        case 33:
            status = count(error);
            break;
        case 34: {
            const DccExport *files = PICK(exports);
            DccStr content;
            status = dcc_export_file(files, any(6), &str, &content);
            CHECK((status == DCC_STATUS_OK) == (content.data != NULL));
            CHECK(dcc_problems_len(dcc_export_problems(files)) < 1000000);
            told = 0;
            break;
        }
        case 35:
            status = dcc_rcp_journal(in, len, place_bytes(), error);
            break;
        case 36: {
            const DccBytes *cda = PICK(bytes);
            if (any(8) == 0) {
                status = dcc_cda_to_html(dcc_bytes_data(cda), dcc_bytes_len(cda),
                                         NULL, 0, NULL, 0, NULL, NULL, error);
            }
            break;
        }
        default:
            CHECK(dcc_unread_len(PICK(unread)) < 1000000);
            CHECK(dcc_problems_len(PICK(problems)) < 1000000);
            break;
        }
        statuses[status == DCC_STATUS_OK]++;
        CHECK(status < DCC_STATUS_PANIC);
        if (told && error != NULL) {
            CHECK((*error != NULL) == (status != DCC_STATUS_OK));
            CHECK(*error == NULL || dcc_error_status(*error) == status);
        }
    }
    for (at = 0; at < SLOTS; at++) {
        dcc_document_free(documents[at]);
        dcc_options_free(options[at]);
        dcc_error_free(errors[at]);
        dcc_problems_free(problems[at]);
        dcc_unread_free(unread[at]);
        dcc_bytes_free(bytes[at]);
        dcc_aggregate_free(aggregates[at]);
        dcc_export_free(exports[at]);
        dcc_rcp_free(rcps[at]);
    }
    free(text);
    CHECK(calls < 1000 || (statuses[0] > calls / 20 && statuses[1] > calls / 20));
    printf("random: %lu calls, %lu failed as they should\n", calls, statuses[0]);
    return 0;
}
