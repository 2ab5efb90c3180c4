/* Breaking and justifying: properties over random paragraphs, and the adjustment rules of
 * typesetting.md 10.4–10.6. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "typeset/linebreak.h"
#include "typeset/text_internal.h"
#include "typeset_fixture.h"

enum { PARAGRAPHS = 6000 };

static const char HAN[] = "国务院关于做好数字政府建设工作的通知镇村人居环境整治喆玥";
static const char MARKS[] = "，。、；：？！（）《》“”‘’〔〕【】·～％/…—";
static const char LATIN[] = " AI+IPv6 , WiFi 2.4 (GPS) e-mail No.";

static uint32_t random_state;

/* A generator of our own: the same paragraphs on every machine. */
static int random_below(int limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (int)((random_state >> 8) % (uint32_t)limit);
}

static void add_random_char(char **end, const char *from)
{
    int skip = random_below((int)utf8_count(from, strlen(from)));
    uint32_t code = utf8_next(&from);
    while (skip-- > 0) {
        code = utf8_next(&from);
    }
    *end += utf8_encode(code, *end);
    if (code == 0x2014 || code == 0x2026) {
        *end += utf8_encode(code, *end);
    }
}

static char *random_paragraph(Arena *arena)
{
    static const char *const WORDS[] = {" AI+IPv6 ", "GPS", " e-mail ", "2.4", "No.5"};
    int length = 3 + random_below(260);
    char *text = arena_alloc(arena, (size_t)length * 12 + 16), *end = text;
    for (int i = 0; i < length; i++) {
        int dice = random_below(100);
        if (dice < 72) {
            add_random_char(&end, HAN);
        } else if (dice < 89) {
            add_random_char(&end, MARKS);
        } else if (dice < 96) {
            end += snprintf(end, 12, "%d", random_below(100000));
        } else {
            const char *word = WORDS[random_below(5)];
            memcpy(end, word, strlen(word));
            end += strlen(word);
        }
    }
    *end = '\0';
    return text;
}

/* ---------------------------------------------------------------- one paragraph */

static bool forbidden_start(const Box *box)
{
    switch ((CharClass)box->class) {
    case CLASS_CLOSE:
    case CLASS_PAUSE:
    case CLASS_STOP:
    case CLASS_CONNECTOR:
    case CLASS_MIDDLE:
    case CLASS_SOLIDUS:
    case CLASS_SUFFIX:
    case CLASS_NOTE:
        return true;
    default:
        return false;
    }
}

static bool forbidden_end(const Box *box)
{
    return box->class == CLASS_OPEN || box->class == CLASS_SOLIDUS;
}

static Length visible_width(const Box *boxes, int first, int end)
{
    Length width = 0;
    for (int i = first; i < linebreak_visible_end(boxes, first, end); i++) {
        width += boxes[i].width;
    }
    return width;
}

static void check_line(const TextLine *line, bool last, Length measure)
{
    const Box *boxes = line->shaped->boxes;
    Length width = visible_width(boxes, line->first, line->end);
    if (last) {
        assert_in_range(width, 0, measure);
    } else {
        assert_int_equal(width, measure);
    }
    assert_int_equal(width, line->width);
    if (line->first > 0) {
        assert_false(forbidden_start(&boxes[line->first]));
        assert_int_not_equal(boxes[line->first].break_before, BREAK_NEVER);
    }
    int end = linebreak_visible_end(boxes, line->first, line->end);
    assert_true(last || !forbidden_end(&boxes[end - 1]));
    for (int i = line->first; i < end; i++) {
        Length least = boxes[i].class == CLASS_MIDDLE || boxes[i].class == CLASS_SOLIDUS
                           ? boxes[i].style->cell / 2
                           : boxes[i].style->cell / 2 - 2;
        assert_true(!boxes[i].wide || boxes[i].width >= least);
    }
}

