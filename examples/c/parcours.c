/* JSON documents to CDA, then the export of the year: parcours OUT_DIR fiche_rcp.json pps.json ... */
#include <dcc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static char text[1 << 24], path[4096];
static DccError *error;
static void try(DccStatus status) { /* every problem, in French, on stderr */
    DccStr message = {0};
    if (status == DCC_STATUS_OK) return;
    dcc_error_message(error, &message);
    fprintf(stderr, "%.*s\n", (int)message.len, message.data);
    exit(1);
}
static void save(const char *folder, DccStr name, const char *end, const void *data, size_t len) {
    snprintf(path, sizeof path, "%s/%.*s%s", folder, (int)name.len, name.data, end);
    FILE *out = fopen(path, "wb");
    if (out == NULL || fwrite(data, 1, len, out) != len || fclose(out) != 0) perror(path), exit(1);
}
int main(int argc, char **argv) {
    DccAggregate *facts; DccExport *files; DccDocument *document; DccBytes *cda; DccStr name, kind, content; FILE *in;
    DccSessionFact session = {.id = {"S1", 2}, .rcp = {"R1", 2}, .date = 20250314, .status = DCC_SESSION_HELD};
    const char *by = "{\"producer\": {\"name\": \"3C de test\"}, \"generated_at\": \"2026-01-05T08:00:00Z\"}";
    try(dcc_aggregate_new(0, 0, &facts, &error));
    try(dcc_aggregate_add_sessions(facts, &session, 1, sizeof session, NULL, 0, NULL, &error));
    for (int i = 2; i < argc; i++) {
        if ((in = fopen(argv[i], "rb")) == NULL) perror(argv[i]), exit(1);
        try(dcc_document_from_json(text, fread(text, 1, sizeof text, in), &document, &error));
        try(dcc_document_to_cda(document, NULL, &cda, &error)); /* checked on the way */
        name.len = strcspn(name.data = strrchr(argv[i], '/') ? strrchr(argv[i], '/') + 1 : argv[i], ".");
        save(argv[1], name, ".xml", dcc_bytes_data(cda), dcc_bytes_len(cda));
        int tells = dcc_document_kind(document, &kind) == DCC_STATUS_OK && (!strncmp(kind.data, "fiche_rcp", kind.len) || !strncmp(kind.data, "pps", kind.len));
        if (tells) try(dcc_aggregate_add_document(facts, document, "S1", 2, name.data, name.len, NULL, 0, NULL, &error));
        fclose(in), dcc_bytes_free(cda), dcc_document_free(document);
    }
    try(dcc_export(facts, NULL, 0, 20250101, 20251231, by, strlen(by), &files, &error));
    for (size_t i = 0; dcc_export_file(files, i, &name, &content) == DCC_STATUS_OK; i++) save(argv[1], name, "", content.data, content.len);
    dcc_export_free(files), dcc_aggregate_free(facts);
}
