/* Titles break where the sense allows (GB/T 9704 7.3.1; typesetting.md 3.1): `|` marks the ends of
 * lines. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "typeset/title.h"
#include "typeset/title_internal.h"
#include "typeset_fixture.h"

/* Titles as offices write them, with the lines that a clerk would make. */
static const char *const TITLES[] = {
    /* flat table */
    "工作汇报",
    "洋江镇农村人居环境整治工作情况汇报",
    "××市人民政府办公厅关于贯彻落实|《农村人居环境整治提升五年行动》|进一步推进厕所革命"
    "工作情况的报告",
    "洋江镇2024年6月|农村人居环境整治工作情况汇报",
    "关于洋江镇2024年6月|农村人居环境整治工作情况的报告",
    "××县人民政府关于2024年|农村人居环境整治工作情况的报告",
    "关于印发《××县农村人居环境整治提升|五年行动实施方案（2021—2025年）》的通知",
    "关于转发《国务院办公厅关于进一步加强|农村生活污水治理工作的指导意见》的通知",
    "关于2024年第三季度|农村人居环境整治工作考核情况的通报",
    "关于开展2024年度农村人居环境整治提升|工作考核评价的通知",
    "洋江镇人民政府关于召开|农村人居环境整治工作推进会的通知",
    "关于做好2024年秋冬季|村庄清洁行动有关工作的通知",
    "××县农业农村局关于2024年上半年|农村厕所革命工作推进情况的报告",
    "××市人民政府|关于做好数字政府建设工作的通知",
    "关于对2024年6月农村人居环境整治工作|先进单位予以表扬的通报",
    "关于洋江镇城关村生活垃圾清运|不及时问题的整改通知",
    "关于进一步规范农村|宅基地审批管理工作的意见",
    "关于报送洋江镇2024年上半年|工作总结及下半年工作计划的报告",
    "洋江镇2024年上半年|工作总结及下半年工作计划",
    "在全县农村人居环境整治提升|工作推进会上的讲话",
    "在洋江镇2024年农村人居环境整治|动员大会上的讲话",
    "在全镇2024年第二季度|农村人居环境整治工作调度会议上的发言",
    "××县2024年第三季度|农村人居环境整治红黑榜通报",
    "关于成立洋江镇农村人居环境整治工作|领导小组的通知",
    "关于调整××县农村人居环境整治工作|领导小组成员的通知",
    "××县人民政府办公室关于印发|××县生活垃圾分类管理办法的通知",
    "××县人民政府办公室关于印发|《××县农村生活垃圾治理实施细则》的通知",
    "关于请求拨付2024年|农村户厕改造专项资金的请示",
    "关于同意洋江镇高标准农田建设|项目实施方案的批复",
    "关于商请协助开展|农村生活污水治理情况调查的函",
    "关于深入学习贯彻全国|生态环境保护大会精神的通知",
    "关于中央生态环境保护督察|反馈问题整改落实情况的报告",
    "关于2024年度法治政府建设情况的报告",
    "关于张三等12名同志职务任免的通知",
    "关于表彰2023年度乡村振兴工作|先进集体和先进个人的决定",
    "洋江镇党委关于2024年度|党风廉政建设主体责任落实情况的报告",
    "中共××县委办公室 |××县人民政府办公室关于印发|《××县乡村建设行动实施方案》的通"
    "知",
    "关于开展“四好农村路”|示范创建活动的实施意见",
    "关于加强汛期地质灾害|隐患排查和应急值守工作的紧急通知",
    "关于2024年春节期间安全生产工作的通知",
    "关于组织开展2024年|“世界环境日”主题宣传活动的通知",
    "××县农村人居环境整治提升工作简报",
    "2024年1—6月全县生活垃圾收运处置情况通报",
    "关于公布第二批省级|美丽宜居村庄示范名单的通知",
    "关于建立健全农村人居环境|长效管护机制的实施意见",
    "××省财政厅 ××省农业农村厅关于下达|2024年农村厕所革命奖补资金的通知",
    "关于推进巩固拓展脱贫攻坚成果|同乡村振兴有效衔接的实施方案",
    "关于全县秸秆禁烧和综合利用|工作督查情况的通报",
    "洋江镇人民政府关于洋江河流域水环境|综合整治工程可行性研究报告的请示",
    "关于做好2024年农村集体经济|组织换届选举工作的通知",
    "关于切实做好今冬明春|森林防火工作的紧急通知",
    "××县生态环境局关于××公司|环境违法行为的处理决定",
    "关于举办2024年全县|村级信息员业务培训班的通知",
    "关于开展农村黑臭水体|排查整治“回头看”行动的通知",
    "关于王家湾村卫生厕所改造进度滞后的督办函",
    "洋江镇农村人居环境整治领导小组会议纪要",
    "关于解决城乡供水一体化|工程建设用地问题的会议纪要",
    "学习贯彻党的二十届三中全会精神 |推进人与自然和谐共生的现代化",
    "关于进一步加强和改进全市农村生活垃圾|分类和资源化利用工作的若干意见",
    "国务院关于加强数字政府建设的指导意见",
    "关于深入推进农村人居环境整治提升|和美乡村建设的实施意见",
    "××市××区人民政府关于××街道|城中村改造项目国有土地上房屋征收的决定",
    "关于加快推进农业农村现代化|促进乡村全面振兴的若干政策措施",
    "关于印发《××市农村人居环境整治提升|工作领导小组办公室2024年度工作要点》|和《××市"
    "农村人居环境整治提升|工作考核办法》的通知",
    "××县人民政府办公室关于进一步加强|农村生活污水处理设施运行维护管理工作|切实改善农村"
    "水环境质量的实施意见",
    "××市农业农村局 ××市财政局 |××市乡村振兴局关于做好2024年度农村|厕所革命整村推进"
    "奖补资金申报工作的通知",
    "××县人民代表大会常务委员会|关于批准××县2023年财政决算的决议",
    "关于××县第十八届人民代表大会|第三次会议第15号建议办理情况的答复函",
    "平安县人民政府关于2024年|防汛抗旱工作情况的报告",
    "洋江镇农村人居环境整治提升五年行动|（2021—2025年）重点任务分解表及责任单位|责任人联系方式一览表",
    "洋江镇人民政府关于贯彻落实|县委县政府全面推进乡村振兴战略|深入实施农村人居环境整治提升五年行动|"
    "加快建设宜居宜业和美乡村工作情况的报告",
};

