#include "data/infer.h"

#include <string.h>
#include "base/utf8.h"
#include "data/infer_internal.h"

enum {
    STORE_DIGITS = 12, /* before the point: sums stay exact (data.md 2) */
    SCAN_DECIMALS = 10 /* more than are stored; what is behind them cannot change the rounding */
};

/* The same for a cell of plain ASCII, as nearly all are that are folded. False: it is none, or has
 * a control. */
static bool fold_ascii(const char *cell, char out[INFER_BYTES], size_t *length)
{
    while (*cell == ' ') {
        cell++;
    }
    size_t count = 0;
    for (; (unsigned char)(cell[count] - ' ') < 0x7F - ' '; count++) {
        if (count + 4 >= INFER_BYTES) {
            return false;
        }
        out[count] = cell[count];
    }
    if (cell[count]) {
        return false;
    }
    while (count > 0 && out[count - 1] == ' ') {
        count--;
    }
    out[count] = '\0';
    *length = count;
    return true;
}

size_t infer_fold(const char *cell, char out[INFER_BYTES])
{
    size_t length = 0;
    if (fold_ascii(cell, out, &length)) {
        return length;
    }
    bool started = false;
    const char *at = cell;
    for (uint32_t c; (c = utf8_next(&at));) {
        if (length + 4 >= INFER_BYTES) {
            return 0; /* longer than any number or date */
        }
        c = c == 0x2212 || c == 0x2013 ? '-' : utf8_fold_width(c); /* − and – as Word writes them */
        if (utf8_is_blank(c)) {
            c = ' ';
        }
        if (c != ' ' || started) {
            length += (size_t)utf8_encode(c, out + length);
            started = true;
        }
    }
    while (length > 0 && out[length - 1] == ' ') {
        length--;
    }
    out[length] = '\0';
    return length;
}

static bool is_blank(const char *cell)
{
    while (*cell) {
        if (!utf8_is_blank(utf8_next(&cell))) {
            return false;
        }
    }
    return true;
}

