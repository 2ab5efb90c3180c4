/* Sums to date that fell, figures typed by hand against those worked out. What was worked out of
 * the same rows in the same way is one figure wherever it prints: two places of one claim cannot
 * differ (tests/oracle looks at it). */
#include "check/consistency_internal.h"

#include <string.h>
#include "check/jump.h"
#include "check/place.h"

static bool has_value(const Provenance *figure)
{
    return figure && !figure->missing && figure->claim && *figure->claim &&
           (figure->kind == FIGURE_NUMBER || figure->kind == FIGURE_RATIO);
}

/* ---- a sum to date that fell ---- */

/* The column itself is a sum to date, which begins anew in January. */
static bool is_running_total(const Checker *checker, const Provenance *figure)
{
    return figure->indicator && strstr(figure->indicator, "累计") && checker->facts->month > 1 &&
           (figure->manner == MANNER_FLOW || figure->manner == MANNER_STOCK);
}

static bool has_fallen(const Checker *checker, const Provenance *figure)
{
    return has_value(figure) && figure->kind == FIGURE_NUMBER && figure->has_previous &&
           (figure->to_date || is_running_total(checker, figure)) &&
           decimal_cmp(figure->value, figure->previous) < 0;
}

void check_fallen(Checker *checker)
{
    Map *told = map_new(checker->arena);
    for (int i = 0; i < checker->entries->count; i++) {
        const Entry *entry = &checker->entries->items[i];
        const Provenance *figure = entry->figure;
        if (!has_fallen(checker, figure) || map_find(told, figure->claim))
            continue;
        map_put(told, figure->claim, told);
        diag_add(checker->diags, DIAG_W761, &entry->at, entry->place, figure->exact,
            figure->previous_exact ? figure->previous_exact : "");
    }
}

/* ---- typed figures beside the name of an indicator ---- */

static Decimal scaled(Decimal value, int64_t times, int64_t over)
{
    Decimal out = value;
    if (decimal_mul(value, decimal_from_int(times), &out))
        decimal_div(out, decimal_from_int(over), &out);
    return out;
}

/* In parts of `unit`, with as many decimals as were written, 0.07万 is 675. */
static bool rounds_in(Decimal exact, Decimal written, int64_t unit, int most)
{
    Decimal parts = scaled(written, 1, unit);
    Decimal in_units = scaled(exact, 1, unit);
    int places = decimal_trim(parts).scale;
    return places <= most && decimal_cmp(decimal_round(in_units, places), parts) == 0;
}

/* 3万 is right for 30 400, and 30000 too: as exact as it was written. */
bool rounds_to(Decimal exact, const Mark *written)
{
    static const struct {
        const char *word;
        int64_t unit;
    } units[] = {{"万", 10000}, {"亿", 100000000}};
    if (decimal_cmp(decimal_round(exact, written->value.scale), written->value) == 0)
        return true;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        bool said = written->text && strstr(written->text, units[i].word);
        bool large = decimal_cmp(decimal_abs(written->value), decimal_from_int(units[i].unit)) >= 0;
        if ((said || large) && rounds_in(exact, written->value, units[i].unit, said ? 4 : 2))
            return true;
    }
    return false;
}

/* 450余, 近460, 95%以上: within a tenth. */
static bool roughly(Decimal exact, Decimal written)
{
    Decimal apart;
    if (!decimal_sub(exact, written, &apart))
        return false;
    return decimal_cmp(scaled(decimal_abs(apart), 10, 1), decimal_abs(written)) <= 0;
}

static bool agrees(const Mark *mark, Decimal exact)
{
    return mark->rough ? roughly(exact, mark->value) : rounds_to(exact, mark);
}

/* Points have no unit of their own in a table: 总分 93.5, in prose 93.5分. */
static const char *unit_of(const Provenance *figure)
{
    return figure->unit ? figure->unit : is_score_name(figure->indicator) ? "分" : NULL;
}

