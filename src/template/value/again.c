/* Steps that work the figure to their left out again: in another period (环比 同比 增减, and 上期 …
 * behind a figure) or for every row of the table (排名); and 占, which works out a second figure.
 */
#include <stdlib.h>
#include <string.h>
#include "template/value/trace.h"

/* Without --as-of a figure of another period is judged by that period's last day: the 销号率 of
 * last month is what last month's paper said. Groups by period have one 截至 for all of them. */
Period context_judged(const Context *moved)
{
    Engine *engine = moved->engine;
    const Scope *dated = moved->scope;
    Period period;
    while (dated && !dated->has_period) {
        dated = dated->parent;
    }
    bool whole = dated && !dated->parent && context_period(moved, &period);
    return whole ? period : engine->judged;
}

static bool eval_moved(const Context *context, const ValueNode *node, PeriodMove move, Datum *out)
{
    Engine *engine = context->engine;
    Context moved = *context;
    moved.move = move;
    Period before = engine->judged;
    engine->judged = context_judged(&moved);
    bool good = value_eval_datum(&moved, node, out);
    engine->judged = before;
    return good;
}

/* What the figure was in the period before, or in the same one a year earlier. A figure that reads
 * no period would compare with itself: that is a mistake of the template, found when it is checked.
 */
static bool eval_base(const Context *context, const ValueNode *pipe, bool last_year, Datum *out)
{
    PeriodMove move = context->move;
    Period period;
    At at = value_at(pipe->expr, pipe->name_start, pipe->name_end);
    if (!context_period(context, &period)) {
        return diag_add(context->engine->diags, DIAG_E167, &at, pipe->step->name);
    }
    move.last_year += last_year;
    move.previous += !last_year;
    long uses = context->engine->period_uses;
    if (!eval_moved(context, pipe->left, move, out)) {
        return false;
    }
    if (context->dry && uses == context->engine->period_uses) {
        return diag_add(context->engine->diags, DIAG_E176, &at, pipe->step->name);
    }
    return true;
}

static bool need_number(const Context *context, const ValueNode *pipe, const Value *value)
{
    DatumKind kind = value->datum.kind;
    return kind == DATUM_NUMBER || kind == DATUM_MISSING || step_misused(context, pipe, value);
}

static bool divide(const Context *context, const ValueNode *pipe, Decimal a, Decimal b, Datum *out)
{
    *out = datum_number(decimal_from_int(0));
    out->is_ratio = true;
    return decimal_div(a, b, &out->number) || step_overflow(context, pipe);
}

static bool change_ratio(
    const Context *context, const ValueNode *pipe, const Datum *base, Datum *now)
{
    if (now->kind == DATUM_MISSING) {
        return true;
    }
    if (base->kind != DATUM_NUMBER || decimal_sign(base->number) == 0) {
        *now = datum_missing(MISSING_BASE);
        return true;
    }
    Decimal difference;
    if (!decimal_sub(now->number, base->number, &difference)) {
        return step_overflow(context, pipe);
    }
    /* Of a negative base the sign of the change is still that of the difference. */
    if (!divide(context, pipe, difference, decimal_abs(base->number), now)) {
        return false;
    }
    now->is_change = true;
    return true;
}

static bool change_amount(
    const Context *context, const ValueNode *pipe, const Datum *base, Datum *now)
{
    if (now->kind == DATUM_MISSING || base->kind == DATUM_MISSING) {
        *now = now->kind == DATUM_MISSING ? *now : datum_missing(MISSING_BASE);
        return true;
    }
    now->is_change = now->is_pace = false;
    now->is_delta = true;
    now->place = NULL;
    return decimal_sub(now->number, base->number, &now->number) || step_overflow(context, pipe);
}

static bool is_of_last_year(const ValueNode *pipe)
{
    const char *which = pipe->step->id == STEP_DELTA ? pipe->args[0]->name : "";
    return pipe->step->id == STEP_YEAR_ON_YEAR || strcmp(which, "同期") == 0 ||
           strcmp(which, "lastyear") == 0;
}

