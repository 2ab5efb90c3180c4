#include "check/typed_internal.h"

#include "base/utf8.h"

const char typed_units[] =
    "点意见 点要求 点建议 点希望 点体会 个百分点 百分点 个 处 所 户 户次 人 人次 人份 名 位 员 口 "
    "家 "
    "对 双 套 副 项 条 款 类 种 样 起 例 "
    "宗 桩 "
    "件 件次 次 回 轮 遍 场 场次 节 堂 块 张 幅 份 本 册 部 篇 封 台 台次 辆 辆次 车 车次 艘 架 座 "
    "栋 幢 间 "
    "层 道 盏 根 只 头 匹 羽 棵 株 丛 盆 桶 袋 瓶 箱 盒 罐 包 捆 堆 把 面 顶 支 只 眼 孔 门 笔 趟 "
    "班 班次 批 "
    "批次 期 集 首 页 字 岁 周岁 天 年 个月 个季度 个工作日 工作日 小时 分钟 分 秒 周 日 倍 成 "
    "村 村次 组 片 片区 镇 乡 县 市 社区 个村 坡 屯 "
    "吨 公斤 千克 克 斤 米 公里 千米 里 厘米 毫米 平方米 平米 平方公里 平方千米 亩 公顷 "
    "立方米 立方 方 "
    "升 毫升 千瓦 兆瓦 千瓦时 度 元 角 ㎡ m² m³ m2 m3 km kg m t cm mm ℃";

const char typed_counters[] = "点意见 点要求 点建议 点希望 点体会 个 个月 个工作日 工作日 处 户 "
                              "户次 人 人次 名 位 次 场 场次 项 条 "
                              "件 份 批 期 宗 间 栋 幢 块 幅 套 座 "
                              "口 亩 吨 公里 米 公斤 斤 元 天 年 小时 分钟 日 周 支 台 台次 辆 "
                              "辆次 车次 头 棵 株 篇 张 册 本 家 所 "
                              "部 类 种 轮 遍 起 例 笔 平方米 立方米 公顷 村次 批次";

/* 万 and the like, and how many noughts they stand for. */
static const struct {
    const char *word;
    int64_t times;
} scales[] = {{"万亿", 1000000000000}, {"千万", 10000000}, {"百万", 1000000}, {"亿", 100000000},
    {"万", 10000}, {"千", 1000}, {"百", 100}};

static int read_scale(const TypedLine *line, int at, Decimal *value)
{
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        int length = typed_match(line, at, scales[i].word);
        if (length && decimal_mul(*value, decimal_from_int(scales[i].times), value)) {
            *value = decimal_trim(*value); /* 0.0456万 is as exact as 456 */
            return length;
        }
    }
    return 0;
}

/* With what follows, these begin another word: 2023村庄清洁, 2024人居环境, 3分管领导. */
static const struct {
    const char *unit, *behind;
} words[] = {
    /* flat table */
    {"村", "庄 民 规 级 委 容 内 道 居 组 支 党 干 集"},
    {"镇", "级 村 直 党 域 区 上 里 人 政"},
    {"乡", "村 镇 级 党"},
    {"县", "级 委 直 城 域"},
    {"市", "级 场 民 委 直 县"},
    {"区", "域 级 县"},
    {"人", "居 大 民 均 员 才 工 力 口"},
    {"组", "织 长 成"},
    {"片", "面"},
    {"位", "于 列 居"},
    {"名", "列 称 单"},
    {"项", "目"},
    {"处", "于 理 置 罚 在"},
    {"户", "均 厕 籍 主 长"},
    {"条", "件 例"},
    {"家", "庭 园 家"},
    {"所", "有 在 得 属 需 以 用 谓 述 示 长"},
    {"分", "别 管 片 包 类 布 析 解 成 散 级 流 区 批 步 期 项 钟"},
    {"成", "立 为 效 果 功 员 绩 本 熟"},
    {"对", "各 全 照 比 标 口 于 应"},
    {"台", "账 阶"},
    {"支", "持 部 付 出"},
    {"本", "次 月 级 年 村 镇 着 市 县 期"},
    {"部", "门 分 署"},
    {"包", "村 片 户 含 括"},
    {"首", "次 先 要 批"},
    {"方", "面 式 案 便"},
    {"集", "中 镇 市 体"},
    {"期", "间 限"},
    {"种", "植"},
    {"起", "来 到 草"},
    {"样", "板"},
    {"批", "评 准"},
    {"次", "数 日 要"},
    {"面", "积 对 向 貌"},
    {"周", "边 围 年 岁"},
    {"道", "路"},
    {"班", "子"},
    {"车", "辆 道 间"},
    {"场", "所 地"},
    {"度", "假"},
    {"元", "旦"},
    {"天", "然"},
    {"头", "部"},
    {"例", "如"},
    {"门", "前"},
};