/* In the unit as the prose reads it: 5万元 is 50000元. */
static bool value_in(const Provenance *figure, const char *unit, Decimal *out)
{
    int64_t times = 1;
    const char *own = unit_of(figure), *alone = own ? unit_alone(own, &times) : NULL;
    return unit_same(alone, unit) && decimal_mul(figure->value, decimal_from_int(times), out);
}

/* What stands between the name and the figure: 生活垃圾清理量达460吨. */
static const char links[] = "量 数 共 达 为 是 约 近 超 计 合计 共计 总量 累计 清理量 整治量 "
                            "清运量 达到 完成 了 清理 整治 清运 "
                            "转运 处理 ： （";

/* `end` without what may stand between a name and its figure. */
static size_t before_links(const char *text, size_t start, size_t end, const char *name)
{
    size_t link;
    for (int i = 0; i < 3 && !(name && text_match_back(text, start, end, name)) &&
                    (link = text_match_back(text, start, end, links)) > 0;
         i++)
        end -= link;
    return end;
}

/* Where the name of the indicator stands right before the figure. */
static bool find_name(const CheckLine *line, const Mark *mark, const char *name, size_t *at)
{
    size_t start = sentence_start(line->text, mark->start);
    size_t end = before_links(line->text, start, mark->start, name);
    size_t length = text_match_back(line->text, start, end, name);
    *at = end - length;
    return length > 0;
}

/* What the paper calls an indicator, alone or below a head: 沟渠 of 整治/沟渠. */
typedef struct Indicator {
    const char *name, *whole, *unit;
    bool vague; /* two are called so */
} Indicator;

static bool is_of(const Provenance *figure, const Indicator *indicator)
{
    return has_value(figure) && figure->kind == FIGURE_NUMBER && figure->indicator &&
           strcmp(figure->indicator, indicator->whole) == 0;
}

/* 石桥村 of 石桥村清理生活垃圾15.2吨, whose name stands at `at`, where a row of a table or a point
 * of a chart is called so; NULL: none. */
static const char *subject_before(
    Checker *checker, const CheckLine *line, size_t at, const Indicator *indicator)
{
    const char *text = line->text;
    size_t start = sentence_start(text, at), end = before_links(text, start, at, NULL);
    for (int i = 0; i < checker->entries->count; i++) {
        const Entry *entry = &checker->entries->items[i];
        size_t length = entry->line ? strlen(entry->line) : 0;
        if (!length || length > end - start || !is_of(entry->figure, indicator) ||
            strncmp(text + end - length, entry->line, length) != 0)
            continue;
        size_t before = end - length;
        if (before == start || text_match_back(text, start, before, "， ："))
            return entry->line;
    }
    return NULL;
}

typedef struct Nearest {
    const Entry *entry;
    Decimal apart;
    bool agrees;
} Nearest;

/* Of all that the paper works out of an indicator, what lies nearest to the typed figure; of one
 * `subject` (NULL: any) in tables and charts, where each row has its own. */
static Nearest find_nearest(
    Checker *checker, const Mark *mark, const Indicator *indicator, const char *subject)
{
    Nearest nearest = {0};
    for (int i = 0; i < checker->entries->count; i++) {
        const Entry *entry = &checker->entries->items[i];
        const Provenance *figure = entry->figure;
        Decimal exact, apart;
        bool others = subject && entry->line && strcmp(entry->line, subject) != 0;
        if (!is_of(figure, indicator) || others || !value_in(figure, mark->unit, &exact))
            continue;
        nearest.agrees |= agrees(mark, exact);
        if ((subject && !entry->line) || !decimal_sub(exact, mark->value, &apart))
            continue;
        apart = decimal_abs(apart);
        if (!nearest.entry || decimal_cmp(apart, nearest.apart) < 0) {
            nearest.entry = entry;
            nearest.apart = apart;
        }
    }
    return nearest;
}

/* What is wished for, and what is of other times or of a part, is none of the paper's figures. */
static const char wishes[] =
    "计划 力争 目标 预计 拟 确保 争取 还需 任务 不少于 不低于 下月 下一步 明年 标准";
