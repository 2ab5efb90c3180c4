/* Years and the numbers of papers: 〔2024〕7号, 2024年, 二〇二四年. */
#include "base/buf.h"
#include "lint/lint_internal.h"

static const char32_t YEAR_DIGITS[] = U"一二三四五六七八九〇零○OＯ０";
static const char32_t ZEROS[] = U"零○OＯ０";

/* ---- numbers of papers (GB/T 9704 7.2.5) ---- */

/* The number behind the bracket: 7号, 第7号, 07号, with blanks or without; 0: there is none. */
static size_t serial_end(const uint32_t *c, size_t i, size_t *digits)
{
    size_t at = i + (c[i] == ' ');
    at += c[at] == U'第';
    size_t end = digits_end(c, at);
    *digits = at;
    if (end == at || end - at > 5)
        return 0;
    end += c[end] == ' ';
    return c[end] == U'号' ? end + 1 : 0;
}

static const char32_t OPENERS[] = U"(（[［【〖〔﹝〈《{｛";

/* 发(2024)7号 at its bracket: where it ends, 0: it is none. `year_end`: of the year, `digits`:
 * where the number begins. */
static size_t read_serial(const uint32_t *c, size_t i, size_t *year_end, size_t *digits)
{
    if (!has(OPENERS, c[i]) || !is_han(c[i - 1]))
        return 0;
    *year_end = digits_end(c, i + 1);
    if (!has(U")）]］】〗〕﹞〉》}｝", c[*year_end]) || (*year_end - i != 5 && *year_end - i != 3))
        return 0;
    return serial_end(c, *year_end + 1, digits);
}

size_t paper_number_end(const uint32_t *c, size_t i)
{
    size_t year_end = 0, digits = 0;
    return read_serial(c, i, &year_end, &digits);
}

static void judge_serial(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    size_t year_end = 0, digits = 0, end = read_serial(c, i, &year_end, &digits);
    if (!end)
        return;
    size_t number = digits;
    while (c[number] == '0' && is_digit(c[number + 1]))
        number++;
    char *mend = arena_printf(lint->arena, "〔%s%s〕%s", year_end - i == 3 ? "20" : "",
        line_text(lint, line, i + 1, year_end), line_text(lint, line, number, end));
    if (c[i] != U'〔' || c[year_end] != U'〕' || year_end - i == 3)
        lint_tell(lint, line, DIAG_W736, i, end, NULL, mend);
    else if (c[digits - 1] == U'第' || number != digits)
        lint_tell(lint, line, DIAG_W737, i, end, NULL, mend);
}

/* ---- years ---- */

static bool is_part_of_year(const uint32_t *c, size_t i)
{
    size_t digits = digits_end(c, i);
    if (has(U"度底初", c[i]))
        return true;
    if (digits > i && digits - i <= 2 && c[digits] == U'月')
        return true;
    return word_at(c + i, U"上半年") || word_at(c + i, U"下半年") || word_at(c + i, U"全年") ||
           (has(U"一二三四", c[i]) && c[i + 1] == U'季') || (c[i] == U'第' && c[i + 2] == U'季');
}

/* 24年6月 for 2024年6月 */
static void judge_short(Lint *lint, const Line *line, size_t i, size_t end)
{
    const uint32_t *c = line->c;
    int year = digits_value(c, i, end);
    if (end - i != 2 || c[end] != U'年' || (year > 39 && year < 90) ||
        !is_part_of_year(c, end + 1) || is_latin(c[i - 1]) ||
        has(U".,-/〇第近约过满历了超", c[i - 1]))
        return;
    lint_tell(lint, line, DIAG_W743, i, end + 1, NULL,
        arena_printf(lint->arena, "%d年", year + (year > 39 ? 1900 : 2000)));
}

/* 二零二四年, 二○二四年 */
static size_t judge_han(Lint *lint, const Line *line, size_t i)
{
    const uint32_t *c = line->c;
    size_t end = i, zeros = 0;
    Buf mend = {0};
    for (; end < i + 5 && has(YEAR_DIGITS, c[end]); end++) {
        zeros += has(ZEROS, c[end]);
        buf_addc(&mend, has(ZEROS, c[end]) ? U'〇' : c[end]);
    }
    buf_adds(&mend, "年");
    bool year = end - i == 4 && has(U"一二", c[i]) && c[end] == U'年' && zeros < 3 &&
                !has(HAN_DIGITS, c[i - 1]) && !is_latin(c[i - 1]);
    if (year && zeros)
        lint_tell(lint, line, DIAG_W744, i, end + 1, NULL,
            arena_strndup(lint->arena, mend.data, mend.length));
    buf_free(&mend);
    return end > i ? end : i + 1;
}

/* 2024年06月, 6月03日 */
static void judge_zero(Lint *lint, const Line *line, size_t i, size_t end)
{
    const uint32_t *c = line->c;
    bool month = c[i - 1] == U'年' && is_digit(c[i - 2]) && c[end] == U'月';
    bool day = c[i - 1] == U'月' && is_digit(c[i - 2]) && c[end] == U'日';
    if (end - i == 2 && c[i] == '0' && c[i + 1] != '0' && (month || day))
        lint_tell(lint, line, DIAG_W737, i, end + 1, NULL, line_text(lint, line, i + 1, end + 1));
}

void scan_years(Lint *lint, const Line *line)
{
    for (size_t i = line->first; i < line->end;) {
        uint32_t c = line->c[i];
        if (is_digit(c)) {
            size_t end = digits_end(line->c, i);
            if (line->piece->kind != LINT_DATE) {
                judge_short(lint, line, i, end);
                judge_zero(lint, line, i, end);
            }
            i = end;
        } else if (has(U"一二", c)) {
            i = judge_han(lint, line, i);
        } else {
            judge_serial(lint, line, i);
            i++;
        }
    }
}
