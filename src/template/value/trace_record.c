/* The record of a value that has printed (document/provenance.h). */
#include <string.h>
#include "document/wording.h"
#include "template/value/trace.h"

enum { EXACT_PLACES = 6 };

/* ---- what kind of figure ---- */

/* The rows that the value is made of itself; a base it is compared with stands to the right. */
static const Part *own_rows(const Part *part)
{
    if (!part || part->kind == PART_ROWS) {
        return part;
    }
    const Part *left = own_rows(part->left);
    return left ? left : own_rows(part->right); /* 100% - … */
}

static FigureKind kind_of_column(const Column *column)
{
    if (!column) {
        return FIGURE_NUMBER;
    }
    switch (column->type) {
    case COLUMN_NUMBER:
        return column->kind == KIND_RATIO ? FIGURE_RATIO : FIGURE_NUMBER;
    case COLUMN_TEXT:
        return FIGURE_TEXT;
    default:
        return FIGURE_DATE;
    }
}

/* What stands there in place of a figure: —, 【缺：…】, the text of 默认. */
static FigureKind kind_of_gap(const Part *part)
{
    const Part *rows = own_rows(part);
    if (!part) {
        return FIGURE_TEXT;
    }
    bool counted = rows && (rows->way == STEP_COUNT || rows->way == STEP_DISTINCT);
    return rows && part->kind != PART_DATED ? kind_of_column(counted ? NULL : rows->column)
           : part->kind == PART_DATED       ? FIGURE_DATE
                                            : FIGURE_NUMBER;
}

static bool is_default_text(const Datum *datum)
{
    const Part *part = datum->part;
    return datum->kind == DATUM_TEXT && part && part->kind == PART_JOIN && own_rows(part);
}

static FigureKind kind_of(const Datum *datum)
{
    const Part *part = datum->part;
    if ((part && part->kind == PART_DATED) || datum->kind == DATUM_DATE ||
        datum->kind == DATUM_PERIOD) {
        return FIGURE_DATE;
    }
    if (datum->kind == DATUM_MISSING || is_default_text(datum)) {
        return kind_of_gap(part);
    }
    if (datum->kind != DATUM_NUMBER) {
        return FIGURE_TEXT;
    }
    bool place = (datum->is_rank && !datum->is_delta) || (part && part->kind == PART_PLACE);
    return place ? FIGURE_RANK : datum->is_ratio ? FIGURE_RATIO : FIGURE_NUMBER;
}

/* ---- which column, how it adds up ---- */

FigureManner manner_of_kind(ColumnKind kind)
{
    switch (kind) {
    case KIND_STOCK:
        return MANNER_STOCK;
    case KIND_SCORE:
        return MANNER_SCORE;
    case KIND_RATIO:
        return MANNER_RATIO;
    case KIND_FLOW:
        return MANNER_FLOW;
    default:
        return MANNER_NONE;
    }
}

/* Of a sum, a last, a single cell: an average or a greatest does not add up as its column does. */
static FigureManner manner_of_part(Part *part)
{
    while (part->kind == PART_WORDED || part->kind == PART_RULED) {
        part = part->left;
    }
    if (part->kind != PART_ROWS) {
        return MANNER_NONE;
    }
    if (part->way == STEP_COUNT || part->way == STEP_DISTINCT) {
        return MANNER_COUNT;
    }
    bool adds = part->way == STEP_SUM || part->way == STEP_LAST || part->way == STEP_FIRST ||
                part->column->kind == KIND_SCORE || part_is_one_cell(part);
    return adds && part->way != STEP_PER ? manner_of_kind(part->column->kind) : MANNER_NONE;
}

/* False: the parts are of two columns, or of none. */
static bool find_column(const Part *part, const char **name)
{
    if (!part) {
        return true;
    }
    if (part->kind == PART_ROWS || part->kind == PART_TARGET) {
        const char *own = part->target   ? part->target->indicator
                          : part->column ? part->column->name
                                         : "";
        bool same = !*name || strcmp(*name, own) == 0;
        *name = own;
        return *own && same;
    }
    return find_column(part->left, name) && find_column(part->right, name);
}

