/* 版头 and 报头: the numbers of typesetting.md 2 (H1–H8), 5 (L1–L6, C1–C2, M1) and 8. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "official_paper.h"

#define GAP2 20.78
#define TOWN "洋江镇人民政府"

/* ---------------------------------------------------------------- papers */

typedef struct HeadCase {
    DocForm form;
    const char *issuers[16];
    const char *suffix, *number, *copy, *secrecy, *urgency;
    const char *signatories[8];
} HeadCase;

static void open_head(Paper *paper, const HeadCase *head)
{
    paper_open(paper, head->form);
    DocMasthead *masthead = ARENA_NEW(paper->f.arena, DocMasthead);
    masthead->issuers = paper_inlines(paper, head->issuers, &masthead->issuer_count);
    masthead->signatories = paper_inlines(paper, head->signatories, &masthead->signatory_count);
    masthead->suffix = paper_inline(paper, head->suffix);
    masthead->number = paper_inline(paper, head->number);
    masthead->copy = paper_inline(paper, head->copy);
    masthead->secrecy = paper_inline(paper, head->secrecy);
    masthead->urgency = paper_inline(paper, head->urgency);
    paper->document.masthead = masthead;
    if (head->form != FORM_ORDER) {
        paper_add(paper, BLOCK_TITLE, "标题一行");
        paper_add(paper, BLOCK_TO, "各村：");
    }
    paper_lines(paper, 30);
}

static void make_head(Paper *paper, const HeadCase *head)
{
    open_head(paper, head);
    const char *message = paper_typeset(paper);
    if (message) {
        fail_msg("%s", message);
    }
}

static Placed find(Paper *paper, Role role, const char *text)
{
    Placed placed = {0};
    if (!paper_find(paper, 1, role, text, &placed)) {
        fail_msg("“%s” is not on page 1", text);
    }
    return placed;
}

static Rect rect(const Paper *paper, int n)
{
    Rect found = {0};
    assert_true(paper_rect(paper, 1, n, &found));
    return found;
}

/* Ink of the mark whose first line is `text`. */
static void mark_ink(Paper *paper, const char *text, double *top, double *bottom)
{
    Placed mark = find(paper, ROLE_TITLE, text);
    assert_int_equal(mark.color.red, 255);
    assert_int_equal(mark.color.green, 0);
    paper_ink(paper, ROLE_TITLE, text, &mark, top, bottom);
}

static void check_red_rule(const Paper *paper, double y)
{
    Rect rule = rect(paper, 0);
    assert_mm(TO_MM(rule.x), 28);
    assert_mm(TO_MM(rule.width), 156);
    assert_mm(TO_MM(rule.y), y);
    assert_mm(TO_MM(rule.height), 0.5);
    assert_int_equal(rule.color.red, 255);
    assert_int_equal(rule.color.blue, 0);
}

/* ---------------------------------------------------------------- 公文 */

static void test_official(void **state)
{
    (void)state;
    static const HeadCase HEAD = {.form = FORM_OFFICIAL,
        .issuers = {TOWN},
        .suffix = "文件",
        .number = "洋政发〔2024〕3号",
        .copy = "000001",
        .secrecy = "秘密★1年",
        .urgency = "特急"};
    Paper paper;
    make_head(&paper, &HEAD);
    assert_mm(find(&paper, ROLE_BODY, "000001").left, 28 + 0.036);
    assert_mm(find(&paper, ROLE_BODY, "000001").top, 37);
    assert_mm(find(&paper, ROLE_HEI, "秘密").left, 28);
    assert_mm(find(&paper, ROLE_HEI, "秘密").top, 37 + PITCH_MM);
    assert_mm(find(&paper, ROLE_HEI, "特急").top, 37 + 2 * PITCH_MM);
    double top, bottom;
    mark_ink(&paper, TOWN "文件", &top, &bottom);
    assert_mm(top, 72);
    Placed mark = find(&paper, ROLE_TITLE, TOWN "文件");
    assert_mm((mark.left + mark.right) / 2, 106);
    assert_true(mark.right - mark.left > 130 && mark.right - mark.left < 151);
    Placed number = find(&paper, ROLE_BODY, "洋政发〔2024〕3号");
    assert_mm(number.top, bottom + GAP2);
    assert_mm((number.left + number.right) / 2, 106);
    check_red_rule(&paper, number.bottom + 4);
    assert_mm(find(&paper, ROLE_TITLE, "标题一行").top, number.bottom + 4 + 0.5 + GAP2);
    paper_close(&paper);
}

