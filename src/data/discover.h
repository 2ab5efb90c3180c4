/* What lies in a data folder: its CSV files put together into tables, each with a guess of its
 * period and key, as a template would declare them. The files are read by the loader and judged by
 * its types: there is no second reader. Commands that have no template (columns, value), and those
 * that write a first one (new, catalogue) begin here. */
#ifndef DATA_DISCOVER_H
#define DATA_DISCOVER_H

#include "data/store.h"

typedef struct Discovery {
    CsvDecl *tables; /* in the order of their files' names */
    int count;
    int roster;  /* index of the roster (columns 级别 and 名称), -1: none */
    int targets; /* index of the table of targets (指标, 目标值), -1: none */
} Discovery;

/* Looks through `folder`. False after a message: it cannot be opened, or no CSV is in it. Files
 * that are left out are warnings; what is wrong inside the files shows when the tables are loaded.
 * Belongs to the arena. */
bool discover(Arena *arena, const char *folder, Diags *diags, Discovery *out);
/* Loads the tables, the roster first. False when one of them could not be read: the others are
 * there. */
bool discover_load(
    const Discovery *discovery, const char *folder, const Period *period, Store *store);

#endif
