#include "template/evaluate/evaluate.h"

#include "base/buf.h"
#include "base/utf8.h"

typedef struct Spacing {
    Buf out;           /* the piece under way */
    uint32_t previous; /* last character kept; 0 at the start and behind a break */
    bool run, line;    /* blanks wait; one of them breaks the line */
    int wide;          /* full-width blanks among them */
} Spacing;

enum { WIDE_BLANK = 0x3000 };

static bool is_run_blank(uint32_t code_point)
{
    return code_point == ' ' || code_point == '\t' || code_point == '\n' || code_point == '\r' ||
           code_point == WIDE_BLANK;
}

static bool is_chinese(uint32_t code_point)
{
    return utf8_is_han(code_point) || utf8_is_cjk_mark(code_point);
}

static void forget_run(Spacing *spacing)
{
    spacing->run = spacing->line = false;
    spacing->wide = 0;
}

/* Full-width blanks are typed on purpose: within a line they stay. */
static void end_run(Spacing *spacing, uint32_t next)
{
    bool vanishes = spacing->previous == 0 ||
                    (spacing->line && (is_chinese(spacing->previous) || is_chinese(next)));
    if (spacing->run && !vanishes) {
        if (spacing->line || spacing->wide == 0)
            buf_addc(&spacing->out, ' ');
        else
            for (int i = 0; i < spacing->wide; i++)
                buf_addc(&spacing->out, WIDE_BLANK);
    }
    forget_run(spacing);
}

static void add_character(Spacing *spacing, uint32_t code_point)
{
    if (is_run_blank(code_point)) {
        spacing->run = true;
        spacing->line = spacing->line || code_point == '\n' || code_point == '\r';
        spacing->wide += code_point == WIDE_BLANK;
        return;
    }
    end_run(spacing, code_point);
    buf_addc(&spacing->out, code_point);
    spacing->previous = code_point;
}

static void settle_text(Arena *arena, Spacing *spacing, Inline *piece)
{
    const char *next = piece->text;
    uint32_t code_point;
    buf_clear(&spacing->out);
    while ((code_point = utf8_next(&next)) != 0)
        add_character(spacing, code_point);
    piece->text =
        spacing->out.length ? arena_strndup(arena, spacing->out.data, spacing->out.length) : "";
}

Inline *inlines_settle(Arena *arena, Inline *first)
{
    Spacing spacing = {0};
    Inline *kept = NULL, **tail = &kept;
    for (Inline *piece = first; piece; piece = piece->next) {
        if (piece->kind == INLINE_TEXT) {
            settle_text(arena, &spacing, piece);
        } else if (piece->kind == INLINE_BREAK) {
            forget_run(&spacing);
            spacing.previous = 0;
        }
        if (piece->kind == INLINE_TEXT && !piece->text[0])
            continue;
        *tail = piece;
        tail = &piece->next;
    }
    *tail = NULL;
    buf_free(&spacing.out);
    return kept;
}
