/* Every function of documents, options, codes and errors, and every way each
 * of them fails. Argument: a JSON document without problems. */
#include "check.h"

static DccError *error = NULL;

static void versions(void) {
    DccStr name, text;
    CHECK(dcc_abi_version() == DCC_ABI_VERSION);
    CHECK(dcc_version(&text) == DCC_STATUS_OK && text.len >= 5);
    CHECK(dcc_version(NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_status_text(DCC_STATUS_DOCUMENT_REFUSED, &name, &text) == 0);
    CHECK(IS(name, "DCC_STATUS_DOCUMENT_REFUSED") && text.len > 0);
    CHECK(dcc_status_text(DCC_STATUS_OK, NULL, NULL) == 0);
    CHECK(dcc_status_text(12345, &name, &text) == DCC_STATUS_BAD_VALUE);
    CHECK(name.data == NULL && text.len == 0);
}

static void nothing(void) {
    DccStr text = {"x", 1};
    DccProblem problem;
    DccUnreadItem item;
    DccBytes *bytes = (DccBytes *)&text;
    dcc_bytes_free(NULL);
    dcc_document_free(NULL);
    dcc_error_free(NULL);
    dcc_options_free(NULL);
    dcc_problems_free(NULL);
    dcc_unread_free(NULL);
    CHECK(dcc_bytes_data(NULL) == NULL && dcc_bytes_len(NULL) == 0);
    CHECK(dcc_problems_len(NULL) == 0 && dcc_unread_len(NULL) == 0);
    CHECK(dcc_error_status(NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_error_problems(NULL) == NULL);
    CHECK(dcc_error_message(NULL, &text) == DCC_STATUS_NULL_POINTER);
    CHECK(text.data == NULL && text.len == 0);
    CHECK(dcc_error_json(NULL, &bytes) == DCC_STATUS_NULL_POINTER);
    CHECK(bytes == NULL);
    CHECK(dcc_problems_get(NULL, 0, &problem) == DCC_STATUS_NULL_POINTER);
    CHECK(problem.code.data == NULL && problem.allowed_len == 0);
    CHECK(dcc_problems_allowed(NULL, 0, 0, &text) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_problems_json(NULL, &bytes) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_unread_get(NULL, 0, &item) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_unread_json(NULL, &bytes) == DCC_STATUS_NULL_POINTER);
}

static void bad_json(void) {
    DccDocument *document = NULL;
    DccProblem problem;
    DccStr text;
    DccBytes *json = NULL;
    const DccProblems *problems;
    char unterminated[4] = {'"', (char)0xC3, '"', 'x'};

    expect_error(dcc_document_from_json(NULL, 3, &document, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_from_json(LIT("{}"), NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_from_json(unterminated, 3, &document, &error),
                 DCC_STATUS_BAD_UTF8, error, "API-UTF8");
    expect_error(dcc_document_from_json("{", (size_t)-1, &document, &error),
                 DCC_STATUS_BAD_LENGTH, error, "API-LONGUEUR");
    expect_error(dcc_document_from_json(LIT("{"), &document, &error),
                 DCC_STATUS_INVALID_JSON, error, "JSON-SYNTAXE");
    expect_error(dcc_document_from_json("", 0, &document, &error),
                 DCC_STATUS_INVALID_JSON, error, "JSON-SYNTAXE");
    expect_error(dcc_document_from_json(LIT("{\"document\":\"facture\"}"),
                                        &document, &error),
                 DCC_STATUS_INVALID_JSON, error, "JSON-DOCUMENT");
    CHECK(document == NULL);
    /* without a place for the error, the status alone */
    CHECK(dcc_document_from_json(LIT("{"), &document, NULL) ==
          DCC_STATUS_INVALID_JSON);

    /* fields of a problem */
    CHECK(dcc_document_from_json(LIT("{\"document\":\"facture\"}"), &document,
                                 &error) == DCC_STATUS_INVALID_JSON);
    problems = dcc_error_problems(error);
    CHECK(dcc_problems_get(problems, 0, &problem) == DCC_STATUS_OK);
    CHECK(IS(problem.path, "/document") && IS(problem.found, "facture"));
    CHECK(problem.allowed_len > 0);
    CHECK(dcc_problems_allowed(problems, 0, 0, &text) == DCC_STATUS_OK);
    CHECK(IS(text, "fiche_rcp"));
    CHECK(dcc_problems_allowed(problems, 0, problem.allowed_len, &text) ==
          DCC_STATUS_BAD_INDEX);
    CHECK(text.data == NULL);
    CHECK(dcc_problems_allowed(problems, 0, 0, NULL) ==
          DCC_STATUS_NULL_POINTER);
    CHECK(dcc_problems_allowed(problems, 9, 0, &text) == DCC_STATUS_BAD_INDEX);
    CHECK(dcc_problems_get(problems, 9, &problem) == DCC_STATUS_BAD_INDEX);
    CHECK(dcc_problems_get(problems, 0, NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_problems_json(problems, NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_problems_json(problems, &json) == DCC_STATUS_OK);
    CHECK(holds(json, "\"path\":\"/document\"") && holds(json, "\"blocking\""));
    CHECK(dcc_bytes_data(json)[dcc_bytes_len(json)] == 0);
    CHECK(dcc_error_message(error, NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_error_json(error, NULL) == DCC_STATUS_NULL_POINTER);
    dcc_bytes_free(json);
    dcc_error_free(error);
}

static void bad_handles(const DccDocument *document) {
    DccBytes *bytes = NULL;
    DccProblems *problems = NULL;
    DccDocument *other = NULL;
    DccStr kind;
    uint32_t version = 7;
    int32_t equal = 7;

    expect_error(dcc_document_to_json(NULL, &bytes, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_to_json(document, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_to_cda(NULL, NULL, &bytes, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_to_cda(document, NULL, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_check(NULL, NULL, &problems, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_check(document, NULL, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_from_cda(NULL, 0, NULL, &other, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_from_cda((const uint8_t *)"<a/>", 4, NULL, NULL,
                                       NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    CHECK(dcc_document_kind(NULL, &kind) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_document_kind(document, NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_document_id(NULL, &kind) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_document_id(document, NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_document_version(NULL, &version) == DCC_STATUS_NULL_POINTER);
    CHECK(version == 0);
    CHECK(dcc_document_version(document, NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_document_equal(document, NULL, &equal) ==
          DCC_STATUS_NULL_POINTER);
    CHECK(equal == 0);
    CHECK(dcc_document_equal(NULL, document, &equal) ==
          DCC_STATUS_NULL_POINTER);
    CHECK(dcc_document_equal(document, document, NULL) ==
          DCC_STATUS_NULL_POINTER);
    CHECK(bytes == NULL && problems == NULL && other == NULL);
}

/* the same header around a PDF; what is no PDF is refused */
static void level_one(const DccDocument *document) {
    static const char pdf[] = "%PDF-1.4\n<pdfaid:part>1</pdfaid:part>\n"
                              "<pdfaid:conformance>B</pdfaid:conformance>\n"
                              "startxref\n0\n%%EOF\n";
    DccOptions *options = NULL;
    DccBytes *cda = NULL, *again = NULL;
    const uint8_t *bytes = (const uint8_t *)pdf;

    CHECK_OK(dcc_options_new(&options, &error), error);
    CHECK_OK(dcc_document_to_cda_level1(document, bytes, sizeof pdf - 1, NULL,
                                        &cda, &error),
             error);
    CHECK(holds(cda, "<nonXMLBody"));
    CHECK_OK(dcc_document_to_cda_level1(document, bytes, sizeof pdf - 1,
                                        options, &again, &error),
             error);
    CHECK(dcc_bytes_len(again) == dcc_bytes_len(cda));
    dcc_bytes_free(again);
    dcc_bytes_free(cda);
    expect_error(dcc_document_to_cda_level1(document, bytes, 3, NULL, &cda,
                                            &error),
                 DCC_STATUS_DOCUMENT_REFUSED, error, "PDF-SIGNATURE");
    CHECK(cda == NULL);
    expect_error(dcc_document_to_cda_level1(document, NULL, 3, NULL, &cda,
                                            &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_to_cda_level1(NULL, bytes, 3, NULL, &cda, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_document_to_cda_level1(document, bytes, 3, NULL, NULL,
                                            &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    dcc_options_free(options);
}

/* JSON to CDA and back, and the same bytes twice. */
static void round_trip(const DccDocument *document) {
    DccDocument *again = NULL;
    DccUnread *unread = NULL;
    DccUnreadItem item;
    DccBytes *cda = NULL, *twice = NULL, *json = NULL;
    DccProblems *problems = NULL;
    DccStr kind, id;
    uint32_t version = 0;
    int32_t equal = 0;
    char *with_more;
    size_t at;

    CHECK_OK(dcc_document_check(document, NULL, &problems, &error), error);
    CHECK(dcc_problems_len(problems) == 0);
    dcc_problems_free(problems);
    CHECK(dcc_document_kind(document, &kind) == DCC_STATUS_OK && kind.len > 2);
    CHECK(dcc_document_id(document, &id) == DCC_STATUS_OK);
    CHECK(IS(id, "1.2.250.1.213.1.1.1.8.2025.1.1"));
    CHECK(dcc_document_version(document, &version) == DCC_STATUS_OK);
    CHECK(version == 1);

    CHECK_OK(dcc_document_to_cda(document, NULL, &cda, &error), error);
    CHECK(holds(cda, "<ClinicalDocument"));
    CHECK_OK(dcc_document_from_cda(dcc_bytes_data(cda), dcc_bytes_len(cda),
                                   NULL, &again, &unread, &error),
             error);
    CHECK(dcc_unread_len(unread) == 0);
    CHECK(dcc_unread_get(unread, 0, &item) == DCC_STATUS_BAD_INDEX);
    dcc_unread_free(unread);
    CHECK(dcc_document_equal(document, again, &equal) == DCC_STATUS_OK);
    CHECK(equal == 1);
    level_one(document);
    CHECK_OK(dcc_document_to_cda(again, NULL, &twice, &error), error);
    CHECK(dcc_bytes_len(twice) == dcc_bytes_len(cda));
    CHECK(memcmp(dcc_bytes_data(twice), dcc_bytes_data(cda),
                 dcc_bytes_len(cda)) == 0);
    dcc_bytes_free(twice);
    dcc_document_free(again);

    CHECK_OK(dcc_document_to_json(document, &json, &error), error);
    CHECK_OK(dcc_document_from_json((const char *)dcc_bytes_data(json),
                                    dcc_bytes_len(json), &again, &error),
             error);
    CHECK(dcc_document_equal(document, again, &equal) == DCC_STATUS_OK);
    CHECK(equal == 1);
    dcc_bytes_free(json);
    dcc_document_free(again);

    /* an element that no document has is listed, not lost */
    at = (size_t)(strstr((const char *)dcc_bytes_data(cda), "<confidentiality") -
                  (const char *)dcc_bytes_data(cda));
    with_more = malloc(dcc_bytes_len(cda) + 32);
    CHECK(with_more != NULL && at < dcc_bytes_len(cda));
    sprintf(with_more, "%.*s<inconnu valeur=\"7\"/>%s", (int)at,
            (const char *)dcc_bytes_data(cda),
            (const char *)dcc_bytes_data(cda) + at);
    CHECK_OK(dcc_document_from_cda((const uint8_t *)with_more,
                                   strlen(with_more), NULL, &again, &unread,
                                   &error),
             error);
    CHECK(dcc_unread_len(unread) == 1);
    CHECK(dcc_unread_get(unread, 0, &item) == DCC_STATUS_OK);
    CHECK(item.narrative == 0 && item.path.len > 0);
    CHECK(strstr(item.content.data, "inconnu") != NULL);
    CHECK(dcc_unread_get(unread, 0, NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_unread_json(unread, NULL) == DCC_STATUS_NULL_POINTER);
    CHECK(dcc_unread_json(unread, &json) == DCC_STATUS_OK);
    CHECK(holds(json, "inconnu"));
    dcc_bytes_free(json);
    dcc_unread_free(unread);
    dcc_document_free(again);
    /* the list is not asked for */
    CHECK_OK(dcc_document_from_cda((const uint8_t *)with_more,
                                   strlen(with_more), NULL, &again, NULL,
                                   &error),
             error);
    dcc_document_free(again);
    free(with_more);
    dcc_bytes_free(cda);

    expect_error(dcc_document_from_cda((const uint8_t *)"<a>", 3, NULL, &again,
                                       &unread, &error),
                 DCC_STATUS_INVALID_CDA, error, "XML-FORME");
    CHECK(again == NULL && unread == NULL);
}

/* The document with one wrong code: refused, unless its code is accepted. */
static void options(const char *text) {
    DccOptions *options = NULL;
    DccDocument *document = NULL, *again = NULL;
    DccProblems *problems = NULL;
    DccProblem problem;
    DccBytes *cda = NULL;
    char *wrong = malloc(strlen(text) + 1), *digit, code[64];
    const char bad[] = {(char)0xFF};
    DccStr near;

    expect_error(dcc_options_new(NULL, &error), DCC_STATUS_NULL_POINTER, error,
                 "API-NULL");
    CHECK_OK(dcc_options_new(&options, &error), error);

    CHECK(wrong != NULL);
    strcpy(wrong, text);
    digit = strstr(wrong, "\"matricule\": \"");
    CHECK(digit != NULL);
    digit += 14 + 10; /* the key of the INS no longer fits */
    *digit = *digit == '1' ? '2' : '1';
    CHECK_OK(dcc_document_from_json(wrong, strlen(wrong), &document, &error),
             error);
    CHECK_OK(dcc_document_check(document, NULL, &problems, &error), error);
    CHECK(dcc_problems_len(problems) > 0);
    CHECK(dcc_problems_get(problems, 0, &problem) == DCC_STATUS_OK);
    CHECK(problem.severity == DCC_SEVERITY_BLOCKING);
    CHECK(problem.code.len < sizeof code);
    memcpy(code, problem.code.data, problem.code.len);
    code[problem.code.len] = 0;
    dcc_problems_free(problems);
    expect_error(dcc_document_to_cda(document, options, &cda, &error),
                 DCC_STATUS_DOCUMENT_REFUSED, error, code);
    CHECK(cda == NULL);
    CHECK_OK(dcc_options_accept(options, code, strlen(code), &error), error);
    CHECK_OK(dcc_document_to_cda(document, options, &cda, &error), error);
    CHECK(dcc_bytes_len(cda) > 1000);

    CHECK_OK(dcc_options_set_max_bytes(options, 100, &error), error);
    expect_error(dcc_document_from_cda(dcc_bytes_data(cda), dcc_bytes_len(cda),
                                       options, &again, NULL, &error),
                 DCC_STATUS_INVALID_CDA, error, "XML-LIMITE");
    expect_error(dcc_options_set_strict(options, 2, &error),
                 DCC_STATUS_BAD_VALUE, error, "API-VALEUR");
    expect_error(dcc_options_set_strict(NULL, 1, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_options_set_max_bytes(NULL, 1, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    CHECK(dcc_options_accept(options, LIT("INS-CLEF"), &error) ==
          DCC_STATUS_BAD_VALUE);
    CHECK(dcc_problems_allowed(dcc_error_problems(error), 0, 0, &near) == 0);
    CHECK(IS(near, "INS-CLE"));
    dcc_error_free(error);
    expect_error(dcc_options_accept(NULL, LIT("INS-CLE"), &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_options_accept(options, NULL, 0, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_options_accept(options, bad, 1, &error),
                 DCC_STATUS_BAD_UTF8, error, "API-UTF8");
    dcc_bytes_free(cda);
    dcc_document_free(document);
    dcc_options_free(options);
    free(wrong);
}

/* The document with one text in the place of another, everywhere. */
static DccDocument *with(const char *text, const char *old, const char *by) {
    DccDocument *document = NULL;
    char *changed = malloc(2 * strlen(text)), *to = changed;
    CHECK(changed != NULL && strstr(text, old) != NULL);
    while (*text != 0) {
        if (strncmp(text, old, strlen(old)) == 0) {
            to += sprintf(to, "%s", by);
            text += strlen(old);
        } else {
            *to++ = *text++;
        }
    }
    CHECK_OK(dcc_document_from_json(changed, (size_t)(to - changed), &document,
                                    &error),
             error);
    free(changed);
    return document;
}

/* A minor without a representant: a warning, that stops the strict alone. */
static void strict(const char *text) {
    DccDocument *minor = with(text, "1979-03-28", "2015-03-28");
    DccProblems *problems = NULL;
    DccProblem problem;
    DccOptions *options = NULL;
    DccBytes *cda = NULL;
    CHECK_OK(dcc_document_check(minor, NULL, &problems, &error), error);
    CHECK(dcc_problems_len(problems) == 1);
    CHECK(dcc_problems_get(problems, 0, &problem) == DCC_STATUS_OK);
    CHECK(IS(problem.code, "FRCP-MINEUR"));
    CHECK(problem.severity == DCC_SEVERITY_WARNING);
    dcc_problems_free(problems);
    CHECK_OK(dcc_options_new(&options, &error), error);
    CHECK_OK(dcc_document_to_cda(minor, options, &cda, &error), error);
    dcc_bytes_free(cda);
    CHECK_OK(dcc_options_set_strict(options, 1, &error), error);
    expect_error(dcc_document_to_cda(minor, options, &cda, &error),
                 DCC_STATUS_DOCUMENT_REFUSED, error, "FRCP-MINEUR");
    CHECK(cda == NULL);
    CHECK_OK(dcc_options_set_strict(options, 0, &error), error);
    CHECK_OK(dcc_document_to_cda(minor, options, &cda, &error), error);
    dcc_bytes_free(cda);
    dcc_options_free(options);
    dcc_document_free(minor);
}

/* A code of a value set of the program's own: checked and written alike. */
static void own_value_set(const char *text) {
    static const char svs[] =
        "<RetrieveValueSetResponse xmlns=\"urn:ihe:iti:svs:2008\">"
        "<ValueSet id=\"1.2.250.1.213.1.1.5.589\" "
        "displayName=\"JDV_J142_TypeRencontre_CISIS\" "
        "version=\"20250101120000\"><ConceptList>"
        "<Concept code=\"T-1\" displayName=\"Rencontre d'essai\" "
        "codeSystem=\"1.2.250.1.213.1.1.4.2.291\"/>"
        "</ConceptList></ValueSet></RetrieveValueSetResponse>";
    DccDocument *document = with(text, "\"VR\"", "\"T-1\"");
    DccProblems *problems = NULL;
    DccOptions *options = NULL;
    DccBytes *cda = NULL;
    CHECK_OK(dcc_options_new(&options, &error), error);
    CHECK_OK(dcc_document_check(document, options, &problems, &error), error);
    CHECK(dcc_problems_len(problems) == 1);
    dcc_problems_free(problems);
    CHECK_OK(dcc_options_add_value_set(options, (const uint8_t *)LIT(svs),
                                       &error),
             error);
    CHECK_OK(dcc_document_check(document, options, &problems, &error), error);
    CHECK(dcc_problems_len(problems) == 0);
    dcc_problems_free(problems);
    CHECK_OK(dcc_document_check(document, NULL, &problems, &error), error);
    CHECK(dcc_problems_len(problems) == 1);
    dcc_problems_free(problems);
    CHECK_OK(dcc_document_to_cda(document, options, &cda, &error), error);
    CHECK(holds(cda, "\"T-1\""));
    dcc_bytes_free(cda);
    dcc_options_free(options);
    dcc_document_free(document);
}

/* For human eyes. */
static void pages(const DccDocument *document) {
    DccBytes *cda = NULL, *page = NULL;
    DccProblems *problems = NULL;
    DccStatus status;
    CHECK_OK(dcc_document_to_cda(document, NULL, &cda, &error), error);
    CHECK_OK(dcc_cda_to_html(dcc_bytes_data(cda), dcc_bytes_len(cda),
                             LIT("H\xC3\xB4pital d'essai"), NULL, 0, &page,
                             &problems, &error),
             error);
    CHECK(holds(page, "<!DOCTYPE html>") && holds(page, "d&#39;essai"));
    CHECK(problems != NULL);
    dcc_problems_free(problems);
    dcc_bytes_free(page);
    CHECK_OK(dcc_cda_to_html(dcc_bytes_data(cda), dcc_bytes_len(cda), NULL, 0,
                             NULL, 0, &page, NULL, &error),
             error);
    dcc_bytes_free(page);
    expect_error(dcc_cda_to_html((const uint8_t *)LIT("<a/>"), NULL, 0, NULL, 0,
                                 &page, NULL, &error),
                 DCC_STATUS_INVALID_CDA, error, "RENDU-CDA");
    expect_error(dcc_cda_to_html(dcc_bytes_data(cda), dcc_bytes_len(cda),
                                 LIT("\xFF"), NULL, 0, &page, NULL, &error),
                 DCC_STATUS_BAD_UTF8, error, "API-UTF8");
    expect_error(
        dcc_cda_to_html(NULL, 0, NULL, 0, NULL, 0, &page, NULL, &error),
        DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_cda_to_html(dcc_bytes_data(cda), dcc_bytes_len(cda), NULL,
                                 0, NULL, 0, NULL, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    status = dcc_cda_to_pdf(dcc_bytes_data(cda), dcc_bytes_len(cda), NULL, 0,
                            NULL, 0, &page, NULL, &error);
    if (dcc_has_pdf()) {
        CHECK_OK(status, error);
        CHECK(memcmp(dcc_bytes_data(page), "%PDF-", 5) == 0);
        dcc_bytes_free(page);
    } else {
        expect_error(status, DCC_STATUS_NOT_BUILT_IN, error, "API-ABSENT");
        CHECK(page == NULL);
    }
    dcc_bytes_free(cda);
}

static void codes(void) {
    static const char svs[] =
        "<RetrieveValueSetResponse xmlns=\"urn:ihe:iti:svs:2008\">"
        "<ValueSet id=\"1.2.250.1.213.1.1.5.99999\" displayName=\"JDV_TEST\" "
        "version=\"20250101120000\"><ConceptList>"
        "<Concept code=\"T-1\" displayName=\"Valeur d'essai\" "
        "codeSystem=\"1.2.250.1.213.9.9\"/>"
        "</ConceptList></ValueSet></RetrieveValueSetResponse>";
    DccOptions *options = NULL;
    DccBytes *json = NULL;

    expect_error(dcc_codes_search(NULL, LIT("JDV_TEST"), NULL, 0, &json, &error),
                 DCC_STATUS_UNKNOWN_VALUE_SET, error, "API-JDV");
    expect_error(dcc_codes_search(NULL, NULL, 0, NULL, 0, &json, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_codes_search(NULL, LIT("X"), NULL, 0, NULL, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_codes_search(NULL, LIT("X"), LIT("\xFF"), &json, &error),
                 DCC_STATUS_BAD_UTF8, error, "API-UTF8");
    CHECK(json == NULL);
    CHECK_OK(dcc_options_new(&options, &error), error);
    expect_error(dcc_options_add_value_set(options, NULL, 0, &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(dcc_options_add_value_set(NULL, (const uint8_t *)LIT(svs),
                                           &error),
                 DCC_STATUS_NULL_POINTER, error, "API-NULL");
    expect_error(
        dcc_options_add_value_set(options, (const uint8_t *)LIT("<a>"), &error),
        DCC_STATUS_INVALID_VALUE_SET, error, "JDV-SVS-XML");
    CHECK_OK(dcc_options_add_value_set(options, (const uint8_t *)LIT(svs),
                                       &error),
             error);
    CHECK_OK(dcc_codes_search(options, LIT("JDV_TEST"), NULL, 0, &json, &error),
             error);
    CHECK(holds(json, "\"code\":\"T-1\"") && holds(json, "Valeur d'essai"));
    dcc_bytes_free(json);
    CHECK_OK(dcc_codes_search(options, LIT("JDV_TEST"), LIT("ESSAI"), &json,
                              &error),
             error);
    CHECK(holds(json, "T-1"));
    dcc_bytes_free(json);
    CHECK_OK(dcc_codes_search(options, LIT("JDV_TEST"), LIT("absent"), &json,
                              &error),
             error);
    CHECK(dcc_bytes_len(json) == 2 && holds(json, "[]"));
    dcc_bytes_free(json);
    dcc_options_free(options);
}

int main(int argc, char **argv) {
    DccDocument *document = NULL;
    size_t len;
    char *text;
    CHECK(argc == 2);
    text = read_file(argv[1], &len);
    versions();
    nothing();
    bad_json();
    CHECK_OK(dcc_document_from_json(text, len, &document, &error), error);
    bad_handles(document);
    round_trip(document);
    pages(document);
    options(text);
    strict(text);
    own_value_set(text);
    codes();
    dcc_document_free(document);
    free(text);
    puts("documents: ok");
    return 0;
}
