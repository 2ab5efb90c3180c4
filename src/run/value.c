/* wenyin value: one value, and how it comes about. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "run/listing.h"
#include "run/session.h"
#include "template/value/explain.h"

/* Copied out of a template with its braces: they are left out. */
static void leave_braces(const char *text, ValuePlace *place)
{
    const char *end = text + place->length, *inner = text;
    while (end > text && end[-1] == ' ')
        end--;
    while (*inner == ' ')
        inner++;
    bool opens = utf8_fold_width(utf8_next(&inner)) == '{';
    size_t mark = end > inner && end[-1] == '}' ? 1 : strlen("｝");
    bool closes = end >= inner + mark && (mark == 1 || memcmp(end - mark, "｝", mark) == 0);
    if (opens && closes) {
        place->offset = (size_t)(inner - text);
        place->length = (size_t)(end - mark - inner);
    }
}

static Expr *read_expression(Session *session, const char *text)
{
    bool english = diag_language(session->diags) == DIAG_ENGLISH;
    const Source *source =
        source_new(session->arena, english ? "expression" : "表达式", text, strlen(text));
    ValuePlace place = {
        .node = xml_plain_text(session->arena, source, 0, strlen(text)), .length = strlen(text)};
    leave_braces(text, &place);
    Expr *expr = expr_parse_any(session->engine, &place);
    return expr && expr_check(session->engine, expr, NULL) ? expr : NULL;
}

static void print_explanation(Arena *arena, const Explanation *explanation)
{
    puts(listing_line(arena, explanation->result));
    for (size_t i = 0; i < explanation->count; i++)
        printf("%s%s\n", i == 0 ? "\n  " : "  ", listing_line(arena, explanation->lines[i]));
}

int run_value(Arguments *arguments)
{
    Session session;
    SessionSpec spec = session_spec(arguments, arguments->values[OPTION_TEMPLATE]);
    spec.any_period = true;
    bool done = session_begin(&session, &spec, arguments->arena, arguments->diags) &&
                session_declare(&session);
    Expr *expr = done ? read_expression(&session, arguments->operands[0]) : NULL;
    Explanation explanation;
    done = expr && expr_explain(session.engine, expr, &explanation);
    if (done)
        print_explanation(arguments->arena, &explanation);
    session_close(&session);
    return session_status(arguments->diags, done);
}