static const char of_parts[] = "每户 每村 每人 平均 人均 户均 村均 相当于";
/* … in its own clause: 清理460吨，同比增长5% says how many they are. */
static const char changes[] = "减少 增加 增长 下降 提高 同比 环比 比上月 比去年";
static const char other_times[] =
    "上月 去年 上年 同期 累计 以来 上半年 下半年 季度 全年 年初 至今 截至 历年";

bool is_wished(const CheckLine *line, const Mark *mark)
{
    size_t start = sentence_start(line->text, mark->start);
    return text_holds(line->text, start, sentence_end(line->text, mark->end), wishes);
}

static bool is_of_another(const CheckLine *line, const Mark *mark)
{
    size_t start = sentence_start(line->text, mark->start);
    return is_wished(line, mark) || text_holds(line->text, start, mark->start, "其中") ||
           text_holds(line->text, start, sentence_end(line->text, mark->end), of_parts) ||
           text_holds(line->text, clause_start(line->text, mark->start), mark->end, changes);
}

static void tell_typed(Checker *checker, const Mark *mark, const char *indicator,
    const Nearest *nearest, bool same_time)
{
    const Entry *entry = nearest->entry;
    bool close = decimal_cmp(scaled(nearest->apart, 5, 1), decimal_abs(mark->value)) <= 0;
    diag_add(checker->diags, close && same_time && !mark->rough ? DIAG_W760 : DIAG_N760, &mark->at,
        indicator, mark->text, entry->place, entry->figure->exact);
    diag_hint(checker->diags, DIAG_H761);
    if (*mark->place)
        map_put(checker->told, mark->place, checker);
}

/* 总分100分 may be the full marks: of points only what names whose they are. */
static void check_typed(
    Checker *checker, const CheckLine *line, const Mark *mark, const Indicator *indicator)
{
    size_t at;
    if (indicator->vague || !find_name(line, mark, indicator->name, &at) ||
        is_of_another(line, mark))
        return;
    const char *subject = subject_before(checker, line, at, indicator);
    if (!subject && is_score_name(indicator->name))
        return;
    Nearest nearest = find_nearest(checker, mark, indicator, subject);
    size_t start = sentence_start(line->text, mark->start);
    if (nearest.entry && !nearest.agrees)
        tell_typed(checker, mark, indicator->name, &nearest,
            !text_holds(line->text, start, mark->start, other_times));
}

/* Words that say what was done, or how often: no name without the head above. */
static const char no_names[] =
    "改造 新建 验收 完工 完成 建成 开工 整改 销号 数量 个数 户数 人数 合计 小计 总计 本月 累计 "
    "计划 目标 任务 已完成 未完成 实际 当月 资金 面积 其他 其它";

/* What stands below a head, 沟渠 of 整治/沟渠, where it is a name; NULL: it is none. */
static const char *short_name(const char *whole)
{
    const char *slash = strrchr(whole, '/'), *name = slash ? slash + 1 : NULL;
    bool sound =
        name && strlen(name) >= strlen("沟渠") && text_match(name, no_names) != strlen(name);
    return sound ? name : NULL;
}

static void add_name(
    Checker *checker, Map *out, const char *name, const char *whole, const char *unit)
{
    Indicator *known = map_find(out, name);
    if (known) {
        known->vague = known->vague || strcmp(known->whole, whole) != 0;
        return;
    }
    known = ARENA_NEW(checker->arena, Indicator);
    *known = (Indicator){.name = name, .whole = whole, .unit = unit};
    map_put(out, name, known);
}

/* Names of indicators that the paper prints → Indicator. */
static Map *indicators(Checker *checker)
{
    Map *out = map_new(checker->arena);
    for (int i = 0; i < checker->entries->count; i++) {
        const Provenance *figure = checker->entries->items[i].figure;
        if (!has_value(figure) || !figure->indicator || !unit_of(figure))
            continue;
        const char *below = short_name(figure->indicator);
        add_name(checker, out, figure->indicator, figure->indicator, unit_of(figure));
        if (below)
            add_name(checker, out, below, figure->indicator, unit_of(figure));
    }
    return out;
}

