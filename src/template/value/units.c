/* Names of units in conditions and params: 村=前江 means 前江村, by the roster, as in the data. */
#include <string.h>
#include "template/value/value_internal.h"

/* Only a unit of the level at which the column stands is meant: a column of 组 has no 前江村. In
 * the roster's own 名称 all levels stand. A column that holds the short name itself is left
 * alone: only the one that says who sent the row is settled as it is read (data/store.h). */
void value_settle_unit(const Context *context, const Table *table, const Column *column,
    const ValueNode *node, Datum *datum)
{
    Engine *engine = context->engine;
    const Table *roster = store_roster(engine->store);
    if (!roster || column->type != COLUMN_TEXT || datum->kind != DATUM_TEXT || !*datum->text) {
        return;
    }
    bool any = table == roster && strcmp(column->name, "名称") == 0;
    const char *level = any ? NULL : store_roster_level(engine->store, table, column);
    const char *official =
        any || level ? store_roster_name(engine->store, datum->text, level) : NULL;
    official = official || !level ? official : store_town_itself(datum->text);
    if (!official || strcmp(official, datum->text) == 0 ||
        column_holds(engine, table, column, datum->text)) {
        return;
    }
    if (context->dry) {
        At at = value_node_at(node);
        diag_add(engine->diags, DIAG_N240, &at, datum->text, official);
    }
    datum->text = official;
}
