/* One paper a unit: whatever units were made before it, and in whatever order, a unit's document
 * and messages are those it has alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/overrule/overrule.h"
#include "run/batch/units.h"

typedef struct Folder {
    char path[64];
} Folder;

static void put(const Folder *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static const char roster[] =
    "序号,级别,网格编号,名称,上级编号\n1,镇,Z,洋镇,\n2,片,P1,东片,Z\n3,片,P2,西片,Z\n"
    "4,村,C1,丙村,P1\n5,村,C2,甲村,P1\n6,社区,C3,乙社区,P2\n7,村,C4,丁村,P2\n";
static const char monthly[] =
    "月份,村,垃圾(吨),人次\n2024-01,甲村,10,3\n2024-01,乙社区,20,4\n2024-01,丙村,5,9\n2024-01,丁村,"
    "7,1\n"
    "2024-03,甲村,12,3\n2024-03,丙村,6,2\n2024-05,甲村,11,5\n2024-05,乙社区,22,6\n2024-05,丙村,5,"
    "7\n"
    "2024-05,丁村,0,2\n2024-06,甲村,13,4\n2024-06,乙社区,25,8\n2024-06,丙村,13,1\n2024-06,丁村,,\n";
static const char ledger[] =
    "编号,发现日期,村,类别,整改时限,整改完成日期,销号日期\n1,2024-06-01,甲村,乱堆,2024-06-10,,\n"
    "2,2024-06-02,甲村,垃圾,2024-06-10,2024-06-09,2024-06-10\n3,2024-05-20,丙村,垃圾,2024-06-10,,\n"
    "4,2024-06-03,乙社区,乱堆,2024-06-20,2024-06-12,\n5,2024-06-04,甲村,乱搭,2024-07-01,,\n";

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int set_up(void **state)
{
    Folder *folder = test_calloc(1, sizeof *folder);
    strcpy(folder->path, "/tmp/wenyin-units.XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    put(folder, "网格.csv", roster);
    put(folder, "月报.csv", monthly);
    put(folder, "台账.csv", ledger);
    put(folder, "任务.csv",
        "指标,年度,范围,目标值,单位\n垃圾,2024,全镇,500,吨\n垃圾,2024,甲村,100,吨\n");
    put(folder, "甲村.txt", "一、甲村的话\n共{月报.垃圾|累计}吨。\n");
    put(folder, "丁村.txt", "丁村的话，{月报.圾}。\n");
    *state = folder;
    return 0;
}

static int tear_down(void **state)
{
    Folder *folder = *state;
    nftw(folder->path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    test_free(folder);
    return 0;
}

/* ---- a session ---- */

typedef struct Run {
    Arena *arena;
    Diags *diags;
    char template[128];
    SessionSpec spec;
    Session session;
    Units units;
    bool listed;
} Run;

static void begin(Run *run, const Folder *folder, bool draft, const char *only)
{
    *run = (Run){.arena = arena_new()};
    run->diags = diag_new(run->arena);
    snprintf(run->template, sizeof run->template, "%s/t.xml", folder->path);
    run->spec = (SessionSpec){.template_path = run->template,
        .data_dir = folder->path,
        .period = "2024-06",
        .draft = draft,
        .only_units = only};
    run->listed = session_begin(&run->session, &run->spec, run->arena, run->diags) &&
                  session_bind(&run->session) && units_list(&run->session, &run->units);
}

static void end(Run *run)
{
    session_close(&run->session);
    arena_free(run->arena);
}

static char *printed(const Diags *diags)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    diag_print(diags, out, DIAG_TEXT);
    fclose(out);
    return text;
}

