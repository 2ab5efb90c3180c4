/* Any bytes as a text file of <text>: lines that hold every letter of it, or a message, never both.
 * What lies between two pieces is blank or a typed number. The first byte says whether braces
 * count. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "data/encode.h"
#include "document/typed_number.h"
#include "template/text_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_gap(Arena *arena, const Source *source, size_t from, size_t to)
{
    TypedNumber typed;
    demand(from <= to);
    const char *gap = utf8_trim(arena, arena_strndup(arena, source->text + from, to - from));
    demand(!*gap || (typed_number(gap, &typed) && !gap[typed.length]));
}

static void check_nodes(Arena *arena, const Source *source, const Node *holder)
{
    size_t behind = 0;
    for (const Node *block = holder->first; block; block = block->next) {
        Span span = block->at.span;
        demand(span.source == source && span.start < span.end && span.end <= source->length);
        demand(block->first && block->first == block->last && block->first->id == ELEMENT_TEXT);
        check_gap(arena, source, behind, span.start);
        behind = span.end;
    }
    check_gap(arena, source, behind, source->length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Store *store = store_open(arena, diags);
    EngineOptions options = {.draft = false};
    Template t = {.arena = arena, .diags = diags};
    XmlNode element = {.kind = XML_ELEMENT, .name = "text"};
    Node holder = {.id = ELEMENT_TEXT_FILE};
    Buf text = {0};
    t.engine = engine_new(arena, store, &options, diags);
    bool decoded =
        encode_to_utf8("a.txt", (const char *)data + 1, size - 1, ENCODING_UNKNOWN, &text, diags);
    demand(decoded || diag_failed(diags));
    if (decoded && text.data) {
        const Source *source = source_new(arena, "a.txt", text.data, text.length);
        bool read = text_lines(&t, source, data[0] & 1, NULL, &element, &holder);
        demand(read != diag_failed(diags));
        if (read) {
            check_nodes(arena, source, &holder);
            demand(text_file_check(&t) != diag_failed(diags));
        }
    }
    buf_free(&text);
    store_close(store);
    arena_free(arena);
    return 0;
}
