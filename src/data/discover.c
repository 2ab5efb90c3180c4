#include "data/discover.h"

#include <errno.h>
#include <string.h>
#include "base/map.h"
#include "base/utf8.h"
#include "data/discover_internal.h"
#include "data/filename.h"
#include "data/files.h"

/* ---- files to groups ---- */

/* A village's own file or folder: 长塘村.csv. */
static bool is_unit(Store *store, const char *name)
{
    bool word = strcmp(name, "村") == 0 || strcmp(name, "社区") == 0; /* of all villages */
    bool named = !word && (utf8_ends_with(name, "村") || utf8_ends_with(name, "社区"));
    return named || store_roster_order(store, name) >= 0;
}

/* The pattern with {村} for its first part that is a village, NULL where none is. */
static char *with_unit(Discoverer *d, const char *pattern)
{
    for (const char *part = pattern; *part;) {
        size_t length = strcspn(part, "/");
        size_t stem = part[length] || length < 4 ? length : length - 4;
        const char *name = arena_strndup(d->scratch, part, stem);
        if (!strchr(name, '*') && is_unit(d->store, name)) {
            return arena_printf(
                d->scratch, "%.*s{村}%s", (int)(part - pattern), pattern, part + stem);
        }
        part += length + (part[length] == '/');
    }
    return NULL;
}

static void add_file(Discoverer *d, Map *groups, const char *name, bool units)
{
    Period period;
    char *pattern = filename_pattern(d->scratch, name);
    char *unit = units ? with_unit(d, pattern) : NULL;
    pattern = unit ? unit : pattern;
    bool dated = filename_period(name, 0, &period);
    char *key = arena_printf(d->scratch, "%d %s", dated ? (int)period.kind : 0, pattern);
    FileGroup *group = map_find(groups, key); /* 2024.csv is no month */
    if (!group) {
        group = ARENA_NEW(d->scratch, FileGroup);
        *group = (FileGroup){.pattern = pattern,
            .first = name,
            .wide = pattern,
            .dated = dated ? period.kind : PERIOD_NONE};
        map_put(groups, key, group);
    }
    group->files++;
}

/* 任务 - 副本.csv beside 任务.csv. */
static bool is_copy(const Discoverer *d, const char *name)
{
    const char *original = filename_original(d->scratch, name);
    for (int i = 0; original != name && i < d->files.count; i++) {
        if (strcmp(d->files.names[i], original) == 0) {
            return true;
        }
    }
    return false;
}

static void leave_out(Discoverer *d, const char *name, DiagCode code)
{
    DataPlace place = {name, 0, -1, NULL};
    At at = {.data = &place};
    diag_add(d->diags, code, &at);
}

static int count_matches(Discoverer *d, const char *pattern, const char *period)
{
    Files files;
    At nowhere = {.data = NULL};
    Diags *quiet = diag_new(d->scratch);
    bool found = files_match(d->scratch, d->folder, pattern, period, &nowhere, quiet, &files);
    files_close(&files);
    return found ? files.count : 0;
}

/* * takes more than the files of the group: 2024.csv beside others. Then the places of the period's
 * digits; of one file, where they take more too, its name. */
static void narrow(Discoverer *d, FileGroup *group)
{
    if (!strchr(group->pattern, '*') || count_matches(d, group->pattern, NULL) == group->files) {
        return;
    }
    char *narrower = filename_shape(d->scratch, group->first);
    if (count_matches(d, narrower, NULL) == group->files) {
        group->pattern = narrower; /* else the loader tells what does not go together */
    } else if (group->files == 1) {
        group->pattern = filename_literal(d->scratch, group->first);
    }
}

/* What stays out is told once, in the first round. */
static Map *group_files(Discoverer *d, bool units)
{
    Map *groups = map_new(d->scratch);
    for (int i = 0; i < d->files.count; i++) {
        const char *name = d->files.names[i];
        size_t bad;
        bool readable = utf8_valid(name, strlen(name), &bad);
        if (readable && !is_copy(d, name)) {
            add_file(d, groups, name, units);
        } else if (units) {
            leave_out(d, name, readable ? DIAG_W521 : DIAG_W520);
        }
    }
    for (size_t i = 0; i < map_count(groups); i++) {
        narrow(d, map_value(groups, i));
    }
    return groups;
}

