/* The catalogue of an office's indicators (data.md 3): names and aliases of columns, units, kinds,
 * decimals, limits. Shared by all templates of the office; XML, read once; everything belongs to
 * the arena. */
#ifndef DATA_CATALOGUE_H
#define DATA_CATALOGUE_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "data/store.h"

typedef struct Indicator {
    const char *name;
    const char **aliases;
    int alias_count;
    const char *unit;  /* or NULL */
    const char *group; /* or NULL */
    bool has_kind;
    ColumnKind kind;
    int decimals; /* -1: as in the data */
    int good;     /* 1: more is better, -1: less is, 0: neither */
    bool has_min, has_max;
    Decimal min, max;
    const char *numerator, *denominator; /* of a ratio: columns of the same table; NULL: not said */
    At numerator_at, denominator_at;
} Indicator;

typedef struct Catalogue Catalogue;
struct XmlAttr; /* markup/xml.h */

/* Reads <catalogue><indicator name alias unit kind decimals good min max group
 * numerator denominator/>…</catalogue>. All
 * mistakes are reported; NULL then. */
const Catalogue *catalogue_load(Arena *arena, const char *path, Diags *diags);
/* Reads one attribute of <indicator>, which <column> has too. False after a message; *known is
 * false without one where indicators have no such attribute. */
bool indicator_read(
    Arena *arena, const struct XmlAttr *attr, Diags *diags, Indicator *out, bool *known);
/* A numerator stands with a denominator, and both only in a ratio. False after a message. */
bool indicator_parts_agree(const Indicator *indicator, Diags *diags);
/* 流量 or flow, as the attribute kind= has it. */
const char *kind_name(ColumnKind kind, bool english);
/* By name or alias; NULL when absent. */
const Indicator *catalogue_find(const Catalogue *catalogue, const char *name);
/* Of an indicator that catalogue_find gave: how many stand before it. */
int catalogue_position(const Catalogue *catalogue, const Indicator *indicator);

#endif