static bool begins_word(const TypedLine *line, int at, int length)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (typed_match(line, at + length - 1, words[i].unit) &&
            typed_match(line, at + length, words[i].behind))
            return true;
    return false;
}

/* 吨, 元/户; of 17个村民 only 个. */
static int read_unit(const TypedLine *line, int at, const char *units)
{
    int length = typed_match(line, at, units);
    if (length && begins_word(line, at, length))
        length = length > 1 && typed_match(line, at, "个") ? 1 : 0;
    bool letters = length && typed_is_latin(typed_char(line, at + length - 1));
    if (letters && typed_is_latin(typed_char(line, at + length)))
        return 0;
    if (length && typed_char(line, at + length) == '/') {
        int more = typed_match(line, at + length + 1, units);
        length += more ? more + 1 : 0;
    }
    return length;
}

/* 5%, 5‰ */
static bool read_percent(uint32_t code, TypedFigure *figure)
{
    Decimal part = {code == '%' || code == 0xFE6A ? 1 : 0, 2};
    if (code == 0x2030)
        part = (Decimal){1, 3};
    if (!part.mantissa || !decimal_mul(figure->value, part, &figure->value))
        return false;
    figure->kind = TYPED_RATIO;
    return true;
}

static int blank_at(const TypedLine *line, int at)
{
    return typed_char(line, at) == ' ' ? 1 : 0; /* 5 个 */
}

int typed_tail(const TypedLine *line, int at, const char *units, TypedFigure *figure)
{
    if (read_percent(typed_char(line, at + blank_at(line, at)), figure))
        return at + blank_at(line, at) + 1;
    int gap = blank_at(line, at), rough = typed_match(line, at + gap, "余 多");
    int end = at + rough + (rough ? gap : 0);
    int next = end + blank_at(line, end);
    int unit = read_unit(line, next, units);
    int scale = unit ? 0 : read_scale(line, next, &figure->value);
    if (scale) { /* 9000多万, 9200万余 */
        end = next + scale;
        int more = typed_match(line, end, "余 多");
        end += more;
        rough += more;
        next = end + blank_at(line, end);
        unit = read_unit(line, next, units);
    }
    figure->rough = figure->rough || rough;
    figure->unit = unit ? typed_text(line, next, next + unit) : NULL;
    return unit ? next + unit : end;
}

bool typed_is_rough(const TypedLine *line, int start, int end)
{
    return typed_match_back(
               line, start, "约 近 超 超过 逾 将近 大约 不少于 不低于 不超过 至少 至多 上") ||
           typed_match(line, end, "以上 以下 左右 以内 之内 上下 不等 余 多");
}

/* 居全县第三: a verb of ranking not far in front. */
static bool is_ranked(const TypedLine *line, int at)
{
    static const char verbs[] = "排名 名次 位列 名列 位居 排在 排第 居 列 排 获 得 并列";
    for (int i = 0; i <= 6; i++) {
        if (typed_match_back(line, at - i, verbs))
            return true;
        if (typed_is_one_of(typed_char(line, at - i - 1), "，。；、：！？"))
            return false;
    }
    return false;
}

bool typed_is_rank(const TypedLine *line, int start, int end, int *before, int *behind)
{
    *before = typed_match_back(line, start, "第");
    *behind = typed_match(line, end, "名 位");
    if (!*before || typed_match(line, end, "位数 位小数 位上"))
        return false;
    if (typed_match(line, end, "名")) /* 第一名次 is none */
        return !typed_match(line, end, "名次 名单");
    bool ends = !typed_char(line, end + *behind) ||
                typed_is_one_of(typed_char(line, end + *behind), "，。；、,;）)（(的");
    return ends && is_ranked(line, start - *before);
}

const char *typed_text(const TypedLine *line, int start, int end)
{
    size_t from = line->chars[start].at;
    return arena_strndup(line->arena, line->text + from, line->chars[end].at - from);
}

void typed_add(const TypedLine *line, int start, int end, TypedFigure figure, TypedList *out)
{
    const TypedChar *first = &line->chars[start];
    figure.piece = first->piece;
    figure.offset = first->offset;
    figure.start = first->at;
    figure.end = line->chars[end].at;
    figure.text = typed_text(line, start, end);
    figure.rough = figure.rough || typed_is_rough(line, start, end);
    out->items =
        arena_grow(line->arena, out->items, out->count, &out->capacity, sizeof *out->items);
    out->items[out->count++] = figure;
}