static bool change(const Context *context, const ValueNode *pipe, Datum *now)
{
    Datum before = *now, base;
    bool delta = pipe->step->id == STEP_DELTA;
    if (!eval_base(context, pipe, is_of_last_year(pipe), &base) ||
        !(delta ? change_amount : change_ratio)(context, pipe, &base, now)) {
        return false;
    }
    trace_join(context, delta ? "−" : "环比", &before, &base, now);
    return true;
}

static bool share_of(const Context *context, const ValueNode *pipe, Datum *now)
{
    Value base = {.kind = VALUE_DATUM};
    if (!value_eval_datum(context, pipe->args[0], &base.datum) ||
        !need_number(context, pipe, &base)) {
        return false;
    }
    Datum part = *now;
    if (now->kind == DATUM_MISSING) {
        return true;
    }
    if (base.datum.kind == DATUM_MISSING || decimal_sign(base.datum.number) == 0) {
        *now = datum_missing(MISSING_BASE);
    } else if (!divide(context, pipe, now->number, base.datum.number, now)) {
        return false;
    }
    trace_join(context, "÷", &part, &base.datum, now);
    return true;
}

/* ---- 排名 ---- */

/* The places of all rows of a list by one figure. Columns of a table ask row by row, one beside the
 * other: all are kept. */
struct RankCache {
    const ValueNode *pipe;
    const Scope *const *siblings;
    PeriodMove move;
    int *ranks; /* 0: no figure, no place */
    int count;  /* how many have one */
    const char *list; /* tells these figures, as the data have them, from those of another list */
    bool silent;      /* what they tell was not told */
    bool ruled;       /* figures that were overruled stand where their new value puts them */
    struct RankCache *next;
};

typedef enum TiePolicy { TIES_SKIP, TIES_DENSE, TIES_NONE } TiePolicy;

typedef struct RankedFigure {
    Decimal figure, printed; /* printed: as it may be overruled */
    int index;
    bool descending;
} RankedFigure;

static bool same_move(PeriodMove a, PeriodMove b)
{
    return a.previous == b.previous && a.last_year == b.last_year && a.widening == b.widening &&
           a.recent == b.recent;
}

static TiePolicy tie_policy(const ValueNode *arg)
{
    if (!arg || strcmp(arg->name, "并列跳号") == 0) {
        return TIES_SKIP;
    }
    return strcmp(arg->name, "不并列") == 0 ? TIES_NONE : TIES_DENSE;
}

/* Equal ones stay in their printed order. */
static int compare_ranked(const void *left, const void *right)
{
    const RankedFigure *a = left, *b = right;
    int order = decimal_cmp(a->figure, b->figure);
    if (order == 0) {
        return a->index - b->index;
    }
    return a->descending ? -order : order;
}

static void number_ranks(const RankedFigure *figures, int count, TiePolicy ties, int *ranks)
{
    int rank = 0;
    for (int i = 0; i < count; i++) {
        bool tie = i > 0 && ties != TIES_NONE &&
                   decimal_cmp(figures[i - 1].figure, figures[i].figure) == 0;
        if (!tie) {
            rank = ties == TIES_DENSE ? rank + 1 : i + 1;
        }
        ranks[figures[i].index] = rank;
    }
}

/* FNV-1a over the figures in the order of their places. */
static const char *name_list(Arena *arena, const RankedFigure *figures, int count, TiePolicy ties)
{
    uint64_t hash = 14695981039346656037u;
    for (int i = 0; i < count; i++) {
        Decimal figure = decimal_trim(figures[i].figure);
        hash = (hash ^ (uint64_t)figure.mantissa) * 1099511628211u;
        hash = (hash ^ (uint64_t)(figure.scale + figures[i].descending)) * 1099511628211u;
    }
    return arena_printf(arena, "排名%d/%d/%016llx", (int)ties, count, (unsigned long long)hash);
}

static void sort_ranked(RankedFigure *figures, int count)
{
    if (count > 1) {
        qsort(figures, (size_t)count, sizeof *figures, compare_ranked);
    }
}

