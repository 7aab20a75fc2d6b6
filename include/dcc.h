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
 * from. Larger texts and files come as a DccBytes of their own, to be freed;
 * but the files of a DccExport are lent by it, bytes in a DccStr.
 *
 * Truth values are int32_t, 0 or 1. Dates in structs are int32_t written
 * yyyymmdd (20250314), 0 when absent.
 */

#ifndef DCC_H
#define DCC_H

#include <stddef.h>
#include <stdint.h>

/* Defined by the program before this header when it needs more, for example
 * __declspec(dllimport). The calling convention is that of C (cdecl) on every
 * system; do not change it. */
#ifndef DCC_API
#define DCC_API
#endif


/**
 * Status of a session: planned.
 */
#define DCC_SESSION_PLANNED 1

/**
 * Status of a session: held.
 */
#define DCC_SESSION_HELD 2

/**
 * Status of a session: cancelled, nothing of it counts.
 */
#define DCC_SESSION_CANCELLED 3

/**
 * Quorum of a session: nobody stated it.
 */
#define DCC_QUORUM_NOT_STATED 0

/**
 * Quorum of a session: reached.
 */
#define DCC_QUORUM_REACHED 1

/**
 * Quorum of a session: not reached.
 */
#define DCC_QUORUM_NOT_REACHED 2

/**
 * Flag of a fiche: its status is "validée".
 */
#define DCC_FICHE_VALIDATED 1

/**
 * Flag of a fiche: the attending physician has an MSSanté address.
 */
#define DCC_FICHE_MSSANTE 2

/**
 * Flag of a fiche: a G8 geriatric assessment was done.
 */
#define DCC_FICHE_G8 4

/**
 * Flag of a fiche: an onco-geriatric assessment was requested.
 */
#define DCC_FICHE_ONCOGERIATRIC 8

/**
 * Flag of a fiche: fertility preservation was proposed or organised.
 */
#define DCC_FICHE_FERTILITY 16

/**
 * Flag of a fiche: a clinical trial was proposed.
 */
#define DCC_FICHE_TRIAL 32

/**
 * Flag of a fiche: the proposal respects the guideline. Without this one and
 * the next, the fiche does not state it; both together are refused.
 */
#define DCC_FICHE_GUIDELINE_RESPECTED 64

/**
 * Flag of a fiche: the proposal does not respect the guideline.
 */
#define DCC_FICHE_GUIDELINE_NOT_RESPECTED 128

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
 * Level of a finding: the rules could not be applied to their end, or say it.
 */
#define DCC_LEVEL_FATAL 1

/**
 * Level of a finding: the document does not conform.
 */
#define DCC_LEVEL_ERROR 2

/**
 * Level of a finding: the document conforms, its author should know.
 */
#define DCC_LEVEL_WARNING 3

/**
 * Level of a finding: an information.
 */
#define DCC_LEVEL_INFO 4

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
     * The library was built without the feature asked for.
     */
    DCC_STATUS_NOT_BUILT_IN = 7,
    /**
     * A JSON text cannot be read as what is asked for (a document, events, a
     * command, an actor, offers, options): syntax, kind, fields, values.
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
     * A folder or an archive cannot be read as the official rules.
     */
    DCC_STATUS_INVALID_RULES = 103,
    /**
     * A document has problems that forbid writing it.
     */
    DCC_STATUS_DOCUMENT_REFUSED = 200,
    /**
     * A value set has no such name or OID.
     */
    DCC_STATUS_UNKNOWN_VALUE_SET = 201,
    /**
     * The page or the PDF of a document cannot be written.
     */
    DCC_STATUS_RENDER_FAILED = 202,
    /**
     * The official rules have no such volet.
     */
    DCC_STATUS_UNKNOWN_VOLET = 203,
    /**
     * Facts, offers or options of an export have problems that forbid it.
     */
    DCC_STATUS_EXPORT_REFUSED = 300,
    /**
     * Bytes are not those of an aggregate, or of one of another version.
     */
    DCC_STATUS_INVALID_AGGREGATE = 301,
    /**
     * A period ends before it begins, or is out of the calendar.
     */
    DCC_STATUS_INVALID_PERIOD = 302,
    /**
     * A command to an RCP is refused: rights, states, values.
     */
    DCC_STATUS_COMMAND_REFUSED = 400,
    /**
     * An event does not follow from the events before it.
     */
    DCC_STATUS_EVENT_REFUSED = 401,
    /**
     * An RCP or a session is not known.
     */
    DCC_STATUS_UNKNOWN_IN_RCP = 402,
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
 * The facts of any part of any period, in the order that they come. Any
 * number of threads may add to the same one, each waiting its turn; it is
 * faster to give each thread its own and to merge them at the end.
 */
