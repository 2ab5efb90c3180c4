/* Groups of one list in the light of another: the series of a chart, the course of a table's row. */
#include <string.h>
#include "template/value/value_internal.h"

static bool holds(Period outer, Period inner)
{
    return date_cmp(outer.first, inner.first) <= 0 && date_cmp(outer.last, inner.last) >= 0;
}

const Scope *scope_cross(Arena *arena, const Scope *group, const Scope *other)
{
    Scope *crossed = arena_copy(arena, group, sizeof *group);
    int count = group->binding_count, more = other->binding_count;
    crossed->bindings = ARENA_ARRAY(arena, Binding, count + more + 1);
    if (count)
        memcpy(crossed->bindings, group->bindings, (size_t)count * sizeof(Binding));
    if (more)
        memcpy(crossed->bindings + count, other->bindings, (size_t)more * sizeof(Binding));
    crossed->binding_count = count + more;
    if (other->indicator) { /* whose where= may ask it */
        crossed->indicator = other->indicator;
        crossed->where = other->where;
    }
    if (!other->period_bound)
        return crossed;
    if (group->period_bound && !holds(other->period, group->period) &&
        !holds(group->period, other->period))
        return NULL;
    if (!group->period_bound || holds(group->period, other->period))
        crossed->period = other->period;
    crossed->has_period = crossed->period_bound = true;
    return crossed;
}

/* A row is of its own month, but its course is not. */
static bool lies_outside(const Scope *outer, const Scope *group)
{
    return outer->period_bound && !outer->is_row && group->period_bound &&
           !holds(outer->period, group->period);
}

void groups_within(Arena *arena, const Groups *groups, const Scope *outer, Groups *out)
{
    const Scope **scopes = ARENA_ARRAY(arena, const Scope *, groups->count + 1);
    Scope *inner = ARENA_ARRAY(arena, Scope, groups->count + 1);
    *out = (Groups){.scopes = scopes, .total = outer};
    for (int i = 0; i < groups->count; i++) {
        if (!lies_outside(outer, groups->scopes[i])) {
            inner[out->count] = *groups->scopes[i];
            scopes[out->count] = &inner[out->count];
            out->count++;
        }
    }
    for (int i = 0; i < out->count; i++) {
        inner[i].parent = outer;
        inner[i].siblings = scopes;
        inner[i].sibling_count = out->count;
        inner[i].index = i + 1;
    }
}