/* The document of a unit and what it has to tell, as one text. */
static char *paper_of(Run *run, const Unit *unit, Arena *arena)
{
    char *text = NULL;
    size_t length = 0;
    Document document = {.draft = run->spec.draft};
    arena_reset(arena);
    session_enter_unit(&run->session, unit, arena);
    FILE *out = open_memstream(&text, &length);
    OverruleReport report;
    bool done = overrule_evaluate(&run->session, &document, &report);
    fprintf(out, "%d holes %d\n", done, template_holes(run->session.template));
    if (done)
        document_dump(&document, out);
    diag_print(run->session.diags, out, DIAG_TEXT);
    fclose(out);
    session_leave_unit(&run->session);
    return text;
}

/* ---- alone and in company ---- */

static char *alone(const Folder *folder, bool draft, size_t index)
{
    Run run;
    begin(&run, folder, draft, NULL);
    Arena *arena = arena_new();
    char *text = paper_of(&run, &run.units.items[index], arena);
    arena_free(arena);
    end(&run);
    return text;
}

static void expect_paper(Run *run, Arena *arena, size_t index, const char *expected)
{
    char *text = paper_of(run, &run->units.items[index], arena);
    assert_string_equal(text, expected);
    free(text);
}

static void company_changes_nothing(const Folder *folder, bool draft)
{
    Run run;
    begin(&run, folder, draft, NULL);
    char *before = printed(run.diags);
    if (!run.listed)
        print_error("%s", before);
    assert_true(run.listed);
    Arena *arena = arena_new();
    size_t count = run.units.count;
    assert_true(count >= 2);
    for (size_t i = 0; i < count; i++) {
        char *expected = alone(folder, draft, i);
        assert_non_null(strstr(expected, run.units.items[i].name));
        for (size_t k = 0; k < count; k++) { /* behind each of the others, and behind itself */
            free(paper_of(&run, &run.units.items[k], arena));
            expect_paper(&run, arena, i, expected);
        }
        free(expected);
    }
    arena_free(arena);
    char *after = printed(run.diags);
    assert_string_equal(before, after);
    free(before);
    free(after);
    end(&run);
}

#define HEAD                                                                                       \
    "<report form='汇报' period='月' version='1' each='村'%s><data roster='网格.csv' "       \
    "targets='任务.csv'><csv id='月报' files='月报.csv' period='月份' key='月份,村'/>"  \
    "<csv id='台账' files='台账.csv' period='发现日期' key='编号'/><param name='镇' "   \
    "default='洋镇'/><set name='未改' value='台账|至今|其中 非 "                        \
    "已整改|计数'/></data><title>{村}</title>"
#define TAIL "</report>"

static void template_of(const Folder *folder, const char *attributes, const char *body)
{
    char text[8192];
    snprintf(text, sizeof text, HEAD "%s" TAIL, attributes, body);
    put(folder, "t.xml", text);
}

