/* The 核对单 as one JSON document: all of Provenance, figures as texts, so that nothing is rounded.
 */
#include <inttypes.h>

#include "check/jump.h"
#include "check/sheet.h"
#include "document/wording.h"

typedef struct Json {
    Buf *out;
    Arena *arena;
    const SheetFacts *facts;
    bool first; /* nothing yet in the object or list in hand */
} Json;

static void name(Json *j, const char *member)
{
    buf_adds(j->out, j->first ? "" : ",");
    j->first = false;
    if (member)
        buf_addf(j->out, "\"%s\":", member);
}

static void open(Json *j, const char *member, char bracket)
{
    name(j, member);
    buf_addc(j->out, (unsigned char)bracket);
    j->first = true;
}

static void shut(Json *j, char bracket)
{
    buf_addc(j->out, (unsigned char)bracket);
    j->first = false;
}

/* NULL: null */
static void text(Json *j, const char *member, const char *value)
{
    name(j, member);
    if (value)
        buf_add_json(j->out, value);
    else
        buf_adds(j->out, "null");
}

static void whole(Json *j, const char *member, int64_t value)
{
    name(j, member);
    buf_addf(j->out, "%" PRId64, value);
}

static void truth(Json *j, const char *member, bool value)
{
    name(j, member);
    buf_adds(j->out, value ? "true" : "false");
}

static void number(Json *j, const char *member, bool there, Decimal value)
{
    text(j, member, there ? wording_plain(j->arena, value) : NULL);
}

/* ---- where it stands ---- */

static void add_at(Json *j, const At *at)
{
    size_t line, column;
    if (!at->span.source)
        return;
    source_position(at->span.source, at->span.start, &line, &column);
    open(j, "template", '{');
    text(j, "file", at->span.source->name);
    whole(j, "line", (int64_t)line);
    whole(j, "column", (int64_t)column);
    shut(j, '}');
}

/* ---- where it came from ---- */

static void add_source(Json *j, const SourceRows *rows)
{
    open(j, NULL, '{');
    text(j, "table", rows->table);
    text(j, "column", rows->column);
    text(j, "file", rows->file);
    text(j, "letter", rows->letter);
    text(j, "cell", rows->cell);
    whole(j, "rows", rows->rows);
    whole(j, "first", rows->first);
    whole(j, "last", rows->last);
    shut(j, '}');
}

static void add_overruled(Json *j, const Overruled *overruled)
{
    open(j, "overruled", '{');
    text(j, "computed", overruled->computed);
    text(j, "reason", overruled->reason);
    text(j, "who", overruled->who);
    if (overruled->place) {
        text(j, "file", overruled->place->file);
        whole(j, "row", overruled->place->row);
    }
    shut(j, '}');
}

static void add_figure(Json *j, const Provenance *figure)
{
    static const char *const kinds[] = {[FIGURE_NUMBER] = "number",
        [FIGURE_RATIO] = "ratio",
        [FIGURE_RANK] = "rank",
        [FIGURE_DATE] = "date",
        [FIGURE_TEXT] = "text"};
    text(j, "kind", kinds[figure->kind]);
    text(j, "manner", figure->manner ? manner_name(figure->manner, DIAG_ENGLISH) : NULL);
    text(j, "indicator", figure->indicator);
    text(j, "expression", figure->expression);
    text(j, "claim", figure->claim);
    truth(j, "missing", figure->missing);
    number(j, "value", !figure->missing, figure->value);
    text(j, "unit", figure->unit);
    text(j, "exact", figure->exact);
    text(j, "period", figure->period);
    truth(j, "to_date", figure->to_date);
    bool before = figure->has_previous && figure->previous_exact;
    number(j, "previous", before, figure->previous);
    text(j, "previous_exact", before ? figure->previous_exact : NULL);
    text(j, "change", before ? jump_change(j->arena, figure, j->facts->language) : NULL);
    open(j, "sources", '[');
    for (int i = 0; i < figure->source_count; i++)
        add_source(j, &figure->sources[i]);
    shut(j, ']');
    if (figure->overruled)
        add_overruled(j, figure->overruled);
}