/* 孤字不成行: the last line holds two cells of text, unless there is but one line. */
static bool is_orphan(const TextLine *line)
{
    Length body = 0;
    const Box *boxes = line->shaped->boxes;
    for (int i = line->first; i < line->end; i++) {
        bool counts = boxes[i].class == CLASS_HAN || boxes[i].class == CLASS_DIGIT ||
                      boxes[i].class == CLASS_WESTERN || boxes[i].class == CLASS_SUFFIX ||
                      boxes[i].class == CLASS_PREFIX;
        body += counts ? boxes[i].width : 0;
    }
    return body < BODY_CELL * 2 - 64;
}

/* The runs of a page, joined, are the text; in each, clusters cover bytes and glyphs. */
static void check_runs(const Page *page, const char *text)
{
    for (size_t i = 0; i < page->mark_count; i++) {
        const GlyphRun *run = &page->marks[i].run;
        int bytes = 0, glyphs = 0;
        for (int k = 0; k < run->cluster_count; k++) {
            assert_true(run->clusters[k].bytes > 0);
            bytes += run->clusters[k].bytes;
            glyphs += run->clusters[k].glyphs;
        }
        assert_int_equal(bytes, run->text_bytes);
        assert_int_equal(glyphs, run->glyph_count);
        for (int k = 0; k < run->glyph_count; k++) {
            assert_int_not_equal(run->glyphs[k].id, 0);
        }
        assert_memory_equal(run->text, text, (size_t)run->text_bytes);
        text += run->text_bytes;
    }
    assert_string_equal(text, "");
}

/* Returns whether it ends in an orphan. */
static bool check_paragraph(Typesetter *ts, const char *text)
{
    Length cell = BODY_CELL, measure = LENGTH_MM(156);
    LineSpec spec = {
        .measure = measure, .first_indent = cell * 2, .align = ALIGN_JUSTIFY, .no_orphan = true};
    TextPiece piece = {.style = fixture_style(ROLE_BODY), .text = text};
    TextLines *lines = text_break(ts, &piece, &spec);
    Pages *pages = pages_new(ts->arena);
    Page *page = pages_add(pages, LENGTH_MM(210), LENGTH_MM(297));
    for (int i = 0; i < lines->count; i++) {
        bool last = i + 1 == lines->count;
        check_line(lines->lines[i], last, i == 0 ? measure - cell * 2 : measure);
        text_put_line(ts, page, lines->lines[i], 0, 0, last ? TEXT_NEW_LINE : TEXT_GOES_ON);
    }
    check_runs(page, text);
    return lines->count > 1 && is_orphan(lines->lines[lines->count - 1]);
}

static void test_random_paragraphs(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, HAN);
    fixture_cut(&f, MARKS);
    fixture_cut(&f, LATIN);
    fixture_cut(&f, "0123456789");
    Arena *arena = arena_new();
    Typesetter ts = f.ts;
    ts.arena = arena;
    int orphans = 0;
    for (int i = 0; i < PARAGRAPHS; i++) {
        random_state = (uint32_t)i * 2654435761u + 12345u;
        orphans += check_paragraph(&ts, random_paragraph(arena));
        arena_reset(arena);
    }
    /* A long word before the last line may leave no other way. */
    assert_in_range(orphans, 0, PARAGRAPHS / 200);
    arena_free(arena);
    fixture_close(&f);
}

/* Columns of one to eight cells, as in tables: rules give way, but no text is lost and nothing is
 * wider than it must be. */
static void test_narrow_measures(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, HAN);
    fixture_cut(&f, MARKS);
    fixture_cut(&f, LATIN);
    fixture_cut(&f, "0123456789");
    for (int i = 0; i < 400; i++) {
        random_state = (uint32_t)i * 2246822519u + 99u;
        const char *text = random_paragraph(f.arena);
        TextPiece piece = {.style = fixture_style(ROLE_SONG), .text = text};
        LineSpec spec = {.measure = BODY_CELL * (1 + i % 8), .align = ALIGN_LEFT};
        TextLines *lines = text_break(&f.ts, &piece, &spec);
        Page *page = pages_add(f.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
        for (int k = 0; k < lines->count; k++) {
            const TextLine *line = lines->lines[k];
            assert_true(line->end > line->first);
            assert_true(line->width <= spec.measure || line->end - line->first == 1);
            text_put_line(&f.ts, page, line, 0, 0, TEXT_GOES_ON);
        }
        check_runs(page, text);
    }
    fixture_close(&f);
}

