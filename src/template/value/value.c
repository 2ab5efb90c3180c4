/* The engine: what all values of one paper share, and the context in which each is worked out. */
#include "template/value/value.h"

#include <string.h>
#include "base/utf8.h"
#include "template/value/sql.h"
#include "template/value/parse.h"

Engine *engine_new(Arena *arena, Store *store, const EngineOptions *options, Diags *diags)
{
    Engine *engine = ARENA_NEW(arena, Engine);
    engine->arena = arena;
    engine->store = store;
    engine->diags = diags;
    engine->options = *options;
    engine->definitions = map_new(arena);
    engine->derived = map_new(arena);
    engine->long_rows = map_new(arena);
    engine->indicators = map_new(arena);
    engine->gaps = map_new(arena);
    engine->undivided = map_new(arena);
    engine->scans = map_new(arena);
    engine->root = (Scope){.has_period = options->has_period, .period = options->period};
    return engine;
}

const Scope *engine_root(Engine *engine)
{
    return &engine->root;
}

bool engine_as_of(const Engine *engine, Date *out)
{
    if (engine->options.has_as_of) {
        *out = engine->options.as_of;
    } else if (engine->judged.kind != PERIOD_NONE) {
        *out = engine->judged.last;
    } else if (engine->options.has_period) {
        *out = engine->options.period.last;
    } else {
        return false;
    }
    return true;
}

/* ---- params and sets ---- */

static Definition *define(Engine *engine, const char *name, const At *at)
{
    char *folded = utf8_fold(engine->arena, name);
    if (map_find(engine->definitions, folded)) {
        diag_add(engine->diags, DIAG_E159, at, folded);
        return NULL;
    }
    Definition *definition = ARENA_NEW(engine->arena, Definition);
    definition->name = folded;
    map_put(engine->definitions, folded, definition);
    return definition;
}

/* 007 and a telephone number read as numbers, but are none. */
static bool reads_as_number(const char *text, Decimal *out)
{
    const char *digits = text + (*text == '-');
    bool leading_zero = digits[0] == '0' && digits[1] != '\0' && digits[1] != '.';
    return !leading_zero && *text != '+' && strlen(digits) <= 13 && decimal_parse(text, out);
}

/* 50万, 1.2亿 */
static bool reads_as_myriads(Arena *arena, const char *text, Decimal *out)
{
    static const struct {
        const char *word;
        int64_t factor;
    } units[] = {{"万亿", 1000000000000}, {"亿", 100000000}, {"万", 10000}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Decimal count;
        if (!utf8_ends_with(text, units[i].word))
            continue;
        size_t digits = strlen(text) - strlen(units[i].word);
        if (!reads_as_number(arena_strndup(arena, text, digits), &count) ||
            !decimal_mul(count, decimal_from_int(units[i].factor), out))
            return false;
        *out = decimal_trim(*out);
        return true;
    }
    return false;
}

bool engine_define_param(Engine *engine, const char *name, const char *text, const At *at)
{
    Definition *definition = define(engine, name, at);
    if (!definition) {
        return false;
    }
    Decimal number;
    char *folded = utf8_fold(engine->arena, text);
    if (reads_as_number(folded, &number)) {
        definition->value = datum_number(number);
        definition->value.decimals = number.scale;
    } else if (reads_as_myriads(engine->arena, folded, &number)) {
        definition->value = datum_number(number);
        definition->value.decimals = number.scale;
        definition->typed = utf8_trim(engine->arena, text);
    } else {
        definition->value = datum_text(utf8_trim(engine->arena, text));
    }
    return true;
}

const Datum *engine_param(const Engine *engine, const char *name)
{
    const Definition *definition = map_find(engine->definitions, name);
    return definition && !definition->expr ? &definition->value : NULL;
}

const char *engine_param_name(const Engine *engine, size_t index)
{
    for (size_t i = 0; i < map_count(engine->definitions); i++) {
        const Definition *definition = map_value(engine->definitions, i);
        if (!definition->expr && index-- == 0) {
            return definition->name;
        }
    }
    return NULL;
}

const char *engine_param_text(Engine *engine, const char *name)
{
    const Definition *definition = map_find(engine->definitions, name);
    return definition->typed ? definition->typed : datum_plain(engine, &definition->value, false);
}

bool engine_define_set(Engine *engine, const char *name, const Expr *expr, const At *at)
{
    Definition *definition = define(engine, name, at);
    if (!definition) {
        return false;
    }
    definition->expr = expr;
    ((Expr *)expr)->is_set = true; /* all expressions are this engine's own */
    return true;
}

/* ---- tables and columns ---- */

const Table *engine_table(Engine *engine, const char *id)
{
    const Table *table = store_find(engine->store, id);
    return !table && strcmp(id, "网格") == 0 ? store_roster(engine->store) : table;
}

/* True when a column holds nothing but yes and no. */
static bool is_flag(Engine *engine, const Table *table, const Column *column)
{
    if (column->type != COLUMN_TEXT) {
        return false;
    }
    Sql sql = sql_new(engine);
    sql_addf(&sql,
        "SELECT 1 FROM %s WHERE %s IS NOT NULL AND %s NOT IN "
        "('是','否','√','×','有','无','合格','不合格') LIMIT 1",
        table->sql, column->sql, column->sql);
    StoreQuery *query = sql_ready(&sql);
    bool other = store_step(query);
    store_reset(query);
    return !other;
}

