/* consistency_check: what contradicts itself in a paper. A paper is written in lines:
 *   t 标题  1 一级标题  2 二级标题  p 段落  i 一是|条目  A 附件
 *   T 表头|表头  R 格|格  S 合计行  U 单位（of the table before）  C 0.5|0.5（饼图 of shares）
 * and a computed figure in it as
 * {printed;value;unit;indicator;claim;period;manner;previous;to_date}, what is left out being none;
 * < > in a claim stand for its braces. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "check/consistency.h"

enum { FIELDS = 9, CELLS = 12, ROWS = 12 };

typedef struct Builder {
    Arena *arena;
    Document document;
    DocTable *table; /* in hand */
} Builder;

static const char *const manners[] = {"", "流量", "存量", "评分", "比率", "计数"};

static const Provenance *figure_of(Arena *arena, const char *text)
{
    const char *fields[FIELDS] = {"", "", "", "", "", "", "", "", ""};
    char *copy = arena_strdup(arena, text), *at = copy;
    for (int i = 0; i < FIELDS && at; i++) {
        fields[i] = at;
        at = strchr(at, ';');
        if (at)
            *at++ = '\0';
    }
    for (char *c = copy; c < copy + strlen(text); c++)
        *c = *c == '<' ? '{' : *c == '>' ? '}' : *c;
    Provenance *out = ARENA_NEW(arena, Provenance);
    *out = (Provenance){.expression = fields[4],
        .printed = fields[0],
        .exact = *fields[1] ? fields[1] : fields[0],
        .unit = *fields[2] ? fields[2] : NULL,
        .indicator = *fields[3] ? fields[3] : NULL,
        .claim = fields[4],
        .period = fields[5],
        .has_previous = *fields[7],
        .previous_exact = fields[7],
        .to_date = *fields[8]};
    for (int i = 1; i < 6; i++)
        out->manner = strcmp(fields[6], manners[i]) == 0 ? (FigureManner)i : out->manner;
    size_t length = strlen(out->exact);
    bool percent = length && out->exact[length - 1] == '%';
    out->kind = percent ? FIGURE_RATIO : FIGURE_NUMBER;
    assert_true(decimal_parse(arena_strndup(arena, out->exact, length - percent), &out->value));
    if (percent)
        decimal_mul(out->value, (Decimal){1, 2}, &out->value);
    if (out->has_previous)
        assert_true(decimal_parse(fields[7], &out->previous));
    return out;
}

static Inline *line_of(Arena *arena, const char *text)
{
    Inline *first = NULL, **link = &first;
    while (*text) {
        bool computed = *text == '{';
        const char *end = computed ? strchr(text, '}') : text + strcspn(text, "{");
        text += computed;
        char *piece = arena_strndup(arena, text, (size_t)(end - text));
        const Provenance *figure = computed ? figure_of(arena, piece) : NULL;
        *link = inline_text(arena, figure ? figure->printed : piece, (At){.data = NULL});
        (*link)->figure = figure;
        link = &(*link)->next;
        text = end + computed;
    }
    return first;
}

static char *next_part(char **rest)
{
    char *part = *rest, *bar = part;
    for (bool inside = false; bar && (inside || *bar != '|'); bar = bar && *bar ? bar + 1 : NULL)
        inside = *bar == '{' || (inside && *bar != '}');
    *rest = bar ? bar + 1 : NULL;
    if (bar)
        *bar = '\0';
    return part;
}

static void fill_cells(Builder *b, char *text, Cell *cells, int *count)
{
    for (char *part; (part = next_part(&text));) {
        Inline *content = line_of(b->arena, part);
        Cell *cell = &cells[*count];
        *cell = (Cell){.content = content, .column = (*count)++, .colspan = 1, .rowspan = 1};
        if (content && content->figure) {
            cell->figure = content->figure;
            content->figure = NULL;
        }
    }
}

static void add_row(Builder *b, char *text, TableRowKind kind)
{
    TableRow *row = &b->table->rows[b->table->row_count++];
    row->cells = ARENA_ARRAY(b->arena, Cell, CELLS);
    row->kind = kind;
    fill_cells(b, text, row->cells, &row->cell_count);
}

