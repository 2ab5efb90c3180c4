#include "data/targets.h"

#include <string.h>
#include "base/map.h"
#include "base/utf8.h"
#include "data/declare.h"
#include "data/infer.h"
#include "data/store_internal.h"

struct Targets {
    Store *store;
    Target *items;
    size_t count, capacity;
    Map *known; /* target_key → its position + 1 */
};

enum { INDICATOR, YEAR, RANGE, VALUE, UNIT, QUARTERS, COLUMNS, REQUIRED = UNIT };

static const char *const column_names[COLUMNS] = {
    [INDICATOR] = "指标",
    [YEAR] = "年度",
    [RANGE] = "范围",
    [VALUE] = "目标值",
    [UNIT] = "单位",
    [QUARTERS] = "季度分解",
};

/* Those that no such table lacks; they are known, so that a cell 生活垃圾 is never taken for a
 * head.
 */
static const ColumnDecl columns_declared[REQUIRED] = {
    [INDICATOR] = {.said = {.name = "指标", .decimals = -1}, .has_type = true},
    [YEAR] = {.said = {.name = "年度", .decimals = -1}},
    [RANGE] = {.said = {.name = "范围", .decimals = -1}, .has_type = true},
    [VALUE] = {.said = {.name = "目标值", .decimals = -1}, .has_type = true, .type = COLUMN_NUMBER},
};

/* One row under way. */
typedef struct Reading {
    Targets *targets;
    const Table *table;
    const Column *columns[COLUMNS];
    StoreQuery *query;
    int file;
    long row;
    Target target;
} Reading;

/* ---- ranges ---- */

/* 全镇, or the town by its name; without a roster the name's end must tell. */
static bool is_town(const Targets *targets, const char *range)
{
    static const char *const whole[] = {"全镇", "全乡", "全街道", "全县", "全域"};
    static const char *const ends[] = {"镇", "乡", "街道", "街道办事处"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (strcmp(whole[i], range) == 0) {
            return true;
        }
    }
    for (size_t i = 0; !store_roster(targets->store) && i < sizeof ends / sizeof *ends; i++) {
        if (utf8_ends_with(range, ends[i])) {
            return true;
        }
    }
    return store_is_town(targets->store, range);
}

/* The same for every name of the town, and of a unit. */
static char *target_key(
    const Targets *targets, const char *indicator, int year, bool of_town, const char *range)
{
    Arena *arena = store_arena(targets->store);
    int order = of_town ? -1 : store_roster_order(targets->store, range);
    return order >= 0 ? arena_printf(arena, "%s\x1f%d\x1f#%d", indicator, year, order)
                      : arena_printf(arena, "%s\x1f%d\x1f%s", indicator, year, of_town ? "" : range);
}

/* ---- indicators ---- */

