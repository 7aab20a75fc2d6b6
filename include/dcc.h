/*
 * dcc: open engine of the French Dossier Communicant de Cancerologie (DCC).
 * C API. Generated from the sources of dcc-ffi: do not edit.
 *
 * CONVENTIONS, which every function keeps
 *
 * Status. A function that can fail returns a DccStatus; DCC_STATUS_OK is 0.
 * The others (lengths, accessors of bytes, free) cannot fail and say what they
 * answer for NULL. Nothing is thrown and nothing aborts: a fault of the
 * library itself is DCC_STATUS_PANIC.
 *
 * Errors. The last argument of most functions, `DccError **error`, may be
 * NULL. When it is not, it receives NULL on success, and on failure an error
 * that holds every problem of the input, to be freed with dcc_error_free.
 * Texts are in French, for a clinician or a support desk; codes are stable.
 *
 * Handles. A type without fields in this header is a handle: made by the
 * library, given through a `Type **` argument, freed by the caller with its
 * own dcc_..._free, once. Freeing NULL does nothing. A place that a call
 * answers in is set to NULL (or zero) first, so that after a failure it holds
 * nothing to free. What is in the place before the call is not freed.
 *
 * Threads. A handle may be made in one thread, used in another and freed in a
 * third. Every function may be called from any number of threads at once,
 * also with the same handles; the library locks what changes. Two things are
 * the caller's: a handle is freed once all calls that use it have returned,
 * and what a pointer gives to read does not change during the call.
 *
 * Strings given to the library: UTF-8, a pointer and a length in bytes; no NUL
 * is needed at the end, and a NUL inside is a character as any other. NULL is
 * DCC_STATUS_NULL_POINTER unless the function says that it may be NULL;
 * a text that is not UTF-8 is DCC_STATUS_BAD_UTF8. Nothing is kept: the memory
 * is the caller's again when the call returns.
 *
 * Strings given by the library: a DccStr, UTF-8 with its length, not
 * NUL-terminated, never to be freed; it lives as long as the handle it comes
 * from. Larger texts and files come as a DccBytes.
 *
 * Truth values are int32_t, 0 or 1. Dates in structs are int32_t written
 * yyyymmdd (20250314), 0 when absent.
 */

#ifndef DCC_H
#define DCC_H

#include <stddef.h>
#include <stdint.h>

/* Defined by the program before this header when it needs more, for example
 * __declspec(dllimport) or __stdcall. */
#ifndef DCC_API
#define DCC_API
#endif


/**
 * Severity of a problem: the document can leave, the reader should know.
 */
#define DCC_SEVERITY_WARNING 1

/**
 * Severity of a problem: the library refuses to write the document, unless
 * the options accept the code.
 */
#define DCC_SEVERITY_BLOCKING 2

/**
 * The ABI that this header describes; compare it with dcc_abi_version().
 * It grows by one when a function, a struct or a number changes so that a
 * program already compiled would break; it is the number of the soname.
 */
#define DCC_ABI_VERSION 1

/**
 * What a call answers. Ranges tell the origin: 1-99 the call itself (a
 * mistake of the calling program), 100-199 an input that cannot be read,
 * 200-299 a document, 300-399 indicators and exports, 400-499 the life of
 * RCPs, 900 the library itself. A number never changes meaning and is never
 * used again. New numbers may come: test for DCC_STATUS_OK, and treat a
 * number not known as an error.
 */