typedef struct DccAggregate DccAggregate;

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
 * The files of one deposit. It never changes: any number of threads may read
 * it.
 */
typedef struct DccExport DccExport;

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
 * The RCPs of a 3C: offers, sessions, cases and fiches, as their events made
 * them. The program stores the events; this is their fold. Any number of
 * threads may use it at once: a command sees all the events of those before.
 */
typedef struct DccRcp DccRcp;

/**
 * The official rules of a release of the ANS (TestContenuCDA), ready to run.
 * It never changes: any number of threads may check with the same one.
 */
typedef struct DccRulebook DccRulebook;

/**
 * What was in a CDA document and is not in the DccDocument read from it.
 * It never changes: any number of threads may read it.
 */
typedef struct DccUnread DccUnread;

/**
 * The verdict of the official rules on a document. It never changes: any
 * number of threads may read it.
 */
typedef struct DccVerdict DccVerdict;

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
 * One session of an RCP. Fill the struct with zeros first: zero is "absent".
 */
typedef struct DccSessionFact {
    /**
     * Opaque id of the session. Required.
     */
    struct DccStr id;
    /**
     * Opaque id of the RCP that holds it. Required.
     */
    struct DccStr rcp;
    /**
     * FINESS of the organising establishment.
     */
    struct DccStr establishment;
    /**
     * Code of the 3C.
     */
    struct DccStr centre_3c;
    /**
     * Theme of the RCP.
     */
    struct DccStr theme;
    /**
     * Europe/Paris calendar date, yyyymmdd. Required.
     */
    int32_t date;
    /**
     * DCC_SESSION_... Required.
     */
    int32_t status;
    /**
     * DCC_QUORUM_...
     */
    int32_t quorum;
    /**
     * Line in the source, that problems name; 0 when there is none.
     */
    uint32_t line;
} DccSessionFact;

/**
 * One professional present at a session.
 */
typedef struct DccAttendanceFact {
    /**
     * Id of the session. Required.
     */
    struct DccStr session;
    /**
     * Opaque key of the professional, for example the RPPS. Required.
     */
    struct DccStr professional;
    /**
     * Code of the specialty exercised.
     */
    struct DccStr specialty;
    /**
     * Line in the source, that problems name; 0 when there is none.
     */
    uint32_t line;
    /**
     * Always 0.
     */
    uint32_t reserved;
} DccAttendanceFact;

/**
 * One version of one fiche RCP.
 */
typedef struct DccFicheFact {
    /**
     * Opaque id of the fiche, the same for all its versions. Required.
     */
    struct DccStr id;
    /**
     * Id of the session where the case is discussed. Required.
     */
    struct DccStr session;
    /**
     * Opaque key of the patient, better a pseudonym. Required.
     */
    struct DccStr patient;
    /**
     * Opaque key of the attending physician (médecin traitant).
     */
    struct DccStr attending_physician;
    /**
     * Version; the highest one alone counts.
     */
    uint32_t version;
    /**
     * DCC_FICHE_... added together.
     */
    uint32_t flags;
    /**
     * Line in the source, that problems name; 0 when there is none.
     */
    uint32_t line;
    /**
     * Always 0.
     */
    uint32_t reserved;
} DccFicheFact;

/**
 * One version of one PPS.
 */
typedef struct DccPpsFact {
    /**
     * Opaque id of the PPS, the same for all its versions. Required.
     */
    struct DccStr id;
    /**
     * Opaque key of the patient. Required.
     */
    struct DccStr patient;
    /**
     * FINESS of the establishment.
     */
    struct DccStr establishment;
    /**
     * Code of the 3C.
     */
    struct DccStr centre_3c;
    /**
     * Theme.
     */
    struct DccStr theme;
    /**
     * Version; the highest one alone counts.
     */
    uint32_t version;
    /**
     * Europe/Paris calendar date of validation, yyyymmdd; 0 while not validated.
     */
    int32_t validated_on;
    /**
     * Line in the source, that problems name; 0 when there is none.
     */
    uint32_t line;
    /**
     * Always 0.
     */
    uint32_t reserved;
} DccPpsFact;

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

