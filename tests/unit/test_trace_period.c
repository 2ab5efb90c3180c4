/* What a figure was in the period before: where that says something, and where a year has begun
 * anew. */
#include "document/provenance.h"
#include "template/value/value_internal.h"
#include "value_fixture.h"

static ValueFixture *fixture_of(Period period)
{
    CsvDecl decl = {.id = "清", .files = "清.csv", .period = "月份", .key = "月份"};
    ValueFixture *f = fixture_new("2024-06");
    f->options.period = period;
    fixture_put(f, "清.csv",
        "月份,吨\n2022-12,4\n2023-01,2\n2023-11,3\n2023-12,5\n2024-01,4\n2024-02,6\n");
    assert_non_null(store_load(f->store, &decl, f->folder, &f->options.period));
    fixture_start(f);
    engine_trace(f->engine);
    return f;
}

static const Provenance *record(ValueFixture *f, const char *text)
{
    Expr *expr = fixture_expr(f, EXPR_VALUE, text);
    const char *out;
    if (!expr || !expr_check(f->engine, expr, NULL) ||
        !expr_text(f->engine, expr, NULL, &out, NULL)) {
        print_error("%s: %s\n", text, fixture_messages(f));
        fail();
    }
    return engine_traced(f->engine, out);
}

static const Period january = {PERIOD_MONTH, {2024, 1, 1}, {2024, 1, 31}};
static const Period february = {PERIOD_MONTH, {2024, 2, 1}, {2024, 2, 29}};
static const Period year = {PERIOD_YEAR, {2024, 1, 1}, {2024, 12, 31}};

/* Twelve months of last year are no period before one of this; a month before a month is. */
static void what_began_with_the_year_has_no_period_before(void **state)
{
    (void)state;
    static const char *const anew[] = {"清.吨|累计", "清|累计|计数", "(清.吨|累计) / 10",
        "清|累计|占比 (吨 大于 3)", "清.吨|累计|同比"};
    ValueFixture *f = fixture_of(january);
    for (size_t i = 0; i < COUNT(anew); i++) {
        assert_false(record(f, anew[i])->has_previous);
        assert_false(record(f, anew[i])->to_date);
    }
    assert_string_equal(record(f, "清.吨")->previous_exact, "5");
    assert_string_equal(record(f, "清.吨|至今")->previous_exact, "14");
    fixture_free(f);
}

static void later_in_the_year_and_of_whole_years_it_has(void **state)
{
    (void)state;
    ValueFixture *f = fixture_of(february);
    assert_string_equal(record(f, "清.吨|累计")->previous_exact, "4");
    assert_true(record(f, "清.吨|累计")->to_date);
    fixture_free(f);
    f = fixture_of(year);
    assert_string_equal(record(f, "清.吨|累计")->previous_exact, "10");
    fixture_free(f);
}

static void figures_of_periods_before_are_past(void **state)
{
    (void)state;
    ValueFixture *f = fixture_of(february);
    assert_false(record(f, "清.吨")->past);
    assert_false(record(f, "清.吨|累计")->past);
    assert_false(record(f, "清.吨|环比")->past);
    assert_false(record(f, "3")->past);
    assert_true(record(f, "清.吨|上期")->past);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_began_with_the_year_has_no_period_before),
        cmocka_unit_test(later_in_the_year_and_of_whole_years_it_has),
        cmocka_unit_test(figures_of_periods_before_are_past),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