enum DccStatus
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Done.
     */
    DCC_STATUS_OK = 0,
    /**
     * A pointer that must not be NULL is NULL.
     */
    DCC_STATUS_NULL_POINTER = 1,
    /**
     * A text is not UTF-8.
     */
    DCC_STATUS_BAD_UTF8 = 2,
    /**
     * A length is larger than any object in memory can be.
     */
    DCC_STATUS_BAD_LENGTH = 3,
    /**
     * An index is not below the length of the list.
     */
    DCC_STATUS_BAD_INDEX = 4,
    /**
     * An argument has none of the values allowed.
     */
    DCC_STATUS_BAD_VALUE = 5,
    /**
     * The size given for a struct is smaller than that of its first version.
     */
    DCC_STATUS_BAD_SIZE = 6,
    /**
     * A JSON text cannot be read as a document: syntax, kind, fields, values.
     */
    DCC_STATUS_INVALID_JSON = 100,
    /**
     * Bytes cannot be read as a CDA document of the DCC.
     */
    DCC_STATUS_INVALID_CDA = 101,
    /**
     * Bytes cannot be read as a value set (IHE SVS).
     */
    DCC_STATUS_INVALID_VALUE_SET = 102,
    /**
     * A document has problems that forbid writing it.
     */
    DCC_STATUS_DOCUMENT_REFUSED = 200,
    /**
     * A value set has no such name or OID.
     */
    DCC_STATUS_UNKNOWN_VALUE_SET = 201,
    /**
     * The library failed: a mistake in it, please report it.
     */
    DCC_STATUS_PANIC = 900,
    /**
     * An earlier failure of the library (DCC_STATUS_PANIC) left this handle
     * unusable: free it.
     */
    DCC_STATUS_POISONED = 901,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum DccStatus DccStatus;
#else
typedef int32_t DccStatus;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Bytes that the library gives: a JSON text, a CDA document, a file. Free
 * them with dcc_bytes_free. They never change: any number of threads may
 * read them.
 */
typedef struct DccBytes DccBytes;

/**
 * A document of the DCC, of any kind. Free it with dcc_document_free. It
 * never changes: any number of threads may use it.
 */
typedef struct DccDocument DccDocument;

/**
 * Why a call failed: a status, and every problem with its place, its code
 * and its text in French. Free it with dcc_error_free. It never changes:
 * any number of threads may read it.
 */
typedef struct DccError DccError;

/**
 * How documents are written and read. Made by dcc_options_new, which gives
 * the defaults; wherever options are asked for, NULL stands for the defaults.
 * Any number of threads may use the same options, and change them: a call
 * sees them as they are when it begins.
 */
typedef struct DccOptions DccOptions;

/**
 * A list of problems, in the order of the input. It never changes: any
 * number of threads may read it.
 */
typedef struct DccProblems DccProblems;

/**
 * What was in a CDA document and is not in the DccDocument read from it.
 * It never changes: any number of threads may read it.
 */
typedef struct DccUnread DccUnread;

/**
 * A string given by the library or to it: UTF-8, with its length in bytes,
 * not NUL-terminated. A string given by the library lives as long as the
 * handle it was asked of. In a struct given to the library, data NULL means
 * that the value is absent.
 */
typedef struct DccStr {
    /**
     * First byte; may be NULL when len is 0.
     */
    const char *data;
    /**
     * Length in bytes.
     */
    size_t len;
} DccStr;

/**
 * One problem. Its strings live as long as the list.
 */
typedef struct DccProblem {
    /**
     * Place in the input: a JSON pointer for JSON, a path of elements for
     * CDA, "ligne 12" for tables, the name of the argument for a mistake of
     * the call; empty for the whole input.
     */
    struct DccStr path;
    /**
     * Stable code of the rule broken, for example "INS-CLE".
     */
    struct DccStr code;
    /**
     * What is wrong, in French.
     */
    struct DccStr message;
    /**
     * What was found; data is NULL when there is nothing to show.
     */
    struct DccStr found;
    /**
     * How many values are allowed instead, for dcc_problems_allowed.
     */
    size_t allowed_len;
    /**
     * DCC_SEVERITY_WARNING or DCC_SEVERITY_BLOCKING.
     */
    int32_t severity;
} DccProblem;

/**
 * One thing that was not read. Its strings live as long as the list.
 */
typedef struct DccUnreadItem {
    /**
     * Place in the document: "/ClinicalDocument/.../observation[2]/@code".
     */
    struct DccStr path;
    /**
     * What stands there.
     */
    struct DccStr content;
    /**
     * 1 for a text of the narrative, 0 for the coded part.
     */
    int32_t narrative;
} DccUnreadItem;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The first byte; NULL for NULL. A NUL, not counted in the length, follows
 * the last byte.
 */
DCC_API const uint8_t *dcc_bytes_data(const struct DccBytes *bytes);