bool engine_names_flag(Engine *engine, const char *name)
{
    for (size_t i = 0; i < store_table_count(engine->store); i++) {
        const Table *table = store_table(engine->store, i);
        const Column *column = engine_column(engine, table, name);
        if (column && is_flag(engine, table, column)) {
            return true;
        }
    }
    return false;
}

/* ---- data ---- */

Datum datum_missing(MissingReason reason)
{
    return (Datum){.kind = DATUM_MISSING, .missing = (int)reason, .decimals = -1};
}

Datum datum_number(Decimal number)
{
    return (Datum){.kind = DATUM_NUMBER, .number = number, .decimals = -1};
}

Datum datum_text(const char *text)
{
    return (Datum){.kind = DATUM_TEXT, .text = text, .decimals = -1};
}

Datum datum_date(Date date)
{
    return (Datum){.kind = DATUM_DATE, .date = date, .decimals = -1};
}

Datum datum_period(Period period)
{
    return (Datum){.kind = DATUM_PERIOD, .period = period, .decimals = -1};
}

bool datum_truth(const Datum *datum)
{
    static const char *const no[] = {"", "否", "不合格", "×", "0"};
    switch (datum->kind) {
    case DATUM_NUMBER:
        return decimal_sign(datum->number) != 0;
    case DATUM_TEXT:
        for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
            if (strcmp(datum->text, no[i]) == 0) {
                return false;
            }
        }
        return true;
    case DATUM_BOOL:
        return datum->truth;
    default:
        return datum->kind != DATUM_MISSING;
    }
}

static int order_of(int a, int b)
{
    return a < b ? -1 : a > b;
}

/* A date against a period: before, within, after. */
static int compare_spans(Period a, Period b)
{
    if (date_cmp(a.last, b.first) < 0) {
        return -1;
    }
    if (date_cmp(a.first, b.last) > 0) {
        return 1;
    }
    bool within = date_cmp(a.first, b.first) >= 0 && date_cmp(a.last, b.last) <= 0;
    return within ? 0 : order_of(date_cmp(a.first, b.first), 0);
}

static Period span_of(const Datum *datum)
{
    return datum->kind == DATUM_PERIOD ? datum->period
                                       : (Period){PERIOD_RANGE, datum->date, datum->date};
}

static bool is_day_kind(DatumKind kind)
{
    return kind == DATUM_DATE || kind == DATUM_PERIOD;
}

int datum_compare(const Datum *a, const Datum *b, bool *known)
{
    *known = true;
    if (a->kind == DATUM_NUMBER && b->kind == DATUM_NUMBER) {
        return decimal_cmp(a->number, b->number);
    }
    if (is_day_kind(a->kind) && is_day_kind(b->kind)) {
        return compare_spans(span_of(a), span_of(b));
    }
    if (a->kind == DATUM_TEXT && b->kind == DATUM_TEXT) {
        return order_of(strcmp(a->text, b->text), 0);
    }
    *known = false;
    return 0;
}

const char *datum_kind_name(const Engine *engine, DatumKind kind)
{
    static const char *const names[][2] = {
        [DATUM_MISSING] = {"空缺", "missing value"},
        [DATUM_NUMBER] = {"数", "number"},
        [DATUM_TEXT] = {"文字", "text"},
        [DATUM_DATE] = {"日期", "date"},
        [DATUM_PERIOD] = {"期间", "period"},
        [DATUM_BOOL] = {"是非", "truth"},
    };
    return names[kind][diag_language(engine->diags) == DIAG_ENGLISH];
}

/* ---- periods ---- */

bool move_is_none(PeriodMove move)
{
    return move.previous == 0 && move.last_year == 0 && move.widening == WIDEN_NONE;
}

static const Scope *period_scope(const Scope *scope)
{
    while (scope && !scope->has_period) {
        scope = scope->parent;
    }
    return scope;
}

static Period period_back(Period period, PeriodMove move)
{
    for (int i = 0; i < move.previous; i++) {
        period = period_previous(period);
    }
    for (int i = 0; i < move.last_year; i++) {
        period = period_last_year(period);
    }
    return period;
}

bool period_moved(const Context *context, PeriodMove move, Period *out, bool *from_start, bool *all)
{
    const Scope *scope = period_scope(context->scope);
    if (!scope) {
        return false;
    }
    *from_start = move.widening == WIDEN_UNTIL;
    *all = move.widening == WIDEN_ALL;
    *out = period_back(scope->period, move);
    if (move.widening == WIDEN_YEAR) {
        *out = period_year_to_date(*out);
    } else if (move.widening == WIDEN_RECENT && move.recent > 1) {
        Period first = period_back(*out, (PeriodMove){.previous = move.recent - 1});
        *out = (Period){PERIOD_RANGE, first.first, out->last};
    }
    return true;
}

bool context_period(const Context *context, Period *out)
{
    bool from_start, all;
    return period_moved(context, context->move, out, &from_start, &all);
}
