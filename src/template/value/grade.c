/* 分档 90 优秀 80 良好 较差: the word of the first bound that a number reaches. The bounds are read
 * with the template (arguments.c); the number is taken as it is, not as it prints. */
#include "template/value/value_internal.h"

/* 95 of a ratio is no 95%: it would never be reached. */
static bool is_comparable(const Context *context, const ValueNode *bound, const Datum *datum)
{
    bool percent = bound->kind == NODE_NEGATE ? bound->left->percent : bound->percent;
    Decimal number = bound->kind == NODE_NEGATE ? bound->left->number : bound->number;
    bool fraction = datum->is_ratio || datum->is_quotient;
    if (decimal_sign(number) == 0 || (percent ? fraction : !datum->is_ratio)) {
        return true;
    }
    At at = value_node_at(bound);
    diag_add(context->engine->diags, DIAG_E660, &at, value_node_text(bound));
    diag_hint(context->engine->diags, DIAG_H648);
    return false;
}

bool step_grade(const Context *context, const ValueNode *pipe, Datum *datum)
{
    const char *reached = NULL;
    if (datum->kind == DATUM_MISSING) {
        return true;
    }
    if (datum->kind != DATUM_NUMBER) {
        Value value = {.kind = VALUE_DATUM, .datum = *datum};
        return step_misused(context, pipe, &value);
    }
    for (int i = 0; i + 1 < pipe->arg_count; i += 2) {
        const ValueNode *bound = pipe->args[i];
        Decimal least;
        if (!is_comparable(context, bound, datum)) {
            return false;
        }
        least = bound->kind == NODE_NEGATE ? decimal_neg(bound->left->number) : bound->number;
        if (!reached && decimal_cmp(datum->number, least) >= 0) {
            reached = pipe->args[i + 1]->name;
        }
    }
    if (!reached && pipe->arg_count % 2 == 1) {
        reached = pipe->args[pipe->arg_count - 1]->name;
    }
    if (context->dry) {
        reached = "";
    }
    *datum = reached ? datum_text(reached) : datum_missing(MISSING_GRADE);
    return true;
}