/* ---- names of tables ---- */

/* Letters, digits and Han: what may stand in a value without brackets. */
static bool is_name_character(uint32_t c)
{
    bool ascii = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return ascii || c == '_' || utf8_is_han(c);
}

static char *clean_name(Discoverer *d, const char *text, size_t length)
{
    char *name = arena_alloc(d->arena, length + sizeof "表");
    size_t used = 0;
    const char *end = text + length;
    while (text < end) {
        char bytes[4];
        uint32_t c = utf8_fold_width(utf8_next(&text));
        if (is_name_character(c)) {
            int size = utf8_encode(c, bytes);
            memcpy(name + used, bytes, (size_t)size);
            used += (size_t)size;
        }
    }
    while (used > 0 && name[used - 1] == '_') {
        used--;
    }
    name[used] = '\0';
    return name[0] == '_' ? name + 1 : name;
}

/* 月报 of 月报/月报-*.csv, 上报 of 上报/{村}.csv: the last part that says anything, of a folder
 * that holds nothing else its own name. */
static const char *name_of_pattern(Discoverer *d, const char *files, const char *pattern)
{
    const char *end = pattern + strlen(pattern), *folder = strrchr(files, '/');
    if (folder && strcmp(folder, "/*.csv") == 0) {
        end = pattern + (strrchr(pattern, '/') - pattern);
    } else if (utf8_ends_with(pattern, ".csv") || utf8_ends_with(pattern, ".CSV")) {
        end -= 4;
    }
    while (end > pattern) {
        const char *start = end;
        while (start > pattern && start[-1] != '/') {
            start--;
        }
        const char *brace = memchr(start, '{', (size_t)(end - start));
        const char *name = brace ? "" : clean_name(d, start, (size_t)(end - start));
        if (*name) {
            return name;
        }
        end = start > pattern ? start - 1 : start;
    }
    return "表";
}

/* Our own words, and numbers, are no names of tables. */
static bool is_taken(const char *name, const Map *ids)
{
    static const char *const own[] = {"期间", "截至", "序号", "流水号", "计数", "网格", "count"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (strcmp(own[i], name) == 0) {
            return true;
        }
    }
    return (*name >= '0' && *name <= '9' && strspn(name, "0123456789") == strlen(name)) ||
           map_find(ids, name);
}

static const char *unique_id(Discoverer *d, Map *ids, const char *name)
{
    char *id = arena_strdup(d->arena, name);
    for (int number = 1; is_taken(id, ids); number++) {
        id = number == 1 ? arena_printf(d->arena, "表%s", name)
                         : arena_printf(d->arena, "表%s_%d", name, number);
    }
    map_put(ids, id, id);
    return id;
}

/* ---- groups to declarations ---- */

/* All of the folder where it holds nothing else. */
static const char *settle_files(Discoverer *d, const FileGroup *group)
{
    const char *slash = strrchr(group->pattern, '/'), *star = strrchr(group->pattern, '*');
    if (slash && star > slash) {
        char *all =
            arena_printf(d->arena, "%.*s/*.csv", (int)(slash - group->pattern), group->pattern);
        if (count_matches(d, all, NULL) == group->files) {
            return all;
        }
    }
    return arena_strdup(d->arena, group->pattern);
}

static const char *duplicate(Discoverer *d, const char *text)
{
    return text ? arena_strdup(d->arena, text) : NULL;
}

static void declare(Discoverer *d, Map *ids, const FileGroup *group, Discovery *out)
{
    Guess guess = {.period = NULL};
    const Table *table = store_find(d->store, group->pattern);
    if (table) {
        guess = discover_guess(d, group, table);
    }
    CsvDecl *decl = &out->tables[out->count];
    decl->period = duplicate(d, guess.period);
    decl->key = duplicate(d, guess.key);
    decl->files = settle_files(d, group);
    if (guess.is_roster && out->roster < 0) {
        decl->id = "网格";
        out->roster = out->count;
    } else {
        decl->id = unique_id(d, ids, name_of_pattern(d, decl->files, group->wide));
    }
    if (guess.is_targets && out->targets < 0) {
        out->targets = out->count;
    }
    out->count++;
}

/* ---- reading ---- */

