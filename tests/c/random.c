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
        int told = 1; /* the call has a place for its error */
        len = strlen(in);
        if (any(64) == 0) {
            in = NULL;
        } else if (any(64) == 0) {
            len = (size_t)-1 - any(100);
        }
        switch (any(24)) {
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
            }
            break;
        }
        case 4:
            status = dcc_document_check(
                PICK(documents), place_problems(), error);
            break;
        case 5:
            status = dcc_document_kind(PICK(documents),
                                       any(8) == 0 ? NULL : &str);
            told = 0;
            break;
        case 6:
            status = dcc_document_equal(PICK(documents), PICK(documents),
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
    }
    free(text);
    CHECK(calls < 1000 || (statuses[0] > calls / 20 && statuses[1] > calls / 20));
    printf("random: %lu calls, %lu failed as they should\n", calls, statuses[0]);
    return 0;
}
