/* Turns a JSON document into a CDA document.
 * cc parcours.c -ldcc -o parcours && ./parcours fiche.json fiche.xml */
#include <dcc.h>
#include <stdio.h>

static char text[1 << 24];

int main(int argc, char **argv) {
    DccDocument *document = NULL;
    DccBytes *cda = NULL;
    DccError *error = NULL;
    FILE *in = argc == 3 ? fopen(argv[1], "rb") : NULL;
    if (in == NULL || dcc_abi_version() != DCC_ABI_VERSION) {
        fprintf(stderr, "usage: parcours IN.json OUT.xml\n");
        return 2;
    }
    size_t len = fread(text, 1, sizeof text, in);
    fclose(in);

    DccStatus status = dcc_document_from_json(text, len, &document, &error);
    if (status == DCC_STATUS_OK) {
        status = dcc_document_to_cda(document, NULL, &cda, &error);
    }
    if (status == DCC_STATUS_OK) {
        FILE *out = fopen(argv[2], "wb");
        if (out == NULL || fwrite(dcc_bytes_data(cda), 1, dcc_bytes_len(cda), out) != dcc_bytes_len(cda) || fclose(out) != 0) {
            perror(argv[2]);
            status = -1;
        }
    } else {
        DccStr message;
        dcc_error_message(error, &message);
        fprintf(stderr, "%.*s\n", (int)message.len, message.data);
    }
    dcc_bytes_free(cda);
    dcc_document_free(document);
    dcc_error_free(error);
    return status == DCC_STATUS_OK ? 0 : 1;
}