enum { TITLE_COUNT = sizeof TITLES / sizeof *TITLES, ROOM = 1024 };

static char *without_bars(Arena *arena, const char *marked)
{
    char *text = arena_strdup(arena, marked);
    for (char *bar = text; (bar = strchr(bar, '|')) != NULL;) {
        memmove(bar, bar + 1, strlen(bar));
    }
    return text;
}

/* The lines of a title, joined by bars. */
static char *with_bars(Arena *arena, const TextLines *lines)
{
    char *text = arena_alloc(arena, ROOM);
    text[0] = '\0';
    for (int i = 0; i < lines->count; i++) {
        const TextLine *line = lines->lines[i];
        const Box *first = &line->shaped->boxes[line->first];
        const Box *last = &line->shaped->boxes[line->end - 1];
        strcat(text, i > 0 ? "|" : "");
        strncat(text, line->shaped->text + first->start,
            (size_t)(last->start + last->bytes - first->start));
    }
    return text;
}

static TextLines *break_title(Fixture *f, const char *text)
{
    TextPiece *piece = ARENA_NEW(f->arena, TextPiece);
    piece->style = (TextStyle){.role = ROLE_TITLE, .size = LENGTH_PT(22)};
    piece->text = text;
    return title_break(&f->ts, piece, LENGTH_MM(156));
}

static void need_title(Fixture *f, const char *text)
{
    assert_true(fonts_need(f->fonts, ROLE_TITLE, text, (At){0}));
}

