/* The copy for reading aloud: no page is turned inside a sentence where that can be helped
 * (typesetting.md 8, 讲话稿). */
#include <string.h>
#include "base/utf8.h"
#include "typeset/page/page_internal.h"

enum { HEADED_LINES = 2 }; /* a run-in heading and its text, at the foot of a page */

static bool ends_sentence(uint32_t code)
{
    return code == 0x3002 || code == 0xff01 || code == 0xff1f; /* 。！？ */
}

static bool closes(uint32_t code)
{
    static const uint32_t CLOSING[] = {0x201d, 0x2019, 0xff09, 0x300b, 0x300d, 0x300f, 0x3011};
    for (size_t i = 0; i < sizeof CLOSING / sizeof *CLOSING; i++) {
        if (code == CLOSING[i]) {
            return true;
        }
    }
    return ends_sentence(code);
}

/* A place between two sentences. */
typedef struct SentenceEnd {
    const TextPiece *piece;
    int offset; /* bytes of its text that belong to the sentence */
} SentenceEnd;

static uint32_t code_at(const TextPiece *piece, const char *text)
{
    while (*text == '\0' && piece->next && piece->note_number == 0) {
        piece = piece->next;
        text = piece->text;
    }
    return utf8_next(&text);
}

/* Does it begin with a run-in heading? What is left of it on the next page does not. */
static bool is_headed(const Item *item)
{
    const TextPiece *piece = item->after_run_in ? item->pieces : NULL;
    while (piece && piece != item->after_run_in) {
        piece = piece->next;
    }
    return piece != NULL;
}

/* The ends of sentences within the paragraph, its own end left out; returns how many. A run-in
 * heading is no sentence: it goes with the one behind it. */
static int list_ends(Arena *arena, const Item *item, SentenceEnd **ends)
{
    int count = 0, bytes = 0;
    for (const TextPiece *piece = item->pieces; piece; piece = piece->next) {
        bytes += (int)strlen(piece->text);
    }
    *ends = ARENA_ARRAY(arena, SentenceEnd, bytes / 3 + 1);
    bool ended = false;
    const TextPiece *piece = is_headed(item) ? item->after_run_in : item->pieces;
    for (; piece; piece = piece->next) {
        const char *text = piece->text;
        while (*text) {
            uint32_t code = utf8_next(&text);
            ended = ends_sentence(code) || (ended && closes(code));
            uint32_t next = ended ? code_at(piece, text) : 0;
            if (next != 0 && !closes(next)) {
                (*ends)[count++] = (SentenceEnd){piece, (int)(text - piece->text)};
            }
        }
    }
    return count;
}

/* The pieces up to the end; *rest what follows it. */
static const TextPiece *part(
    Arena *arena, const TextPiece *pieces, const SentenceEnd *end, const TextPiece **rest)
{
    TextPiece *first = NULL, **tail = &first;
    for (const TextPiece *piece = pieces;; piece = piece->next) {
        TextPiece *copy = arena_copy(arena, piece, sizeof *piece);
        *tail = copy;
        tail = &copy->next;
        if (piece != end->piece) {
            continue;
        }
        if (piece->text[end->offset] == '\0') {
            *rest = piece->next;
        } else {
            TextPiece *after = arena_copy(arena, piece, sizeof *piece);
            after->text = piece->text + end->offset;
            copy->text = arena_printf(arena, "%.*s", end->offset, piece->text);
            copy->note_number = 0;
            copy->line_break = false;
            *rest = after;
        }
        copy->next = NULL;
        return first;
    }
}

static TextLines *break_part(
    PageBuilder *builder, const Item *item, const SentenceEnd *end, const TextPiece **rest)
{
    return text_break(&builder->ts, part(builder->ts.arena, item->pieces, end, rest), &item->spec);
}

bool read_aloud_cut(PageBuilder *builder, const Item *item, int room, SpokenCut *cut)
{
    SentenceEnd *ends;
    int low = 0, high = list_ends(builder->ts.arena, item, &ends);
    bool found = false, headed = is_headed(item);
    while (low < high) { /* more sentences take no fewer lines */
        int middle = (low + high) / 2;
        const TextPiece *rest;
        TextLines *lines = break_part(builder, item, &ends[middle], &rest);
        if (lines->count <= room) {
            *cut = (SpokenCut){lines, rest};
            found = true;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return found && room - cut->lines->count <= READ_ALOUD_EMPTY &&
           (!headed || cut->lines->count >= HEADED_LINES);
}

int read_aloud_first(PageBuilder *builder, const Item *item)
{
    SentenceEnd *ends;
    const TextPiece *rest;
    int count = list_ends(builder->ts.arena, item, &ends);
    bool headed = is_headed(item);
    for (int i = 0; i < count; i++) {
        int lines = break_part(builder, item, &ends[i], &rest)->count;
        if (!headed || lines >= HEADED_LINES) {
            return lines;
        }
    }
    return item->lines->count;
}