static bool has_alias(const Indicator *indicator, const char *name)
{
    for (int i = 0; indicator && i < indicator->alias_count; i++) {
        if (strcmp(indicator->aliases[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* The column that has the name for another of its own. */
static const char *column_called(Store *store, const char *name)
{
    for (size_t i = 0; i < store_table_count(store); i++) {
        const Table *table = store_table(store, i);
        for (int j = 0; j < table->column_count; j++) {
            if (has_alias(table->columns[j].indicator, name)) {
                return table->columns[j].name;
            }
        }
    }
    return NULL;
}

const char *targets_indicator(const Targets *targets, const char *name)
{
    const Catalogue *catalogue = store_catalogue(targets->store);
    const Indicator *indicator = catalogue ? catalogue_find(catalogue, name) : NULL;
    const char *column = indicator ? indicator->name : column_called(targets->store, name);
    return column ? column : name;
}

/* ---- cells ---- */

static At cell_place(Reading *reading, int column)
{
    return (At){.data = store_place(reading->targets->store, reading->table, reading->file,
                    reading->row, reading->columns[column])};
}

/* The cell of a column as text; "" when it is empty or the table has no such column. */
static char *cell_text(Reading *reading, int column)
{
    Arena *arena = store_arena(reading->targets->store);
    const Column *from = reading->columns[column];
    if (!from || store_is_null(reading->query, column)) {
        return arena_strdup(arena, "");
    }
    if (from->type != COLUMN_NUMBER) {
        return utf8_fold(arena, store_text(reading->query, column));
    }
    char text[DECIMAL_TEXT];
    Decimal number = decimal_trim(decimal_from_store(store_int(reading->query, column)));
    return arena_strdup(arena, decimal_format(number, text));
}

static bool refuse(Reading *reading, int column, const char *text)
{
    At at = cell_place(reading, column);
    Diags *diags = store_diags(reading->targets->store);
    diag_add(diags, DIAG_E662, &at, column_names[column], text);
    if (column == QUARTERS) {
        diag_hint(diags, DIAG_H645);
    }
    return false;
}

/* 生活垃圾(吨) is 生活垃圾, and in 吨 where no column says so. */
static bool read_indicator(Reading *reading)
{
    Arena *arena = store_arena(reading->targets->store);
    const char *text = cell_text(reading, INDICATOR);
    Head head = infer_head(arena, text);
    const char *unit = cell_text(reading, UNIT);
    reading->target.indicator = targets_indicator(reading->targets, head.name);
    reading->target.unit = *unit ? unit : head.unit;
    return *text || refuse(reading, INDICATOR, text);
}

static bool read_year(Reading *reading)
{
    const char *text = cell_text(reading, YEAR);
    DateCell date;
    if (infer_date(text, 0, true, &date) != DATE_PERIOD || date.period.kind != PERIOD_YEAR) {
        return refuse(reading, YEAR, text);
    }
    reading->target.year = date.period.first.year;
    return true;
}

static bool read_range(Reading *reading)
{
    const char *text = cell_text(reading, RANGE);
    reading->target.range = text;
    reading->target.of_town = is_town(reading->targets, text);
    if (!*text) {
        return refuse(reading, RANGE, text);
    }
    Store *store = reading->targets->store;
    bool own = utf8_ends_with(text, "本级"); /* the town's own, which no roster lists */
    if (!reading->target.of_town && !own && store_roster(store) &&
        store_roster_order(store, text) < 0) {
        At at = cell_place(reading, RANGE);
        diag_add(store_diags(store), DIAG_W223, &at, text);
    }
    return true;
}

static bool read_number(Reading *reading, const char *text, Decimal *out)
{
    NumberCell number;
    unsigned faults = NUMBER_TOO_LARGE | NUMBER_SCIENTIFIC | NUMBER_APPROXIMATE;
    bool read = infer_number(text, reading->target.unit, &number) && !(number.flags & faults);
    *out = read ? number.value : decimal_from_int(0);
    return read;
}

static bool read_value(Reading *reading)
{
    Target *target = &reading->target;
    const char *text = cell_text(reading, VALUE);
    if (!read_number(reading, text, &target->value) || decimal_sign(target->value) < 0) {
        return refuse(reading, VALUE, text);
    }
    target->place = cell_place(reading, VALUE).data;
    if (target->unit && strcmp(target->unit, "%") == 0) {
        bool percent = reading->columns[VALUE]->kind == KIND_RATIO || strchr(text, '%');
        target->value.scale += percent ? 0 : 2;
        target->unit = NULL;
    }
    return true;
}

/* ---- 季度分解 ---- */

static bool is_quarter_mark(uint32_t c)
{
    return c == '/' || c == ',' || c == ';' || c == 0x3001;
}

/* The next share of the year: 25%, or 80 of the target's own. */
static bool read_quarter(Reading *reading, const char **rest, Decimal *out)
{
    Arena *arena = store_arena(reading->targets->store);
    const char *start = *rest, *end = start;
    for (uint32_t c; (c = utf8_next(rest)) && !is_quarter_mark(c);) {
        end = *rest;
    }
    const char *text = utf8_trim(arena, arena_strndup(arena, start, (size_t)(end - start)));
    if (!read_number(reading, text, out)) {
        return false;
    }
    return !utf8_ends_with(text, "%") || decimal_mul(reading->target.value, *out, out);
}

/* Each is what must be done by the quarter's end: they never fall, and the last is the whole. */
static bool read_quarters(Reading *reading)
{
    Target *target = &reading->target;
    const char *text = cell_text(reading, QUARTERS), *rest = text;
    Decimal before = decimal_from_int(0);
    if (!*text) {
        return true;
    }
    target->has_quarters = true;
    for (int i = 0; i < 4; i++) {
        bool read = *rest && read_quarter(reading, &rest, &target->quarters[i]) &&
                    decimal_cmp(target->quarters[i], before) >= 0;
        if (!read) {
            return refuse(reading, QUARTERS, text);
        }
        before = target->quarters[i];
    }
    return (!*rest && decimal_cmp(before, target->value) == 0) || refuse(reading, QUARTERS, text);
}

bool target_due(const Target *target, int months, Decimal *out)
{
    Decimal whole, from = decimal_from_int(0), to = target->value, part;
    int over = months, of = 12;
    if (target->has_quarters) {
        int quarter = months < 12 ? months / 3 : 3;
        from = quarter > 0 ? target->quarters[quarter - 1] : from;
        to = target->quarters[quarter];
        over = months - quarter * 3;
        of = 3;
    }
    return decimal_sub(to, from, &part) && decimal_mul(part, decimal_from_int(over), &part) &&
           decimal_mul(from, decimal_from_int(of), &whole) && decimal_add(whole, part, &whole) &&
           decimal_div(whole, decimal_from_int(of), out);
}

/* ---- the table ---- */

static bool keep(Reading *reading)
{
    Targets *targets = reading->targets;
    Arena *arena = store_arena(targets->store);
    const Target *target = &reading->target;
    const Target *first = targets_find(
        targets, target->indicator, target->year, target->of_town ? NULL : target->range);
    if (first) {
        At at = cell_place(reading, INDICATOR);
        return diag_add(store_diags(targets->store), DIAG_E283, &at, target->indicator,
            target->year, target->range, first->place->file, first->place->row);
    }
    targets->items = arena_grow(
        arena, targets->items, targets->count, &targets->capacity, sizeof *targets->items);
    targets->items[targets->count++] = *target;
    map_put(targets->known,
        target_key(targets, target->indicator, target->year, target->of_town, target->range),
        (void *)(uintptr_t)targets->count);
    return true;
}

static bool read_row(Reading *reading)
{
    reading->target = (Target){0};
    reading->file = (int)store_int(reading->query, COLUMNS);
    reading->row = (long)store_int(reading->query, COLUMNS + 1);
    bool whole = read_indicator(reading);
    whole = read_year(reading) && whole;
    whole = read_range(reading) && whole;
    bool value = read_value(reading);
    whole = value && read_quarters(reading) && whole;
    return whole && keep(reading);
}

static bool find_columns(Reading *reading, const At *at)
{
    bool whole = true;
    for (int i = 0; i < COLUMNS; i++) {
        reading->columns[i] = table_column_find(reading->table, column_names[i]);
        if (!reading->columns[i] && i < REQUIRED) {
            whole = diag_add(store_diags(reading->targets->store), DIAG_E142, at,
                reading->table->id, column_names[i]);
        }
    }
    return whole;
}

static StoreQuery *select_rows(Reading *reading)
{
    Arena *arena = store_arena(reading->targets->store);
    const char *list = "";
    for (int i = 0; i < COLUMNS; i++) {
        const Column *column = reading->columns[i];
        list = arena_printf(arena, "%s%s,", list, column ? column->sql : "NULL");
    }
    return store_prepare(
        reading->targets->store, arena_printf(arena, "SELECT %s_file,_row FROM %s ORDER BY rowid",
                                     list, reading->table->sql));
}

CsvDecl targets_declare(const char *files, const At *at)
{
    return (CsvDecl){.id = "任务",
        .files = files,
        .period = "年度",
        .key = "指标,年度,范围",
        .columns = columns_declared,
        .column_count = REQUIRED,
        .at = *at,
        .files_at = *at,
        .period_at = *at,
        .key_at = *at};
}

const Targets *targets_load(Store *store, const Table *table, const At *at)
{
    Arena *arena = store_arena(store);
    Targets *targets = ARENA_NEW(arena, Targets);
    targets->store = store;
    targets->known = map_new(arena);
    Reading reading = {.targets = targets, .table = table};
    if (!find_columns(&reading, at)) {
        return NULL;
    }
    bool whole = true;
    reading.query = select_rows(&reading);
    while (store_step(reading.query)) {
        whole = read_row(&reading) && whole;
    }
    store_reset(reading.query);
    return whole ? targets : NULL;
}

/* ---- finding ---- */

const Target *targets_find(
    const Targets *targets, const char *indicator, int year, const char *unit)
{
    bool of_town = !unit || is_town(targets, unit);
    const char *key = target_key(targets, indicator, year, of_town, unit);
    size_t position = (size_t)(uintptr_t)map_find(targets->known, key);
    return position ? &targets->items[position - 1] : NULL;
}

size_t targets_count(const Targets *targets)
{
    return targets->count;
}

const Target *targets_at(const Targets *targets, size_t index)
{
    return &targets->items[index];
}
