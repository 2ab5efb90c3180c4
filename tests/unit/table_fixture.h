/* What the tests of tables share: fonts, tables made of texts, tables set page by page, and what
 * must hold of every page. */
#ifndef TESTS_TABLE_FIXTURE_H
#define TESTS_TABLE_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "typeset/table/table.h"

static const char HAN[] = "长塘大湾石桥新屋洋江龙潭白马红旗双溪枫树坪上柳林金鸡岭南山太平寺村";
static const char WORDS[] =
    "各村整治情况生活垃圾清理量户厕改造污水管网合计小本页序号第号单位吨个（）、，。%.,—−-"
    "0123456789";

static const char LABELS[] = "甲乙丙丁戊己庚辛壬癸"; /* nothing else has them */

static const Length X = LENGTH_MM(28), Y = LENGTH_MM(37), MEASURE = LENGTH_MM(156),
                    HEIGHT = LENGTH_MM(225);

typedef struct Fixture {
    Arena *arena;
    FontSet *fonts;
} Fixture;

static Fixture fixture;

static inline int open_fonts(void **state)
{
    (void)state;
    const char *folder = getenv("WENYIN_FONTS");
    fixture.arena = arena_new();
    fixture.fonts =
        fonts_open(fixture.arena, folder ? folder : "fonts/files", diag_new(fixture.arena));
    if (!fixture.fonts)
        return -1;
    DocTable plain = {.number = 1};
    Typesetter ts = {.arena = fixture.arena, .fonts = fixture.fonts};
    table_need(&ts, &plain);
    for (Role role = ROLE_HEI; role <= ROLE_SONG; role++) {
        fonts_need(fixture.fonts, role, HAN, (At){0});
        fonts_need(fixture.fonts, role, WORDS, (At){0});
        fonts_need(fixture.fonts, role, LABELS, (At){0});
    }
    return fonts_cut(fixture.fonts) ? 0 : -1;
}

static inline int close_fonts(void **state)
{
    (void)state;
    fonts_close(fixture.fonts);
    arena_free(fixture.arena);
    return 0;
}

/* ---------------------------------------------------------------- making tables */

static inline Cell cell(Arena *arena, const char *text, int column)
{
    Inline *content = text ? inline_text(arena, text, (At){0}) : NULL;
    return (Cell){.content = content, .column = column, .colspan = 1, .rowspan = 1};
}

/* `head` and then rows of `columns` texts; the last row is a total when it begins with 合计. */
static inline DocTable *make_table(Arena *arena, int columns, int rows, const char *const *texts)
{
    DocTable *table = ARENA_NEW(arena, DocTable);
    table->number = 3;
    table->caption = inline_text(arena, "各村整治情况", (At){0});
    table->columns = ARENA_ARRAY(arena, TableColumn, columns);
    table->column_count = columns;
    table->head_rows = 1;
    table->head = ARENA_ARRAY(arena, Cell, columns);
    table->head_cell_count = columns;
    for (int c = 0; c < columns; c++) {
        table->columns[c].align = c ? ALIGN_DECIMAL : ALIGN_CENTRE;
        table->head[c] = cell(arena, texts[c], c);
    }
    table->rows = ARENA_ARRAY(arena, TableRow, rows);
    table->row_count = rows;
    for (int r = 0; r < rows; r++) {
        table->rows[r] =
            (TableRow){.cells = ARENA_ARRAY(arena, Cell, columns), .cell_count = columns};
        for (int c = 0; c < columns; c++)
            table->rows[r].cells[c] = cell(arena, texts[(r + 1) * columns + c], c);
        table->rows[r].kind = strcmp(texts[(r + 1) * columns], "合计") ? ROW_BODY : ROW_TOTAL;
    }
    return table;
}

static uint32_t seed = 77;

static inline uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(seed >> 4) * limit) >> 28);
}

static inline const char *random_han(Arena *arena, int least, int most)
{
    Buf text = {0};
    int count = least + (int)random_below((uint32_t)(most - least + 1));
    for (int i = 0; i < count; i++)
        buf_add(&text, HAN + 3 * random_below((sizeof HAN - 1) / 3), 3);
    char *kept = arena_strdup(arena, text.data);
    buf_free(&text);
    return kept;
}

