#include <stdlib.h>
#include <string.h>
#include "data/place_unit.h"
#include "run/remind.h"

enum { LISTED_UNITS = 40 };

typedef struct Collector {
    Session *session;
    Reminders *out;
    bool english;
} Collector;

static const char *say(const Collector *c, const char *chinese, const char *english)
{
    return c->english ? english : chinese;
}

static void add(Collector *c, Reminder reminder)
{
    Reminders *out = c->out;
    Store *store = c->session->store;
    reminder.unit = reminder.unit ? reminder.unit : "";
    int order =
        *reminder.unit && store_roster(store) ? store_roster_order(store, reminder.unit) : -1;
    reminder.order = order >= 0 ? order : *reminder.unit ? INT32_MAX - 1 : INT32_MAX;
    reminder.position = out->count;
    out->items =
        arena_grow(c->session->arena, out->items, out->count, &out->capacity, sizeof *out->items);
    out->items[out->count++] = reminder;
}

/* ---- messages ---- */

/* Faults of the data: at a place in it, or of a file that is not there. What the template itself
 * got wrong is for its author, and who is absent is told in our own words. */
static bool is_of_data(const DiagEntry *entry)
{
    bool about_data = diag_code_name(entry->code)[1] == '2';
    return entry->level >= DIAG_WARNING && entry->level < DIAG_SYSTEM &&
           (about_data || (entry->data && !entry->in_template));
}

static const char *cell_text(const Collector *c, const DataPlace *place)
{
    if (!place || place->row <= 0) {
        return "";
    }
    const char *cell = place->column >= 0 ? data_cell_name(c->session->arena, place) : "";
    return *cell ? cell
                 : arena_printf(c->session->arena, say(c, "第 %ld 行", "row %ld"), place->row);
}

static void add_message(Collector *c, const DiagEntry *entry)
{
    Store *store = c->session->store;
    int index;
    const DataPlace *place = entry->data;
    const Table *table = place ? place_table(store, place->file, &index) : NULL;
    add(c, (Reminder){
               .unit = place ? place_unit(store, place) : NULL,
               .kind = entry->level == DIAG_WARNING ? say(c, "警告", "warning")
                                                    : say(c, "错误", "error"),
               .table = table ? table->id : "",
               .file = place ? place->file : "",
               .cell = cell_text(c, place),
               .column = place && place->column_name ? place->column_name : "",
               .text = entry->text,
               .hints = entry->hints,
               .place = place,
           });
}

static void add_messages(Collector *c)
{
    Diags *diags = c->session->diags;
    size_t count = diag_entry_count(diags); /* looking units up adds none */
    for (size_t i = 0; i < count; i++) {
        DiagEntry entry = diag_entry(diags, i, c->session->arena);
        if (!is_of_data(&entry)) {
            continue;
        }
        if (entry.code != DIAG_W231) {
            add_message(c, &entry);
        }
        diag_withdraw(diags, i);
    }
}

/* ---- who is absent ---- */

static void add_absent(Collector *c, const char *table, const char *unit, const char *text)
{
    add(c, (Reminder){.unit = unit,
               .kind = say(c, "缺报", "absent"),
               .table = table,
               .file = "",
               .cell = "",
               .column = "",
               .text = text,
               .hints = ""});
}

static const char *listed(Arena *arena, const char *const *names, int count)
{
    const char *list = "";
    for (int i = 0; i < count && i < LISTED_UNITS; i++) {
        list = arena_printf(arena, "%s%s%s", list, i ? "、" : "", names[i]);
    }
    return count > LISTED_UNITS ? arena_printf(arena, "%s…", list) : list;
}

/* Its own file is there, and at fault: that is told of it. */
static bool has_own_file(const Collector *c, const Table *table, const char *unit)
{
    for (int i = 0; i < table->file_count; i++) {
        const char *owner = place_file_unit(c->session->store, table->files[i]);
        if (owner && strcmp(owner, unit) == 0) {
            return true;
        }
    }
    return false;
}

static int without_file(
    const Collector *c, const Table *table, const char *const **units, int count)
{
    const char **left = ARENA_ARRAY(c->session->arena, const char *, count + 1);
    int kept = 0;
    for (int i = 0; i < count; i++) {
        if (!has_own_file(c, table, (*units)[i])) {
            left[kept++] = (*units)[i];
        }
    }
    *units = left;
    return kept;
}