/* ---- typed in the total of a table ---- */

/* What the column is in: 万元 of 投入资金（万元）, else the unit of the indicator itself. */
static const char *unit_below(
    Checker *checker, const DocTable *table, int column, const char *indicator_unit)
{
    const Cell *head = place_head(table, column);
    const char *written = head ? unit_over(checker, table, head) : NULL;
    return written ? written : indicator_unit;
}

/* A figure typed in a cell whose unit is `written` (NULL: the indicator's own). */
static void check_cell(
    Checker *checker, const Cell *cell, const Indicator *indicator, const char *written)
{
    Mark mark;
    int64_t times;
    if (indicator->vague || cell->colspan > 1 || !mark_cell(checker, cell, &mark) || mark.figure ||
        mark.kind != TYPED_NUMBER)
        return;
    mark.unit = unit_alone(written ? written : indicator->unit, &times);
    if (!decimal_mul(mark.value, decimal_from_int(times), &mark.value))
        return;
    Nearest nearest = find_nearest(checker, &mark, indicator, NULL);
    if (nearest.entry && !nearest.agrees)
        tell_typed(checker, &mark, indicator->name, &nearest, true);
}

/* 合计 675.2 typed in a table, where the text works out another. */
static void check_total(Checker *checker, const DocTable *table, const TableRow *row,
    const TableLabels *labels, const Map *known)
{
    for (int i = 0; i < row->cell_count; i++) {
        const Cell *cell = &row->cells[i];
        const Indicator *indicator = map_find(known, labels->columns[cell->column]);
        if (indicator)
            check_cell(checker, cell, indicator,
                unit_below(checker, table, cell->column, indicator->unit));
    }
}

/* Heads over what an indicator's row has for all, where the indicators stand one below another. */
static const char heads_of_all[] =
    "数量 数 数值 完成数 完成量 完成情况 本月 本月数 本期 本期数 总量 总数 合计 全镇 全乡";

/* 生活垃圾（吨）|47.8 */
static void check_indicator_row(Checker *checker, const TableRow *row, const TableLabels *labels,
    const char *label, const Map *known)
{
    size_t length = strcspn(label, "(");
    const char *open = strstr(label, "（");
    length = open && (size_t)(open - label) < length ? (size_t)(open - label) : length;
    const Indicator *indicator = map_find(known, arena_strndup(checker->arena, label, length));
    for (int i = 1; indicator && i < row->cell_count; i++) {
        const char *head = labels->columns[row->cells[i].column];
        if (*head && text_match(head, heads_of_all) == strlen(head))
            check_cell(checker, &row->cells[i], indicator, unit_written(checker, label));
    }
}

static void check_table(Checker *checker, const DocTable *table, const Map *known)
{
    TableLabels labels;
    place_labels(checker->arena, table, &labels);
    for (int r = 0; r < table->row_count; r++) {
        const TableRow *row = &table->rows[r];
        if (is_whole_row(labels.rows[r]))
            check_total(checker, table, row, &labels, known);
        else if (row->cell_count > 1)
            check_indicator_row(checker, row, &labels, cell_plain(checker, &row->cells[0]), known);
    }
}

void check_claims(Checker *checker)
{
    Map *known = indicators(checker);
    checker->told = map_new(checker->arena);
    for (size_t i = 0; i < checker->line_count; i++) {
        const CheckLine *line = &checker->lines[i];
        for (int j = 0; j < line->mark_count; j++)
            for (size_t k = 0; !line->marks[j].figure && k < map_count(known); k++)
                if (line->marks[j].kind == TYPED_NUMBER)
                    check_typed(checker, line, &line->marks[j], map_value(known, k));
    }
    for (const Block *block = checker->document->first; block; block = block->next)
        if (block->kind == BLOCK_TABLE)
            check_table(checker, block->table, known);
}
