#include "run/facts.h"

#include <string.h>

#include "template/value/value.h"

static void count_levels(Arena *arena, Store *store, CheckFacts *out)
{
    const Table *roster = store_roster(store);
    const char *level = store_level_sql(store);
    int count = 0;
    while (roster && level && store_level(store, (size_t)count))
        count++;
    RosterCount *levels = ARENA_ARRAY(arena, RosterCount, count + 1);
    for (int i = 0; i < count; i++) {
        StoreQuery *query = store_prepare(
            store, arena_printf(arena, "SELECT count(*) FROM %s WHERE %s=?1", roster->sql, level));
        levels[i].level = store_level(store, (size_t)i);
        store_bind_text(query, 1, levels[i].level);
        levels[i].count = store_step(query) ? store_int(query, 0) : 0;
        store_reset(query);
    }
    out->levels = levels;
    out->level_count = count;
}

static bool is_guessed(const Column *column)
{
    bool numbers_rows = strcmp(column->name, "序号") == 0;
    return column->type == COLUMN_NUMBER && column->kind_guessed && !numbers_rows &&
           manner_of_kind(column->kind) != MANNER_NONE;
}

static void find_guessed(Arena *arena, Store *store, CheckFacts *out)
{
    GuessedKind *guessed = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < store_table_count(store); i++) {
        const Table *table = store_table(store, i);
        for (int c = 0; table->file_count > 0 && c < table->column_count; c++) {
            const Column *column = &table->columns[c];
            if (!is_guessed(column))
                continue;
            guessed = arena_grow(arena, guessed, count, &capacity, sizeof *guessed);
            guessed[count++] = (GuessedKind){.table = table->id,
                .column = column->name,
                .manner = manner_of_kind(column->kind),
                .has_full_marks = column->has_full_marks,
                .full_marks = column->full_marks};
        }
    }
    out->guessed = guessed;
    out->guessed_count = (int)count;
}

void check_facts(Arena *arena, Store *store, const Period *period, CheckFacts *out)
{
    *out = (CheckFacts){.year = 0};
    count_levels(arena, store, out);
    find_guessed(arena, store, out);
    if (period && period->kind == PERIOD_MONTH) {
        out->year = period->first.year;
        out->month = period->first.month;
    }
}
