/* Sixteen threads share one document, one set of options and one error, and
 * each makes its own. Argument: a JSON document without problems. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include <pthread.h>

enum { THREADS = 16, ROUNDS = 25 };

static const char *text;
static size_t text_len;
static DccDocument *shared;
static DccOptions *options;
static DccError *failed;
static DccBytes *expected;

static void *work(void *passed_on) {
    DccDocument **gift = passed_on;
    int round;
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
    }
    return NULL;
}

int main(int argc, char **argv) {
    pthread_t threads[THREADS];
    DccDocument *gifts[THREADS];
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
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, work, &gifts[i]) == 0);
    }
    for (i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
        dcc_document_free(gifts[i]);
    }
    dcc_document_free(shared);
    dcc_options_free(options);
    dcc_error_free(failed);
    dcc_bytes_free(expected);
    free(read);
    puts("threads: ok");
    return 0;
}
