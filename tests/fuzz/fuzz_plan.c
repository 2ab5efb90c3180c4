/* Any bytes as the plan of a volume: read, its periods listed, bound and worked out. Nothing may
 * crash, hang or leak; what fails has said why, and what does not is whole. */
#include <stdint.h>
#include <string.h>
#include "fuzz_folder.h"
#include "template/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_periods(Arena *arena, const Plan *plan, const Period *volume, Diags *diags)
{
    for (size_t i = 0; i < plan->count; i++) {
        Period *periods;
        size_t count;
        if (plan->entries[i].kind != PLAN_PART)
            continue;
        bool listed = plan_periods(arena, &plan->entries[i], volume, diags, &periods, &count);
        must(listed ? count > 0 : diag_failed(diags));
        for (size_t k = 1; k < count; k++)
            must(date_cmp(periods[k - 1].last, periods[k].first) < 0);
    }
}

static void check_texts(const Plan *plan)
{
    must(plan->title != NULL);
    for (size_t i = 0; i < plan->count; i++) {
        const PlanEntry *entry = &plan->entries[i];
        must(entry->kind == PLAN_PART ? entry->path != NULL : entry->title != NULL);
        must(entry->kind != PLAN_PDF ||
             (entry->src && (!entry->src_path) == (entry->picture != NULL)));
    }
}

static void run(void)
{
    static const Period quarter = {PERIOD_QUARTER, {2024, 4, 1}, {2024, 6, 30}};
    const EngineOptions options = {.period = quarter, .has_period = true};
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    Document cover = {.layout = LAYOUT_COVER};
    Template *t = plan_load(arena, path, diags);
    must(t || diag_failed(diags));
    if (t) {
        Store *store = store_open(arena, diags);
        check_periods(arena, template_plan(t), &quarter, diags);
        bool done =
            template_bind(t, store, folder, &options, NULL, 0) && plan_evaluate(t, arena, &cover);
        must(done || diag_failed(diags));
        if (done && !diag_failed(diags))
            check_texts(template_plan(t));
        store_close(store);
    }
    must(diag_count(diags, DIAG_SYSTEM) == 0);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!*path)
        make_folder();
    write_file(data, size);
    run();
    return 0;
}