/**
 * The number of bytes; 0 for NULL.
 */
DCC_API size_t dcc_bytes_len(const struct DccBytes *bytes);

/**
 * Frees bytes; NULL is nothing.
 */
DCC_API void dcc_bytes_free(struct DccBytes *bytes);

/**
 * Reads the JSON form of a document of any kind; its "document" key says
 * which. Fails with DCC_STATUS_INVALID_JSON and every problem.
 */
DCC_API
DccStatus dcc_document_from_json(const char *json,
                                 size_t json_len,
                                 struct DccDocument **document,
                                 struct DccError **error);

/**
 * Reads a CDA document of any kind, in any encoding that its XML declares.
 * `options` may be NULL. `unread`, when not NULL, receives what the model has
 * no place for: always a list, empty when all was read. Fails with
 * DCC_STATUS_INVALID_CDA and every problem.
 */
DCC_API
DccStatus dcc_document_from_cda(const uint8_t *cda,
                                size_t cda_len,
                                const struct DccOptions *options,
                                struct DccDocument **document,
                                struct DccUnread **unread,
                                struct DccError **error);

/**
 * Writes the JSON form: UTF-8, the same bytes for the same document.
 */
DCC_API
DccStatus dcc_document_to_json(const struct DccDocument *document,
                               struct DccBytes **json,
                               struct DccError **error);

/**
 * Writes the CDA R2 document: UTF-8, the same bytes for the same document.
 * `options` may be NULL. Fails with DCC_STATUS_DOCUMENT_REFUSED and every
 * problem when one is blocking and the options do not accept its code.
 */
DCC_API
DccStatus dcc_document_to_cda(const struct DccDocument *document,
                              const struct DccOptions *options,
                              struct DccBytes **cda,
                              struct DccError **error);

/**
 * Lists every problem of a document, blocking or not, in `problems`: always
 * a list, empty when there is none. A document with problems is no failure
 * of this call.
 */
DCC_API
DccStatus dcc_document_check(const struct DccDocument *document,
                             struct DccProblems **problems,
                             struct DccError **error);

/**
 * The kind of a document, as its JSON says it: "fiche_rcp"... The string
 * lives for ever.
 */
DCC_API
DccStatus dcc_document_kind(const struct DccDocument *document,
                            struct DccStr *kind);

/**
 * Answers 1 in `equal` when two documents say the same, 0 otherwise.
 */
DCC_API
DccStatus dcc_document_equal(const struct DccDocument *a,
                             const struct DccDocument *b,
                             int32_t *equal);

/**
 * Frees a document; NULL is nothing.
 */
DCC_API void dcc_document_free(struct DccDocument *document);

/**
 * The status of the call that failed; DCC_STATUS_NULL_POINTER for NULL.
 */
DCC_API DccStatus dcc_error_status(const struct DccError *error);

/**
 * The text for a log or a support desk, in French: what failed, then one
 * line a problem. It lives as long as the error.
 */
DCC_API
DccStatus dcc_error_message(const struct DccError *error,
                            struct DccStr *text);

/**
 * The problems of an error, for dcc_problems_len and dcc_problems_get. They
 * belong to the error: do not free them, nor use them after it. NULL for NULL.
 */
DCC_API
const struct DccProblems *dcc_error_problems(const struct DccError *error);

/**
 * The error as a JSON object: status, name, message, and problems, each with
 * path, code, severity, message, found, allowed.
 */
DCC_API
DccStatus dcc_error_json(const struct DccError *error,
                         struct DccBytes **json);

/**
 * Frees an error; NULL is nothing.
 */
DCC_API void dcc_error_free(struct DccError *error);

/**
 * The name of a status, as in this header ("DCC_STATUS_OK"), and its text in
 * French; either place may be NULL. Both strings live for ever. Fails with
 * DCC_STATUS_BAD_VALUE for a number that is no status.
 */
DCC_API
DccStatus dcc_status_text(int32_t status,
                          struct DccStr *name,
                          struct DccStr *text);

/**
 * Makes options with the default of each.
 */
DCC_API
DccStatus dcc_options_new(struct DccOptions **options,
                          struct DccError **error);