static void add_table(Builder *b, char *text)
{
    Block *block = document_add(b->arena, &b->document, BLOCK_TABLE);
    b->table = block->table = ARENA_NEW(b->arena, DocTable);
    b->table->number = 1;
    b->table->head_rows = 1;
    b->table->head = ARENA_ARRAY(b->arena, Cell, CELLS);
    b->table->rows = ARENA_ARRAY(b->arena, TableRow, ROWS);
    fill_cells(b, text, b->table->head, &b->table->head_cell_count);
    b->table->column_count = b->table->head_cell_count;
    b->table->columns = ARENA_ARRAY(b->arena, TableColumn, CELLS);
}

static void add_chart(Builder *b, char *text)
{
    Block *block = document_add(b->arena, &b->document, BLOCK_CHART);
    DocChart *chart = block->chart = ARENA_NEW(b->arena, DocChart);
    *chart = (DocChart){.kind = CHART_PIE,
        .percent = true,
        .number = 1,
        .series = ARENA_NEW(b->arena, ChartSeries),
        .series_count = 1,
        .categories = ARENA_ARRAY(b->arena, const char *, CELLS)};
    chart->series->points = ARENA_ARRAY(b->arena, ChartPoint, CELLS);
    for (char *part; (part = next_part(&text)); chart->category_count++) {
        ChartPoint *point = &chart->series->points[chart->category_count];
        chart->categories[chart->category_count] = "类";
        assert_true(decimal_parse(part, &point->value));
    }
}

static void add_words(Builder *b, BlockKind kind, int level, const char *number, const char *text)
{
    Block *block = document_add(b->arena, &b->document, kind);
    block->level = level;
    block->number = number;
    block->content = line_of(b->arena, text);
}

static void add_block(Builder *b, char *line)
{
    char *text = line + 2;
    switch (*line) {
    case 't':
        add_words(b, BLOCK_TITLE, 0, NULL, text);
        break;
    case 'p':
        add_words(b, BLOCK_PARAGRAPH, 0, NULL, text);
        break;
    case 'i':
        add_words(b, BLOCK_PARAGRAPH, 0, next_part(&text), text ? text : "");
        break;
    case 'A':
        add_words(b, BLOCK_ATTACHMENT, 0, "附件", text);
        break;
    case 'T':
        add_table(b, text);
        break;
    case 'R':
    case 'S':
        add_row(b, text, *line == 'R' ? ROW_BODY : ROW_TOTAL);
        break;
    case 'U':
        b->table->unit = text;
        break;
    case 'C':
        add_chart(b, text);
        break;
    default:
        add_words(b, BLOCK_HEADING, *line - '0', "一、", text);
        break;
    }
}

static const RosterCount roster[] = {{"镇", 1}, {"片", 4}, {"村", 17}, {"组", 73}};

static const char *found_in(Arena *arena, const char *paper, const CheckFacts *facts)
{
    Builder b = {.arena = arena};
    Diags *diags = diag_new(arena);
    EntryList entries = {0};
    char *text = arena_strdup(arena, paper);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        add_block(&b, line);
    entries_collect(arena, &b.document, &entries);
    consistency_check(arena, &b.document, &entries, facts, diags);
    const char *list = "";
    for (size_t i = 0; i < diag_entry_count(diags); i++)
        list = arena_printf(arena, "%s%s%s", list, *list ? " " : "",
            diag_code_name(diag_entry(diags, i, arena).code));
    return list;
}