bool infer_missing(const char *cell)
{
    static const char *const marks[] = {"/", "-", "—", "——", "--", "无"};
    unsigned char first = (unsigned char)*cell;
    bool possible = first <= ' ' || first == '/' || first == '-' || first == 0xC2 ||
                    first == 0xE2 || first == 0xE3 || first == 0xEF || strncmp(cell, "无", 3) == 0;
    if (!possible) {
        return false; /* most cells */
    }
    char text[INFER_BYTES];
    if (infer_fold(cell, text) == 0) {
        return is_blank(cell); /* else too long */
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strcmp(text, marks[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- numbers ---- */

typedef struct Scan {
    const char *at;
    const char *unit;
    char digits[INFER_BYTES]; /* without separators */
    int whole, decimals;      /* how many digits before and behind the point */
    int shift;                /* powers of ten: 万, 亿, E+05, % */
    bool negative;
    unsigned flags;
} Scan;

static bool take(Scan *scan, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(scan->at, word, length) != 0) {
        return false;
    }
    scan->at += length;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void take_blanks(Scan *scan)
{
    while (*scan->at == ' ') {
        scan->at++;
    }
}

static void scan_prefix(Scan *scan)
{
    static const char *const rough[] = {"大约", "约", "近"};
    for (size_t i = 0; i < sizeof rough / sizeof *rough; i++) {
        if (take(scan, rough[i])) {
            scan->flags |= NUMBER_APPROXIMATE;
            break;
        }
    }
    take_blanks(scan);
    if (take(scan, "￥") || take(scan, "¥")) {
        scan->flags |= NUMBER_UNUSUAL;
        take_blanks(scan);
    }
    scan->negative = take(scan, "-");
    if (!scan->negative && take(scan, "+")) {
        scan->flags |= NUMBER_UNUSUAL;
    }
}

/* Digits before the point, in groups of three if there are commas. */
static bool scan_whole(Scan *scan)
{
    int group = 0, groups = 0;
    for (;; scan->at++) {
        if (is_digit(*scan->at)) {
            scan->digits[scan->whole++] = *scan->at;
            group++;
        } else if (*scan->at == ',') {
            if (groups > 0 ? group != 3 : group < 1 || group > 3) {
                return false;
            }
            groups++;
            group = 0;
        } else {
            break;
        }
    }
    if (groups > 0) {
        scan->flags |= NUMBER_UNUSUAL;
    }
    return groups == 0 || group == 3;
}

static bool scan_digits(Scan *scan)
{
    if (!scan_whole(scan)) {
        return false;
    }
    bool stop = strncmp(scan->at, "。", 3) == 0 && is_digit(scan->at[3]);
    if (stop) {
        scan->flags |= NUMBER_STOP;
    }
    if (stop || *scan->at == '.') {
        for (scan->at += stop ? 3 : 1; is_digit(*scan->at); scan->at++) {
            if (scan->decimals < SCAN_DECIMALS) {
                scan->digits[scan->whole + scan->decimals++] = *scan->at;
            }
        }
    }
    return scan->whole + scan->decimals > 0;
}

static bool scan_exponent(Scan *scan)
{
    if (*scan->at != 'E' && *scan->at != 'e') {
        return true;
    }
    scan->at++;
    bool negative = take(scan, "-");
    if (!negative) {
        take(scan, "+");
    }
    int exponent = 0, digits = 0;
    for (; is_digit(*scan->at) && digits < 3; digits++) {
        exponent = exponent * 10 + (*scan->at++ - '0');
    }
    scan->shift += negative ? -exponent : exponent;
    scan->flags |= NUMBER_SCIENTIFIC | NUMBER_APPROXIMATE;
    return digits > 0;
}

static void scan_rough(Scan *scan)
{
    if (take(scan, "余") || take(scan, "多")) {
        scan->flags |= NUMBER_APPROXIMATE;
    }
}

/* The powers of ten in a unit: 4 in 万元, 8 in 亿元. */
static int unit_shift(const char *unit)
{
    return !unit ? 0 : strncmp(unit, "万", 3) == 0 ? 4 : strncmp(unit, "亿", 3) == 0 ? 8 : 0;
}

/* The column's own unit; 万 alone counts as it in a column of 万元. */
static bool scan_unit(Scan *scan)
{
    if (!scan->unit) {
        return false;
    }
    bool found = take(scan, scan->unit);
    if (!found && *scan->at && infer_same_unit(scan->at, scan->unit)) { /* 千克 for 公斤 */
        scan->at += strlen(scan->at);
        found = true;
    }
    if (!found) {
        int shift = unit_shift(scan->unit);
        const char *word = shift == 4 ? "万" : "亿";
        found = shift && strcmp(scan->at, word) == 0 && take(scan, word);
    }
    if (found) {
        scan->flags |= NUMBER_UNUSUAL;
    }
    return found;
}

/* In a column of 万元, 1.2亿 is 12000. */
static bool scan_multiplier(Scan *scan)
{
    int shift = take(scan, "万亿") ? 12 : take(scan, "万") ? 4 : take(scan, "亿") ? 8 : 0;
    if (shift) {
        scan->shift += shift - unit_shift(scan->unit);
        scan->flags |= NUMBER_UNUSUAL;
    }
    return shift != 0;
}

/* What may follow the digits: 余 万 余 and a unit, or %. */
static bool scan_suffix(Scan *scan)
{
    take_blanks(scan);
    if (take(scan, "%")) {
        scan->shift -= 2;
        scan->flags |= NUMBER_PERCENT;
        return *scan->at == '\0';
    }
    scan_rough(scan);
    if (!scan_unit(scan)) {
        bool multiplied = scan_multiplier(scan);
        scan_rough(scan);
        take_blanks(scan);
        if (multiplied && unit_shift(scan->unit)) {
            take(scan, scan->unit + strlen("万")); /* the rest of 万元 */
        } else {
            scan_unit(scan);
        }
    }
    return *scan->at == '\0';
}

/* Replacing “200” by “2023” throughout a paper makes 12023余吨 of 1200余吨 and 20234处 of 2004处.
 */
static bool looks_replaced(const Scan *scan, bool bare)
{
    char whole[INFER_BYTES];
    if (bare || scan->whole < 5) {
        return false;
    }
    memcpy(whole, scan->digits, (size_t)scan->whole);
    whole[scan->whole] = '\0';
    return strstr(whole, "2023") || strstr(whole, "2024") || strstr(whole, "2025");
}

static bool assemble(Scan *scan, Decimal *out)
{
    int count = scan->whole + scan->decimals, scale = scan->decimals - scan->shift;
    int64_t value = 0;
    for (int i = 0; i < count; i++) {
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, scan->digits[i] - '0', &value)) {
            return false;
        }
    }
    for (; scale < 0; scale++) {
        if (__builtin_mul_overflow(value, 10, &value)) {
            return false;
        }
    }
    /* 5.55E-17, what Excel's subtraction leaves of zero: digits so far behind the stored ones are
     * cut. */
    for (; scale > SCAN_DECIMALS; scale--) {
        value /= 10;
    }
    *out = (Decimal){scan->negative ? -value : value, scale};
    return true;
}

static void mark_code(Scan *scan)
{
    bool zero = scan->whole > 1 && scan->digits[0] == '0' && scan->decimals == 0;
    if (zero || (scan->whole > STORE_DIGITS && scan->decimals == 0)) {
        scan->flags |= NUMBER_CODE;
    }
}

/* Excel's text marks: '0123 and ="0123". Returns what they enclose. */
static const char *unmark(char *text, size_t length, unsigned *flags)
{
    if (text[0] == '\'' && text[1]) {
        *flags |= NUMBER_UNUSUAL;
        return text + 1;
    }
    if (length >= 4 && text[0] == '=' && text[1] == '"' && text[length - 1] == '"') {
        *flags |= NUMBER_UNUSUAL;
        text[length - 1] = '\0';
        return text + 2;
    }
    return text;
}

static bool finish(Scan *scan, NumberCell *out)
{
    static const Decimal bound = {1000000000000, 0}; /* the first of STORE_DIGITS + 1 digits */
    mark_code(scan);
    if (!assemble(scan, &out->value) || decimal_cmp(decimal_abs(out->value), bound) >= 0) {
        scan->flags |= NUMBER_TOO_LARGE;
    }
    out->flags = scan->flags;
    return true;
}

/* The cells that are nearly all of them: up to 12 plain digits with at most 6 decimals. */
static bool plain_number(const char *cell, NumberCell *out)
{
    const char *at = cell + (*cell == '-');
    int digits = 0, scale = -1;
    int64_t value = 0;
    bool zero = at[0] == '0' && is_digit(at[1]);
    for (; digits <= STORE_DIGITS; at++) {
        if (is_digit(*at)) {
            value = value * 10 + (*at - '0');
            digits++;
            scale += scale >= 0;
        } else if (*at == '.' && scale < 0) {
            scale = 0;
        } else {
            break;
        }
    }
    if (*at != '\0' || digits == 0 || digits > STORE_DIGITS || scale > DECIMAL_STORE_SCALE ||
        zero) {
        return false;
    }
    *out = (NumberCell){{*cell == '-' ? -value : value, scale < 0 ? 0 : scale}, 0};
    return true;
}

/* Most texts are known not to be numbers by their first character. */
static bool may_be_number(const char *cell)
{
    unsigned char first = (unsigned char)*cell;
    if (first < 0x80) {
        return is_digit(*cell) || (first && strchr(" \t\r\n+-.'=", first));
    }
    bool folded = first == 0xEF || first == 0xC2 || first == 0xE2 || first == 0xE3;
    return folded || strncmp(cell, "约", 3) == 0 || strncmp(cell, "近", 3) == 0 ||
           strncmp(cell, "大约", 6) == 0;
}

bool infer_number(const char *cell, const char *unit, NumberCell *out)
{
    if (plain_number(cell, out)) {
        return true;
    }
    if (!may_be_number(cell)) {
        return false;
    }
    char text[INFER_BYTES];
    size_t length = infer_fold(cell, text);
    if (length == 0) {
        return false;
    }
    Scan scan = {.unit = unit};
    scan.at = unmark(text, length, &scan.flags);
    if (!strstr(cell, text)) {
        scan.flags |= NUMBER_UNUSUAL; /* something was folded, not only trimmed */
    }
    scan_prefix(&scan);
    if (!scan_digits(&scan) || !scan_exponent(&scan)) {
        return false;
    }
    bool bare = *scan.at == '\0';
    if (!scan_suffix(&scan)) {
        return false;
    }
    if (looks_replaced(&scan, bare)) {
        scan.flags |= NUMBER_SUSPICIOUS;
    }
    return finish(&scan, out);
}

/* ---- texts and heads ---- */

bool infer_excel_error(const char *cell)
{
    static const char *const errors[] = {
        "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!"};
    char text[INFER_BYTES];
    if ((*cell != '#' && *cell != ' ') || infer_fold(cell, text) == 0 || *text != '#') {
        return false;
    }
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (strcmp(text, errors[i]) == 0) {
            return true;
        }
    }
    return text[1] == '#' && text[strspn(text, "#")] == '\0';
}

static bool has_blank_end(const char *cell)
{
    const char *at = cell, *last = cell + strlen(cell);
    if (at == last) {
        return false;
    }
    while (--last > cell && ((unsigned char)*last & 0xC0) == 0x80) {
        continue;
    }
    return utf8_is_blank(utf8_next(&at)) || utf8_is_blank(utf8_next(&last));
}

const char *infer_text(Arena *arena, const char *cell)
{
    if (*cell == '\'' || *cell == '=') {
        unsigned flags = 0;
        char *copy = utf8_trim(arena, cell);
        const char *inner = unmark(copy, strlen(copy), &flags);
        bool counts = copy[0] == '=' || is_digit(inner[0]);
        return counts ? inner : utf8_trim(arena, cell);
    }
    return has_blank_end(cell) ? utf8_trim(arena, cell) : cell;
}

bool infer_is_day_name(const char *name)
{
    static const char *const ends[] = {"日期", "时限", "期限", "完工", "竣工"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (utf8_ends_with(name, ends[i])) {
            return true;
        }
    }
    return false;
}

bool infer_is_code_name(const char *name)
{
    static const char *const ends[] = {"编号", "号", "编码", "代码"};
    static const char *const parts[] = {"电话", "手机", "身份证"};
    if (strcmp(name, "序号") == 0 || utf8_ends_with(name, "销号")) {
        return false; /* counts rows; how many were closed */
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (utf8_ends_with(name, ends[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(name, parts[i])) {
            return true;
        }
    }
    return false;
}

/* The bracket that closes at the end of `name`: where it opens, or NULL. */
static char *last_bracket(char *name)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}, {"【", "】"}, {"〔", "〕"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (!utf8_ends_with(name, pairs[i][1])) {
            continue;
        }
        char *open = NULL, *at = name;
        while ((at = strstr(at, pairs[i][0]))) {
            open = at++;
        }
        return open && open > name ? open : NULL;
    }
    return NULL;
}

static void read_bracket(Arena *arena, const char *inner, Head *head)
{
    size_t length = strlen(inner);
    char *marks = arena_strdup(arena, inner);
    if (utf8_ends_with(marks, "分") && length > 3) {
        marks[length - 3] = '\0'; /* (15分) */
    }
    if (strcmp(inner, "%") == 0) {
        head->is_ratio = true;
    } else if (decimal_parse(marks, &head->full_marks)) {
        head->has_full_marks = true;
    } else {
        head->unit = inner;
    }
}

Head infer_head(Arena *arena, const char *text)
{
    char *name = utf8_fold(arena, text);
    Head head = {.name = name};
    char *open = last_bracket(name);
    if (!open) {
        return head;
    }
    const char *inside = open;
    utf8_next(&inside);
    size_t length = strlen(inside);
    size_t bracket = (unsigned char)inside[length - 1] < 0x80 ? 1 : 3;
    char *inner = utf8_trim(arena, arena_strndup(arena, inside, length - bracket));
    if (*inner == '\0') {
        return head;
    }
    read_bracket(arena, inner, &head);
    head.name = utf8_trim(arena, arena_strndup(arena, name, (size_t)(open - name)));
    return head;
}
