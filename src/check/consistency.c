#include "check/consistency_internal.h"

void consistency_check(Arena *arena, const Document *document, const EntryList *entries,
    const CheckFacts *facts, Diags *diags)
{
    Checker checker = {.arena = arena,
        .document = document,
        .entries = entries,
        .facts = facts,
        .diags = diags,
        .map = {.arena = arena}};
    lines_collect(&checker);
    check_fallen(&checker);
    check_claims(&checker);
    check_twice(&checker);
    check_kinds(&checker);
    check_sums(&checker);
    check_tables(&checker);
    check_counts(&checker);
    check_units(&checker);
}