static void a_unit_is_what_it_is_alone(void **state)
{
    static const struct {
        const char *name, *attributes, *body;
    } cases[] = {
        {"the words of a unit", "", "<p>{镇}{片}{村}第{序号}份，{期间}。</p>"},
        {"gaps are told to each", "",
            "<p>{月报.垃圾|累计|默认 无}吨，{月报.人次|累计|默认 无}。</p>"},
        {"ranks", "",
            "<p>{月报.垃圾|排名|默认 无}，{月报.垃圾|累计|排名|默认 无}，{月报.垃圾|排名 升|默认 "
            "无}，"
            "{月报.垃圾|环比|排名|默认 无}，{台账|占比 已整改|环比|默认 无}，{台账|占比 "
            "已整改|排名|默认 无}。</p>"},
        {"ranks of last month", "",
            "<p>{月报.垃圾|排名|增减 上期|升降|默认 无}，{台账|占比 已整改|排名|增减 "
            "上期|升降|默认 无}</p>"},
        {"sets, counts", " when='未改 大于 0'",
            "<p>{未改}，{未改|上期}，{台账|不限|计数}，{月报.垃圾|不限|平均}</p>"},
        {"figures that are there", " when='有数'", "<p>{月报.垃圾}吨</p>"},
        {"holes", "", "<p>{月报.垃圾}吨，{月报.垃圾|环比|升降}</p>"},
        {"tables and charts", "",
            "<table of='台账|至今' by='编号'><col head='号' value='序号'/><col head='类' "
            "value='台账.类别|至今'/>"
            "<col head='约' value='计数|约数'/></table><table of='月报|累计' by='月份' sort='垃圾 "
            "降' top='1'>"
            "<col head='月' value='月份'/><col head='吨' value='垃圾'/><col head='名' "
            "value='垃圾|排名'/>"
            "<total label='计'/></table><chart kind='柱' of='月报|近 6' by='月份' value='垃圾' "
            "caption='图'/>"},
        {"ties cut", "",
            "<p><each of='台账|至今' by='类别' sort='计数 降' top='1' join='、'>{类别}</each></p>"},
        {"groups of the roster", "",
            "<p><each of='月报|不限' by='片' join='、'>{片}{月报.垃圾|默认 "
            "无}</each>，{月报.村|缺报|列举|默认 无}</p>"},
        {"targets", "", "<p>{月报.垃圾|目标|默认 无}，{月报.垃圾|完成率|默认 无}</p>"},
        {"rows sifted by a number", "",
            "<p><each of='月报' by='村' where='垃圾 大于 1' join='、'>{月报.垃圾|默认 "
            "无}，{垃圾|累计|默认 无}</each></p>"},
        {"indicators", "",
            "<table of='月报' by='指标'><col head='指标' value='指标'/><col head='值' "
            "value='值'/></table>"},
        {"texts of each", "",
            "<p>话</p><if test='村 等于 甲村 或 村 等于 丁村'><text src='{村}.txt' "
            "values='是'/></if>"},
        {"a when that fails", " when='月报.垃圾|排名 大于 甲村'", "<p>话</p>"},
    };
    const Folder *folder = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("%s\n", cases[i].name);
        template_of(folder, cases[i].attributes, cases[i].body);
        Run run;
        begin(&run, folder, false, NULL);
        bool refused = !run.listed;
        end(&run);
        if (strcmp(cases[i].name, "a when that fails") == 0)
            assert_true(refused);
        else
            company_changes_nothing(folder, false);
    }
}

/* A village's letter says what its own sum lacks, not what another village's does. */
static void gaps_are_those_of_the_unit(void **state)
{
    const Folder *folder = *state;
    template_of(folder, "", "<p>{月报.垃圾|近 4|默认 无}</p>");
    char *paper = alone(folder, false, 1);
    assert_null(strstr(paper, "W237"));
    free(paper);
    paper = alone(folder, false, 3);
    assert_non_null(strstr(paper, "2024年3月缺 1 个（丁村）"));
    free(paper);
    template_of(folder, "", "<p>{村}{月报.垃圾|近 4|默认 无}，{月报.垃圾|不限|近 4}</p>");
    paper = alone(folder, false, 1);
    assert_non_null(strstr(paper, "（丁村）"));
    free(paper);
    company_changes_nothing(folder, false);
}

static void drafts_too(void **state)
{
    const Folder *folder = *state;
    put(folder, "月报.csv",
        "月份,村,垃圾(吨)\n2024-05,甲村,11\n2024-05,乙社区,#REF!\n2024-06,甲村,13\n2024-06,乙社区,"
        "x\n"
        "2024-06,丙村,#####\n2024-06,丁村,4\n");
    template_of(folder, "",
        "<p>{月报.垃圾}，{月报.垃圾|环比|升降}，{月报.垃圾|排名}，{月报.垃圾|不限}。</p><list "
        "kind='一是'>"
        "<each of='月报' by='村'><item>{村}{月报.垃圾}</item></each></list>");
    company_changes_nothing(folder, true);
}

/* ---- which units ---- */

