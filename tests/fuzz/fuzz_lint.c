/* Any bytes as a paper to be proofread: what decodes is looked through to its end, and every
 * finding lies within the text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "data/encode.h"
#include "lint/lint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(Arena *arena, const char *text, size_t length)
{
    Diags *diags = diag_new(arena);
    const Source *source = source_new(arena, "a.txt", text, length);
    char *printed = NULL;
    size_t size = 0;
    Lint *lint = lint_new(arena, diags);
    lint_text(lint, source);
    lint_finish(lint);
    if (diag_failed(diags))
        abort(); /* a rule warns or notes, it does not refuse */
    FILE *out = open_memstream(&printed, &size);
    diag_print(diags, out, DIAG_TEXT);
    fclose(out);
    bool told = diag_count(diags, DIAG_WARNING) + diag_count(diags, DIAG_NOTE) > 0;
    if (told != (size > 0) || (told && strncmp(printed, "a.txt:", 6) != 0))
        abort(); /* each finding has its place */
    free(printed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Buf text = {0};
    if (encode_to_utf8(
            "a.txt", (const char *)data, size, ENCODING_UNKNOWN, &text, diag_new(arena)) &&
        text.data)
        look(arena, text.data, text.length);
    buf_free(&text);
    arena_free(arena);
    return 0;
}
