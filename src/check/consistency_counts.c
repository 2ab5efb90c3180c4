/* Counts in words against what is counted: names in a list, items and headings below, units of the
 * roster. */
#include "check/consistency_internal.h"

#include <string.h>
#include "base/utf8.h"
#include "check/typed_internal.h"
#include "document/numeral.h"

/* ---- names in a list: 前三名是A、B、C ---- */

typedef struct Names {
    int count;
    size_t end;
    bool tie;   /* the last ones bear the same figure in brackets */
    bool open;  /* 等: there are more */
    bool alike; /* all end in the same character, or in that of a place: 长塘村、前江村 */
    int scores; /* how many different figures stand in brackets behind them; 0: not behind all */
    const char *text;
} Names;

#define NAMES_END "。 ； ， ： ! ？ ） ) 。 ; 予以 ， 的 ” 等"

static size_t bracket_end(const char *text, size_t at)
{
    const char *close = strstr(text + at, "）");
    return close ? (size_t)(close - text) + strlen("）") : at;
}

/* One name from *at, which is moved behind it and its brackets; false when it is no name. */
static bool read_name(const char *text, size_t *at, size_t *score, size_t *score_end)
{
    size_t from = *at, characters = 0;
    while (text[*at] && !text_match(text + *at, "、 （ ( 和 以及 及 " NAMES_END)) {
        const char *next = text + *at;
        uint32_t code = utf8_next(&next);
        if (!utf8_is_han(code) && !typed_is_latin(code))
            return false;
        *at = (size_t)(next - text);
        characters++;
    }
    bool scored = text_match(text + *at, "（") && bracket_end(text, *at) > *at;
    if (scored) {
        *score = *at;
        *at = *score_end = bracket_end(text, *at);
    }
    return *at > from && characters >= 2 && characters <= 12;
}

/* （92分） at `at`: its figure as text; NULL: none stands there. */
static const char *score_text(Arena *arena, const char *text, size_t at, size_t end)
{
    TypedList found = {0};
    Inline alone = {.kind = INLINE_TEXT, .text = arena_strndup(arena, text + at, end - at)};
    typed_find(arena, &alone, &found);
    return found.count == 1 ? found.items[0].text : NULL;
}

/* What the name of a place ends in. */
static const char place_ends[] = "村 社区 坡 屯 居委会 街道 镇 乡";

static bool is_alike(const char *text, size_t tail, size_t last)
{
    size_t length = strlen("村");
    return strncmp(text + tail, text + last, length) == 0 ||
           (text_match_back(text, 0, tail + length, place_ends) &&
               text_match_back(text, 0, last + length, place_ends));
}

/* Names from `at` on with 、 between, up to the end of the clause. Not sound when `count` is 0. */
static Names read_names(Arena *arena, const char *text, size_t at)
{
    Names names = {.end = at, .alike = true};
    size_t start = at, score = 0, score_end = 0, tail = 0;
    Map *scores = map_new(arena);
    bool scored = true;
    for (;;) {
        size_t last = score, last_end = score_end, last_tail = tail;
        if (!read_name(text, &at, &score, &score_end))
            return (Names){0};
        tail = (score_end == at ? score : at) - strlen("村");
        names.alike = names.alike && (!names.count || is_alike(text, tail, last_tail));
        const char *figure = score_end == at ? score_text(arena, text, score, at) : NULL;
        scored = scored && figure;
        if (figure)
            map_put(scores, figure, scores);
        names.count++;
        names.end = at;
        names.tie = last_end > last && score_end - score == last_end - last &&
                    strncmp(text + score, text + last, last_end - last) == 0;
        size_t link = text_match(text + at, "、 和 以及 及");
        if (!link)
            break;
        at += link;
    }
    names.scores = scored ? (int)map_count(scores) : 0;
    names.open = text_match(text + at, "等") > 0;
    names.text = arena_strndup(arena, text + start, names.end - start);
    return text[at] && !text_match(text + at, NAMES_END) ? (Names){0} : names;
}

/* 十佳, 前三名, 后3位: `count` of them are announced in [at, *end). */
typedef struct Announced {
    size_t start, end;
    int64_t count;
    bool rank; /* 前三名: ties may make it more */
} Announced;

/* Where the numeral at `at`, in digits or in Han, ends. */
static size_t numeral_end(const char *text, size_t at)
{
    const char *next = text + at, *from;
    uint32_t code;
    do {
        from = next;
        code = utf8_fold_width(utf8_next(&next));
    } while (typed_is_digit(code) || numeral_han_digit(code) || code == 0x4E24); /* 两 */
    return (size_t)(from - text);
}

