/* One figure's fields as texts. */
#include "check/jump.h"
#include "check/sheet.h"

#include <inttypes.h>
#include <string.h>

#include "document/wording.h"

typedef const char *const Words[2]; /* by language */

static Words heads[FIELD_COUNT] = {
    [FIELD_NUMBER] = {"号", "no"},
    [FIELD_WHERE] = {"类别", "part"},
    [FIELD_ORIGIN] = {"来历", "origin"},
    [FIELD_PLACE] = {"位置", "place"},
    [FIELD_CONTEXT] = {"原句", "context"},
    [FIELD_PRINTED] = {"印作", "printed"},
    [FIELD_EXACT] = {"准确值", "exact"},
    [FIELD_VALUE] = {"数值", "value"},
    [FIELD_UNIT] = {"单位", "unit"},
    [FIELD_PREVIOUS] = {"上期值", "before"},
    [FIELD_CHANGE] = {"变化", "change"},
    [FIELD_FLAG] = {"疑问", "flag"},
    [FIELD_EXPRESSION] = {"算法", "expression"},
    [FIELD_SOURCE] = {"来源", "source"},
    [FIELD_PERIOD] = {"期间", "period"},
    [FIELD_INDICATOR] = {"指标", "indicator"},
    [FIELD_MANNER] = {"性质", "kind"},
    [FIELD_COMPUTED] = {"改定前", "computed"},
    [FIELD_REASON] = {"改定理由", "reason"},
    [FIELD_WHO] = {"改定人", "who"},
    [FIELD_TEMPLATE] = {"模板处", "template"},
    [FIELD_REPORT] = {"报告期", "report"},
    [FIELD_PAPER] = {"材料", "paper"},
};

static Words places[] = {{"正文", "text"}, {"表", "table"}, {"图", "chart"}};
static Words manners[] = {[MANNER_NONE] = {"", ""},
    [MANNER_FLOW] = {"流量", "flow"},
    [MANNER_STOCK] = {"存量", "stock"},
    [MANNER_SCORE] = {"评分", "score"},
    [MANNER_RATIO] = {"比率", "ratio"},
    [MANNER_COUNT] = {"计数", "count"}};

const char *field_head(SheetField field, DiagLanguage language)
{
    return heads[field][language];
}

const char *manner_name(FigureManner manner, DiagLanguage language)
{
    return manners[manner][language];
}

/* ---- where it came from ---- */

static const char *say(DiagLanguage language, const char *chinese, const char *english)
{
    return language == DIAG_ENGLISH ? english : chinese;
}

/* C2—C18，17行, of 17 rows that follow one another; else C2—C18中5行. */
static const char *row_span(Arena *arena, const SourceRows *rows, DiagLanguage language)
{
    const char *letter = rows->letter;
    const char *span =
        letter ? arena_printf(arena, "%s%ld—%s%ld", letter, rows->first, letter, rows->last)
               : arena_printf(
                     arena, say(language, "第%ld—%ld行", "rows %ld—%ld"), rows->first, rows->last);
    bool whole = rows->rows == rows->last - rows->first + 1;
    return arena_printf(arena,
        whole ? say(language, "%s，%" PRId64 "行", "%s, %" PRId64 " rows")
              : say(language, "%s中%" PRId64 "行", "%s, %" PRId64 " of the rows"),
        span, rows->rows);
}

static const char *one_source(Arena *arena, const SourceRows *rows, DiagLanguage language)
{
    if (!rows->file)
        return arena_printf(arena,
            say(language, "%s 没有报的%" PRId64 "个", "%s, %" PRId64 " not reported"), rows->table,
            rows->rows);
    if (rows->cell)
        return arena_printf(arena, "%s %s", rows->file, rows->cell);
    if (rows->rows == 0)
        return arena_printf(arena, say(language, "%s 没有这样的行", "%s, no such row"), rows->file);
    if (rows->rows == 1)
        return rows->letter ? arena_printf(arena, "%s %s%ld", rows->file, rows->letter, rows->first)
                            : arena_printf(arena, say(language, "%s 第%ld行", "%s row %ld"),
                                  rows->file, rows->first);
    return arena_printf(arena, "%s %s", rows->file, row_span(arena, rows, language));
}

