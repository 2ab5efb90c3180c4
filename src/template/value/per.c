/* 列举 and 按: the values of a column one by one, and figures over groups. */
#include <stdlib.h>
#include <string.h>
#include "template/value/sql.h"
#include "template/value/trace.h"

/* ---- the values of a column, each once ---- */

typedef struct Placed {
    Datum datum;
    int order; /* in the roster, or behind all of it */
    size_t seen;
} Placed;

static int by_roster(const void *left, const void *right)
{
    const Placed *a = left, *b = right;
    if (a->order != b->order) {
        return a->order < b->order ? -1 : 1;
    }
    return a->seen < b->seen ? -1 : a->seen > b->seen;
}

static int roster_order(Engine *engine, const Datum *datum)
{
    int order = -1;
    bool text = datum->kind == DATUM_TEXT && store_roster(engine->store);
    if (text) {
        order = store_roster_order(engine->store, datum->text);
    }
    bool town = text && store_is_of_the_town(datum->text);
    return town ? INT32_MAX : order < 0 ? INT32_MAX - 1 : order;
}

static bool figure_distinct(const RowSet *rows, const Column *column, Datum **values, size_t *count)
{
    Engine *engine = rows->context.engine;
    Placed *placed = NULL;
    size_t capacity = 0;
    *count = 0;
    Sql sql = sql_new(engine);
    sql_addf(&sql, "SELECT %s", column->sql);
    if (!sql_from(&sql, rows)) {
        return sql_drop(&sql);
    }
    /* the 片 of each village is looked up, not that of each row */
    const char *grouped = column->units ? column->units->sql : column->sql;
    sql_addf(&sql, " AND %s IS NOT NULL GROUP BY %s ORDER BY min(rowid)", grouped, grouped);
    StoreQuery *query = sql_ready(&sql);
    while (store_step(query)) {
        placed = arena_grow(engine->arena, placed, *count, &capacity, sizeof *placed);
        placed[*count] = (Placed){column_datum(engine, column, query, 0), 0, *count};
        (*count)++;
    }
    store_reset(query);
    for (size_t i = 0; i < *count; i++) {
        placed[i].order = roster_order(engine, &placed[i].datum);
    }
    if (*count > 1) {
        qsort(placed, *count, sizeof *placed, by_roster);
    }
    *values = ARENA_ARRAY(engine->arena, Datum, *count + 1);
    size_t found = *count;
    *count = 0;
    for (size_t i = 0; i < found; i++) { /* villages of one 片 stand side by side now */
        if (!column->units || i == 0 || strcmp(placed[i - 1].datum.text, placed[i].datum.text)) {
            (*values)[(*count)++] = placed[i].datum;
        }
    }
    return true;
}

/* ---- 列举 ---- */

/* 甲、乙、丙等5个村; 甲、乙、丙3个村 when n shows all; without n the names alone. */
static const char *listed(const Context *context, const ValueNode *pipe, const Column *column,
    const Datum *values, size_t count)
{
    Engine *engine = context->engine;
    const ValueNode *limit = pipe->args[0], *label = pipe->args[1];
    size_t shown = limit ? (size_t)limit->number.mantissa : count;
    Buf out = {0};
    for (size_t i = 0; i < count && i < shown; i++) {
        buf_adds(&out, i ? "、" : "");
        buf_adds(&out, datum_plain(engine, &values[i], false));
    }
    if (limit) {
        buf_adds(&out, shown < count && shown > 0 ? "等" : "");
        buf_addf(&out, "%zu%s%s", count, label ? "" : "个", label ? label->name : column->name);
    } else if (label) {
        buf_addf(&out, "%zu%s", count, label->name);
    }
    const char *text = arena_strdup(engine->arena, out.data);
    buf_free(&out);
    return text;
}

bool step_list(const Context *context, const ValueNode *pipe, Value *value)
{
    if (value->kind != VALUE_COLUMN) {
        return step_misused(context, pipe, value);
    }
    const Column *column = value->column;
    RowSet rows = value->rows;
    Datum *values;
    size_t count;
    if (context->dry) {
        figure_tell_undivided(&value->rows);
        bool good = figure_check(&value->rows);
        *value = (Value){.kind = VALUE_DATUM, .datum = datum_text("")};
        return good;
    }
    if (!figure_distinct(&value->rows, column, &values, &count)) {
        return false;
    }
    *value = (Value){.kind = VALUE_DATUM, .datum = datum_missing(MISSING_NO_ROWS)};
    if (count == 0) {
        return true;
    }
    value->datum = datum_text(listed(context, pipe, column, values, count));
    if (pipe->args[0] || pipe->args[1]) { /* … 等5个村 */
        Datum number = datum_number(decimal_from_int((int64_t)count));
        trace_rows(&rows, column, STEP_DISTINCT, &number);
        trace_worded(context, &number, &value->datum);
    }
    return true;
}