/* ---------------------------------------------------------------- single rules */

static TextLines *set_lines(Fixture *f, const char *text, Length measure, Length indent)
{
    TextPiece *piece = ARENA_NEW(f->arena, TextPiece);
    *piece = (TextPiece){.style = fixture_style(ROLE_BODY), .text = text};
    LineSpec spec = {
        .measure = measure, .first_indent = indent, .align = ALIGN_JUSTIFY, .no_orphan = true};
    return text_break(&f->ts, piece, &spec);
}

static char *repeat(Arena *arena, const char *text, int times)
{
    char *all = arena_alloc(arena, strlen(text) * (size_t)times + 1);
    for (int i = 0; i < times; i++) {
        memcpy(all + strlen(text) * (size_t)i, text, strlen(text));
    }
    return all;
}

static void test_full_line_is_28_cells(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, HAN);
    TextLines *lines =
        set_lines(&f, repeat(f.arena, "国务院关于做好数字政府建设工作", 8), LENGTH_MM(156), 0);
    const TextLine *line = lines->lines[1];
    assert_int_equal(line->end - line->first, 28);
    Length x = 0;
    for (int i = line->first; i < line->end; i++) {
        const Box *box = &line->shaped->boxes[i];
        /* Each glyph in the middle of its cell, and the cell on the grid to a few units. */
        Length grid = (Length)((int64_t)LENGTH_MM(156) * (i - line->first) / 28);
        assert_in_range(x - grid + 8, 0, 16);
        assert_int_equal(box->offset, (BODY_CELL - box->natural) / 2);
        x += box->width;
    }
    assert_int_equal(x, LENGTH_MM(156));
    fixture_close(&f);
}

/* Pairs of marks and the cells they take together, in halves (typesetting.md 10.4, 2; GB/T 15834
 * 5.1.2). */
static const struct {
    const char *text;
    int halves;
} PAIRS[] = {
    {"，“", 3},
    {"。”", 3},
    {"”，", 3},
    {"））", 3},
    {"（《", 3},
    {"》、", 3},
    {"》《", 3},
    {"：“", 3},
    {"？！", 2},
    {"！！", 2},
    {"！！！", 4},
    {"。”）", 4},
    {"，（“", 4},
    {"（）", 4},
    {"——", 4},
    {"……", 4},
    {"甲，", 4},
    {"“甲", 4},
    {"·", 1},
    {"／", 1},
    {"12", 2},
    {"1", 1},
    {"％", 2},
    {"～", 2},
};

static void test_pairs(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        fixture_cut(&f, PAIRS[i].text);
    }
    TextStyle style = fixture_style(ROLE_BODY);
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        Length width = text_width(&f.ts, &style, PAIRS[i].text);
        Length wanted = (Length)((int64_t)style.cell * PAIRS[i].halves / 2);
        assert_in_range(width - wanted + 4, 0, 8);
    }
    fixture_close(&f);
}

static int line_boxes(const TextLines *lines, int line)
{
    return lines->lines[line]->end - lines->lines[line]->first;
}