/**
 * One finding. Its strings live as long as the verdict.
 */
typedef struct DccFinding {
    /**
     * Rule set: stem of the rule file, "xsd" for the XML Schema, "xml" for
     * bytes that are not XML.
     */
    struct DccStr set;
    /**
     * XPath of the place in the document; empty for the whole of it.
     */
    struct DccStr location;
    /**
     * The official text, in French. It may hold data of the patient.
     */
    struct DccStr text;
    /**
     * The expression tested; empty for "xsd" and "xml".
     */
    struct DccStr test;
    /**
     * Code of a run-time error, of a breach of the XML Schema or of a fault
     * of XML; empty for a rule that is not kept.
     */
    struct DccStr code;
    /**
     * JSON pointer of the field that the place was written from; data is NULL
     * when it is not known.
     */
    struct DccStr pointer;
    /**
     * Line of the document, from 1; 0 when there is none.
     */
    uint32_t line;
    /**
     * Column of the document in characters, from 1; 0 when there is none.
     */
    uint32_t column;
    /**
     * One of DCC_LEVEL_...
     */
    int32_t level;
} DccFinding;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Makes an aggregate without facts. Facts dated before `earliest` or after
 * `latest` (yyyymmdd) will be refused; 0 stands for 20000101 and 20991231.
 * Fails with DCC_STATUS_BAD_VALUE for a date that does not exist.
 */
DCC_API
DccStatus dcc_aggregate_new(int32_t earliest,
                            int32_t latest,
                            struct DccAggregate **aggregate,
                            struct DccError **error);

/**
 * Adds sessions: `count` structs, `fact_size` bytes each, which is
 * sizeof(DccSessionFact); fields that a later version adds are then zeros for
 * the program compiled before. `source` names the feed in problems, and may
 * be NULL. A batch with a text that is not UTF-8 (DCC_STATUS_BAD_UTF8), a
 * number that is none of those allowed or a date that does not exist
 * (DCC_STATUS_BAD_VALUE) fails whole, and names each of each row
 * ("/12/status"); the status is that of the first. After some 1000 problems,
 * the next row with one is named by API-SUITE ("/5000"), and no other is. A
 * `fact_size` too small is DCC_STATUS_BAD_SIZE. A fact that is readable but
 * cannot count (without an id, out of bounds) is left out and listed by
 * dcc_aggregate_problems: `taken`, when not NULL, receives the number of those
 * kept.
 */
DCC_API
DccStatus dcc_aggregate_add_sessions(const struct DccAggregate *aggregate,
                                     const struct DccSessionFact *facts,
                                     size_t count,
                                     size_t fact_size,
                                     const char *source,
                                     size_t source_len,
                                     size_t *taken,
                                     struct DccError **error);

/**
 * Adds attendances, as dcc_aggregate_add_sessions.
 */
DCC_API
DccStatus dcc_aggregate_add_attendances(const struct DccAggregate *aggregate,
                                        const struct DccAttendanceFact *facts,
                                        size_t count,
                                        size_t fact_size,
                                        const char *source,
                                        size_t source_len,
                                        size_t *taken,
                                        struct DccError **error);

/**
 * Adds versions of fiches, as dcc_aggregate_add_sessions.
 */
DCC_API
DccStatus dcc_aggregate_add_fiches(const struct DccAggregate *aggregate,
                                   const struct DccFicheFact *facts,
                                   size_t count,
                                   size_t fact_size,
                                   const char *source,
                                   size_t source_len,
                                   size_t *taken,
                                   struct DccError **error);

/**
 * Adds versions of PPS, as dcc_aggregate_add_sessions.
 */
DCC_API
DccStatus dcc_aggregate_add_pps(const struct DccAggregate *aggregate,
                                const struct DccPpsFact *facts,
                                size_t count,
                                size_t fact_size,
                                const char *source,
                                size_t source_len,
                                size_t *taken,
                                struct DccError **error);

/**
 * Adds the fact of a document: of a fiche RCP, discussed in `session`, or of a
 * PPS, for which `session` is not looked at and may be NULL. `session` and
 * `patient` are the keys of the session and of the patient, better a
 * pseudonym. The fact has the id common to all versions of the document, its
 * version, and what the document states; a PPS has no theme. `source`
 * and `taken` (0 or 1) as for dcc_aggregate_add_sessions. Fails with
 * DCC_STATUS_BAD_VALUE for another kind of document.
 */