/* 0: it is no whole number. */
static int64_t numeral_value(Arena *arena, const char *text, size_t at, size_t end)
{
    TypedList found = {0};
    Inline alone = {
        .kind = INLINE_TEXT, .text = arena_printf(arena, "%.*s个", (int)(end - at), text + at)};
    typed_find(arena, &alone, &found);
    return found.count == 1 && !found.items[0].value.scale ? found.items[0].value.mantissa : 0;
}

/* 前三名 居前三位 后5位 */
static bool read_rank(Arena *arena, const char *text, size_t at, Announced *out)
{
    size_t head = text_match(text + at, "前 后 末");
    size_t end = head ? numeral_end(text, at + head) : at;
    size_t word = end > at + head ? text_match(text + end, "名 位") : 0;
    int64_t count = word ? numeral_value(arena, text, at + head, end) : 0;
    *out = (Announced){at, end + word, count, true};
    return count >= 2;
}

/* 十佳村, 10强 */
static bool read_best(Arena *arena, const char *text, size_t at, Announced *out)
{
    size_t end = numeral_end(text, at);
    size_t word = end > at ? text_match(text + end, "佳 强 差 优") : 0;
    int64_t count = word ? numeral_value(arena, text, at, end) : 0;
    *out = (Announced){at, end + word, count, false};
    return count >= 3;
}

/* From 前三名 to the first name: …的村分别是. 0: no list follows. `sure`: what stands there can
 * only be a list; 为 and 是 also lead to 十强县为目标. */
static size_t list_start(const char *text, size_t at, bool *sure)
{
    size_t end = at;
    for (int i = 0; i < 12 && text[end]; i++) {
        size_t link = text_match(text + end, "分别是 分别为 依次是 依次为 的是 ：");
        *sure = link > 0;
        link = link ? link : text_match(text + end, "的有 的为 为 是");
        if (link)
            return end + link + text_match(text + end + link, "： :");
        if (text_match(text + end, "。 ； ， 、 ！"))
            return 0;
        const char *next = text + end;
        utf8_next(&next);
        end = (size_t)(next - text);
    }
    return 0;
}

static void check_announced(Checker *checker, const CheckLine *line, const Announced *said)
{
    bool sure = false;
    size_t start = list_start(line->text, said->end, &sure);
    Names names = start ? read_names(checker->arena, line->text, start) : (Names){0};
    if (names.count < 2 || names.count == said->count ||
        (names.open && names.count < said->count) || !(sure || names.alike))
        return;
    bool more = names.count > said->count;
    bool untied = names.scores > said->count; /* all different, so that none shares a place */
    if (more && said->rank && names.tie)
        return;
    const char *words =
        arena_strndup(checker->arena, line->text + said->start, said->end - said->start);
    At at = words_place(line, said->start, names.end);
    diag_add(checker->diags, more && said->rank && !untied ? DIAG_N767 : DIAG_W767, &at, words,
        names.count, names.text);
}

/* 评选出A、B、C等11个坡为“十佳坡”: the count in front of a title. */
static void check_title(Checker *checker, const CheckLine *line, const Announced *said)
{
    size_t start = sentence_start(line->text, said->start);
    size_t link = text_match_back(line->text, start, said->start, "为“ 为 评为“ 评为 获评“ 称为“");
    for (int i = 0; link && i < line->mark_count; i++) {
        const Mark *mark = &line->marks[i];
        size_t gap = said->start - link - mark->end;
        if (mark->end > said->start - link || gap > strlen("村坡") || mark->rough ||
            mark->kind != TYPED_NUMBER ||
            decimal_cmp(mark->exact, decimal_from_int(said->count)) == 0)
            continue;
        diag_add(checker->diags, DIAG_W767, &mark->at,
            arena_strndup(checker->arena, line->text + said->start, said->end - said->start),
            (int)(mark->exact.scale ? 0 : mark->exact.mantissa),
            arena_strndup(
                checker->arena, line->text + mark->start, said->start - link - mark->start));
    }
}