/* Columns of numbers, short names and long texts; heads of 2 to 8 characters, some with a unit. */
static inline DocTable *random_table(Arena *arena, int columns, int rows)
{
    const char **texts = ARENA_ARRAY(arena, const char *, columns *(rows + 1));
    Align *aligns = ARENA_ARRAY(arena, Align, columns);
    for (int c = 0; c < columns; c++) {
        uint32_t kind = random_below(4);
        aligns[c] = kind == 0 ? ALIGN_LEFT : kind == 1 ? ALIGN_CENTRE : ALIGN_DECIMAL;
        texts[c] =
            arena_printf(arena, "%s%s", random_han(arena, 1, 6), random_below(3) ? "" : "（吨）");
        for (int r = 1; r <= rows; r++)
            texts[r * columns + c] = kind == 0   ? random_han(arena, 1, 40)
                                     : kind == 1 ? (random_below(8) ? random_han(arena, 1, 5) : "")
                                     : random_below(9) == 0
                                         ? "—"
                                         : arena_printf(arena, random_below(2) ? "%u.%u" : "%u",
                                               random_below(9999), random_below(10));
    }
    DocTable *table = make_table(arena, columns, rows, texts);
    for (int c = 0; c < columns; c++)
        table->columns[c].align = aligns[c];
    return table;
}

/* ---------------------------------------------------------------- setting them */

typedef struct Setting {
    Typesetter ts;
    TableLayout *layout;
    Length measure, height; /* of the page */
    Length used;            /* on the last page */
} Setting;

static inline Setting *lay_out_in(Arena *arena, const DocTable *table, DocStyle style)
{
    Setting *setting = ARENA_NEW(arena, Setting);
    const DocStyle *kept = arena_copy(arena, &style, sizeof style);
    Length width = style.area.width, height = style.area.height;
    setting->ts = (Typesetter){.arena = arena,
        .fonts = fixture.fonts,
        .diags = diag_new(arena),
        .pages = pages_new(arena)};
    setting->layout = table_layout(&setting->ts, table, kept);
    bool turned = setting->layout && table_landscape(setting->layout);
    setting->measure = turned ? height : width;
    setting->height = turned ? width : height;
    return setting;
}

static inline Setting *lay_out(Arena *arena, const DocTable *table)
{
    return lay_out_in(arena, table, style_default(FORM_REPORT));
}

static inline Page *add_page(Setting *setting)
{
    Page *page = pages_add(setting->ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    page->turned = setting->layout && table_landscape(setting->layout);
    return page;
}

static inline Setting *set_table(Arena *arena, const DocTable *table)
{
    Setting *setting = lay_out(arena, table);
    for (int place = 0; setting->layout && !table_done(setting->layout, place);) {
        setting->used = table_place(
            &setting->ts, add_page(setting), setting->layout, &place, X, Y, setting->height, 0);
        assert_in_range(setting->used, 1, setting->height);
    }
    fonts_list(fixture.fonts, setting->ts.pages);
    return setting;
}

static inline char *captured(Arena *arena, void (*print)(const void *, FILE *), const void *what)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    print(what, out);
    fclose(out);
    char *copy = arena_strdup(arena, text);
    free(text);
    return copy;
}

static inline void print_text(const void *pages, FILE *out)
{
    pages_text(pages, out);
}

static inline void print_messages(const void *diags, FILE *out)
{
    diag_print(diags, out, DIAG_TEXT);
}

static inline Role run_role(const Setting *setting, const GlyphRun *run)
{
    const char *font = setting->ts.pages->fonts[run->font].name;
    return strstr(font, "Hei")                           ? ROLE_HEI
           : strstr(font, "Kai") || strstr(font, "Fang") ? ROLE_KAI
                                                         : ROLE_SONG;
}

static inline Length run_width(Setting *setting, const GlyphRun *run)
{
    TextStyle style = {.role = run_role(setting, run), .size = run->size};
    char *text = arena_strndup(setting->ts.arena, run->text, (size_t)run->text_bytes);
    return text_width(&setting->ts, &style, text);
}

/* x of the ink: a bracket at the head or the end of a centred line loses its blank half
 * (标点挤压). */
static inline Length ink_left(const GlyphRun *run)
{
    bool bracket = strncmp(run->text, "（", strlen("（")) == 0;
    return run->glyphs[0].x + (bracket ? run->size / 2 : 0);
}

static inline Length ink_right(Setting *setting, const GlyphRun *run)
{
    const char *end = run->text + run->text_bytes - strlen("）");
    bool bracket = run->text_bytes >= 3 && strncmp(end, "）", strlen("）")) == 0;
    return run->glyphs[0].x + run_width(setting, run) - (bracket ? run->size / 2 : 0);
}