DCC_API
DccStatus dcc_aggregate_add_document(const struct DccAggregate *aggregate,
                                     const struct DccDocument *document,
                                     const char *session,
                                     size_t session_len,
                                     const char *patient,
                                     size_t patient_len,
                                     const char *source,
                                     size_t source_len,
                                     size_t *taken,
                                     struct DccError **error);

/**
 * Adds the facts of a CSV file (separator ";" or ",", first line the names of
 * the columns). `table_name` is "sessions", "attendances", "fiches" or "pps",
 * any other is DCC_STATUS_BAD_VALUE; `source` and `taken` as for
 * dcc_aggregate_add_sessions. A line that cannot be read is left out, and listed
 * by dcc_aggregate_problems.
 */
DCC_API
DccStatus dcc_aggregate_add_csv(const struct DccAggregate *aggregate,
                                const char *table_name,
                                size_t table_name_len,
                                const uint8_t *csv,
                                size_t csv_len,
                                const char *source,
                                size_t source_len,
                                size_t *taken,
                                struct DccError **error);

/**
 * Adds the facts of JSON lines, one object a line, as dcc_aggregate_add_csv.
 */
DCC_API
DccStatus dcc_aggregate_add_json_lines(const struct DccAggregate *aggregate,
                                       const char *table_name,
                                       size_t table_name_len,
                                       const uint8_t *lines,
                                       size_t lines_len,
                                       const char *source,
                                       size_t source_len,
                                       size_t *taken,
                                       struct DccError **error);

/**
 * Adds the facts of `other`, which is unchanged. The order of merges changes
 * nothing; a fact that is in both counts once and is listed.
 */
DCC_API
DccStatus dcc_aggregate_merge(const struct DccAggregate *aggregate,
                              const struct DccAggregate *other,
                              struct DccError **error);

/**
 * The problems of the facts, in `problems`: always a list, empty when there
 * is none.
 */
DCC_API
DccStatus dcc_aggregate_problems(const struct DccAggregate *aggregate,
                                 struct DccProblems **problems,
                                 struct DccError **error);

/**
 * The facts as bytes, to keep them or to send them to another machine.
 */
DCC_API
DccStatus dcc_aggregate_to_bytes(const struct DccAggregate *aggregate,
                                 struct DccBytes **bytes,
                                 struct DccError **error);

/**
 * Reads what dcc_aggregate_to_bytes wrote. Fails with
 * DCC_STATUS_INVALID_AGGREGATE.
 */
DCC_API
DccStatus dcc_aggregate_from_bytes(const uint8_t *bytes,
                                   size_t bytes_len,
                                   struct DccAggregate **aggregate,
                                   struct DccError **error);

/**
 * Every indicator of a period (two days, yyyymmdd, both inside) as a JSON
 * array of cells: month ("2025-03", null for all together), establishment,
 * centre_3c, theme ("tous" for all together), and values: code, numerator,
 * denominator (null for a count, both null when masked), masked. The first
 * cell is the total. Counts below `small_counts` are masked, with those that
 * would give them away; 0 masks none. Fails with DCC_STATUS_INVALID_PERIOD
 * for a period that ends before it begins ("last"), DCC_STATUS_BAD_VALUE for
 * a date that does not exist ("first", "last").
 */
DCC_API
DccStatus dcc_aggregate_indicators(const struct DccAggregate *aggregate,
                                   int32_t first,
                                   int32_t last,
                                   uint32_t small_counts,
                                   struct DccBytes **json,
                                   struct DccError **error);

/**
 * Frees an aggregate; NULL is nothing.
 */
DCC_API void dcc_aggregate_free(struct DccAggregate *aggregate);

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
 * Writes the CDA R2 document at level 1: the same header, and a PDF as body
 * (bytes of the file, not base64). `options` may be NULL. Fails with
 * DCC_STATUS_DOCUMENT_REFUSED and every problem of the document and the PDF.
 */
DCC_API
DccStatus dcc_document_to_cda_level1(const struct DccDocument *document,
                                     const uint8_t *pdf,
                                     size_t pdf_len,
                                     const struct DccOptions *options,
                                     struct DccBytes **cda,
                                     struct DccError **error);