/* ---- the document ---- */

static void add_entry(Json *j, const Entry *entry)
{
    static const char *const where[] = {"text", "table", "chart"};
    static const char *const origins[] = {[ENTRY_COMPUTED] = "computed",
        [ENTRY_TYPED] = "typed",
        [ENTRY_RECKONED] = "reckoned"};
    buf_adds(j->out, j->first ? "\n" : "");
    open(j, NULL, '{');
    whole(j, "number", entry->number);
    text(j, "origin", origins[entry->origin]);
    text(j, "where", where[entry->where]);
    text(j, "place", entry->place);
    text(j, "context", entry->context);
    text(j, "printed", entry->printed);
    text(j, "flag", entry->flag);
    add_at(j, entry->figure && entry->figure->at.span.source ? &entry->figure->at : &entry->at);
    if (entry->figure) {
        add_figure(j, entry->figure);
    } else {
        number(j, "value", true, entry->typed);
        text(j, "unit", entry->typed_unit);
    }
    shut(j, '}');
    buf_adds(j->out, "\n");
}

static void add_guessed(Json *j, const GuessedKind *kind)
{
    open(j, NULL, '{');
    text(j, "table", kind->table);
    text(j, "column", kind->column);
    text(j, "manner", manner_name(kind->manner, DIAG_ENGLISH));
    text(j, "looks", kind->looks ? manner_name(kind->looks, DIAG_ENGLISH) : NULL);
    number(j, "full_marks", kind->has_full_marks, kind->full_marks);
    shut(j, '}');
}

static void add_item(Json *j, const AgainstItem *item)
{
    open(j, NULL, '{');
    text(j, "what", against_kind_name(item->kind, DIAG_ENGLISH));
    text(j, "place", item->entry ? item->entry->place : NULL);
    text(j, "old_place", item->old ? item->old->place : NULL);
    text(j, "then", *item->then ? item->then : NULL);
    text(j, "now", *item->now ? item->now : NULL);
    bool ruled = item->old && *item->old->computed;
    text(j, "then_computed", ruled ? item->old->computed : NULL);
    text(j, "old_source", item->old && *item->old->source ? item->old->source : NULL);
    shut(j, '}');
}

static void add_unmoved(Json *j, const Unmoved *one)
{
    open(j, NULL, '{');
    text(j, "ruled", one->ruled);
    text(j, "place", one->place);
    text(j, "printed", one->printed);
    text(j, "exact", one->exact);
    text(j, "expression", one->expression);
    shut(j, '}');
}

static void add_message(Json *j, const DiagLine *line)
{
    open(j, NULL, '{');
    text(j, "place", line->place);
    text(j, "message", line->text);
    text(j, "hints", line->hints);
    shut(j, '}');
}

void sheet_json(Arena *arena, const EntryList *entries, const SheetFacts *facts, Buf *out)
{
    Json json = {.out = out, .arena = arena, .facts = facts, .first = true}, *j = &json;
    open(j, NULL, '{');
    whole(j, "format", 1);
    text(j, "title", facts->title);
    text(j, "paper", facts->template_name);
    text(j, "period", facts->period_raw);
    open(j, "figures", '[');
    for (int i = 0; i < entries->count; i++)
        add_entry(j, &entries->items[i]);
    shut(j, ']');
    open(j, "guessed", '[');
    for (int i = 0; i < facts->guessed_count; i++)
        add_guessed(j, &facts->guessed[i]);
    shut(j, ']');
    open(j, "unmoved", '[');
    for (size_t i = 0; i < facts->unmoved_count; i++)
        add_unmoved(j, &facts->unmoved[i]);
    shut(j, ']');
    if (facts->against) {
        open(j, "against", '[');
        for (size_t i = 0; i < facts->against->count; i++)
            add_item(j, &facts->against->items[i]);
        shut(j, ']');
    }
    open(j, "messages", '[');
    for (int i = 0; i < facts->message_count; i++)
        add_message(j, &facts->messages[i]);
    shut(j, ']');
    shut(j, '}');
    buf_adds(out, "\n");
}