/* ---- words ---- */

/* To more places than any paper prints. */
static Decimal exact_number(Decimal number)
{
    return decimal_trim(decimal_round(number, EXACT_PLACES));
}

static const char *exact_words(Engine *engine, const Datum *datum)
{
    Arena *arena = engine->arena;
    Decimal hundredfold;
    if (datum->kind != DATUM_NUMBER) {
        return datum_plain(engine, datum, false);
    }
    if (datum->is_ratio && decimal_mul(datum->number, decimal_from_int(100), &hundredfold)) {
        return arena_printf(arena, "%s%s", wording_plain(arena, exact_number(hundredfold)),
            datum->is_delta ? "个百分点" : "%");
    }
    return arena_printf(arena, "%s%s", wording_plain(arena, exact_number(datum->number)),
        datum->unit ? datum->unit : "");
}

static bool is_number(const Datum *datum)
{
    return datum->kind == DATUM_NUMBER;
}

/* The figure in front of the words that hide it. */
static const Datum *before_words(const Datum *datum)
{
    const Part *part = datum->part;
    return part && part->kind == PART_WORDED ? part->of : datum;
}

static const Overruled *overruled_of(Engine *engine, const Datum *datum)
{
    if (!datum_is_ruled(datum)) {
        return NULL;
    }
    Overruled *out = arena_copy(engine->arena, datum->part->ruling->said, sizeof *out);
    out->computed = exact_words(engine, datum->part->of);
    return out;
}

/* ---- the period before ---- */

/* Some of the rows follow the period of the report, the group or the row. */
static bool reads_period(const Part *part)
{
    if (!part) {
        return false;
    }
    if (part->kind == PART_ROWS) {
        return *rows_period_name(part->rows) != '\0';
    }
    return reads_period(part->left) || reads_period(part->right);
}

static bool period_of(const RowSet *rows, int back, Period *out)
{
    bool from_start, all;
    PeriodMove move = rows->move;
    move.previous += back;
    return period_moved(&rows->context, move, out, &from_start, &all) && !all && !from_start;
}

static bool is_new_year(Date date)
{
    return date.month == 1 && date.day == 1;
}

/* 累计 of January against that of December: a month of this year, twelve of the last. */
static bool begins_anew(const Part *part)
{
    Period now, then;
    if (!part) {
        return false;
    }
    if (part->kind != PART_ROWS) {
        return begins_anew(part->left) || begins_anew(part->right);
    }
    return period_of(part->rows, 0, &now) && period_of(part->rows, 1, &then) &&
           is_new_year(now.first) && is_new_year(then.first) &&
           now.first.year != then.first.year && now.last.month != then.last.month;
}

/* As 环比 works its base out: by the day of 截至 of that period. What it would have told, its own
 * paper told. */
static bool eval_previous(Engine *engine, const Trace *trace, Datum *out)
{
    Context before = engine_context(engine, trace->scope);
    Period period, judged = engine->judged;
    if (!context_period(&before, &period)) {
        return false;
    }
    Hush hush = trace_hush(engine);
    long uses = engine->period_uses;
    bool worded = trace->datum.part->kind == PART_WORDED; /* whose number hangs on its part */
    engine->trace->active = worded;
    before.move.previous = 1;
    engine->judged = context_judged(&before);
    bool good = value_eval_datum(&before, trace->node, out) && uses != engine->period_uses;
    engine->judged = judged;
    trace_unhush(engine, hush);
    *out = good ? *before_words(out) : *out;
    return good;
}

static void add_previous(Engine *engine, const Trace *trace, const Part *part, Provenance *out)
{
    Datum previous;
    if (!reads_period(part) || begins_anew(part) || !eval_previous(engine, trace, &previous) ||
        !is_number(&previous)) {
        return;
    }
    out->has_previous = true;
    out->previous = previous.number;
    out->previous_exact = exact_words(engine, &previous);
}

/* ---- all together ---- */

/* In no language but the paper's: sheets of other runs are compared with it, and 2024-06 would be a
 * day to Excel. */