static void test_titles(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    for (int i = 0; i < TITLE_COUNT; i++) {
        need_title(&f, TITLES[i]);
    }
    assert_true(fonts_cut(f.fonts));
    int wrong = 0;
    for (int i = 0; i < TITLE_COUNT; i++) {
        TextLines *lines = break_title(&f, without_bars(f.arena, TITLES[i]));
        const char *found = with_bars(f.arena, lines);
        if (strcmp(found, TITLES[i]) != 0) {
            print_error("%s, but wanted %s\n", found, TITLES[i]);
            wrong++;
        }
        for (int k = 0; k < lines->count; k++) {
            const TextLine *line = lines->lines[k];
            assert_in_range(line->width, 0, LENGTH_MM(156));
            assert_in_range(line->left * 2 + line->width - LENGTH_MM(156) + 4, 0, 8);
        }
    }
    assert_int_equal(wrong, 0);
    fixture_close(&f);
}

/* A break in the source is kept, though the title would fit on one line. */
static void test_forced_break(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "工作汇报");
    TextStyle style = {.role = ROLE_TITLE, .size = LENGTH_PT(22)};
    TextPiece second = {.style = style, .text = "汇报"};
    TextPiece first = {.style = style, .text = "工作", .line_break = true, .next = &second};
    assert_int_equal(title_break(&f.ts, &first, LENGTH_MM(156))->count, 2);
    fixture_close(&f);
}

/* A value that the template puts in is a word, whatever words of the table are in it. */
static void test_values_are_words(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    TextStyle style = {.role = ROLE_TITLE, .size = LENGTH_PT(22)};
    TextPiece last = {.style = style, .text = "项目建设进展情况的报告"};
    TextPiece name = {.style = style, .text = "改革创新工作", .next = &last};
    TextPiece first = {.style = style, .text = "洋江镇人民政府关于", .next = &name};
    for (TextPiece *piece = &first; piece; piece = piece->next) {
        need_title(&f, piece->text);
    }
    assert_true(fonts_cut(f.fonts));
    const Shaped *shaped = shape_pieces(&f.ts, &first);
    const int *penalties = title_penalties(f.arena, shaped, 0, shaped->count);
    for (int i = 10; i < 15; i++) {
        assert_true(penalties[i] >= TITLE_HARD);
    }
    assert_true(penalties[17] < TITLE_HARD);
    fixture_close(&f);
}

/* The table is sorted, without doubles, of Han only: looking up depends on it. */
static void test_words(void **state)
{
    (void)state;
    for (int i = 0; i < TITLE_WORD_COUNT; i++) {
        const char *word = TITLE_WORDS[i];
        assert_true(i == 0 || strcmp(TITLE_WORDS[i - 1], word) < 0);
        int characters = 0;
        for (uint32_t code = utf8_next(&word); code != 0; code = utf8_next(&word), characters++) {
            assert_true(utf8_is_han(code));
        }
        assert_int_equal(strlen(TITLE_WORDS[i]), characters * 3);
        assert_in_range(characters, 2, 16);
    }
}

/* ---------------------------------------------------------------- random titles */

static uint32_t random_state = 11;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

/* One of the words of a list parted by blanks, or nothing once in `absent` times. */
static void add_one_of(char *title, const char *list, uint32_t absent)
{
    uint32_t count = 1;
    for (const char *c = list; *c; c++) {
        count += *c == ' ';
    }
    for (uint32_t skip = random_below(count); skip > 0; skip--) {
        list = strchr(list, ' ') + 1;
    }
    if (absent == 0 || random_below(absent) > 0) {
        strncat(title, list, strcspn(list, " "));
    }
}

