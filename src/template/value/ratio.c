/* Ratios of many rows whose parts the catalogue names: Σ numerator ÷ Σ denominator (data.md 3). */
#include "template/value/trace.h"

/* What a part gives over the rows, by its own kind and in one unit. */
static bool part_figure(const ValueNode *node, const RowSet *rows, const Column *part, Datum *out)
{
    const Column *own = table_column_find(rows->table, part->name);
    return figure_by_kind(node, rows, part, out) &&
           (out->kind == DATUM_MISSING || figure_units_agree(node, rows, own, out));
}

static bool quotient(const ValueNode *node, const RowSet *rows, const Column *ratio,
    const Datum *above, const Datum *below, Datum *out)
{
    if (above->kind == DATUM_MISSING || below->kind == DATUM_MISSING) {
        *out = above->kind == DATUM_MISSING ? *above : *below;
        return true;
    }
    if (decimal_sign(below->number) == 0) {
        *out = datum_missing(MISSING_BASE);
        return true;
    }
    *out = datum_number(decimal_from_int(0));
    out->is_ratio = true;
    out->decimals = ratio->decimals;
    return decimal_div(above->number, below->number, &out->number) ||
           step_overflow(&rows->context, node);
}

bool figure_ratio(const ValueNode *node, const RowSet *rows, const Column *ratio, Datum *out)
{
    Datum above, below;
    if (!part_figure(node, rows, ratio->numerator, &above) ||
        !part_figure(node, rows, ratio->denominator, &below) ||
        !quotient(node, rows, ratio, &above, &below, out)) {
        return false;
    }
    trace_join(&rows->context, "÷", &above, &below, out);
    return true;
}