/**
 * Lists every problem of a document, blocking or not, in `problems`: always
 * a list, empty when there is none. A document with problems is no failure
 * of this call. `options` may be NULL; of them the value sets alone matter:
 * the problems of an accepted code are listed too.
 */
DCC_API
DccStatus dcc_document_check(const struct DccDocument *document,
                             const struct DccOptions *options,
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
 * The id of this version of a document, "root" or "root^extension". The string
 * lives as long as the document.
 */
DCC_API
DccStatus dcc_document_id(const struct DccDocument *document,
                          struct DccStr *id);

/**
 * The number of the version of a document.
 */
DCC_API
DccStatus dcc_document_version(const struct DccDocument *document,
                               uint32_t *version);

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
 * Makes the files of a period (two days, yyyymmdd, both inside):
 * offre_rcp.csv, indicateurs.csv, specialites.csv, dashboard.html,
 * manifest.json. `offers` is a JSON array of the lines of the offer of RCPs,
 * or NULL. `options` is a JSON object: producer {name, finess, software} and
 * generated_at (RFC 3339), required; dialect ("tableur-fr", the default, or
 * "rfc4180"), dashboard (true), replaces, accept (codes of problems accepted,
 * knowingly), threads (1; from 1 to 256, any other number is taken for the
 * nearest of the two), small_counts (counts below are masked).
 *
 * Fails with DCC_STATUS_INVALID_JSON for offers or options that cannot be
 * read (paths under "/offers", "/options"); DCC_STATUS_BAD_VALUE for a date
 * that does not exist ("first", "last") or a code that no rule has
 * ("/options/accept"); DCC_STATUS_INVALID_PERIOD for a period that ends before
 * it begins ("last"); DCC_STATUS_EXPORT_REFUSED for problems of the facts, the
 * offer or the options. All are read: the error holds the problems of each,
 * and the status of the first in the order of the arguments. The facts are
 * looked at once the rest can be read.
 */
DCC_API
DccStatus dcc_export(const struct DccAggregate *aggregate,
                     const char *offers,
                     size_t offers_len,
                     int32_t first,
                     int32_t last,
                     const char *options,
                     size_t options_len,
                     struct DccExport **files,
                     struct DccError **error);

/**
 * Number of files; 0 for NULL.
 */
DCC_API size_t dcc_export_len(const struct DccExport *files);

/**
 * The name and the bytes of the file at an index, from 0; either place may be
 * NULL. Both live as long as the export.
 */
DCC_API
DccStatus dcc_export_file(const struct DccExport *files,
                          size_t index,
                          struct DccStr *name,
                          struct DccStr *content);

/**
 * What is wrong with the facts without stopping the export. The list belongs
 * to the export: do not free it, nor use it after. NULL for NULL.
 */
DCC_API
const struct DccProblems *dcc_export_problems(const struct DccExport *files);

/**
 * Frees an export; NULL is nothing.
 */
DCC_API void dcc_export_free(struct DccExport *files);

/**
 * Makes options with the default of each.
 */
DCC_API
DccStatus dcc_options_new(struct DccOptions **options,
                          struct DccError **error);

/**
 * Accepts one code of blocking problems, knowingly: documents that have only
 * such problems are written. May be called for several codes. Default: none.
 * Fails with DCC_STATUS_BAD_VALUE for a code that no rule has, and tells the
 * nearest ones.
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
 * Makes RCPs without any event.
 */
DCC_API DccStatus dcc_rcp_new(struct DccRcp **rcp, struct DccError **error);

/**
 * Reads what dcc_rcp_to_json wrote: then only the events that follow need be
 * applied. Fails with DCC_STATUS_INVALID_JSON and every problem.
 */
DCC_API
DccStatus dcc_rcp_from_json(const char *json,
                            size_t json_len,
                            struct DccRcp **rcp,
                            struct DccError **error);

/**
 * Writes the whole state as JSON, to show it or to keep it.
 */
DCC_API
DccStatus dcc_rcp_to_json(const struct DccRcp *rcp,
                          struct DccBytes **json,
                          struct DccError **error);

/**
 * Applies events that the program stored: a JSON array, in their order.
 * Fails with DCC_STATUS_EVENT_REFUSED at the first that does not follow from
 * those before, and names it ("/12/sequence"); those before it are applied.
 * With DCC_STATUS_INVALID_JSON, none is.
 */
DCC_API
DccStatus dcc_rcp_apply(const struct DccRcp *rcp,
                        const char *events,
                        size_t events_len,
                        struct DccError **error);

/**
 * Decides a command and applies its events, given in `events` as a JSON
 * array for the program to store; may be empty, when all was done already.
 * `command` is {"type": "open_session", "session": "..."}; `actor` is who
 * gives it: {"key", "name", "grants": [{"role", "rcp"}], "authentication"};
 * `at` is the instant, RFC 3339. Fails with DCC_STATUS_COMMAND_REFUSED and
 * every problem, nothing being changed; with DCC_STATUS_INVALID_JSON, the
 * paths in the actor beginning with "/actor"; with DCC_STATUS_BAD_VALUE for an
 * `at` that is no instant. What cannot be read of all three is told at once,
 * with the status of the first.
 */
DCC_API
DccStatus dcc_rcp_execute(const struct DccRcp *rcp,
                          const char *command,
                          size_t command_len,
                          const char *actor,
                          size_t actor_len,
                          const char *at,
                          size_t at_len,
                          struct DccBytes **events,
                          struct DccError **error);

/**
 * As dcc_rcp_execute, but nothing is changed: the program stores the events
 * first, then applies them with dcc_rcp_apply.
 */
DCC_API
DccStatus dcc_rcp_decide(const struct DccRcp *rcp,
                         const char *command,
                         size_t command_len,
                         const char *actor,
                         size_t actor_len,
                         const char *at,
                         size_t at_len,
                         struct DccBytes **events,
                         struct DccError **error);

/**
 * The whole log as lines of French, for a journal: `events` is the JSON array
 * of all the events from the first; `lines` receives a JSON array of texts.
 * Fails with DCC_STATUS_INVALID_JSON and every problem, or with
 * DCC_STATUS_EVENT_REFUSED and the first event that does not follow from
 * those before.
 */
DCC_API
DccStatus dcc_rcp_journal(const char *events,
                          size_t events_len,
                          struct DccBytes **lines,
                          struct DccError **error);

/**
 * The iCalendar (RFC 5545) of one session. `stamp` is the instant of writing,
 * RFC 3339; `domain` is that of the identifiers of the events, the program's
 * own. Fails with DCC_STATUS_UNKNOWN_IN_RCP, or with DCC_STATUS_BAD_VALUE for
 * a `stamp` that is no instant.
 */
DCC_API
DccStatus dcc_rcp_session_calendar(const struct DccRcp *rcp,
                                   const char *session,
                                   size_t session_len,
                                   const char *stamp,
                                   size_t stamp_len,
                                   const char *domain,
                                   size_t domain_len,
                                   struct DccBytes **ics,
                                   struct DccError **error);

/**
 * The iCalendar of the sessions of a year, of one RCP (`id`) or, with `id`
 * NULL, of all. As dcc_rcp_session_calendar.
 */
DCC_API
DccStatus dcc_rcp_year_calendar(const struct DccRcp *rcp,
                                const char *id,
                                size_t id_len,
                                int32_t year,
                                const char *stamp,
                                size_t stamp_len,
                                const char *domain,
                                size_t domain_len,
                                struct DccBytes **ics,
                                struct DccError **error);

/**
 * Frees RCPs; NULL is nothing.
 */
DCC_API void dcc_rcp_free(struct DccRcp *rcp);

/**
 * Shows any CDA R2 document, also one of another software, as one HTML page
 * without script nor link to anything outside. `structure`, the name at the
 * top, and `logo` (PNG, JPEG or GIF) may be NULL. `problems`, when not NULL,
 * receives what could not be shown. Fails with DCC_STATUS_INVALID_CDA, and with
 * DCC_STATUS_RENDER_FAILED when the logo is no image that can be shown.
 */
DCC_API
DccStatus dcc_cda_to_html(const uint8_t *cda,
                          size_t cda_len,
                          const char *structure,
                          size_t structure_len,
                          const uint8_t *logo,
                          size_t logo_len,
                          struct DccBytes **html_page,
                          struct DccProblems **problems,
                          struct DccError **error);

/**
 * Whether this library was built with PDF: 1 or 0.
 */
DCC_API int32_t dcc_has_pdf(void);

/**
 * As dcc_cda_to_html, as a PDF/A-1a document (the logo PNG or JPEG). Fails
 * with DCC_STATUS_RENDER_FAILED when it cannot be written, and with
 * DCC_STATUS_NOT_BUILT_IN when the library was built without PDF: see
 * dcc_has_pdf.
 */
DCC_API
DccStatus dcc_cda_to_pdf(const uint8_t *cda,
                         size_t cda_len,
                         const char *structure,
                         size_t structure_len,
                         const uint8_t *logo,
                         size_t logo_len,
                         struct DccBytes **pdf_file,
                         struct DccProblems **problems,
                         struct DccError **error);

/**
 * Whether this library was built with the official rules: 1 or 0. Without
 * them dcc_rulebook_open fails with DCC_STATUS_NOT_BUILT_IN.
 */
DCC_API int32_t dcc_has_official(void);

/**
 * Loads the rules of `path`: the folder of the ANS repository TestContenuCDA,
 * or its ZIP archive. Nothing of the rules is in the library, nor kept
 * elsewhere than in memory. Fails with DCC_STATUS_INVALID_RULES when they
 * cannot be read, or are not those rules.
 */
DCC_API
DccStatus dcc_rulebook_open(const char *path,
                            size_t path_len,
                            struct DccRulebook **rulebook,
                            struct DccError **error);

/**
 * What the rules are, as a JSON object: release (SHA-256 of the rules),
 * volets (their names), and notices, what is amiss in the release: objects
 * with set, code, blocks, file, line, text in French.
 */
DCC_API
DccStatus dcc_rulebook_json(const struct DccRulebook *rulebook,
                            struct DccBytes **json);

/**
 * Checks a CDA document by the XML Schema, the common rule sets and that of
 * its volet. `volet` is the name of one, for example "CANCER-FRCP_2022.01",
 * or NULL: the one that the templates of the document name. `official` is
 * 1 for findings as in the official tool, in which a run-time error of a rule
 * hides the other findings of its rule set, and 0 to keep these. What is
 * wrong with the document, also when it is not XML, is in the verdict. Fails
 * with DCC_STATUS_UNKNOWN_VOLET.
 */
DCC_API
DccStatus dcc_rulebook_check(const struct DccRulebook *rulebook,
                             const uint8_t *cda,
                             size_t cda_len,
                             const char *volet,
                             size_t volet_len,
                             int32_t official,
                             struct DccVerdict **verdict,
                             struct DccError **error);

/**
 * Frees the rules; NULL is nothing. Verdicts made with them live on.
 */
DCC_API void dcc_rulebook_free(struct DccRulebook *rulebook);

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
 * Whether the document conforms: 1 without fatal finding nor error, else 0;
 * 0 for NULL.
 */
DCC_API int32_t dcc_verdict_is_conformant(const struct DccVerdict *verdict);

/**
 * The number of findings; 0 for NULL.
 */
DCC_API size_t dcc_verdict_len(const struct DccVerdict *verdict);

/**
 * The finding of this index: "xml" or "xsd" first, then by rule set. Fails
 * with DCC_STATUS_BAD_INDEX.
 */
DCC_API
DccStatus dcc_verdict_get(const struct DccVerdict *verdict,
                          size_t index,
                          struct DccFinding *finding);

/**
 * The verdict in a sentence, in French, and the name of the volet checked
 * against, whose data is NULL when none was recognised; either place may be
 * NULL. Both live as long as the verdict.
 */
DCC_API
DccStatus dcc_verdict_summary(const struct DccVerdict *verdict,
                              struct DccStr *summary,
                              struct DccStr *volet);

/**
 * The verdict as a JSON object on one line: file, volet, recognised,
 * conformant, release, and findings, each with set, level, location, text, and
 * when there are line, column, test, context, rule, code, pointer. `file` is
 * the name of the document; it may be NULL.
 */
DCC_API
DccStatus dcc_verdict_json(const struct DccVerdict *verdict,
                           const char *file,
                           size_t file_len,
                           struct DccBytes **json);

/**
 * The verdict as a self-contained HTML page, in French. `title` names the
 * document; it may be NULL.
 */
DCC_API
DccStatus dcc_verdict_html(const struct DccVerdict *verdict,
                           const char *title,
                           size_t title_len,
                           struct DccBytes **page);

/**
 * The verdict in SVRL (ISO/IEC 19757-3, annex D), for existing tools.
 */
DCC_API
DccStatus dcc_verdict_svrl(const struct DccVerdict *verdict,
                           struct DccBytes **svrl);

/**
 * Frees a verdict; NULL is nothing.
 */
DCC_API void dcc_verdict_free(struct DccVerdict *verdict);

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