/**
 * Accepts one code of blocking problems, knowingly: documents that have only
 * such problems are written. May be called for several codes. Default: none.
 */
DCC_API
DccStatus dcc_options_accept(const struct DccOptions *options,
                             const char *code,
                             size_t code_len,
                             struct DccError **error);

/**
 * With 1, refuses to write a document that has warnings too; with 0, the
 * default, does not.
 */
DCC_API
DccStatus dcc_options_set_strict(const struct DccOptions *options,
                                 int32_t strict,
                                 struct DccError **error);

/**
 * The largest CDA document that is read, in bytes. Default: 50 000 000.
 */
DCC_API
DccStatus dcc_options_set_max_bytes(const struct DccOptions *options,
                                    size_t max_bytes,
                                    struct DccError **error);

/**
 * Puts a value set (jeu de valeurs) in the place of the embedded one of the
 * same OID or name, or adds it: an IHE SVS file, as the ANS publishes them.
 * Fails with DCC_STATUS_INVALID_VALUE_SET; the options are then unchanged.
 */
DCC_API
DccStatus dcc_options_add_value_set(const struct DccOptions *options,
                                    const uint8_t *svs,
                                    size_t svs_len,
                                    struct DccError **error);

/**
 * Frees options; NULL is nothing.
 */
DCC_API void dcc_options_free(struct DccOptions *options);

/**
 * The concepts of a value set, as a JSON array of objects (code, system,
 * label, and when stated valid_from, valid_to): those whose code or label
 * holds every word of `text`, whatever the case and the accents, best first.
 * With `text` NULL, all of them. `options` may be NULL: the embedded value
 * sets. `value_set` is a name or an OID; fails with
 * DCC_STATUS_UNKNOWN_VALUE_SET.
 */
DCC_API
DccStatus dcc_codes_search(const struct DccOptions *options,
                           const char *value_set,
                           size_t value_set_len,
                           const char *text,
                           size_t text_len,
                           struct DccBytes **json,
                           struct DccError **error);

/**
 * Number of problems; 0 for NULL.
 */
DCC_API size_t dcc_problems_len(const struct DccProblems *problems);

/**
 * The problem at an index, from 0.
 */
DCC_API
DccStatus dcc_problems_get(const struct DccProblems *problems,
                           size_t index,
                           struct DccProblem *problem);

/**
 * One of the values allowed in the place of what was found: `allowed_index`
 * is below the allowed_len of the problem. The nearest comes first.
 */
DCC_API
DccStatus dcc_problems_allowed(const struct DccProblems *problems,
                               size_t index,
                               size_t allowed_index,
                               struct DccStr *text);

/**
 * The problems as a JSON array of objects: path, code, severity ("warning"
 * or "blocking"), message, and, when there are, found and allowed.
 */
DCC_API
DccStatus dcc_problems_json(const struct DccProblems *problems,
                            struct DccBytes **json);

/**
 * Frees a list of problems that a call answered with, never the one of
 * dcc_error_problems; NULL is nothing.
 */
DCC_API void dcc_problems_free(struct DccProblems *problems);

/**
 * Number of things that were not read; 0 for NULL.
 */
DCC_API size_t dcc_unread_len(const struct DccUnread *unread);

/**
 * The thing at an index, from 0, in the order of the document.
 */
DCC_API
DccStatus dcc_unread_get(const struct DccUnread *unread,
                         size_t index,
                         struct DccUnreadItem *item);

/**
 * The list as a JSON array of objects: path, content, narrative.
 */
DCC_API
DccStatus dcc_unread_json(const struct DccUnread *unread,
                          struct DccBytes **json);

/**
 * Frees the list; NULL is nothing.
 */
DCC_API void dcc_unread_free(struct DccUnread *unread);

/**
 * The ABI of the library that is loaded, to compare with DCC_ABI_VERSION
 * before any other call.
 */
DCC_API uint32_t dcc_abi_version(void);

/**
 * The version of the library that is loaded, for example "0.1.0". The string
 * lives for ever.
 */
DCC_API DccStatus dcc_version(struct DccStr *version);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* DCC_H */
