/* The targets of a year (任务.csv, data.md 4): rows of a loaded table, read once and judged. An
 * indicator is known by its column's name (the catalogue's other names lead to it); a range is the
 * town or a unit of the roster. Lent; all belongs to the store's arena. */
#ifndef DATA_TARGETS_H
#define DATA_TARGETS_H

#include <stdbool.h>
#include <stddef.h>
#include "base/decimal.h"
#include "base/diag.h"
#include "data/store.h"

typedef struct Target {
    const char *indicator; /* as its column is called */
    int year;
    const char *range; /* as written; the town's may be 全镇 or its name */
    bool of_town;
    Decimal value;
    const char *unit; /* NULL: none is written */
    bool has_quarters;
    Decimal quarters[4];    /* due by the end of each, in the target's unit */
    const DataPlace *place; /* of the value's cell */
} Target;

typedef struct Targets Targets;

/* The table that targets= declares, id 任务. `at`: the attribute. */
CsvDecl targets_declare(const char *files, const At *at);
/* Reads 指标 年度 范围 目标值 and, where it has them, 单位 季度分解 of a table. All mistakes are
 * told (those of the table at `at`, those of cells at the cell); NULL then. */
const Targets *targets_load(Store *store, const Table *table, const At *at);
/* The target of a year, of the town (unit NULL) or of a unit; NULL: none is set. */
const Target *targets_find(
    const Targets *targets, const char *indicator, int year, const char *unit);
/* The name under which an indicator that is called so is kept. */
const char *targets_indicator(const Targets *targets, const char *name);
size_t targets_count(const Targets *targets);
const Target *targets_at(const Targets *targets, size_t index);
/* What of the year's target is due when so many whole months (0–12) are over: by 季度分解, even
 * within a quarter; without one, even over the year. False when it does not fit. */
bool target_due(const Target *target, int months, Decimal *out);

#endif
