/* What the C tests share: checks that say where they fail. */
#ifndef CHECK_H
#define CHECK_H

#include <dcc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                       \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
            exit(1);                                                           \
        }                                                                      \
    } while (0)

/* Fails with the problems of the library. */
#define CHECK_OK(call, error)                                                  \
    do {                                                                       \
        DccStatus status_ = (call);                                            \
        if (status_ != DCC_STATUS_OK) {                                        \
            DccStr text_ = {NULL, 0};                                          \
            dcc_error_message((error), &text_);                                \
            fprintf(stderr, "%s:%d: %s: %d\n%.*s\n", __FILE__, __LINE__,       \
                    #call, (int)status_, (int)text_.len,                       \
                    text_.data ? text_.data : "");                             \
            exit(1);                                                           \
        }                                                                      \
        CHECK((error) == NULL);                                                \
    } while (0)

/* A literal as pointer and length, and a DccStr compared with a literal. */
#define LIT(text) (text), (sizeof(text) - 1)
#define IS(str, text)                                                          \
    ((str).data != NULL && (str).len == sizeof(text) - 1 &&                    \
     memcmp((str).data, (text), sizeof(text) - 1) == 0)

/* True when the bytes hold a text. */
static inline int holds(const DccBytes *bytes, const char *text) {
    return strstr((const char *)dcc_bytes_data(bytes), text) != NULL;
}

/* Fails unless the error says this status and this code first; frees it. */
#define expect_error(call, status, error, code)                                \
    do {                                                                       \
        DccStatus got_ = (call); /* before the error is looked at */           \
        expect_error_told(got_, (status), (error), (code));                    \
    } while (0)

static inline void expect_error_told(DccStatus got, DccStatus status,
                                DccError *error, const char *code) {
    DccProblem problem;
    DccStr text;
    DccBytes *json = NULL;
    if (got != status) {
        fprintf(stderr, "status %d, expected %d (%s)\n", (int)got, (int)status,
                code);
        exit(1);
    }
    CHECK(error != NULL);
    CHECK(dcc_error_status(error) == status);
    CHECK(dcc_problems_len(dcc_error_problems(error)) > 0);
    CHECK(dcc_problems_get(dcc_error_problems(error), 0, &problem) == 0);
    if (problem.code.len != strlen(code) ||
        memcmp(problem.code.data, code, problem.code.len) != 0) {
        fprintf(stderr, "code %.*s, expected %s\n", (int)problem.code.len,
                problem.code.data, code);
        exit(1);
    }
    CHECK(problem.message.len > 0);
    CHECK(problem.severity == DCC_SEVERITY_BLOCKING ||
          problem.severity == DCC_SEVERITY_WARNING);
    CHECK(dcc_error_message(error, &text) == DCC_STATUS_OK && text.len > 0);
    CHECK(dcc_error_json(error, &json) == DCC_STATUS_OK);
    CHECK(holds(json, code) && holds(json, "\"status\":"));
    dcc_bytes_free(json);
    dcc_error_free(error);
}

/* A whole file, NUL added; the caller frees it. */
static inline char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    long size;
    char *text;
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    CHECK(fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0);
    rewind(file);
    text = malloc((size_t)size + 1);
    CHECK(text != NULL);
    CHECK(fread(text, 1, (size_t)size, file) == (size_t)size);
    fclose(file);
    text[size] = 0;
    *len = (size_t)size;
    return text;
}

#endif
