/* wenyin catalogue: a first catalogue, written from the CSVs of a folder. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "output/sink.h"
#include "run/first.h"
#include "run/session.h"

static bool output_is_new(const char *path, Diags *diags)
{
    struct stat status;
    return strcmp(path, "-") == 0 || lstat(path, &status) != 0 ||
           diag_add(diags, DIAG_E529, NULL, path);
}

int run_catalogue(Arguments *arguments)
{
    Diags *diags = arguments->diags;
    const char *folder = arguments->operands[0];
    const char *path = arguments->values[OPTION_OUTPUT] ? arguments->values[OPTION_OUTPUT] : "-";
    Found found = {.store = NULL};
    Buf text = {0};
    bool done = output_is_new(path, diags) && session_check_folder(diags, folder) &&
                found_open(arguments->arena, folder, diags, &found);
    if (done) {
        first_catalogue(&found, &text);
        done = sink_save(path, text.data, text.length, diags);
    }
    buf_free(&text);
    found_close(&found);
    return session_status(diags, done);
}