/* “定、分、联、考”四字诀 */
static void check_sayings(Checker *checker, const CheckLine *line)
{
    for (const char *at = line->text; (at = strstr(at, "”"));) {
        size_t close = (size_t)(at - line->text), open = close;
        at += strlen("”");
        size_t end = numeral_end(line->text, close + strlen("”"));
        bool saying = end > close + strlen("”") && text_match(line->text + end, "字");
        int64_t count =
            saying ? numeral_value(checker->arena, line->text, close + strlen("”"), end) : 0;
        while (open > 0 && !text_match_back(line->text, 0, open, "“ ”"))
            open--;
        if (!count || !text_match_back(line->text, 0, open, "“"))
            continue;
        int names = 1;
        for (size_t i = open; i < close; i++)
            names += text_match(line->text + i, "、") > 0;
        At place = words_place(line, open, end);
        size_t words = close + strlen("”");
        if (names > 1 && names != count)
            diag_add(checker->diags, DIAG_W767, &place,
                arena_strndup(checker->arena, line->text + words, end + strlen("字") - words),
                names, arena_strndup(checker->arena, line->text + open, close - open));
    }
}

/* 17个村（A、B、C）, 5个村：A、B */
static void check_listed(Checker *checker, const CheckLine *line, const Mark *mark)
{
    const char *text = line->text;
    bool counted = mark->kind == TYPED_NUMBER && !mark->rough && !mark->missing && mark->unit &&
                   text_match(mark->unit, "个 名 位 家 村 片") && mark->exact.scale == 0;
    static const char nouns_of_names[] =
        "行政村 村 社区 片区 坡 屯 组 自然村 村民小组 单位 村（社区）";
    size_t noun = counted ? text_match(text + mark->end, nouns_of_names) : 0;
    bool before = counted && text_match_back(text, 0, mark->start, nouns_of_names); /* 红榜村3个 */
    size_t at = mark->end + noun;
    size_t link =
        text_match(text + at, "（ ： （即 ，即 ，分别是 ，分别为 ，依次是 ，包括 （分别是");
    if (!counted || (!noun && !before && !text_match(mark->unit, "个村")) || !link)
        return;
    Names names = read_names(checker->arena, text, at + link);
    if (names.count < 2 || names.open ||
        decimal_cmp(mark->exact, decimal_from_int(names.count)) == 0 ||
        text_holds(names.text, 0, strlen(names.text), "含 其中"))
        return;
    diag_add(checker->diags, DIAG_W767, &mark->at, mark->text, names.count, names.text);
}

/* Kinds of villages: what stands there names none. */
static const char kinds[] = "行政村 自然村 建制村 中心村 示范村 整治村 提升村 先进村 重点村 后进村 "
                            "薄弱村 贫困村 脱贫村 样板村";

/* Where the names begin that end at `end`: behind the last mark that is no 、. */
static size_t names_start(const char *text, size_t end)
{
    while (end > 0 && !text_match_back(text, 0, end, "。 ； ， ： ！ ？ （ ） “ ”"))
        end--;
    return end;
}

/* 长塘村、前江村、洋江村两个村, 长塘村、前江村、洋江村等2个村 */
static void check_before(Checker *checker, const CheckLine *line, const Mark *mark)
{
    const char *text = line->text;
    bool counted = mark->kind == TYPED_NUMBER && !mark->rough && !mark->missing && mark->unit &&
                   text_match(mark->unit, "个村 个 村") && mark->exact.scale == 0;
    size_t noun = text_match_back(text, 0, mark->end, "个村") ? 0
                  : counted ? text_match(text + mark->end, "行政村 村 社区 村（社区）")
                            : 0;
    if (!counted || (!noun && !text_match(mark->unit, "个村")) ||
        text_match(text + mark->end + noun, "民 级 庄 组 干 支 委"))
        return;
    size_t open = text_match_back(text, 0, mark->start, "等"), end = mark->start - open;
    size_t start = names_start(text, end);
    const char *list = arena_strndup(checker->arena, text + start, end - start);
    Names names = read_names(checker->arena, list, 0);
    if (names.count < 2 || !names.alike || names.end != strlen(list) ||
        !text_match_back(list, 0, names.end, place_ends) || text_holds(list, 0, names.end, kinds) ||
        (open ? names.count <= mark->exact.mantissa : names.count == mark->exact.mantissa))
        return;
    diag_add(checker->diags, DIAG_W767, &mark->at,
        arena_printf(checker->arena, "%s%.*s", mark->text, (int)noun, text + mark->end),
        names.count, names.text);
}