static const struct {
    const char *paper, *codes;
} cases[] = {
    /* typed beside an indicator's name */
    {"p 清理生活垃圾460吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", "W760"},
    {"p 清理生活垃圾456.2吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", ""},
    {"p 清理生活垃圾456吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", ""},
    {"p 清理生活垃圾457吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", "W760"},
    {"p 清理生活垃圾450余吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", ""},
    {"p 清理生活垃圾60余吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", "N760"},
    {"p 力争清理生活垃圾500吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", ""},
    {"p 累计清理生活垃圾500吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", "N760"},
    {"p 清理生活垃圾的车辆460台。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", ""},
    {"p 清理生活垃圾460吨，同比增长5%。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}",
        "W760"},
    {"p 比上月增加生活垃圾60吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", ""},
    {"p 生活垃圾清运460吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", "W760"},
    {"p 生活垃圾0.0456万吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", ""},
    {"p 生活垃圾0.06万吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", "N760"},
    {"p 投入资金50万元。\nT 村|投入资金（万元）\nS 合计|{50;;万元;投入资金;a;;流量}", ""},
    {"p 投入资金55万元。\nT 村|投入资金（万元）\nS 合计|{50;;万元;投入资金;a;;流量}", "W760"},
    {"p 生活垃圾0.05万吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", ""},
    {"p 生活垃圾0.046万吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", ""},
    {"p 生活垃圾500吨。\nT 村|生活垃圾（吨）\nS 合计|{456.2;;吨;生活垃圾;a;;流量}", "W760"},
    /* of a row that is named; points have no unit in a table */
    {"p 甲村生活垃圾9吨。\nT 村|生活垃圾（吨）\nR 甲村|{8;;吨;生活垃圾;a;;流量}\n"
     "R 乙村|{9;;吨;生活垃圾;b;;流量}",
        "W760"},
    {"p 甲村生活垃圾8吨，乙村清理生活垃圾9吨。\nT 村|生活垃圾（吨）\n"
     "R 甲村|{8;;吨;生活垃圾;a;;流量}\nR 乙村|{9;;吨;生活垃圾;b;;流量}",
        ""},
    {"p 丙村、甲村生活垃圾9吨。\nT 村|生活垃圾（吨）\nR 甲村|{8;;吨;生活垃圾;a;;流量}\n"
     "R 乙村|{9;;吨;生活垃圾;b;;流量}",
        ""},
    {"p 甲村总分95分。\nT 村|总分\nR 甲村|{93.5;;;总分;a;;流量}", "W760"},
    {"p 甲村总分93.5分。\nT 村|总分\nR 甲村|{93.5;;;总分;a;;流量}", ""},
    {"p 考核总分100分。\nT 村|总分\nR 甲村|{93.5;;;总分;a;;流量}", ""},
    /* the name below a head of two rows; 验收 is said of other things too */
    {"p 清淤沟渠6.5公里。\np 清淤{5.6;;公里;整治/沟渠;a;;流量}公里。", "W760"},
    {"p 验收公厕6座，共验收7座。\np 验收{5;;座;户厕/验收;a;;流量}座。", ""},
    {"p 沟渠6.5公里。\np {5.6;;公里;整治/沟渠;a;;流量}公里、{7;;公里;污水/沟渠;b;;流量}公里。", ""},
    /* typed in a table of indicators one below another */
    {"p 清理{456.2;;吨;生活垃圾;a;;流量}吨。\nT 指标|数量\nR 生活垃圾（吨）|460", "W760"},
    {"p 清理{456.2;;吨;生活垃圾;a;;流量}吨。\nT 指标|数量\nR 生活垃圾（吨）|456.2", ""},
    {"p 清理{456.2;;吨;生活垃圾;a;;流量}吨。\nT 指标|甲村\nR 生活垃圾（吨）|460", ""},
    {"p 清理{456.2;;吨;生活垃圾;a;;流量}吨。\nT 村|生活垃圾（吨）\nR 全乡|460", "W760"},
    /* typed in the total of a table by hand */
    {"p 清理生活垃圾{456.2;;吨;生活垃圾;a;;流量}吨。\nT 村|生活垃圾（吨）\nS 合计|460", "W760"},
    {"p 清理生活垃圾{456.2;;吨;生活垃圾;a;;流量}吨。\nT 村|生活垃圾（吨）\nS 合计|456.2", ""},
    {"p 清理生活垃圾{456.2;;吨;生活垃圾;a;;流量}吨。\nT 村|生活垃圾（处）\nS 合计|460", ""},
    {"p 清理生活垃圾{456.2;;吨;生活垃圾;a;;流量}吨。\nT 村|生活垃圾\nR 甲村|460", ""},
    {"p 资金{30400;;元;投入资金;a;;流量}元。\nT 村|投入资金（万元）\nS 合计|3.04", ""},
    {"p 资金{30400;;元;投入资金;a;;流量}元。\nT 村|投入资金（万元）\nS 合计|3.2", "W760"},
    {"p 投入投入资金3万元。\nT 村|投入资金（元）\nS 合计|{30400;;元;投入资金;a;;流量}", ""},
    {"p 投入投入资金3.1万元。\nT 村|投入资金（元）\nS 合计|{30400;;元;投入资金;a;;流量}", "W760"},
    /* the same clause twice */
    {"p 全镇共投入整治资金50万元。\np 会上说，全镇共投入整治资金55万元。", "N765"},
    {"p 全镇共投入整治资金50万元。\np 会上说，全镇共投入整治资金50万元。", ""},
    {"p 全镇共投入整治资金50万元。\np 会上说，全镇共投入整治资金{55;550000;元;;a}万元。", "N765"},
    {"p 共投入50万元。\np 共投入55万元。", ""},
    {"p 全镇共投入整治资金50万元。\np 投入整治资金55万元。", "N765"},
    {"p 长塘村组织有力，共投入整治资金50万元。\np 洋江村起步早，共投入整治资金55万元。", ""},
    {"p 厕所、污水治理项目{62;;个;;a<x>}个。\np 厕所、污水治理项目尚有{32;;个;;b<y>}个没有完工。",
        ""},
    {"p 目前未整改{12;;个;;a<x>}个。\np 截至目前，尚有{13;;个;;b<y>}个问题未整改。", "N765"},
    {"p 东片：共投入整治资金50万元。\np 西片：共投入整治资金55万元。", ""},
    {"p 全乡共排查突出问题12个。\np 全乡共排查突出问题13个，其中县督查4个。", "N765"},
    {"p 6月，全乡共排查突出问题12个。\np 5月，全乡共排查突出问题13个。", ""},
    {"p 本月共排查问题12个。\np 本月共排查问题13个。", ""}, /* of one village, of another */
    {"p 本月排查问题{12;;个;;台账.|计数<>[1:2:3];2024年6月}个。\np 本月排查问题13个。", "N765"},
    {"p 本月排查问题{12;;个;;台账.|计数<>[1:2:3];2024年6月}个。\np 本月排查问题12个。", ""},
    {"p 共排查问题{12;;个;;台账.|计数<>[1:2:3];2024年6月}个。\np "
     "全乡共排查问题13个，其中县督查4个。",
        "N765"},
    {"p 本月排查问题{12;;个;;台账.|计数<村=甲村>[1:2:3];2024年6月}个。\np 本月排查问题13个。", ""},
    {"p 本月排查问题{12;;个;;台账.|计数<>[1:2:3];2024年6月}个。\np 甲村组织有力。排查问题13个。",
        ""},
    {"p 本月排查问题{12;;个;;台账.|计数<>[1:2:3];2024年6月}个。\n2 甲村\np 排查问题13个。", ""},
    {"p 本月排查问题{12;;个;;台账.|计数<>[1:2:3];2024年6月}个。\np 上半年，排查问题80个。", ""},
    {"p 本月排查问题{12;;个;;台账.|计数<>[1:2:3];2024年6月}个。\np 下一步，力争排查问题13个。", ""},
    {"p 平均得分{90.5;;;;考核.总分|平均<>[1:2:3];2024年6月}分。\np 全乡平均得分92.5分。", "N765"},
    {"p 平均得分{90.5;90.46;;;考核.总分|平均<>[1:2:3];2024年6月}分。\np 全乡平均得分90.5分。", ""},
    /* one rate with two percentages */
    {"p 销号率{50%;;;;÷(台账.|计数<已销号>[1:2:3]/台账.|计数<>[1:2:3]);2024年6月}。\np "
     "问题销号率为60%。",
        "W760"},
    {"p 销号率{50%;;;;÷(台账.|计数<已销号>[1:2:3]/台账.|计数<>[1:2:3]);2024年6月}。\np "
     "目前，销号率50%。",
        ""},
    {"p 销号率{50%;;;;÷(台账.|计数<已销号>[1:2:3]/台账.|计数<>[1:2:3]);2024年6月}。\np "
     "甲村销号率60%。",
        ""},
    {"p 销号率{50%;;;;÷(a<已销号>[1:2:3]/a<>[1:2:3]);2024年6月}。\np 确保问题销号率达到100%。", ""},
    {"p 销号率{50%;;;;÷(a<已销号>[1:2:3]/a<>[1:2:3]);2024年6月}。\np 上月销号率60%。", ""},
    {"p 销号率{50%;;;;÷(a<已销号,村=甲村>[1:2:3]/a<村=甲村>[1:2:3]);2024年6月}。\np 销号率60%。",
        ""},
    {"p 销号率{50%;;;;÷(a<已销号>[1:2:3]/a<>[1:2:3]);2024年6月}。\np "
     "县督查问题全部整改，销号率100%。",
        ""},
    {"p 销号率{50%;;;;÷(a<已销号>[1:2:3]/a<>[1:2:3]);2024年6月}。\nT 项目|问题销号率\nR 全乡|60%",
        "W760"},
    {"p 销号率{50%;;;;÷(a<已销号>[1:2:3]/a<>[1:2:3]);2024年6月}。\nT 村|问题销号率\nR 甲村|60%",
        ""},
    /* a sum to date that fell */
    {"p 累计清理{90;;吨;垃圾;月报.垃圾|合计<>[1:2:3];;流量;100;是}吨", "W761"},
    {"p 累计清理{100;;吨;垃圾;月报.垃圾|合计<>[1:2:3];;流量;90;是}吨", ""},
    {"p 已销号{90;;个;;台账.|计数<已销号,村=长塘村>[1:2:3];;计数;100;是}个", "W761"},
    {"p 累计完成{90;;户;累计完成;月报.累计完成|<>[1:2:3];;存量;100}户", "W761"},
    {"p 本月{90;;吨;垃圾;月报.垃圾|合计<>[1:2:3];;流量;100}吨", ""},
    /* a percentage and its fraction */
    {"p 共119个，已销号100个，销号率84.0%。", ""},
    {"p 共119个，已销号100个，销号率95.2%。", "W762"},
    {"p 共119个，已销号100个，销号率为84%。", ""},
    {"p 共119个，已销号100个，销号率为85%。", "W762"},
    {"p 共119个，已销号100个，整改率95.2%。", ""},
    {"p 共119个，已整改110个、已销号100个，销号率95.2%。", ""},
    {"p 共119个，已销号100个。销号率95.2%。", ""},
    {"p 共119个，已销号100个，销号率95%以上。", ""},
    {"p 共{119;;个;;a}个，已销号{100;;个;;b}个，销号率{95.2%;95.2%;;;c}。", "W762"},
    {"p 问题共50个，整改到位40个，整改率达90%。", "W762"},
    {"p 问题共50个，整改到位40个，整改率达80%。", ""},
    {"p 应改造厕所200座，已改造150座，完成率为80%。", "W762"},
    {"p 应改造厕所200座，已改造150座，完成率为75%。", ""},
    {"p 应到37人，实到30人，到会率90%。", "W762"},
    {"p 问题12个，其中县督查4个、乡暗访4个；已销号6个，销号率60%。", "W762"},
    {"p 问题12个，其中县督查4个、乡暗访4个；已销号6个，销号率50%。", ""},
    {"p 问题12个；已销号6个，销号率60%。", "W762"},
    {"p 县督查12个，已销号6个，销号率50%；乡暗访10个，已销号4个，销号率40%。", ""},
    {"p 县督查12个，销号率50%；已销号4个，销号率40%。", ""},
    {"p 问题12个；建议20条；已销号6个，销号率60%。", ""},
    {"p 计划改厕200户，完成150户，完成率80%。", "W762"},
    {"p 计划改厕200户，完成150户，完成率75%。", ""},
    {"p 应改厕200户，已改150户，改厕率80%。", "W762"},
    /* shares, a balance */
    {"p 乱堆乱放占40%、垃圾积存占35%、沟渠淤塞占35%。", "N766"},
    {"p 乱堆乱放占40%、垃圾积存占35%、沟渠淤塞占25%。", ""},
    {"p 乱堆乱放占33.4%、垃圾积存占33.3%、沟渠淤塞占33.4%。", ""},
    {"p 网格员中，党员占60%、女性占50%。", ""},
    {"p 乱堆乱放占60%；占全年任务的50%。", ""},
    {"p 上月结转4个，本月新增12个，销号6个，期末未销号9个。", "W776"},
    {"p 上月结转4个，本月新增12个，销号6个，期末未销号10个。", ""},
    {"p 上月结转问题4个，新排查12个，已办结6个，还有9个未办结。", "W776"},
    {"p 上月结转4个，本月新增12个，销号6个，未销号9个，超期1个。", "W776"},
    {"p 网格员156名，其中党员89名，占60%。", "W762"},
    {"p 网格员156名，其中党员89名，占57.1%。", ""},
    {"p 网格员156名，党员89名，占60%。", ""},
    /* parts and what stands for the whole */
    {"p 县督查7个、群众举报6个，共14个。", "W775"},
    {"p 县督查7个、群众举报6个，合计13个。", ""},
    {"p 县督查7个，群众举报6个，共14个。", ""},
    {"p 问题100个，已整改90个，尚有20个未整改。", "W775"},
    {"p 问题100个，已整改90个，尚有10个未整改。", ""},
    {"p 问题100个，已整改80个，尚有15个未整改，5个未到期。", ""},
    {"p 问题100个，已整改80个，尚有15个未整改。", "W775"},
    {"p 计划改厕50户，已完工40户，尚有5户在建。", ""},
    {"p 计划改厕50户，已完工40户，尚有5户未开工。", ""},
    /* parts in prose */
    {"p 排查问题12个，其中县督查3个、群众举报4个、镇暗访5个。", ""},
    {"p 排查问题12个，其中县督查3个、群众举报4个、镇暗访6个。", "W763"},
    {"p 排查问题12个，其中县督查3个、群众举报4个、镇暗访4个。", "N763"},
    {"p 排查问题12个，其中县督查3个、群众举报4个。", ""},
    {"p 清理48.7吨。其中东片30.4吨、西片28.3吨。", "W763"},
    {"p 清理48.7吨。其中东片30.4吨、西片18.3吨。", ""},
    {"p 排查问题12个。其中，县督查8个、乡暗访6个。", "W763"},
    {"p 排查问题12个，整改12个。其中，县督查8个、乡暗访6个。", "W763"},
    {"p 排查问题20个，整改12个。其中，县督查8个、乡暗访6个。", ""},
    {"p 排查问题12个。村干部反映好。其中，县督查8个、乡暗访6个。", ""},
    {"p 排查问题12个，其中已整改10个，已销号9个。", ""},
    {"p 培训12人，其中党员8人、妇女6人。", "N763"},
    {"p 排查问题12个，整改9个，其中县督查3个、群众举报9个。", ""},
    {"p 排查问题10个，整改9个，其中县督查3个、群众举报9个。", "W763"},
    {"p {12;;个;;a}个，其中甲{3;;个;;b}个、乙{10;;个;;c}个。", "W763"},
    /* tables */
    {"T 村|垃圾\nR 甲|3\nR 乙|4\nS 合计|7", ""},
    {"T 村|垃圾\nR 甲|3\nR 乙|4\nS 合计|8", "W764"},
    {"T 村|垃圾\nR 甲|3\nR 乙|4\nR 合计|8", "W764"},
    {"T 村|垃圾\nR 甲|3\nR 乙|4\nR 东片小计|8\nR 丙|5\nR 西片小计|5\nS 合计|12", "W764"},
    {"T 村|垃圾\nR 甲|3\nR 乙|4\nR 东片小计|7\nR 丙|5\nR 西片小计|5\nS 合计|12", ""},
    {"T 村|垃圾\nR 东片小计|7\nR 甲|3\nR 乙|4\nR 西片小计|6\nR 丙|5\nS 合计|12", "W764"},
    {"T 村|垃圾\nR 东片小计|7\nR 甲|3\nR 乙|4\nR 西片小计|5\nR 丙|5\nS 合计|12", ""},
    {"T 片|垃圾\nR 东片小计|7\nR 西片小计|5\nS 合计|13", "W764"},
    {"T 片|垃圾\nR 东片小计|7\nR 西片小计|5\nS 合计|12", ""},
    {"T 村|得分\nR 甲|3\nR 乙|4\nR 东片小计|3.5", ""},
    {"T 村|垃圾\nR 甲|{8;;吨;垃圾;a;;流量}\nR 乙|{30.3;;吨;垃圾;b;;流量}\n"
     "R 西片小计|{18.3;;吨;垃圾;c;;流量}\nS 合计|{38.3;;吨;垃圾;d;;流量}",
        "W764"},
    {"T 组|垃圾\nR 一组|3\nR 甲村小计|3\nR 东片小计|9\nR 二组|5\nR 乙村小计|5\nR 西片小计|5", ""},
    {"T 村|得分\nR 甲|93\nR 乙|94\nS 合计|93.5", ""},
    {"T 村|合格率\nR 甲|93%\nR 乙|94%\nS 合计|93.5%", ""},
    {"T 村|垃圾\nR 甲|3\nR 其中：乙|4\nS 合计|8", ""},
    {"T 村|垃圾\nR 甲|3\nR 乙|—\nR 丙|4\nS 合计|7", ""},
    {"T 村|垃圾\nR 甲|3\nR 乙|4余\nS 合计|8", ""},
    {"T 村|垃圾\nR 甲|{3;;吨;垃圾;a;;流量}\nR 乙|{4;;吨;垃圾;b;;流量}\nS 合计|{9;;吨;垃圾;c;;流量}",
        "W764"},
    {"T 村|村数\nR 甲|{3;;;;a;;计数}\nR 乙|{4;;;;b;;计数}\nS 合计|{5;;;;x.|去重计数;;计数}", ""},
    {"T 村|均分\nR 甲|{3;;;;a}\nR 乙|{4;;;;b}\nS 合计|{3.5;;;;c}", ""},
    {"T 村|资金\nR 甲|{0.33;0.334;;;a}\nR 乙|{0.33;0.334;;;b}\nS 合计|{0.67;0.668;;;c}", "N764"},
    {"T 村|垃圾|污水|总分\nR 甲|3|4|7\nR 乙|4|4|8\nR 丙|1|2|3\nR 丁|5|5|10", ""},
    {"T 村|垃圾|污水|总分\nR 甲|3|4|7\nR 乙|4|4|8\nR 丙|1|2|3\nR 丁|5|5|11", "W765"},
    {"T 村|垃圾|污水|总分\nR 甲|3|4|9\nR 乙|4|4|9\nR 丙|1|2|9\nR 丁|5|5|11", ""},
    {"C 0.5|0.3|0.2", ""},
    {"C 0.5|0.3|0.25", "W766"},
    {"C 0.333|0.333|0.333", ""},
    /* names and how many they are */
    {"p 前三名是长塘村、前江村、洋江村。", ""},
    {"p 前三名是长塘村、前江村。", "W767"},
    {"p 前三名是长塘村、前江村、洋江村、芦前村。", "N767"},
    {"p 居前三位的是长塘村（92分）、前江村（91分）、洋江村（90分）、芦前村（90分）。", ""},
    {"p 居前三位的是长塘村（92分）、前江村（91分）、洋江村（90分）、芦前村（89分）。", "W767"},
    {"p 居前三位的是长塘村（92分）、前江村（92分）、洋江村（90分）、芦前村（89分）。", "N767"},
    {"p 前三名为长塘村、前江村、洋江村、新民社区。", "N767"},
    {"p 后两名为长塘村、前江村、洋江村。", "N767"},
    {"p 后两名为长塘村、前江村。", ""},
    {"p 长塘村、前江村、洋江村两个村没有完成。", "W767"},
    {"p 长塘村、前江村两个村没有完成。", ""},
    {"p 长塘村、前江村、新民社区等2个村没有完成。", "W767"},
    {"p 评选出示范村、先进村5个村。", ""},
    {"p 走访长塘村、前江村3个村民小组。", ""},
    {"p 前3名分别为长塘村、前江村和洋江村。", ""},
    {"p 以创建十强县为目标、抓手，前三名为先进、示范。", ""},
    {"p 前三名为长塘村、前江村。", "W767"},
    {"p “十佳坡”为甲一坡、甲二坡、甲三坡。", "W767"},
    {"p 评选出甲一坡、甲二坡等11个坡为“十佳坡”。", "W767"},
    {"p 评选出甲一坡、甲二坡等10个坡为“十佳坡”。", ""},
    {"p 涉及3个村（长塘村、前江村、洋江村）。", ""},
    {"p 红榜村3个（长塘村、前江村）。", "W767"},
    {"p 前三名分别是：长塘村、前江村。", "W767"},
    {"p 十佳村分别是：甲村、乙村、丙村。", "W767"},
    {"p 涉及3个村（长塘村、前江村）。", "W767"},
    {"p 涉及17个村（社区）。", ""},
    {"p 在长塘村、前江村等5个村开展。", ""},
    {"p 以“定、分、联、考”四字诀推进。", ""},
    {"p 以“定、分、联、考”五字诀推进。", "W767"},
    /* counts in words and what stands below */
    {"p 采取以下三项措施：一是甲；二是乙；三是丙。", ""},
    {"p 采取以下三项措施：一是甲；二是乙；三是丙；四是丁。", "W768"},
    {"p 主要做了三个方面的工作：\ni 一是|甲\ni 二是|乙", "W768"},
    {"p 主要做了三个方面的工作：\ni 一是|甲\ni 二是|乙\ni 三是|丙", ""},
    {"p 下面，我讲三点意见。\n1 甲\np 文\n1 乙\np 文", "W768"},
    {"p 下面，我讲三点意见。\n1 甲\np 文\n1 乙\n2 丁\n1 丙", ""},
    {"p 严格按照7条措施推进。\ni 一是|甲\ni 二是|乙", ""},
    {"1 采取四项措施推进整改\n2 甲\n2 乙\n2 丙", "N768"},
    {"1 采取三项措施推进整改\n2 甲\n2 乙\n2 丙\n1 丁", ""},
    /* the roster */
    {"p 建立“2+4+17+73”网格体系。", ""},
    {"p 建立“2+4+17+71”网格体系。", "W769"},
    {"p 建立“8+4”公共服务项目。", ""},
    {"p 建立“3+5+9”网格体系。", ""},
    {"p 全镇17个行政村、73个村民小组。", ""},
    {"p 全镇16个行政村。", "N770"},
    {"p 全镇18个行政村。", "W770"},
    {"p 辖16个行政村。", "W770"},
    {"p 全镇有3个村获评先进。", ""},
    {"p 辖5个片区。", "W770"},
    {"p 全镇75个村民小组长。", ""},
    {"p 到16个村检查。", ""},
    {"p 实行1镇4片17村72组管理。", "W770"},
    {"p 实行1镇4片17村73组管理。", ""},
    {"p 划分为4个片区、17个村级网格和70个村民小组网格。", "W770"},
    {"p 抽查5个村级网格。", ""},
    {"p 全镇16个村级组织。", ""},
    /* units in heads and at axes, months */
    {"T 村|垃圾（处）\nR 甲|{3;;吨;垃圾;a;;流量}", "W772"},
    {"T 村|垃圾（吨）\nR 甲|{3;;吨;垃圾;a;;流量}", ""},
    {"T 村|资金（万元）\nR 甲|{3;;元;资金;a;;流量}", ""},
    {"T 村|面积（㎡）\nR 甲|{3;;平方米;面积;a;;流量}", ""},
    {"T 村|垃圾\nU 单位：个\nR 甲|{3;;吨;垃圾;a;;流量}", "W772"},
    {"p 5月，全镇清理{3;;吨;垃圾;a;2024年6月;流量}吨。", "W773"},
    {"p 6月，全镇清理{3;;吨;垃圾;a;2024年6月;流量}吨。", ""},
    {"p 5月，全镇清理{3;;吨;垃圾;a;2024年5月;流量}吨。", ""},
    {"p 清理{3;;吨;垃圾;a;2024年6月;流量}吨，比5月多。", ""},
    {"t 洋江镇2024年5月工作汇报", "W773"},
    {"t 洋江镇2024年6月工作汇报", ""},
};

static void test_papers(void **state)
{
    (void)state;
    const CheckFacts facts = {.levels = roster, .level_count = 4, .year = 2024, .month = 6};
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const char *codes = found_in(arena, cases[i].paper, &facts);
        if (strcmp(codes, cases[i].codes) != 0) {
            print_error(
                "%s\n  expected %s\n  found    %s\n", cases[i].paper, cases[i].codes, codes);
            wrong++;
        }
        arena_free(arena);
    }
    assert_int_equal(wrong, 0);
}

/* January begins anew, and without a month nothing is said of months. */
static void test_other_periods(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const CheckFacts january = {.year = 2024, .month = 1}, none = {.year = 0};
    const char *fell = "p 累计完成{90;;户;累计完成;月报.累计完成|<>[1:2:3];;存量;100}户";
    assert_string_equal(found_in(arena, fell, &january), "");
    assert_string_equal(found_in(arena, "t 洋江镇2024年5月工作汇报", &none), "");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_papers),
        cmocka_unit_test(test_other_periods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