/* -1 after a message. */
static int figures_of_siblings(
    const Context *context, const ValueNode *pipe, const Scope *scope, RankedFigure *figures)
{
    const ValueNode *order = pipe->args[0];
    bool descending = !order || (strcmp(order->name, "升") != 0 && strcmp(order->name, "asc") != 0);
    int count = 0;
    for (int i = 0; i < scope->sibling_count; i++) {
        Context there = *context;
        Datum figure;
        there.scope = scope->siblings[i];
        if (!value_eval_datum(&there, pipe->left, &figure)) {
            return -1;
        }
        if (figure.kind == DATUM_NUMBER) {
            Decimal computed = figure.number;
            trace_rule(context->engine, &figure);
            figures[count++] = (RankedFigure){computed, figure.number, i, descending};
        }
    }
    return count;
}

static bool rank_siblings(
    const Context *context, const ValueNode *pipe, const Scope *scope, RankCache *cache)
{
    Arena *arena = context->engine->arena;
    TiePolicy ties = tie_policy(pipe->args[1]);
    RankedFigure *figures = ARENA_ARRAY(arena, RankedFigure, scope->sibling_count);
    int count = figures_of_siblings(context, pipe, scope, figures);
    if (count < 0) {
        return false;
    }
    sort_ranked(figures, count);
    cache->count = count;
    cache->list = name_list(arena, figures, count, ties);
    for (int i = 0; cache->ruled && i < count; i++) {
        figures[i].figure = figures[i].printed;
    }
    if (cache->ruled) {
        sort_ranked(figures, count);
    }
    cache->ranks = ARENA_ARRAY(arena, int, scope->sibling_count);
    number_ranks(figures, count, ties, cache->ranks);
    return true;
}

/* The ranks of all units, worked out once for the papers of all of them and beside each: what the
 * figures of the others have to tell is told in their own papers. NULL: a figure failed, and
 * is asked again in this paper, which needs it. */
static int *ranks_of_units(const Context *context, const ValueNode *pipe, const Scope *scope,
    const char *name)
{
    Arena *scratch = arena_new();
    Engine *engine = context->engine;
    size_t size = (size_t)scope->sibling_count * sizeof(int);
    scope = scope->siblings[scope->place]; /* the engine's root is another one for a while */
    struct BurstHold *hold = burst_leave(engine, scratch);
    RankCache cache = {.ranks = NULL};
    bool ranked = rank_siblings(context, pipe, scope, &cache);
    burst_return(engine, hold);
    if (ranked) {
        burst_keep(engine, name, cache.ranks, size);
        burst_keep(engine, arena_printf(engine->arena, "%s/list", name), cache.list,
            strlen(cache.list) + 1);
    }
    arena_free(scratch);
    return ranked ? burst_kept(engine, name) : NULL;
}

/* The same words ask the same wherever they stand, for a unit has no rows round it. */
static const RankCache *ranks_among_units(
    const Context *context, const ValueNode *pipe, const Scope *scope)
{
    Engine *engine = context->engine;
    PeriodMove move = context->move;
    RankCache *cache = ARENA_NEW(engine->arena, RankCache);
    const char *name = arena_printf(engine->arena, "%s/%d/%d/%d/%d/%d/%d", value_node_text(pipe),
        move.previous, move.last_year, (int)move.widening, move.recent, (int)engine->judged.kind,
        date_days(engine->judged.last));
    cache->ranks = burst_kept(engine, name);
    if (!cache->ranks) {
        cache->ranks = ranks_of_units(context, pipe, scope, name);
    }
    if (!cache->ranks) {
        return rank_siblings(context, pipe, scope, cache) ? cache : NULL;
    }
    cache->list = burst_kept(engine, arena_printf(engine->arena, "%s/list", name));
    return cache;
}