static void expect_units(const Folder *folder, const char *only, const char *expected)
{
    Run run;
    char list[512] = "";
    begin(&run, folder, false, only);
    for (size_t i = 0; run.listed && i < run.units.count; i++) {
        char item[64];
        snprintf(item, sizeof item, "%zu%s ", run.units.items[i].number, run.units.items[i].name);
        strcat(list, item);
    }
    char *messages = printed(run.diags);
    const char *seen = run.listed && *list ? list : messages;
    if (!strstr(seen, expected))
        print_error("%s\n", seen);
    assert_non_null(strstr(seen, expected));
    free(messages);
    end(&run);
}

static void units_are_those_of_the_level(void **state)
{
    const Folder *folder = *state;
    template_of(folder, "", "<p>{村}</p>");
    expect_units(folder, NULL, "1丙村 2甲村 3乙社区 4丁村 ");
    expect_units(folder, "甲、丁村", "2甲村 4丁村 ");
    expect_units(folder, "甲村，戊村", "E558: --unit：没有“戊村”这个单位");
    template_of(folder, " when='未改 大于 0'", "<p>{村}{序号}</p>");
    expect_units(folder, NULL, "1丙村 2甲村 ");
    expect_units(folder, "甲村", "2甲村 ");
    expect_units(folder, "丁村", "W554: 不符合 when 的条件，没有出：丁村");
    template_of(folder, " when='有数'", "<p>{月报.垃圾}</p><p when='有数'>{月报.人次}</p>");
    expect_units(folder, NULL, "1丙村 2甲村 3乙社区 ");
    template_of(folder, " when='未改 大于 100'", "<p>{村}</p>");
    expect_units(folder, NULL, "W552");
}

static void without_a_level_units_are_values_of_the_period(void **state)
{
    const Folder *folder = *state;
    put(folder, "t.xml",
        "<report form='汇报' period='月' version='1' each='类别'><data><csv id='台账' "
        "files='台账.csv' "
        "period='发现日期' key='编号'/></data><p>{类别}{台账|计数}个，第{序号}</p></report>");
    expect_units(folder, NULL, "1乱堆 2垃圾 3乱搭 ");
    put(folder, "t.xml",
        "<report form='汇报' period='月' version='1' each='发现日期'><data><csv id='台账' "
        "files='台账.csv' "
        "period='发现日期' key='编号'/></data><p>x</p></report>");
    expect_units(folder, NULL, "E553");
    put(folder, "t.xml",
        "<report form='汇报' period='月' version='1' each='类刖'><data><csv id='台账' "
        "files='台账.csv' "
        "period='发现日期' key='编号'/></data><p>{类刖}</p></report>");
    expect_units(folder, NULL, "E552");
}

/* ---- names ---- */

static void expect_path(Run *run, const char *pattern, const char *expected)
{
    assert_true(units_name(&run->session, &run->units, pattern));
    assert_string_equal(run->units.items[1].path, expected);
}

static void files_are_named_by_what_is_known(void **state)
{
    const Folder *folder = *state;
    Run run;
    template_of(folder, "", "<p>{村}</p>");
    begin(&run, folder, false, NULL);
    assert_true(run.listed);
    expect_path(&run, "{片}/{序号}-{村}-{期间}-{镇}.pdf", "东片/2-甲村-2024-06-洋镇.pdf");
    expect_path(&run, "{序号}.pdf", "2.pdf");
    assert_false(units_name(&run.session, &run.units, "x.pdf"));
    assert_false(units_name(&run.session, &run.units, "{片}.pdf"));
    assert_false(units_name(&run.session, &run.units, "{流水号}.pdf"));
    assert_false(units_name(&run.session, &run.units, "{垃圾}.pdf"));
    end(&run);
    begin(&run, folder, false, "甲村");
    assert_true(units_name(&run.session, &run.units, "x.pdf"));
    end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_unit_is_what_it_is_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gaps_are_those_of_the_unit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(drafts_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(units_are_those_of_the_level, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            without_a_level_units_are_values_of_the_period, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_are_named_by_what_is_known, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