/* Ten cells to a line. */
static void test_adjustment(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "甲乙丙丁戊己庚辛壬癸，。“”《》、35个（）12");
    Length measure = BODY_CELL * 10;
    /* A mark that comes eleventh is pushed in: half from the line's end, half from the comma. */
    TextLines *lines = set_lines(&f, "甲乙丙，丁戊己庚辛壬。癸甲乙丙", measure, 0);
    assert_int_equal(line_boxes(lines, 0), 11);
    /* With nothing to squeeze it takes the tenth character along to the next line. */
    lines = set_lines(&f, "甲乙丙丁戊己庚辛壬癸。甲乙丙", measure, 0);
    assert_int_equal(line_boxes(lines, 0), 9);
    /* A mark that fits whole at the line's end keeps its cell, and the line its grid. */
    lines = set_lines(&f, "甲乙丙丁戊己庚辛壬。甲乙丙", measure, 0);
    assert_int_equal(line_boxes(lines, 0), 10);
    assert_int_equal(lines->lines[0]->shaped->boxes[9].width, BODY_CELL);
    /* An opening mark at the start of a line loses its left half, but not in the first, indented
     * line. */
    lines = set_lines(&f, "甲乙丙丁戊己庚辛壬癸“甲乙丙丁戊己庚辛壬癸甲”", measure, 0);
    assert_in_range(lines->lines[1]->shaped->boxes[10].width, BODY_CELL / 2 - 4, BODY_CELL * 2 / 3);
    lines = set_lines(&f, "“甲乙”丙丁戊己庚辛壬癸", measure, BODY_CELL * 2);
    assert_int_equal(lines->lines[0]->shaped->boxes[0].width, BODY_CELL);
    /* A word longer than a line is broken where it fills the line; a shorter one goes over whole.
     */
    lines = set_lines(&f, "甲乙丙丁戊己庚12121212121212121212121，乙丙", measure, 0);
    assert_int_equal(line_boxes(lines, 0), 13);
    lines = set_lines(&f, "甲乙丙丁戊己1212121212，乙丙", measure, 0);
    assert_int_equal(line_boxes(lines, 0), 6);
    /* A number goes with its measure word. */
    lines = set_lines(&f, "甲乙丙丁戊己庚辛壬35个甲乙丙", measure, 0);
    assert_int_equal(line_boxes(lines, 0), 9);
    fixture_close(&f);
}

/* All marks of a line give way alike: brackets are not set tight while commas stay wide. */
static void test_even_squeeze(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "甲乙丙丁戊己庚辛壬癸，、。（）35个");
    TextLines *lines = set_lines(&f, "甲（乙）丙，丁、戊35个。己庚辛壬", BODY_CELL * 21 / 2, 0);
    assert_int_equal(line_boxes(lines, 0), 13);
    const Box *boxes = lines->lines[0]->shaped->boxes;
    static const int MARKS_AT[] = {1, 3, 5, 7};
    for (int i = 0; i < 4; i++) {
        assert_in_range(boxes[MARKS_AT[i]].width, BODY_CELL * 65 / 100, BODY_CELL * 85 / 100);
    }
    fixture_close(&f);
}

/* Brackets at the ends of a centred line: both lose their blank, so that its ink is centred. */
static void test_centred_brackets(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "（甲乙）");
    TextPiece piece = {.style = fixture_style(ROLE_KAI), .text = "（甲乙）"};
    LineSpec spec = {.measure = BODY_CELL * 10, .align = ALIGN_CENTRE};
    const TextLine *line = text_break(&f.ts, &piece, &spec)->lines[0];
    assert_in_range(line->width, BODY_CELL * 3 - 64, BODY_CELL * 7 / 2);
    assert_int_equal(line->left, (BODY_CELL * 10 - line->width) / 2);
    assert_in_range(line->shaped->boxes[0].width - line->shaped->boxes[3].width + 128, 0, 256);
    /* A short text likewise, though only one end has a mark: 甲乙（甲） is no longer than it looks.
     */
    Page *page = pages_add(f.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    TextStyle style = fixture_style(ROLE_KAI);
    text_put(&f.ts, page, &style, "甲乙（甲）", 0, 0, ALIGN_CENTRE, TEXT_NEW_LINE);
    Length left = -page->marks[0].run.glyphs[0].x;
    assert_in_range(left, BODY_CELL * 22 / 10, BODY_CELL * 24 / 10);
    fixture_close(&f);
}

static void test_orphan(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "甲乙丙丁戊己庚辛壬癸。");
    Length measure = BODY_CELL * 10;
    /* 21 characters on lines of ten: the last would stand alone. */
    TextLines *lines = set_lines(&f, "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲。", measure, 0);
    assert_int_equal(lines->count, 3);
    assert_int_equal(line_boxes(lines, 2), 3);
    lines = set_lines(&f, "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸。", measure, 0);
    assert_int_equal(lines->count, 3);
    assert_int_equal(line_boxes(lines, 2), 3);
    fixture_close(&f);
}