static inline bool is_upright(const Rect *rule)
{
    return rule->height > rule->width;
}

/* The ink of a run, rather less than more. */
static inline Rect run_ink(Setting *setting, const GlyphRun *run)
{
    Length left = ink_left(run), baseline = run->glyphs[0].y;
    return (Rect){left + 2, baseline - run->size * 2 / 3, ink_right(setting, run) - left - 4,
        run->size * 3 / 4, {0}};
}

static inline bool rects_meet(const Rect *a, const Rect *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

static inline void check_rule(const Setting *setting, const Rect *rule)
{
    assert_in_range(rule->x, X, X + setting->measure);
    assert_in_range(rule->x + rule->width, X, X + setting->measure);
    assert_in_range(rule->y + rule->height, Y, Y + setting->height);
}

/* No text reaches into a rule or another text, and nothing leaves the measure. */
static inline void check_page(Setting *setting, const Page *page)
{
    Rect *inks = ARENA_ARRAY(setting->ts.arena, Rect, page->mark_count + 1);
    for (size_t i = 0; i < page->mark_count; i++) {
        const Mark *mark = &page->marks[i];
        if (mark->kind == MARK_RECT)
            check_rule(setting, &mark->rect);
        if (mark->kind != MARK_GLYPHS)
            continue;
        inks[i] = run_ink(setting, &mark->run);
        assert_true(inks[i].x >= X && inks[i].x + inks[i].width <= X + setting->measure);
        assert_true(inks[i].y >= Y && inks[i].y + inks[i].height <= Y + setting->height);
        for (size_t k = 0; k < page->mark_count; k++) {
            const Rect *rule = &page->marks[k].rect;
            if (page->marks[k].kind == MARK_RECT && rects_meet(&inks[i], rule))
                fail_msg("%.*s runs into a rule", mark->run.text_bytes, mark->run.text);
            if (k < i && page->marks[k].kind == MARK_GLYPHS && rects_meet(&inks[i], &inks[k]))
                fail_msg("%.*s runs into %.*s", mark->run.text_bytes, mark->run.text,
                    page->marks[k].run.text_bytes, page->marks[k].run.text);
        }
    }
}

/* The frame is closed on all sides: its four rules have one length each way. Returns it. */
static inline Rect check_frame(const Page *page)
{
    Length left = INT32_MAX, right = 0, top = INT32_MAX, bottom = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        const Rect *rule = &page->marks[i].rect;
        if (page->marks[i].kind != MARK_RECT)
            continue;
        left = rule->x < left ? rule->x : left;
        top = rule->y < top ? rule->y : top;
        right = rule->x + rule->width > right ? rule->x + rule->width : right;
        bottom = rule->y + rule->height > bottom ? rule->y + rule->height : bottom;
    }
    int sides = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        const Rect *rule = &page->marks[i].rect;
        if (page->marks[i].kind != MARK_RECT)
            continue;
        bool level = rule->x == left && rule->width == right - left;
        bool upright = rule->y == top && rule->height == bottom - top;
        sides += level && (rule->y == top || rule->y + rule->height == bottom);
        sides += upright && (rule->x == left || rule->x + rule->width == right);
    }
    assert_int_equal(sides, 4);
    return (Rect){left, top, right - left, bottom - top, {0}};
}

static inline DocTable *long_table(Arena *arena, int rows)
{
    const char **texts = ARENA_ARRAY(arena, const char *, 4 * (rows + 1));
    static const char *const head[] = {"村", "垃圾", "户厕", "管网"};
    memcpy(texts, head, sizeof head);
    for (int r = 1; r <= rows; r++) {
        texts[4 * r] = r == rows ? "合计" : arena_printf(arena, "村%d", r);
        for (int c = 1; c < 4; c++)
            texts[4 * r + c] = arena_printf(arena, "%d.%d", r, c);
    }
    return make_table(arena, 4, rows, texts);
}

static inline int occurrences(const char *text, const char *word)
{
    int count = 0;
    while ((text = strstr(text, word))) {
        count++;
        text += strlen(word);
    }
    return count;
}

static inline char *without_blanks(Arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) + 1), *end = out;
    for (; *text; text++)
        if (!strchr("\t\n ", *text))
            *end++ = *text;
    return out;
}

#endif
