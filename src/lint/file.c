/* A plain text file: its lines are the paragraphs. Where a page ends within one (a line “— 3 —”, as
 * our own texts have it), the paragraph goes on behind it. */
#include <string.h>
#include "document/typed_number.h"
#include "lint/lint_internal.h"

/* A line of the file. */
typedef struct Segment {
    size_t start, length; /* in the source */
    size_t at;            /* in the paragraph */
} Segment;

typedef struct Paragraph {
    const Source *source;
    Segment *segments;
    size_t count, room;
} Paragraph;

static At place(const void *asker, size_t offset, size_t length)
{
    const Paragraph *paragraph = asker;
    size_t ends[2] = {offset, offset + (length ? length - 1 : 0)};
    for (size_t k = 0; k < 2; k++) {
        size_t i = paragraph->count;
        while (i-- > 1 && paragraph->segments[i].at > ends[k])
            ;
        ends[k] = ends[k] - paragraph->segments[i].at + paragraph->segments[i].start;
    }
    return (At){.span = {paragraph->source, ends[0], ends[1] + (length ? 1 : 0)}};
}

/* The line at `start`; *start is moved to the next one. */
static Segment next_line(const Source *source, size_t *start)
{
    const char *at = source->text + *start, *end = source->text + source->length;
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    stop = stop ? stop : end;
    Segment line = {.start = *start, .length = (size_t)(stop - at)};
    *start = (size_t)(stop - source->text) + (stop < end);
    while (line.length > 0 && (at[line.length - 1] == '\r' || !at[line.length - 1]))
        line.length--;
    return line;
}

/* — 3 —, - 3 -, 3 */
static bool is_folio(const Source *source, const Segment *line)
{
    const char *at = source->text + line->start, *end = at + line->length;
    size_t digits = 0, others = 0;
    while (at < end && *at && digits < 5 && others < 8) {
        uint32_t c = utf8_next(&at);
        if (is_digit(c))
            digits++;
        else if (!utf8_is_blank(c) && !has(U"—-－–", c))
            return false;
        else
            others++;
    }
    return digits > 0 && digits < 5 && at == end;
}

/* In the middle of a sentence. */
static bool is_open(const Source *source, const Segment *line)
{
    const char *text = source->text + line->start, *end = text + line->length;
    uint32_t last = 0;
    bool sentence = false;
    for (const char *at = text; at < end && *at;) {
        uint32_t c = utf8_next(&at);
        sentence = sentence || has(U"，。；：", c);
        last = utf8_is_blank(c) ? last : c;
    }
    return sentence &&
           (is_han(last) || is_digit(last) || is_latin(last) || has(U"，、“《（%", last));
}

static bool goes_on(const Source *source, const Segment *line)
{
    TypedNumber typed;
    const char *text = source->text + line->start;
    return line->length > 0 && !utf8_is_blank((unsigned char)*text) && !typed_number(text, &typed);
}

static void add_segment(Lint *lint, Paragraph *paragraph, Segment line)
{
    const Segment *last = paragraph->count ? &paragraph->segments[paragraph->count - 1] : NULL;
    line.at = last ? last->at + last->length : 0;
    paragraph->segments = arena_grow(
        lint->arena, paragraph->segments, paragraph->count, &paragraph->room, sizeof line);
    paragraph->segments[paragraph->count++] = line;
}

static char *join(Lint *lint, const Paragraph *paragraph)
{
    const Segment *last = &paragraph->segments[paragraph->count - 1];
    char *text = arena_alloc(lint->arena, last->at + last->length + 1);
    for (size_t i = 0; i < paragraph->count; i++) {
        const Segment *line = &paragraph->segments[i];
        memcpy(text + line->at, paragraph->source->text + line->start, line->length);
    }
    return text;
}

/* 图1　各月清理量 */
static bool is_caption(const Source *source, const Segment *line)
{
    const char *text = source->text + line->start, *word = "图";
    return line->length > strlen(word) && strncmp(text, word, strlen(word)) == 0 &&
           is_digit((unsigned char)text[strlen(word)]);
}

/* The words of a chart at the head of a page, 单位：吨 to its caption: where they end; `start`:
 * there are none. */
static size_t chart_end(const Source *source, size_t start)
{
    enum { LINES = 40 };
    static const char head[] = "单位：";
    size_t next = start;
    for (int i = 0; i < LINES && next < source->length; i++) {
        Segment line = next_line(source, &next);
        if (i == 0 && strncmp(source->text + line.start, head, strlen(head)) != 0)
            break;
        if (is_caption(source, &line))
            return next;
    }
    return start;
}

/* Adds what goes on behind the foot of the page at *next, which is moved behind it; false when
 * nothing does. *chart, *chart_stop: the chart between. */
static bool add_next_page(
    Lint *lint, Paragraph *paragraph, size_t *next, size_t *chart, size_t *chart_stop)
{
    const Source *source = paragraph->source;
    size_t at = *next;
    Segment folio = next_line(source, &at);
    if (folio.start >= source->length || !is_folio(source, &folio))
        return false;
    size_t start = at, stop = *chart == *chart_stop ? chart_end(source, at) : at;
    at = stop;
    Segment more = next_line(source, &at);
    if (!goes_on(source, &more))
        return false;
    if (stop > start)
        *chart = start, *chart_stop = stop;
    add_segment(lint, paragraph, more);
    *next = at;
    return true;
}

static void lint_paragraph(Lint *lint, const Paragraph *paragraph)
{
    LintPiece piece = {
        .kind = LINT_LINE, .text = join(lint, paragraph), .place = place, .asker = paragraph};
    lint_piece(lint, &piece);
}

void lint_text(Lint *lint, const Source *source)
{
    Paragraph paragraph = {.source = source};
    for (size_t next = 0; next < source->length;) {
        size_t chart = 0, chart_stop = 0;
        paragraph.count = 0;
        add_segment(lint, &paragraph, next_line(source, &next));
        while (is_open(source, &paragraph.segments[paragraph.count - 1]))
            if (!add_next_page(lint, &paragraph, &next, &chart, &chart_stop))
                break;
        lint_paragraph(lint, &paragraph);
        while (chart < chart_stop) {
            paragraph.count = 0;
            add_segment(lint, &paragraph, next_line(source, &chart));
            lint_paragraph(lint, &paragraph);
        }
    }
}