/* Overlapping glyphs share a cluster (engine.md 1.5), others do not. */
static void test_clusters(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "甲，“乙丙");
    Page *page = pages_add(f.ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    TextStyle style = fixture_style(ROLE_BODY);
    text_put(&f.ts, page, &style, "甲，“乙丙", 0, 0, ALIGN_LEFT, TEXT_NEW_LINE);
    assert_int_equal(page->mark_count, 1);
    const GlyphRun *run = &page->marks[0].run;
    static const int BYTES[] = {3, 6, 3, 3};
    assert_int_equal(run->cluster_count, 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(run->clusters[i].bytes, BYTES[i]);
    }
    /* So do the blank of a caption and what stands beside it: no column begins there. */
    fixture_cut(&f, "表1　甲");
    text_put(&f.ts, page, &style, "表1　甲乙", 0, 0, ALIGN_LEFT, TEXT_NEW_LINE);
    run = &page->marks[page->mark_count - 1].run;
    assert_int_equal(run->clusters[run->cluster_count - 2].bytes, strlen("1　甲"));
    fixture_close(&f);
}

static int put_row(Fixture *f, Length second_x, const GlyphRun **first)
{
    Page *page = pages_add(f->ts.pages, LENGTH_MM(210), LENGTH_MM(297));
    TextStyle style = fixture_style(ROLE_SONG);
    const TextLabel labels[] = {{"甲乙", LENGTH_PT(50), 90, TEXT_TAB},
        {"丙", second_x, 40, TEXT_GOES_ON}, {"丁", second_x, 70, TEXT_TAB}};
    text_put_row(&f->ts, page, &style, labels, 3, TEXT_NEW_LINE);
    *first = &page->marks[0].run;
    return (int)page->mark_count;
}

/* Labels far apart are one cluster, whose text keeps their order; not where the last stands left of
 * the first, for then Poppler would take their extent for negative. */
static void test_rows_of_labels(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "甲乙丙丁 ");
    const GlyphRun *run;
    assert_int_equal(put_row(&f, LENGTH_PT(300), &run), 1);
    assert_int_equal(run->cluster_count, 1);
    assert_int_equal(run->clusters[0].glyphs, 4);
    assert_memory_equal(run->text, "甲乙 丙丁", (size_t)run->text_bytes);
    assert_int_equal(run->text_bytes, strlen("甲乙 丙丁"));
    assert_int_equal(run->glyphs[2].x, run->glyphs[3].x);
    assert_int_equal(run->glyphs[3].y - run->glyphs[2].y, 30);
    assert_int_equal(put_row(&f, LENGTH_PT(10), &run), 3);
    fixture_close(&f);
}

static void test_notes_and_alignment(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    fixture_cut(&f, "甲乙①②");
    TextPiece second = {.style = fixture_style(ROLE_BODY), .text = "乙", .note_number = 2};
    TextPiece first = {.style = fixture_style(ROLE_BODY),
        .text = "甲",
        .note_number = 1,
        .line_break = true,
        .next = &second};
    LineSpec spec = {.measure = BODY_CELL * 10, .align = ALIGN_RIGHT};
    TextLines *lines = text_break(&f.ts, &first, &spec);
    assert_int_equal(lines->count, 2);
    int numbers[4];
    assert_int_equal(text_line_notes(lines->lines[0], numbers, 4), 1);
    assert_int_equal(numbers[0], 1);
    assert_int_equal(text_line_notes(lines->lines[1], numbers, 4), 1);
    assert_int_equal(numbers[0], 2);
    assert_int_equal(lines->lines[0]->left + lines->lines[0]->width, BODY_CELL * 10);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_paragraphs),
        cmocka_unit_test(test_narrow_measures),
        cmocka_unit_test(test_full_line_is_28_cells),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_adjustment),
        cmocka_unit_test(test_even_squeeze),
        cmocka_unit_test(test_centred_brackets),
        cmocka_unit_test(test_orphan),
        cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_rows_of_labels),
        cmocka_unit_test(test_notes_and_alignment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