/* ---- 按 ---- */

/* The figure of one group: the rows counted, or what the column gives by its kind. */
static bool group_figure(
    const ValueNode *pipe, const Value *value, const Datum *key, size_t count, Datum *out)
{
    RowSet rows = value->rows;
    Binding binding = {.name = rows.per->name, .value = *key};
    rows.extra = &binding;
    rows.extra_count = (int)count;
    rows.per = NULL;
    return value->kind == VALUE_COLUMN ? figure_default(pipe->left, &rows, value->column, out)
                                       : figure_count(&rows, out);
}

typedef struct GroupTotals {
    int64_t groups, values;
    Datum sum, least, greatest;
} GroupTotals;

static bool add_group(
    const Context *context, const ValueNode *pipe, GroupTotals *totals, const Datum *datum)
{
    totals->groups++;
    if (datum->kind == DATUM_MISSING) {
        return true;
    }
    if (datum->kind != DATUM_NUMBER) {
        Value value = {.kind = VALUE_DATUM, .datum = *datum};
        return step_misused(context, pipe, &value);
    }
    if (totals->values++ == 0) {
        totals->sum = totals->least = totals->greatest = *datum;
        return true;
    }
    if (decimal_cmp(datum->number, totals->least.number) < 0) {
        totals->least = *datum;
    }
    if (decimal_cmp(datum->number, totals->greatest.number) > 0) {
        totals->greatest = *datum;
    }
    return decimal_add(totals->sum.number, datum->number, &totals->sum.number) ||
           step_overflow(context, pipe);
}

static bool over_groups(
    const Context *context, const ValueNode *pipe, const GroupTotals *totals, Datum *out)
{
    StepId id = pipe->step->id;
    if (id == STEP_COUNT) {
        *out = datum_number(decimal_from_int(totals->groups));
        out->decimals = 0;
        return true;
    }
    if (totals->values == 0) {
        *out = datum_missing(totals->groups == 0 ? MISSING_NO_ROWS : MISSING_EMPTY);
        return true;
    }
    *out = id == STEP_MAX ? totals->greatest : id == STEP_MIN ? totals->least : totals->sum;
    out->place = NULL;
    if (id != STEP_AVERAGE) {
        return true;
    }
    out->is_quotient = true;
    return decimal_div(totals->sum.number, decimal_from_int(totals->values), &out->number) ||
           step_overflow(context, pipe);
}

/* Groups of two units (户厕 in 座, 管网 in 米) make no figure together, as rows make none: a message,
 * in a total a figure that is missing. */
static bool units_agree(const ValueNode *pipe, const Value *value, Datum *figure)
{
    RowSet rows = value->rows;
    *figure = datum_number(decimal_from_int(0));
    rows.per = NULL;
    return value->kind != VALUE_COLUMN || figure_units_agree(pipe, &rows, value->column, figure);
}

bool step_per_group(const Context *context, const ValueNode *pipe, Value *value)
{
    StepId id = pipe->step->id;
    Datum *keys = NULL, figure;
    size_t count = 0;
    GroupTotals totals = {0};
    bool known = id == STEP_COUNT || (id >= STEP_SUM && id <= STEP_MIN);
    if (!known) {
        return step_misused(context, pipe, value);
    }
    if (context->dry) {
        Datum key = {.kind = column_datum_kind(value->rows.per), .text = "", .date = {2000, 1, 1}};
        if (!group_figure(pipe, value, &key, 1, &figure) ||
            !add_group(context, pipe, &totals, &figure)) {
            return false;
        }
    } else if (!figure_distinct(&value->rows, value->rows.per, &keys, &count)) {
        return false;
    }
    if (!context->dry && id != STEP_COUNT) {
        if (!units_agree(pipe, value, &figure)) {
            return false;
        }
        if (figure.kind == DATUM_MISSING) {
            *value = (Value){.kind = VALUE_DATUM, .datum = figure};
            return true;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!group_figure(pipe, value, &keys[i], count, &figure) ||
            !add_group(context, pipe, &totals, &figure)) {
            return false;
        }
    }
    Value groups = *value;
    *value = (Value){.kind = VALUE_DATUM};
    if (!over_groups(context, pipe, &totals, &value->datum)) {
        return false;
    }
    trace_groups(&groups.rows, groups.kind == VALUE_COLUMN ? groups.column : NULL, pipe,
        &value->datum);
    return true;
}