static const Table *read_group(Discoverer *d, const FileGroup *group)
{
    CsvDecl decl = {.id = group->pattern, .files = group->pattern};
    const Table *known = store_find(d->store, group->pattern);
    return known ? known : store_load(d->store, &decl, d->folder, NULL);
}

/* The roster settles names of villages, so it is looked for before all else is read: among the
 * files that are a table by themselves. */
static void find_roster(Discoverer *d)
{
    Map *groups = group_files(d, false);
    for (size_t i = 0; i < map_count(groups) && !store_roster(d->store); i++) {
        const FileGroup *group = map_value(groups, i);
        const Table *table = group->files == 1 ? read_group(d, group) : NULL;
        if (table && discover_is_roster(d, table)) {
            store_set_roster(d->store, table);
        }
    }
}

static bool same_columns(const Table *a, const Table *b)
{
    bool same = a && b && a->column_count == b->column_count;
    for (int i = 0; same && i < a->column_count; i++) {
        same = table_column_find(b, a->columns[i].name) != NULL;
    }
    return same;
}

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* 2024年5月各村月报.csv among 月报-*.csv: files of one folder, of periods of one kind and with the
 * same columns are one table, if it can be read as one. */
static void join_group(Discoverer *d, FileGroup *group, FileGroup *other)
{
    size_t folder = folder_length(group->pattern);
    bool alike = group->files > 0 && other->files > 0 && group->dated == other->dated &&
                 group->dated != PERIOD_NONE && folder == folder_length(other->pattern) &&
                 memcmp(group->pattern, other->pattern, folder) == 0;
    if (!alike || !same_columns(store_find(d->store, group->pattern),
                      store_find(d->store, other->pattern))) {
        return;
    }
    FileGroup joined = *group;
    joined.pattern = arena_printf(d->scratch, "%.*s*.csv", (int)folder, group->pattern);
    joined.files += other->files;
    if (count_matches(d, joined.pattern, NULL) == joined.files && read_group(d, &joined)) {
        joined.wide = group->files < other->files ? other->wide : group->wide;
        *group = joined;
        other->files = 0;
    }
}

static void join_groups(Discoverer *d, Map *groups)
{
    for (size_t i = 0; i < map_count(groups); i++) {
        for (size_t j = i + 1; j < map_count(groups); j++) {
            join_group(d, map_value(groups, i), map_value(groups, j));
        }
    }
}

static void read_groups(Discoverer *d, Discovery *out)
{
    find_roster(d);
    Map *groups = group_files(d, true), *ids = map_new(d->scratch);
    out->tables = ARENA_ARRAY(d->arena, CsvDecl, map_count(groups) + 1);
    for (size_t i = 0; i < map_count(groups); i++) {
        read_group(d, map_value(groups, i));
    }
    join_groups(d, groups);
    for (size_t i = 0; i < map_count(groups); i++) {
        const FileGroup *group = map_value(groups, i);
        if (group->files > 0) { /* else joined to another */
            declare(d, ids, group, out);
        }
    }
}

bool discover(Arena *arena, const char *folder, Diags *diags, Discovery *out)
{
    Discoverer d = {.arena = arena, .scratch = arena_new(), .diags = diags, .folder = folder};
    *out = (Discovery){.roster = -1, .targets = -1};
    bool found = files_list(d.scratch, folder, diags, &d.files);
    d.store = found ? store_open(d.scratch, diag_new(d.scratch)) : NULL;
    if (d.store) {
        read_groups(&d, out);
    } else if (found) {
        found = diag_add(diags, DIAG_E290, NULL, diag_system_text(diags, EIO));
    }
    if (found && out->count == 0 && !d.files.partial) {
        diag_add(diags, DIAG_E527, NULL, folder);
        diag_hint(diags, DIAG_H507);
    }
    store_close(d.store);
    files_close(&d.files);
    arena_free(d.scratch);
    return out->count > 0;
}

bool discover_load(
    const Discovery *discovery, const char *folder, const Period *period, Store *store)
{
    bool whole = true;
    for (int others = 0; others < 2; others++) {
        for (int i = 0; i < discovery->count; i++) {
            if ((i == discovery->roster) == others) {
                continue;
            }
            const Table *table = store_load(store, &discovery->tables[i], folder, period);
            whole = whole && table;
            if (table && i == discovery->roster) {
                store_set_roster(store, table);
            }
        }
    }
    return whole;
}