/* Missing elements leave no gap. */
static void test_stack_without_gaps(void **state)
{
    (void)state;
    static const HeadCase HEAD = {
        .form = FORM_OFFICIAL, .issuers = {TOWN}, .suffix = "文件", .urgency = "加急"};
    Paper paper;
    make_head(&paper, &HEAD);
    assert_mm(find(&paper, ROLE_HEI, "加急").top, 37);
    double top, bottom;
    mark_ink(&paper, TOWN "文件", &top, &bottom);
    assert_mm(top, 72);
    paper_close(&paper);
}

/* Short names are spread, long ones shrink; none leaves the type area or is higher than 22 mm. */
static void test_mark_sizes(void **state)
{
    (void)state;
    static const struct {
        const char *issuer;
        double narrowest, widest;
    } CASES[] = {
        {"国务院", 120, 150.1},
        {"中共洋江镇委", 140, 150.1},
        {TOWN, 140, 150.1},
        {"洋江镇农村人居环境整治工作领导", 145, 156.1},
        {"洋江镇农村人居环境整治提升行动领导小", 145, 156.1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        HeadCase head = {.form = FORM_OFFICIAL, .issuers = {CASES[i].issuer}, .suffix = "文件"};
        Paper paper;
        make_head(&paper, &head);
        const char *text = arena_printf(paper.f.arena, "%s文件", CASES[i].issuer);
        Placed mark = find(&paper, ROLE_TITLE, text);
        double top, bottom, width = mark.right - mark.left;
        mark_ink(&paper, text, &top, &bottom);
        assert_mm(top, 72);
        assert_true(bottom - top <= 22.05);
        if (width < CASES[i].narrowest || width > CASES[i].widest) {
            fail_msg("%s: %.2f mm wide", text, width);
        }
        assert_true(mark.size >= LENGTH_PT(22));
        paper_close(&paper);
    }
}

static void test_own_size(void **state)
{
    (void)state;
    static const HeadCase HEAD = {.form = FORM_OFFICIAL, .issuers = {TOWN}, .suffix = "文件"};
    Paper paper;
    open_head(&paper, &HEAD);
    paper.document.style.mark_size = LENGTH_PT(36);
    assert_null(paper_typeset(&paper));
    Placed mark = find(&paper, ROLE_TITLE, TOWN "文件");
    assert_int_equal(mark.size, LENGTH_PT(36));
    double top, bottom;
    mark_ink(&paper, TOWN "文件", &top, &bottom);
    assert_mm(top, 72);
    paper_close(&paper);
}

/* Nothing else of the head is broken into lines either. */
static void test_row_too_long(void **state)
{
    (void)state;
    for (int cells = 26; cells <= 29; cells++) {
        Paper paper;
        paper_open(&paper, FORM_BULLETIN);
        DocIssue *issue = paper.document.issue = ARENA_NEW(paper.f.arena, DocIssue);
        issue->name = paper_inline(&paper, "工作简报");
        char *editor = "";
        for (int i = 0; i < cells; i++) {
            editor = arena_printf(paper.f.arena, "%s镇", editor);
        }
        issue->editor = paper_inline(&paper, editor);
        paper_lines(&paper, 2);
        const char *message = paper_typeset(&paper);
        assert_int_equal(message && strstr(message, "E347"), cells > 27);
        assert_int_equal(message == NULL, cells <= 27);
        paper_close(&paper);
    }
}

static void test_name_too_long(void **state)
{
    (void)state;
    static const HeadCase HEAD = {.form = FORM_OFFICIAL,
        .issuers = {"洋江镇农村人居环境整治提升五年行动工作领导小组办公室"},
        .suffix = "文件"};
    Paper paper;
    open_head(&paper, &HEAD);
    const char *message = paper_typeset(&paper);
    assert_non_null(message);
    assert_non_null(strstr(message, "E340"));
    assert_int_equal(diag_count(paper.f.diags, DIAG_ERROR), 1);
    paper_close(&paper);
}

/* ---------------------------------------------------------------- joint */

/* Names of equal size, spread to equal width, host on top; 文件 right of them in the middle of
 * their height (H4c). */
static void test_joint(void **state)
{
    (void)state;
    static const HeadCase HEAD = {.form = FORM_OFFICIAL,
        .issuers = {"中共洋江镇委员会", TOWN, "洋江镇人大主席团"},
        .suffix = "文件",
        .number = "洋委发〔2024〕3号"};
    Paper paper;
    make_head(&paper, &HEAD);
    Placed names[3], suffix = find(&paper, ROLE_TITLE, "文件");
    double top[3], bottom[3], suffix_top, suffix_bottom;
    for (int i = 0; i < 3; i++) {
        names[i] = find(&paper, ROLE_TITLE, HEAD.issuers[i]);
        mark_ink(&paper, HEAD.issuers[i], &top[i], &bottom[i]);
        assert_mm(names[i].left, names[0].left);
        assert_mm(names[i].right, names[0].right);
        assert_int_equal(names[i].size, names[0].size);
        assert_true(i == 0 || names[i].top >= names[i - 1].bottom);
        assert_true(names[i].mark < suffix.mark);
    }
    /* The highest ink of the first line would be that of the tallest name. */
    double highest = 99;
    for (int i = 0; i < 3; i++) {
        double raised = top[i] - (names[i].baseline - names[0].baseline);
        highest = raised < highest ? raised : highest;
    }
    assert_mm(highest, 72);
    mark_ink(&paper, "文件", &suffix_top, &suffix_bottom);
    assert_true(suffix.left > names[0].right);
    assert_mm((names[0].left + suffix.right) / 2, 106);
    double middle = (suffix_top + suffix_bottom) / 2, block = (72 + bottom[2]) / 2;
    assert_true(middle > block - 0.6 && middle < block + 0.6);
    paper_close(&paper);
}

#define FIVE                                                                                       \
    "洋江县发展和改革局", "洋江县农业农村局", "洋江县住房和城乡建设局", "洋江县生态环境局",        \
        "洋江县财政局"

/* Size and leading shrink until body text shows on page 1 (7.3.3); where 二号 is reached before,
 * that is an error. */
static void test_many_joint(void **state)
{
    (void)state;
    static const HeadCase HEADS[] = {
        {.form = FORM_OFFICIAL, .issuers = {FIVE}, .suffix = "文件", .number = "洋〔2024〕3号"},
        {.form = FORM_OFFICIAL,
            .issuers = {FIVE, "洋江县水利局", "洋江县教育局", "洋江县审计局"},
            .suffix = "文件",
            .number = "洋〔2024〕3号"},
        {.form = FORM_OFFICIAL, .issuers = {FIVE, FIVE, FIVE}, .suffix = "文件"},
    };
    Length size = LENGTH_PT(60);
    for (size_t i = 0; i < 2; i++) {
        Paper paper;
        make_head(&paper, &HEADS[i]);
        assert_true(find(&paper, ROLE_BODY, "国务院关于").bottom < 262.05);
        Placed host = find(&paper, ROLE_TITLE, "洋江县发展和改革局");
        Placed next = find(&paper, ROLE_TITLE, "洋江县农业农村局");
        assert_true(next.top >= host.bottom);
        assert_true(host.size >= LENGTH_PT(22) && host.size < size);
        size = host.size;
        paper_close(&paper);
    }
    Paper paper;
    open_head(&paper, &HEADS[2]);
    const char *message = paper_typeset(&paper);
    assert_non_null(message);
    assert_non_null(strstr(message, "E341"));
    paper_close(&paper);
}

/* ---------------------------------------------------------------- 上行文 */

typedef struct SignatoryCase {
    const char *names[8];
    int rows;
} SignatoryCase;

static void test_upward(void **state)
{
    (void)state;
    static const SignatoryCase CASES[] = {
        {{"李建国"}, 1},
        {{"李建国", "王小明"}, 1},
        {{"李建国", "王明", "赵立新"}, 2},
        {{"李建国", "王明", "赵立新", "孙国庆", "周大为"}, 3},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        HeadCase head = {.form = FORM_UPWARD,
            .issuers = {TOWN},
            .suffix = "文件",
            .number = "洋政报〔2024〕3号"};
        memcpy(head.signatories, CASES[i].names, sizeof head.signatories);
        Paper paper;
        make_head(&paper, &head);
        double top, bottom;
        mark_ink(&paper, TOWN "文件", &top, &bottom);
        Placed label = find(&paper, ROLE_BODY, "签发人：");
        Placed first = find(&paper, ROLE_KAI, "李建国");
        Placed number = find(&paper, ROLE_BODY, "洋政报〔2024〕3号");
        assert_mm(label.top, bottom + GAP2);
        assert_mm(first.top, label.top);
        assert_mm(first.left, label.right);
        int count = 0;
        for (; head.signatories[count]; count++) {
            Placed name = find(&paper, ROLE_KAI, head.signatories[count]);
            assert_mm(name.top, first.top + count / 2 * PITCH_MM);
            if (count % 2 == 0) {
                assert_mm(name.left, first.left);
            } else {
                assert_true(name.right > 184 - CELL_MM - 0.1 && name.right < 184 - CELL_MM + 0.1);
            }
        }
        if (count == 1) {
            assert_mm(first.right, 184 - CELL_MM);
        }
        double last = label.top + (CASES[i].rows - 1) * PITCH_MM;
        assert_mm(number.left, 28 + CELL_MM);
        assert_mm(number.top, last);
        check_red_rule(&paper, last + SIZE_MM + 4);
        paper_close(&paper);
    }
}

/* Each column is as wide as its own widest name: wherever a longer one stands, the last column ends
 * one cell from the margin and rows begin below each other (7.2.6). */
static void test_signatories_of_any_length(void **state)
{
    (void)state;
    static const char *const CASES[][6] = {
        {"欧阳建国", "王明", "赵立新", "孙国庆", "周大为"},
        {"李建国", "欧阳建国", "赵立新", "王明"},
        {"李建", "王明", "赵立", "欧阳建国"},
        {"李建", "王明"},
        {"李建", "欧阳国", "王明"},
        {"李建国", "王明", "上官文华", "赵立"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        HeadCase head = {.form = FORM_UPWARD,
            .issuers = {TOWN},
            .suffix = "文件",
            .number = "洋政报〔2024〕3号"};
        memcpy(head.signatories, CASES[i], sizeof CASES[i]);
        Paper paper;
        make_head(&paper, &head);
        Placed first = find(&paper, ROLE_KAI, CASES[i][0]);
        Placed second = find(&paper, ROLE_KAI, CASES[i][1]);
        assert_mm(first.left, find(&paper, ROLE_BODY, "签发人：").right);
        double right = 0, widest = 0;
        for (int k = 0; head.signatories[k]; k++) {
            Placed name = find(&paper, ROLE_KAI, head.signatories[k]);
            assert_mm(name.left, k % 2 ? second.left : first.left);
            double *edge = k % 2 ? &right : &widest;
            *edge = name.right > *edge ? name.right : *edge;
        }
        assert_mm(right, 184 - CELL_MM);
        assert_mm(second.left, widest + CELL_MM);
        paper_close(&paper);
    }
}

static void test_signatories_without_room(void **state)
{
    (void)state;
    static const HeadCase HEAD = {.form = FORM_UPWARD,
        .issuers = {TOWN},
        .suffix = "文件",
        .number = "洋江镇人居环境整治办〔2024〕123号",
        .signatories = {"阿卜杜热西提·买买提"}};
    Paper paper;
    open_head(&paper, &HEAD);
    const char *message = paper_typeset(&paper);
    assert_non_null(message);
    assert_non_null(strstr(message, "E342"));
    paper_close(&paper);
}

/* ---------------------------------------------------------------- 特定格式 */

static void check_double(const Paper *paper, int n, double y, bool thick_above)
{
    Rect above = rect(paper, n), below = rect(paper, n + 1);
    assert_mm(TO_MM(above.x), 20);
    assert_mm(TO_MM(above.width), 170);
    assert_mm(TO_MM(below.x), 20);
    assert_mm(TO_MM(below.width), 170);
    assert_mm(TO_MM(above.y), y);
    assert_mm(TO_MM(below.y + below.height), y + 1);
    assert_true(thick_above ? above.height > below.height : above.height < below.height);
    assert_int_equal(above.color.red, 255);
}

static void test_letter(void **state)
{
    (void)state;
    static const HeadCase HEAD = {.form = FORM_LETTER,
        .issuers = {TOWN},
        .number = "洋政函〔2024〕3号",
        .copy = "000007",
        .secrecy = "秘　密",
        .urgency = "加急"};
    Paper paper;
    make_head(&paper, &HEAD);
    double top, bottom;
    mark_ink(&paper, TOWN, &top, &bottom);
    assert_mm(top, 30);
    check_double(&paper, 0, bottom + 4, true);
    check_double(&paper, 2, 276, false);
    double first = bottom + 4 + 1 + 4.84;
    assert_mm(find(&paper, ROLE_BODY, "000007").top, first);
    assert_mm(find(&paper, ROLE_HEI, "秘").left, 28);
    assert_mm(find(&paper, ROLE_HEI, "加急").top, first + 2 * PITCH_MM);
    Placed number = find(&paper, ROLE_BODY, "洋政函〔2024〕3号");
    assert_mm(number.top, first);
    assert_mm(number.right, 184);
    assert_mm(find(&paper, ROLE_TITLE, "标题一行").top, first + 2 * PITCH_MM + SIZE_MM + GAP2);
    assert_true(paper.pages->page_count > 1);
    Rect other;
    assert_false(paper_rect(&paper, 2, 0, &other));
    paper_close(&paper);
}

static void test_order(void **state)
{
    (void)state;
    static const HeadCase HEAD = {
        .form = FORM_ORDER, .issuers = {TOWN}, .suffix = "令", .number = "第3号"};
    Paper paper;
    make_head(&paper, &HEAD);
    double top, bottom;
    mark_ink(&paper, TOWN "令", &top, &bottom);
    assert_mm(top, 57);
    Placed number = find(&paper, ROLE_BODY, "第3号");
    assert_mm(number.top, bottom + GAP2);
    assert_mm((number.left + number.right) / 2, 106);
    Rect none;
    assert_false(paper_rect(&paper, 1, 0, &none));
    double text = find(&paper, ROLE_BODY, "国务院关于").top;
    double computed = number.bottom + GAP2;
    /* Back to the grid: the first line not much above the computed place. */
    assert_true(text > computed - 0.36 * PITCH_MM && text < computed + 0.66 * PITCH_MM);
    paper_close(&paper);
}

static void test_minutes(void **state)
{
    (void)state;
    static const HeadCase HEAD = {.form = FORM_MINUTES,
        .issuers = {"洋江镇人民政府"},
        .suffix = "会议纪要",
        .number = "第6期"};
    Paper paper;
    make_head(&paper, &HEAD);
    double top, bottom;
    mark_ink(&paper, "洋江镇人民政府会议纪要", &top, &bottom);
    assert_mm(top, 72);
    Placed number = find(&paper, ROLE_BODY, "第6期");
    assert_mm(number.top, bottom + GAP2);
    check_red_rule(&paper, number.bottom + 4);
    paper_close(&paper);
}

static void test_bulletin(void **state)
{
    (void)state;
    Paper paper;
    paper_open(&paper, FORM_BULLETIN);
    DocIssue *issue = ARENA_NEW(paper.f.arena, DocIssue);
    issue->name = paper_inline(&paper, "人居环境整治工作简报");
    issue->number = paper_inline(&paper, "第12期");
    issue->total = paper_inline(&paper, "（总第36期）");
    issue->editor = paper_inline(&paper, "洋江镇人居环境整治办公室");
    issue->date = paper_inline(&paper, "2024年7月5日");
    issue->secrecy = paper_inline(&paper, "内部资料　注意保存");
    issue->copy = paper_inline(&paper, "编号：0012");
    paper.document.issue = issue;
    paper_add(&paper, BLOCK_TITLE, "标题一行");
    paper_lines(&paper, 10);
    assert_null(paper_typeset(&paper));
    assert_mm(find(&paper, ROLE_HEI, "内部资料").left, 28);
    assert_mm(find(&paper, ROLE_HEI, "内部资料").top, 37);
    assert_mm(find(&paper, ROLE_BODY, "编号：").top, 37);
    double top, bottom;
    mark_ink(&paper, "人居环境整治工作简报", &top, &bottom);
    assert_mm(top, 57);
    Placed number = find(&paper, ROLE_BODY, "第12期（总第36期）");
    assert_mm(number.top, bottom + 10.39);
    Placed editor = find(&paper, ROLE_BODY, "洋江镇人居环境整治办公室");
    assert_mm(editor.left, 28 + CELL_MM);
    assert_mm(editor.top, number.bottom + 10.39);
    Placed date = find(&paper, ROLE_BODY, "2024年7月5日");
    assert_mm(date.right, 184 - CELL_MM);
    assert_mm(date.top, editor.top);
    check_red_rule(&paper, editor.bottom + 4);
    assert_mm(find(&paper, ROLE_TITLE, "标题一行").top, editor.bottom + 4.5 + GAP2);
    paper_close(&paper);
}

/* A missing character is told at the place it was typed. */
static void test_missing_character(void **state)
{
    (void)state;
    static const HeadCase HEAD = {.form = FORM_OFFICIAL,
        .issuers = {TOWN},
        .suffix = "文件",
        .number = "洋政发\uE000〔2024〕3号"};
    Paper paper;
    open_head(&paper, &HEAD);
    const char *message = paper_typeset(&paper);
    assert_non_null(message);
    assert_non_null(strstr(message, "E302"));
    paper_close(&paper);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_official),
        cmocka_unit_test(test_stack_without_gaps),
        cmocka_unit_test(test_mark_sizes),
        cmocka_unit_test(test_own_size),
        cmocka_unit_test(test_row_too_long),
        cmocka_unit_test(test_name_too_long),
        cmocka_unit_test(test_joint),
        cmocka_unit_test(test_many_joint),
        cmocka_unit_test(test_upward),
        cmocka_unit_test(test_signatories_of_any_length),
        cmocka_unit_test(test_signatories_without_room),
        cmocka_unit_test(test_letter),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_minutes),
        cmocka_unit_test(test_bulletin),
        cmocka_unit_test(test_missing_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
