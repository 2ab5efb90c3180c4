/* Full marks of a column of <query>: those of the very column, never of a sum or an average. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "data/query.h"
#include "store_fixture.h"

static const Column *first_column(Fixture *f, const char *id, const char *sql)
{
    const char *xml = arena_printf(f->arena, "<query id='%s'>%s</query>", id, sql);
    const XmlNode *element = xml_parse(f->arena, "t.xml", xml, strlen(xml), f->diags);
    QueryDecl decl;
    assert_non_null(element);
    assert_true(query_declare(f->arena, element, f->diags, &decl));
    decl.table.at.span = xml_attr_find(element, "id")->value_span;
    const Table *table = store_query(f->store, &decl);
    assert_non_null(table);
    return &table->columns[0];
}

static void test_full_marks(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *id, *sql;
        bool full;
    } cases[] = {
        {"甲", "SELECT 得分 FROM 考核", true},
        {"乙", "SELECT 得分 AS 分 FROM 考核 WHERE 村 = '长塘村'", true},
        {"丙", "SELECT avg(得分) AS 均 FROM 考核", false},
        {"丁", "SELECT sum(得分) AS 和 FROM 考核", false},
        {"戊", "SELECT 得分 + 1 AS 分 FROM 考核", false},
    };
    put(f, "s.csv", "期次,村,得分(15)\n2024-06,长塘村,13\n2024-06,前江村,14\n");
    assert_non_null(load(f, "考核", "s.csv", "期次", "期次,村"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Column *column = first_column(f, cases[i].id, cases[i].sql);
        assert_int_equal(column->has_full_marks, cases[i].full);
        assert_true(!cases[i].full || decimal_cmp(column->full_marks, decimal_from_int(15)) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {STORE_TEST(test_full_marks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