static void check_names(Checker *checker, const CheckLine *line)
{
    Announced said;
    for (size_t at = 0; line->text[at];) {
        size_t next = at;
        if (read_rank(checker->arena, line->text, at, &said)) {
            check_announced(checker, line, &said);
            next = said.end;
        } else if (read_best(checker->arena, line->text, at, &said)) {
            check_announced(checker, line, &said);
            check_title(checker, line, &said);
            next = said.end;
        }
        const char *step = line->text + next;
        if (next == at)
            utf8_next(&step);
        at = (size_t)(step - line->text);
    }
    check_sayings(checker, line);
    for (int i = 0; i < line->mark_count; i++) {
        check_listed(checker, line, &line->marks[i]);
        check_before(checker, line, &line->marks[i]);
    }
}

/* ---- items below: 采取以下三项措施：…, 讲三点意见 ---- */

/* 一是 … 三是 in a text: how many there are in a row. */
static int items_in(Checker *checker, const char *text, const char *verb)
{
    int count = 0;
    while (strstr(
        text, arena_printf(checker->arena, "%s%s", numeral_han(checker->arena, count + 1), verb)))
        count++;
    return count;
}

static int items_behind(Checker *checker, const char *text)
{
    int is = items_in(checker, text, "是"), must = items_in(checker, text, "要");
    return is > must ? is : must;
}

/* Labelled paragraphs right below a block, of one kind (一是 二是, （1） （2）). */
static int items_below(const Block *block)
{
    int count = 0;
    for (const Block *next = block->next;
         next && next->kind == BLOCK_PARAGRAPH && next->number && *next->number; next = next->next)
        count++;
    return count;
}

/* Headings of one level below a block, up to one above them. */
static int headings_below(const Block *block)
{
    int count = 0, level = 0;
    for (const Block *next = block->next; next; next = next->next) {
        if (next->kind != BLOCK_HEADING && next->kind != BLOCK_ATTACHMENT)
            continue;
        if (next->kind == BLOCK_ATTACHMENT || (level && next->level < level))
            break;
        if (block->kind == BLOCK_HEADING && next->level <= block->level)
            break;
        level = level ? level : next->level;
        count += next->level == level;
    }
    return count;
}

static const char nouns[] = "方面 措施 意见 要求 问题 任务 工作 建议 重点 环节 举措 做法 特点 原因 "
                            "行动 打算 希望 体会 经验";

/* Where 三项措施 ends, when it says how many there are: 0, it does not. */
static size_t noun_end(const CheckLine *line, const Mark *mark)
{
    bool counted = mark->kind == TYPED_NUMBER && !mark->figure && !mark->rough && mark->unit &&
                   text_match(mark->unit, "个 条 项 点 大") && mark->exact.scale == 0;
    size_t at = mark->end;
    if (counted)
        at += text_match(line->text + at, "主要 突出 重点 具体 方面的 方面");
    if (counted && text_match(mark->unit, "点"))
        return mark->end; /* 三点意见 is read whole */
    size_t noun = counted ? text_match(line->text + at, nouns) : 0;
    bool named = counted && text_match_back(line->text, mark->end, at, "方面 方面的");
    return noun ? at + noun : named ? at : 0;
}

/* Announced for certain: 以下三项措施, or a colon right behind. */
static bool announces(const CheckLine *line, const Mark *mark, size_t end)
{
    size_t start = sentence_start(line->text, mark->start);
    return text_match(line->text + end, "： :") ||
           text_match_back(
               line->text, start, mark->start, "以下 如下 下列 下面 讲 提 谈 抓好以下 做好以下");
}

static int items_for(Checker *checker, const CheckLine *line, size_t end)
{
    const char *rest = line->text + end;
    size_t sentence = sentence_end(line->text, end);
    bool last = strlen(line->text + sentence) <= strlen("。");
    int inside = items_behind(checker, rest);
    if (inside >= 2)
        return inside;
    if (!last || inside)
        return 0;
    int below = items_below(line->block);
    return below >= 2 ? below : headings_below(line->block);
}

static void check_below(Checker *checker, const CheckLine *line, const Mark *mark)
{
    size_t end = noun_end(line, mark);
    if (!end || !line->block || (line->kind != LINE_PROSE && line->kind != LINE_HEADING))
        return;
    bool heading = line->kind == LINE_HEADING && !line->block->run_in;
    int items = heading                      ? headings_below(line->block)
                : announces(line, mark, end) ? items_for(checker, line, end)
                                             : 0;
    if (heading && !items)
        items = items_below(line->block);
    if (items < 2 || decimal_cmp(mark->exact, decimal_from_int(items)) == 0)
        return;
    const char *words = arena_strndup(checker->arena, line->text + mark->start, end - mark->start);
    diag_add(checker->diags, heading ? DIAG_N768 : DIAG_W768, &mark->at, words, items);
}

/* ---- the roster ---- */