static const char *period_words(const RowSet *rows)
{
    Arena *arena = rows->context.engine->arena;
    Period period;
    bool until;
    if (!rows_period(rows, &period, &until)) {
        return "";
    }
    const char *name = period_name(arena, period);
    return until ? arena_printf(arena, "截至%s底", name) : name;
}

static void add_period(Engine *engine, const Part *part, Provenance *out)
{
    const Part *own = own_rows(part);
    const RowSet *rows = own ? own->rows : NULL;
    bool adds = out->manner == MANNER_FLOW || out->manner == MANNER_COUNT, until;
    Period period;
    out->period = rows ? period_words(rows) : "";
    out->to_date = adds && rows_only_grow(rows);
    out->past = rows && engine->options.has_period && rows_period(rows, &period, &until) &&
                date_cmp(period.last, engine->options.period.first) < 0;
}

/* ---- what it was made of ---- */

typedef struct Parts {
    const char **claims;
    size_t count, capacity;
} Parts;

static void add_part(Engine *engine, Part *part, Parts *out)
{
    bool own = part && (part->kind == PART_JOIN || part->kind == PART_ROWS ||
                           part->kind == PART_TARGET);
    if (own) {
        out->claims =
            arena_grow(engine->arena, out->claims, out->count, &out->capacity, sizeof *out->claims);
        out->claims[out->count++] = part_claim(engine, part);
    }
    if (part) {
        add_part(engine, part->left, out);
        add_part(engine, part->right, out);
    }
}

static void add_parts(Engine *engine, const Part *part, Provenance *out)
{
    Parts parts = {0};
    while (part->kind == PART_RULED || part->kind == PART_WORDED) {
        part = part->left;
    }
    out->ranked = part->ranked;
    add_part(engine, part->left, &parts);
    add_part(engine, part->right, &parts);
    out->parts = parts.claims;
    out->part_count = (int)parts.count;
}

static void describe(Engine *engine, const Trace *trace, const Datum *datum, Provenance *out)
{
    Part *part = datum->part;
    const char *column = NULL;
    if (!part) {
        out->claim = exact_words(engine, datum);
        return;
    }
    out->claim = part_claim(engine, part);
    out->manner = manner_of_part(part);
    out->rate_of_change = part->kind == PART_JOIN && strcmp(part->how, "环比") == 0;
    out->indicator = find_column(part, &column) ? column : NULL;
    add_parts(engine, part, out);
    out->sources = part_sources(engine, part, &out->source_count);
    add_period(engine, part, out);
    add_previous(engine, trace, part, out);
}

static const char *source_words(const Trace *trace)
{
    const Expr *expr = trace->expr;
    return trace->node == expr->root || !expr->items ? expr_source(expr)
                                                     : value_node_text(trace->node);
}

/* A figure that could not be worked out: what it would have said is not known. */
static void describe_failed(Engine *engine, Provenance *out)
{
    out->missing = true;
    out->kind = FIGURE_NUMBER;
    out->claim = arena_printf(engine->arena, "缺：%s", out->expression);
    out->exact = "—";
}

const Provenance *engine_traced(Engine *engine, const char *printed)
{
    const Trace *trace = engine->trace;
    engine->figures += engine->is_figure;
    if (!trace) {
        return NULL;
    }
    Provenance *out = ARENA_NEW(engine->arena, Provenance);
    out->expression = source_words(trace);
    out->at = trace->node == trace->expr->root ? expr_at(trace->expr) : value_node_at(trace->node);
    out->printed = printed;
    out->period = "";
    if (trace->failed) {
        describe_failed(engine, out);
        return out;
    }
    const Datum *datum = before_words(&trace->datum);
    out->kind = kind_of(datum);
    out->missing = datum->kind == DATUM_MISSING || is_default_text(datum);
    out->value = datum->number;
    out->unit = is_number(datum) && !datum->is_ratio ? datum->unit : NULL;
    out->at.data = datum->place;
    if (out->kind == FIGURE_TEXT || out->kind == FIGURE_DATE) {
        out->exact = printed;
        out->claim = "";
        return out;
    }
    out->exact = exact_words(engine, datum);
    describe(engine, trace, datum, out);
    out->overruled = overruled_of(engine, datum);
    return out;
}
