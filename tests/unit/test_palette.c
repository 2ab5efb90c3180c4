/* The palettes of charts: what tells two series apart must survive a grey printer, a copier and the
 * three common colour-blindnesses. Distances are ΔE of CIE 1976 in L*a*b*; the eyes of others are
 * those of Machado, Oliveira and Fernandes (2009) at full severity. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "typeset/chart/palette.h"

typedef struct Lab {
    double l, a, b;
} Lab;

static const double SIGHTS[][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
        {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
        {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602},
        {0.004733, 0.691367, 0.303900}},
};
enum { SIGHT_COUNT = sizeof SIGHTS / sizeof *SIGHTS };

static double linear(uint8_t tone)
{
    double part = tone / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double cube_root(double t)
{
    return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

static Lab seen(Color color, int sight)
{
    const double in[] = {linear(color.red), linear(color.green), linear(color.blue)};
    double out[3];
    for (int i = 0; i < 3; i++) {
        const double *row = SIGHTS[sight][i];
        out[i] = fmin(1, fmax(0, row[0] * in[0] + row[1] * in[1] + row[2] * in[2]));
    }
    double x = cube_root((0.4124 * out[0] + 0.3576 * out[1] + 0.1805 * out[2]) / 0.9505);
    double y = cube_root(0.2126 * out[0] + 0.7152 * out[1] + 0.0722 * out[2]);
    double z = cube_root((0.0193 * out[0] + 0.1192 * out[1] + 0.9505 * out[2]) / 1.089);
    return (Lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double distance(Lab a, Lab b)
{
    return sqrt((a.l - b.l) * (a.l - b.l) + (a.a - b.a) * (a.a - b.a) + (a.b - b.b) * (a.b - b.b));
}

static const SeriesStyle *style(ChartPalette palette, int index)
{
    return palette_series(palette, index, SERIES_LIMIT);
}

/* Calls `judge` for each two series. */
static void each_pair(
    ChartPalette palette, void (*judge)(const SeriesStyle *, const SeriesStyle *, int, int))
{
    for (int i = 0; i < SERIES_LIMIT; i++)
        for (int k = 0; k < i; k++)
            judge(style(palette, k), style(palette, i), k, i);
}

static void judge_lightness(const SeriesStyle *a, const SeriesStyle *b, int i, int k)
{
    double step = fabs(seen(a->fill, 0).l - seen(b->fill, 0).l);
    if (step < 8.5)
        fail_msg("colours %d and %d are %.1f of L* apart: one grey", i, k, step);
}

static void judge_hue(const SeriesStyle *a, const SeriesStyle *b, int i, int k)
{
    for (int sight = 0; sight < SIGHT_COUNT; sight++) {
        double apart = distance(seen(a->fill, sight), seen(b->fill, sight));
        if (apart < 25)
            fail_msg("sight %d: colours %d and %d are %.1f apart", sight, i, k, apart);
        apart = distance(seen(a->line, sight), seen(b->line, sight));
        if (apart < 18)
            fail_msg("sight %d: lines %d and %d are %.1f apart", sight, i, k, apart);
    }
}

static void test_colours(void **state)
{
    (void)state;
    each_pair(PALETTE_COLOUR, judge_lightness);
    each_pair(PALETTE_COLOUR, judge_hue);
}

/* The lines of a pattern and those of a chart show on white: 3 : 1 (WCAG 1.4.11). */
static void judge_contrast(Color color, int index, const char *what)
{
    double light =
        0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
    if (1.05 / (light + 0.05) < 3)
        fail_msg("%s %d is too light on white", what, index);
}

static void test_contrast(void **state)
{
    (void)state;
    for (ChartPalette palette = PALETTE_GREY; palette <= PALETTE_MONO; palette++)
        for (int i = 0; i < SERIES_LIMIT; i++) {
            const SeriesStyle *own = style(palette, i);
            judge_contrast(own->line, i, "line");
            if (own->pattern != PATTERN_SOLID && own->pattern != PATTERN_EMPTY)
                judge_contrast(own->fill, i, "pattern");
        }
}

/* Two fills differ by their pattern, or plain ones by their tone: 10 of L*. */
static void judge_fill(const SeriesStyle *a, const SeriesStyle *b, int i, int k)
{
    bool plain = a->pattern == PATTERN_SOLID && b->pattern == PATTERN_SOLID;
    if (a->pattern == b->pattern && !plain)
        fail_msg("fills %d and %d have one pattern", i, k);
    if (plain && fabs(seen(a->fill, 0).l - seen(b->fill, 0).l) < 10)
        fail_msg("fills %d and %d have one tone", i, k);
    if (i + 1 == k && plain)
        fail_msg("neighbours %d and %d are plain both", i, k);
}

static void judge_line(const SeriesStyle *a, const SeriesStyle *b, int i, int k)
{
    if (memcmp(a->dash, b->dash, sizeof a->dash) == 0)
        fail_msg("lines %d and %d have one dash", i, k);
    if (a->marker == b->marker && a->marker_filled == b->marker_filled)
        fail_msg("lines %d and %d have one marker", i, k);
}

static void test_pairs(void **state)
{
    (void)state;
    for (ChartPalette palette = PALETTE_GREY; palette <= PALETTE_MONO; palette++) {
        each_pair(palette, judge_fill);
        each_pair(palette, judge_line);
    }
}

static bool has_no_hue(Color color)
{
    return color.red == color.green && color.green == color.blue;
}

/* 灰度 is black ink alone, so that finish can write it as K; 单色 knows no grey either. */
static void test_ink(void **state)
{
    (void)state;
    for (int i = 0; i < SERIES_LIMIT; i++) {
        const SeriesStyle *grey = style(PALETTE_GREY, i), *mono = style(PALETTE_MONO, i);
        assert_true(has_no_hue(grey->fill) && has_no_hue(grey->line));
        assert_true(has_no_hue(mono->fill) && has_no_hue(mono->line));
        assert_true(mono->line.red == 0);
        assert_true(mono->fill.red == 0 || mono->pattern == PATTERN_EMPTY);
    }
}

/* Round a pie no slice is as the next, whatever their number. */
static void test_slices(void **state)
{
    (void)state;
    for (ChartPalette palette = PALETTE_GREY; palette <= PALETTE_MONO; palette++)
        for (int count = 2; count <= SLICE_LIMIT; count++)
            for (int i = 0; i < count; i++)
                assert_ptr_not_equal(palette_slice(palette, i, count),
                    palette_slice(palette, (i + 1) % count, count));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_contrast),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_ink),
        cmocka_unit_test(test_slices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
