#include "check/typed_internal.h"

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"

uint32_t typed_char(const TypedLine *line, int at)
{
    return at >= 0 && at < line->count ? line->chars[at].code : 0;
}

bool typed_is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

bool typed_is_latin(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

/* 6—8, 6-8, 6～8, 6至8 */
bool typed_is_dash(uint32_t code)
{
    return typed_is_one_of(code, "-~–—―－〜至到");
}

bool typed_is_one_of(uint32_t code, const char *set)
{
    while (code && *set)
        if (utf8_next(&set) == code)
            return true;
    return false;
}

/* How many characters the word has that stands at `at`; 0: another does. */
static int stands(const TypedLine *line, int at, const char *word, const char *end)
{
    int length = 0;
    for (; word < end; length++)
        if (utf8_next(&word) != typed_char(line, at + length))
            return 0;
    return length;
}

static int longest(const TypedLine *line, int at, const char *words, bool back)
{
    int best = 0;
    for (const char *word = words; *word;) {
        const char *end = word + strcspn(word, " ");
        int from = back ? at - (int)utf8_count(word, (size_t)(end - word)) : at;
        int length = stands(line, from, word, end);
        best = length > best ? length : best;
        word = *end ? end + 1 : end;
    }
    return best;
}

int typed_match(const TypedLine *line, int at, const char *words)
{
    return longest(line, at, words, false);
}

int typed_match_back(const TypedLine *line, int at, const char *words)
{
    return longest(line, at, words, true);
}

/* ---- the line ---- */

static uint32_t folded(uint32_t code)
{
    return code == 0xFF0C ? code : utf8_fold_width(code); /* 1，234 is no thousand */
}

static int add_piece(TypedLine *line, const Inline *piece, int count, size_t *at)
{
    bool closed = piece->figure || piece->script != SCRIPT_NORMAL;
    for (const char *next = piece->text; *next;) {
        const char *from = next;
        TypedChar *out = &line->chars[count++];
        *out = (TypedChar){.code = folded(utf8_next(&next)),
            .piece = piece,
            .offset = (size_t)(from - piece->text),
            .at = *at,
            .closed = closed};
        *at += (size_t)(next - from);
    }
    return count;
}

/* From an opening mark to its end: `close`, unless another opens first or the line ends. */
static int region_end(const TypedLine *line, int from, uint32_t open, uint32_t close)
{
    for (int i = from + 1; i < line->count; i++) {
        if (line->chars[i].code == close)
            return i;
        if (line->chars[i].code == open)
            return from;
    }
    return from;
}

/* 《…》 is the name of something, 〔2024〕17号 a number of a document; slogans stand in “ ”. */
static void close_regions(TypedLine *line)
{
    for (int i = 0; i < line->count; i++) {
        uint32_t code = line->chars[i].code;
        uint32_t closing = code == 0x300A ? 0x300B : code == 0x3014 ? 0x3015 : 0;
        int end = closing ? region_end(line, i, code, closing) : i;
        for (; closing == 0x3015 && end > i && typed_is_digit(typed_char(line, end + 1)); end++)
            ;
        for (int j = i; j < end; j++)
            line->chars[j + 1].closed = true;
        end = code == 0x201C ? region_end(line, i, code, 0x201D) : i;
        for (int j = i; j < end; j++)
            line->chars[j].quoted = true;
    }
}

TypedLine typed_line(Arena *arena, const Inline *first)
{
    TypedLine line = {.arena = arena, .text = inline_plain(arena, first)};
    size_t at = 0;
    line.chars = ARENA_ARRAY(arena, TypedChar, utf8_count(line.text, strlen(line.text)) + 1);
    for (const Inline *piece = first; piece; piece = piece->next)
        if (piece->kind == INLINE_TEXT)
            line.count = add_piece(&line, piece, line.count, &at);
    line.chars[line.count].at = at;
    close_regions(&line);
    return line;
}

void typed_find(Arena *arena, const Inline *first, TypedList *out)
{
    TypedLine line = typed_line(arena, first);
    for (int i = 0; i < line.count;) {
        if (typed_is_digit(line.chars[i].code))
            i = typed_arabic(&line, i, out);
        else if (typed_begins_han(&line, i))
            i = typed_han(&line, i, out);
        else
            i++;
    }
}
