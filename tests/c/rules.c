/* The official rules: every function and every way each of them fails.
 *
 *     rules FICHE.json [RULES]
 *
 * RULES is a folder of rules for which the fiche is conformant, and is not any
 * more with another LOINC code of document. Without it, or in a library built
 * without the official rules, what can be called without rules is. */
#include "check.h"

static DccError *error = NULL;

static char *bytes_of(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    char *text;
    CHECK(file != NULL && fseek(file, 0, SEEK_END) == 0);
    *len = (size_t)ftell(file);
    rewind(file);
    text = malloc(*len + 1);
    CHECK(text != NULL && fread(text, 1, *len, file) == *len);
    text[*len] = 0;
    fclose(file);
    return text;
}

/* NULL in every place. */
static void without_rules(void) {
    DccRulebook *book = (DccRulebook *)&error;
    DccVerdict *verdict = (DccVerdict *)&error;
    DccFinding finding;
    DccStr text;
    DccBytes *out = NULL;
    expect_error(dcc_rulebook_open(NULL, 0, &book, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    CHECK(book == NULL);
    expect_error(dcc_rulebook_open(LIT("\xff"), &book, &error),
                 DCC_STATUS_BAD_UTF8, error, "API-UTF8");
    if (dcc_has_official()) {
        expect_error(dcc_rulebook_open(LIT("absent"), &book, &error),
                     DCC_STATUS_INVALID_RULES, error, "REGLES-LECTURE");
    } else {
        expect_error(dcc_rulebook_open(LIT("absent"), &book, &error),
                     DCC_STATUS_NOT_BUILT_IN, error, "API-ABSENT");
    }
    expect_error(dcc_rulebook_check(NULL, (const uint8_t *)"", 0, NULL, 0, 0,
                                    &verdict, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    CHECK(verdict == NULL);
    CHECK(dcc_rulebook_json(NULL, &out) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_verdict_len(NULL) == 0 && dcc_verdict_is_conformant(NULL) == 0);
    CHECK(dcc_verdict_get(NULL, 0, &finding) == DCC_STATUS_NULL_POINTER);
    CHECK(finding.set.data == NULL && finding.level == 0);
    CHECK(dcc_verdict_summary(NULL, &text, NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_verdict_json(NULL, NULL, 0, &out) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_verdict_html(NULL, NULL, 0, &out) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_verdict_svrl(NULL, &out) == DCC_STATUS_NULL_POINTER);
    CHECK(out == NULL);
    dcc_rulebook_free(NULL);
    dcc_verdict_free(NULL);
}

/* A document that is conformant, and the same with another code. */
static void with_rules(const char *rules, const uint8_t *cda, size_t cda_len) {
    DccRulebook *book = NULL;
    DccVerdict *verdict = NULL;
    DccFinding finding;
    DccStr text, volet;
    DccBytes *out = NULL;
    char *bad, *code;

    CHECK_OK(dcc_rulebook_open(rules, strlen(rules), &book, &error), error);
    CHECK(dcc_rulebook_json(book, &out) == DCC_STATUS_OK);
    CHECK(holds(out, "\"release\"") && holds(out, "CANCER-FRCP"));
    dcc_bytes_free(out);

    CHECK_OK(dcc_rulebook_check(book, cda, cda_len, NULL, 0, 1, &verdict,
                                &error),
             error);
    CHECK(dcc_verdict_len(verdict) == 0 && dcc_verdict_is_conformant(verdict));
    CHECK(dcc_verdict_summary(verdict, &text, &volet) == DCC_STATUS_OK);
    CHECK(text.len > 0 && volet.len > 0 &&
          strncmp(volet.data, "CANCER-FRCP", 11) == 0);
    dcc_verdict_free(verdict);

    bad = malloc(cda_len + 1);
    CHECK(bad != NULL);
    memcpy(bad, cda, cda_len);
    bad[cda_len] = 0;
    code = strstr(bad, "<code code=\"34794-8\"");
    CHECK(code != NULL);
    memcpy(code + 12, "34794-9", 7);
    CHECK_OK(dcc_rulebook_check(book, (const uint8_t *)bad, cda_len, NULL, 0, 0,
                                &verdict, &error),
             error);
    dcc_rulebook_free(book); /* the verdict lives on */
    CHECK(dcc_verdict_len(verdict) > 0 && !dcc_verdict_is_conformant(verdict));
    CHECK(dcc_verdict_get(verdict, 0, &finding) == DCC_STATUS_OK);
    CHECK(finding.level == DCC_LEVEL_ERROR && finding.line > 0);
    CHECK(finding.set.len > 0 && finding.text.len > 0);
    CHECK(finding.pointer.data == NULL);
    CHECK(dcc_verdict_get(verdict, dcc_verdict_len(verdict), &finding) ==
          DCC_STATUS_BAD_INDEX);
    CHECK(dcc_verdict_json(verdict, LIT("a.xml"), &out) == DCC_STATUS_OK);
    CHECK(holds(out, "\"file\":\"a.xml\"") && holds(out, "\"level\":\"error\""));
    dcc_bytes_free(out);
    CHECK(dcc_verdict_svrl(verdict, &out) == DCC_STATUS_OK);
    CHECK(holds(out, "svrl:failed-assert"));
    dcc_bytes_free(out);
    CHECK(dcc_verdict_html(verdict, NULL, 0, &out) == DCC_STATUS_OK);
    CHECK(holds(out, "Document non conforme"));
    dcc_bytes_free(out);
    dcc_verdict_free(verdict);
    free(bad);

    CHECK_OK(dcc_rulebook_open(rules, strlen(rules), &book, &error), error);
    expect_error(dcc_rulebook_check(book, cda, cda_len, LIT("FACTURE"), 0,
                                    &verdict, &error),
                 DCC_STATUS_UNKNOWN_VOLET, error, "REGLES-VOLET");
    expect_error(dcc_rulebook_check(book, cda, cda_len, NULL, 0, 2, &verdict,
                                    &error),
                 DCC_STATUS_BAD_VALUE, error, "API-VALEUR");
    CHECK(verdict == NULL);
    dcc_rulebook_free(book);
}

int main(int argc, char **argv) {
    DccDocument *fiche = NULL;
    DccBytes *cda = NULL;
    size_t len;
    char *json;
    without_rules();
    if (argc > 2 && dcc_has_official()) {
        json = bytes_of(argv[1], &len);
        CHECK_OK(dcc_document_from_json(json, len, &fiche, &error), error);
        CHECK_OK(dcc_document_to_cda(fiche, NULL, &cda, &error), error);
        with_rules(argv[2], dcc_bytes_data(cda), dcc_bytes_len(cda));
        dcc_bytes_free(cda);
        dcc_document_free(fiche);
        free(json);
    }
    printf("rules: %s\n", argc > 2 ? "with rules" : "without rules");
    return 0;
}