static const char ISSUERS[] = "洋江镇人民政府 ××县农业农村局 ××市人民政府办公室 平安县水利局";
static const char DOING[] = "开展 进一步加强 印发 做好 推进 组织实施 请求支持 报送";
static const char TIMES[] = "2024年6月 2024年上半年 2024年第三季度 2023年度 2024年1—6月 今冬明春";
static const char MATTERS[] = "农村人居环境整治 生活垃圾分类 农村厕所革命 高标准农田建设 乡村治理 "
                              "安全生产 防汛抗旱 畜禽粪污资源化利用 村庄清洁行动 数字政府建设";
static const char PAPERS[] = "《农村污水治理办法》 《村庄清洁行动方案》 “四好农村路” （试行）";
static const char TAILS[] = "工作情况 考核结果 重点任务 专项资金 长效机制 有关工作 推进情况";
static const char KINDS[] = "报告 通知 实施方案 通报 请示 意见 函";

static void random_title(char *title)
{
    title[0] = '\0';
    add_one_of(title, ISSUERS, 2);
    strcat(title, "关于");
    add_one_of(title, DOING, 4);
    add_one_of(title, TIMES, 2);
    add_one_of(title, MATTERS, 0);
    for (uint32_t more = random_below(3); more > 0; more--) {
        strcat(title, "和");
        add_one_of(title, MATTERS, 0);
    }
    add_one_of(title, PAPERS, 2);
    add_one_of(title, TAILS, 4);
    strcat(title, "的");
    add_one_of(title, KINDS, 0);
}

static bool is_digit_at(const char *text)
{
    return *text >= '0' && *text <= '9';
}

static bool starts_with_one_of(const char *text, const char *members)
{
    for (const char *c = members; *c; c += 3) {
        if (strncmp(text, c, 3) == 0) {
            return true;
        }
    }
    return false;
}

/* What no line of a title may do; `text` has bars between the lines. */
static const char *fault(const char *text)
{
    int depth = 0;
    for (const char *c = text; *c; c++) {
        depth += starts_with_one_of(c, "《“（") ? 1 : starts_with_one_of(c, "》”）") ? -1 : 0;
        if (*c != '|') {
            continue;
        }
        if (depth > 0) {
            return "a break within marks";
        }
        if (starts_with_one_of(c + 1, "的及等之年月日度，、》”）")) {
            return "a line starts badly";
        }
        if (is_digit_at(c - 1) || (is_digit_at(c + 1) && starts_with_one_of(c - 3, "年—"))) {
            return "a break within a date";
        }
        if (strncmp(c - 6, "关于", 6) == 0 || starts_with_one_of(c - 3, "和与及在对《“（")) {
            return "a line ends badly";
        }
    }
    return NULL;
}

static const char *shape_fault(const TextLines *lines)
{
    Length cell = LENGTH_PT(22);
    for (int i = 0; i < lines->count; i++) {
        Length width = lines->lines[i]->width;
        if (width > LENGTH_MM(156) || (lines->count > 1 && width < cell * 7 / 2)) {
            return "a line too long or too short";
        }
        for (int above = 0; above < i; above++) {
            for (int below = i + 1; below < lines->count; below++) {
                if (width + cell * 3 / 2 < lines->lines[above]->width &&
                    width + cell * 3 / 2 < lines->lines[below]->width) {
                    return "an hour-glass";
                }
            }
        }
    }
    return NULL;
}

static void test_random_titles(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    static const char *const LISTS[] = {
        ISSUERS, DOING, TIMES, MATTERS, PAPERS, TAILS, KINDS, "关于和的"};
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
        need_title(&f, LISTS[i]);
    }
    assert_true(fonts_cut(f.fonts));
    int wrong = 0;
    for (int i = 0; i < 2000; i++) {
        char title[ROOM];
        random_title(title);
        TextLines *lines = break_title(&f, title);
        char *found = with_bars(f.arena, lines);
        assert_string_equal(without_bars(f.arena, found), title);
        const char *why = fault(found) ? fault(found) : shape_fault(lines);
        if (why) {
            print_error("%s: %s\n", found, why);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_forced_break),
        cmocka_unit_test(test_values_are_words),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_random_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