/* 月报/月报-2024-01.csv等6处，共102行 */
static const char *many_sources(Arena *arena, const Provenance *figure, DiagLanguage language)
{
    int64_t rows = 0;
    const char *file = NULL;
    for (int i = 0; i < figure->source_count; i++) {
        rows += figure->sources[i].rows;
        file = file ? file : figure->sources[i].file;
    }
    return arena_printf(arena,
        say(language, "%s等%d处，共%" PRId64 "行", "%s and others, %d in all, %" PRId64 " rows"),
        file ? file : figure->sources[0].table, figure->source_count, rows);
}

const char *field_source(Arena *arena, const Provenance *figure, bool all, DiagLanguage language)
{
    enum { FEW = 2 };
    const char *list = "";
    if (!all && figure->source_count > FEW)
        return many_sources(arena, figure, language);
    for (int i = 0; i < figure->source_count; i++)
        list = arena_printf(arena, "%s%s%s", list, i ? say(language, "；", "; ") : "",
            one_source(arena, &figure->sources[i], language));
    return list;
}

/* ---- fields ---- */

static const char *origin(const Entry *entry, DiagLanguage language)
{
    if (!entry->figure)
        return say(language, "手写", "typed");
    if (entry->origin == ENTRY_RECKONED)
        return say(language, "图中推算", "reckoned");
    if (entry->figure->overruled)
        return say(language, "改定", "overruled");
    return entry->figure->missing ? say(language, "缺", "missing")
                                  : say(language, "算出", "computed");
}

static const char *template_place(Arena *arena, const At *at)
{
    size_t line, column;
    if (!at->span.source)
        return "";
    source_position(at->span.source, at->span.start, &line, &column);
    return arena_printf(arena, "%s:%zu:%zu", at->span.source->name, line, column);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static const char *typed_field(Arena *arena, const Entry *entry, SheetField field)
{
    switch (field) {
    case FIELD_VALUE:
        return wording_plain(arena, entry->typed);
    case FIELD_UNIT:
        return or_empty(entry->typed_unit);
    default:
        return "";
    }
}

static const char *figure_field(
    Arena *arena, const Provenance *figure, SheetField field, DiagLanguage language)
{
    const Overruled *overruled = figure->overruled;
    switch (field) {
    case FIELD_EXACT:
        return figure->missing ? "" : or_empty(figure->exact);
    case FIELD_VALUE:
        return figure->missing ? "" : wording_plain(arena, figure->value);
    case FIELD_UNIT:
        return or_empty(figure->unit);
    case FIELD_PREVIOUS:
        return figure->has_previous ? or_empty(figure->previous_exact) : "";
    case FIELD_CHANGE:
        return jump_change(arena, figure, language);
    case FIELD_EXPRESSION:
        return or_empty(figure->expression);
    case FIELD_SOURCE:
        return field_source(arena, figure, true, language);
    case FIELD_PERIOD:
        return or_empty(figure->period);
    case FIELD_INDICATOR:
        return or_empty(figure->indicator);
    case FIELD_MANNER:
        return manner_name(figure->manner, language);
    case FIELD_COMPUTED:
        return overruled ? or_empty(overruled->computed) : "";
    case FIELD_REASON:
        return overruled ? or_empty(overruled->reason) : "";
    case FIELD_WHO:
        return overruled ? or_empty(overruled->who) : "";
    default:
        return "";
    }
}

const char *field_text(Arena *arena, const Entry *entry, SheetField field, const SheetFacts *facts)
{
    const Provenance *figure = entry->figure;
    switch (field) {
    case FIELD_NUMBER:
        return arena_printf(arena, "%d", entry->number);
    case FIELD_WHERE:
        return places[entry->where][facts->language];
    case FIELD_ORIGIN:
        return origin(entry, facts->language);
    case FIELD_PLACE:
        return entry->place;
    case FIELD_CONTEXT:
        return entry->context;
    case FIELD_PRINTED:
        return entry->printed;
    case FIELD_FLAG:
        return or_empty(entry->flag);
    case FIELD_TEMPLATE:
        return template_place(arena, figure && figure->at.span.source ? &figure->at : &entry->at);
    case FIELD_REPORT:
        return facts->period;
    case FIELD_PAPER:
        return facts->template_name;
    default:
        return figure ? figure_field(arena, figure, field, facts->language)
                      : typed_field(arena, entry, field);
    }
}