/* 2+4+17+73: the last are the lowest levels, where one of them at least agrees. */
static void check_grid(Checker *checker, const CheckLine *line, const Mark *mark)
{
    const CheckFacts *facts = checker->facts;
    int shared = mark->part_count < facts->level_count ? mark->part_count : facts->level_count;
    int agree = 0;
    bool grid =
        mark->kind == TYPED_GROUP && text_holds(line->text, sentence_start(line->text, mark->start),
                                         sentence_end(line->text, mark->end), "网格");
    for (int pass = 0; grid && pass < 2; pass++)
        for (int i = 1; i <= shared; i++) {
            const RosterCount *level = &facts->levels[facts->level_count - i];
            Decimal part = mark->parts[mark->part_count - i];
            bool same = decimal_cmp(part, decimal_from_int(level->count)) == 0;
            agree += pass == 0 && same;
            if (pass == 1 && !same && agree && level->count > 1)
                diag_add(checker->diags, DIAG_W769, &mark->at, mark->text,
                    number_text(checker, part), level->level, (long)level->count);
        }
}

/* 全镇17个行政村: what the level is called in prose. */
static const struct {
    const char *level, *nouns;
} levels[] = {
    {"片", "个片区 个片 片区 片"},
    {"村", "个行政村 个村（社区） 个村 行政村 村"},
    {"组", "个村民小组 个小组 个组 村民小组 组"},
};

/* 4片17村73组: one right beside the other. */
static bool touches(const CheckLine *line, const Mark *mark)
{
    const Mark *last = line->marks + line->mark_count - 1;
    return (mark > line->marks && mark[-1].end == mark->start && !mark[-1].figure) ||
           (mark < last && mark[1].start == mark->end && !mark[1].figure);
}

/* 辖17个村 says how many there are, and more than there are cannot be; 全镇16个村 may be those that
 * something is said of. */
static void compare_level(
    Checker *checker, const CheckLine *line, const Mark *mark, const RosterCount *level)
{
    Decimal there = decimal_from_int(level->count);
    size_t start = sentence_start(line->text, mark->start);
    size_t divided = text_match(line->text + mark->end,
        "网格 级网格 区网格 行政村网格 村网格 村级网格 组网格 村民小组网格 片区网格");
    bool rules =
        text_match_back(line->text, start, mark->start, "下辖 辖 辖区 辖区内 共辖 现辖") > 0 ||
        touches(line, mark) ||
        (divided && text_holds(line->text, start, mark->start, "划分 划为 设立 分为"));
    bool whole =
        rules || text_match_back(line->text, start, mark->start,
                     "全镇 全镇共 全乡 全乡共 全镇共有 全镇现有 全镇有 覆盖全镇 全镇所有") > 0;
    int order = decimal_cmp(mark->exact, there);
    Decimal fivefold = mark->exact;
    bool near = decimal_mul(mark->exact, decimal_from_int(5), &fivefold) &&
                decimal_cmp(fivefold, decimal_from_int(4 * level->count)) >= 0;
    if (!whole || !level->count || order == 0 || !(rules || order > 0 || near))
        return;
    diag_add(checker->diags, rules || order > 0 ? DIAG_W770 : DIAG_N770, &mark->at, mark->text,
        level->level, (long)level->count);
}

static void check_level(Checker *checker, const CheckLine *line, const Mark *mark, int index)
{
    size_t digits = mark->start;
    while (digits < mark->end && !text_match(line->text + digits, levels[index].nouns))
        digits++;
    size_t noun = text_match(line->text + digits, levels[index].nouns);
    /* 17个村级组织 is another thing */
    if (!noun || mark->figure || mark->rough || mark->kind != TYPED_NUMBER ||
        text_match(line->text + digits + noun, "级 庄 民 干 规 委 容 组 主 长"))
        return;
    for (int i = 0; i < checker->facts->level_count; i++)
        if (strcmp(checker->facts->levels[i].level, levels[index].level) == 0)
            compare_level(checker, line, mark, &checker->facts->levels[i]);
}

void check_counts(Checker *checker)
{
    for (size_t i = 0; i < checker->line_count; i++) {
        const CheckLine *line = &checker->lines[i];
        check_names(checker, line);
        for (int j = 0; j < line->mark_count; j++) {
            check_below(checker, line, &line->marks[j]);
            check_grid(checker, line, &line->marks[j]);
            for (int k = 0; k < (int)(sizeof levels / sizeof *levels); k++)
                check_level(checker, line, &line->marks[j], k);
        }
    }
}