static void check_period(Collector *c, const Table *table, Period period)
{
    Arena *arena = c->session->arena;
    const char *name = period_name(arena, period), *const * units;
    int owed, count = place_absent(c->session->store, table, &period, &units, &owed);
    bool unsure = count > 0 && place_absent_unsure(c->session->store, table, &period);
    count = unsure ? without_file(c, table, &units, count) : count;
    if (count == 0) {
        return;
    }
    if (unsure) {
        add_absent(c, table->id, NULL,
            arena_printf(arena,
                say(c, "%s有的行读不出是哪个村的，还不能断定缺报：%s",
                    "%s: some rows do not tell whose they are, so these may not be absent: %s"),
                name, listed(arena, units, count)));
        return;
    }
    if (count == owed && owed > 1) {
        const Column *column = store_unit_column(c->session->store, table);
        const char *level = store_roster_level(c->session->store, table, column);
        add_absent(c, table->id, NULL,
            arena_printf(arena,
                say(c, "%s全部 %d 个%s都没有报", "%s: none of the %d units (%s) has reported"),
                name, owed, level));
        return;
    }
    for (int i = 0; i < count; i++) {
        add_absent(c, table->id, units[i],
            arena_printf(arena, say(c, "%s没有报", "%s: nothing reported"), name));
    }
}

/* A return of months or quarters with a column of villages, that has no village in its key, or
 * names that the roster does not have: nobody can say who is absent. */
static bool is_unchecked_return(Store *store, const Table *table)
{
    bool returned = table->period_column >= 0 && !table->is_roster &&
                    table->columns[table->period_column].type != COLUMN_DATE;
    return returned && (store_reporter_column(store, table) || table_column_find(table, "村"));
}

/* A monthly table owes each month of a quarter. */
static void check_table(Collector *c, const Table *table)
{
    Store *store = c->session->store;
    if (!place_owing_column(store, table) || !store_owed_units(store, table)) {
        if (is_unchecked_return(store, table)) {
            c->out->unchecked = arena_printf(c->session->arena, "%s%s%s", c->out->unchecked,
                *c->out->unchecked ? "、" : "", table->id);
        }
        return;
    }
    c->out->checked++;
    Period period = c->session->options.period;
    bool monthly =
        table->period_column >= 0 && table->columns[table->period_column].type == COLUMN_MONTH;
    Period month = period_containing(PERIOD_MONTH, period.first);
    if (!monthly || date_cmp(month.last, period.last) >= 0) {
        check_period(c, table, monthly ? month : period);
        return;
    }
    for (; date_cmp(month.first, period.last) <= 0; month = period_next(month)) {
        check_period(c, table, month);
    }
}

static void add_lost(Collector *c)
{
    const char *id;
    for (size_t i = 0; (id = store_lost(c->session->store, i)); i++) {
        add_absent(c, id, NULL,
            say(c, "整张表读不出来，没有核对缺报",
                "the table could not be read: who is absent was not looked for"));
    }
}

static int compare(const void *left, const void *right)
{
    const Reminder *a = left, *b = right;
    if (a->order != b->order) {
        return a->order < b->order ? -1 : 1;
    }
    int unit = strcmp(a->unit, b->unit);
    if (unit != 0) {
        return unit;
    }
    bool files = a->place && b->place && strcmp(a->place->file, b->place->file) == 0;
    if (files && a->place->row != b->place->row) {
        return a->place->row < b->place->row ? -1 : 1;
    }
    return a->position < b->position ? -1 : a->position > b->position;
}

void remind_collect(Session *session, Reminders *out)
{
    Collector c = {session, out, diag_language(session->diags) == DIAG_ENGLISH};
    out->unchecked = "";
    for (size_t i = 0; session->options.has_period && i < store_table_count(session->store); i++) {
        check_table(&c, store_table(session->store, i));
    }
    add_lost(&c);
    add_messages(&c);
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, compare);
    }
    for (size_t i = 0; i < out->count; i++) {
        bool other = i == 0 || strcmp(out->items[i].unit, out->items[i - 1].unit) != 0;
        out->units += other && *out->items[i].unit;
    }
}