/* NULL after a message. */
static const RankCache *ranks_of_siblings(
    const Context *context, const ValueNode *pipe, const Scope *scope)
{
    Engine *engine = context->engine;
    if (scope->is_unit) {
        return ranks_among_units(context, pipe, scope);
    }
    RankCache *cache = engine->ranks;
    bool ruled = trace_is_ruled(engine);
    while (cache && (cache->pipe != pipe || cache->siblings != scope->siblings ||
                        !same_move(cache->move, context->move) || cache->ruled != ruled ||
                        (cache->silent && !engine->silent))) {
        cache = cache->next;
    }
    if (cache) {
        return cache;
    }
    cache = ARENA_NEW(engine->arena, RankCache);
    *cache = (RankCache){.pipe = pipe,
        .siblings = scope->siblings,
        .move = context->move,
        .silent = engine->silent,
        .ruled = ruled};
    if (!rank_siblings(context, pipe, scope, cache)) {
        return NULL;
    }
    cache->next = engine->ranks;
    engine->ranks = cache;
    return cache;
}

static const Scope *row_scope(const Scope *scope)
{
    while (scope && !scope->table && !scope->is_unit) {
        scope = scope->parent;
    }
    return scope;
}

/* The place of a scope in its list; -1: a total, which has none. */
static int sibling_index(const Scope *scope)
{
    if (scope->is_unit) {
        return (int)scope->place;
    }
    int index = scope->index - 1;
    bool listed = index >= 0 && index < scope->sibling_count && scope->siblings[index] == scope;
    return listed ? index : -1;
}

static bool rank(const Context *context, const ValueNode *pipe, Datum *now)
{
    const Scope *scope = row_scope(context->scope);
    Datum figure = *now;
    const char *list = "";
    if (!scope) {
        At at = value_at(pipe->expr, pipe->name_start, pipe->name_end);
        return diag_add(context->engine->diags, DIAG_E174, &at, pipe->step->name);
    }
    int self = sibling_index(scope), place = 1, ranked = 0;
    if (!context->dry && self >= 0) {
        const RankCache *cache = ranks_of_siblings(context, pipe, scope);
        if (!cache) {
            return false;
        }
        place = cache->ranks[self];
        list = cache->list;
        ranked = cache->count;
    }
    if (now->kind == DATUM_MISSING) {
        return true;
    }
    if (!context->dry && (self < 0 || place == 0)) {
        *now = datum_missing(MISSING_NO_ROWS);
    } else {
        *now = datum_number(decimal_from_int(place));
        now->decimals = 0;
        now->is_rank = true;
    }
    trace_rank(context, list, &figure, ranked, now);
    return true;
}

/* ---- dispatch ---- */

/* 上期, 累计 … behind a figure: the same formula in that period. */
static bool moved_figure(const Context *context, const ValueNode *pipe, Datum *now)
{
    Period period;
    At at = value_at(pipe->expr, pipe->name_start, pipe->name_end);
    if (!context_period(context, &period)) {
        return diag_add(context->engine->diags, DIAG_E167, &at, pipe->step->name);
    }
    const ValueNode *last = pipe->arg_count > 0 ? pipe->args[pipe->arg_count - 1] : NULL;
    if (last && last->kind == NODE_PATH) {
        Value value = {.kind = VALUE_DATUM, .datum = *now};
        return step_misused(context, pipe, &value);
    }
    return eval_moved(context, pipe->left, move_by_step(context->move, pipe), now);
}

bool step_again(const Context *context, const ValueNode *pipe, Value *value)
{
    Datum now;
    if (!value_settle(pipe->left, value, &now)) {
        return false;
    }
    *value = (Value){.kind = VALUE_DATUM, .datum = now};
    if (pipe->step->id <= STEP_RECENT) {
        return moved_figure(context, pipe, &value->datum);
    }
    if (!need_number(context, pipe, value)) {
        return false;
    }
    switch (pipe->step->id) {
    case STEP_RANK:
        return rank(context, pipe, &value->datum);
    case STEP_OF:
        return share_of(context, pipe, &value->datum);
    default:
        return change(context, pipe, &value->datum);
    }
}
