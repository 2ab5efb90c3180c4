/* floor WORKERS FOLDER TAPE...: plays tapes on Cairo's PDF surface, passes each PDF once through
 * qpdf with the settings of ours, and writes FOLDER/TAPE.pdf. No template, no data, no layout, no
 * shaping, no cutting of fonts, no metadata, no patterns: what any program on Cairo and qpdf pays
 * for these glyphs and lines. */
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <fcntl.h>
#include <qpdf/qpdf-c.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tape.h"

typedef struct Player {
    const char *tape, *at;
    cairo_font_face_t *faces[TAPE_FONTS];
    cairo_scaled_font_t *scaled[TAPE_FONTS];
    int face_count;
    cairo_t *cr;
    char *pdf;
    size_t length, capacity;
} Player;

static _Noreturn void fail(const char *what)
{
    perror(what);
    _exit(1);
}

static const void *take(Player *p, size_t bytes)
{
    const char *item = p->at;
    p->at += tape_room(bytes);
    return item;
}

static cairo_status_t collect(void *closure, const unsigned char *bytes, unsigned int length)
{
    Player *p = closure;
    if (p->length + length > p->capacity) {
        p->capacity = 2 * (p->length + length);
        p->pdf = realloc(p->pdf, p->capacity);
        if (!p->pdf)
            return CAIRO_STATUS_NO_MEMORY;
    }
    memcpy(p->pdf + p->length, bytes, length);
    p->length += length;
    return CAIRO_STATUS_SUCCESS;
}

/* ---- fonts ---- */

static void done_face(void *face)
{
    FT_Done_Face(face);
}

static cairo_font_face_t *open_face(const void *bytes, size_t length)
{
    static FT_Library freetype;
    static const cairo_user_data_key_t key;
    FT_Face face;
    if ((!freetype && FT_Init_FreeType(&freetype)) ||
        FT_New_Memory_Face(freetype, bytes, (FT_Long)length, 0, &face))
        fail("font");
    cairo_font_face_t *made =
        cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    cairo_font_face_set_user_data(made, &key, face, done_face);
    return made;
}

static void play_font(Player *p)
{
    const TapeFont *item = take(p, sizeof *item);
    const void *bytes = take(p, (size_t)item->length);
    int at = p->face_count++;
    p->faces[at] = item->length ? open_face(bytes, (size_t)item->length)
                                : cairo_font_face_reference(p->faces[item->same]);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_matrix_t scale, device;
    cairo_matrix_init_scale(&scale, item->size, item->size);
    cairo_matrix_init_identity(&device);
    p->scaled[at] = cairo_scaled_font_create(p->faces[at], &scale, &device, options);
    cairo_font_options_destroy(options);
}

/* ---- marks ---- */

static void play_glyphs(Player *p)
{
    const TapeGlyphs *item = take(p, sizeof *item);
    const cairo_glyph_t *glyphs = take(p, (size_t)item->glyphs * sizeof *glyphs);
    const cairo_text_cluster_t *clusters = take(p, (size_t)item->clusters * sizeof *clusters);
    const char *text = take(p, (size_t)item->bytes);
    cairo_set_source_rgb(p->cr, item->color[0], item->color[1], item->color[2]);
    cairo_set_scaled_font(p->cr, p->scaled[item->font]);
    cairo_show_text_glyphs(
        p->cr, text, item->bytes, glyphs, item->glyphs, clusters, item->clusters, 0);
}

static void play_rect(Player *p)
{
    const TapeRect *item = take(p, sizeof *item);
    cairo_set_source_rgb(p->cr, item->color[0], item->color[1], item->color[2]);
    cairo_rectangle(p->cr, item->x, item->y, item->width, item->height);
    cairo_fill(p->cr);
}

static void trace(cairo_t *cr, const double *at, const unsigned char *ops, int count)
{
    enum { MOVE, LINE, CURVE, CLOSE }; /* PathOp */
    for (int i = 0; i < count; i++) {
        switch (ops[i]) {
        case MOVE:
            cairo_move_to(cr, at[0], at[1]);
            at += 2;
            break;
        case LINE:
            cairo_line_to(cr, at[0], at[1]);
            at += 2;
            break;
        case CURVE:
            cairo_curve_to(cr, at[0], at[1], at[2], at[3], at[4], at[5]);
            at += 6;
            break;
        case CLOSE:
            cairo_close_path(cr);
        }
    }
}

static void play_shape(Player *p)
{
    const TapeShape *item = take(p, sizeof *item);
    const double *points = take(p, 2 * sizeof(double) * (size_t)item->points);
    const unsigned char *ops = take(p, (size_t)item->ops);
    trace(p->cr, points, ops, item->ops);
    if (item->filled) {
        cairo_set_source_rgb(p->cr, item->fill[0], item->fill[1], item->fill[2]);
        cairo_fill_preserve(p->cr);
    }
    if (item->stroke_width > 0) {
        cairo_set_source_rgb(p->cr, item->stroke[0], item->stroke[1], item->stroke[2]);
        cairo_set_line_width(p->cr, item->stroke_width);
        cairo_set_dash(p->cr, item->dash, item->dash[0] > 0 ? item->dash[2] > 0 ? 4 : 2 : 0, 0);
        cairo_stroke_preserve(p->cr);
    }
    cairo_new_path(p->cr);
}

/* The PDF surface gets its size with each page. */
static void play_page(Player *p, bool first)
{
    const TapePage *item = take(p, sizeof *item);
    if (!first)
        cairo_show_page(p->cr);
    cairo_pdf_surface_set_size(cairo_get_target(p->cr), item->width, item->height);
}

static void play(Player *p)
{
    bool first = true;
    for (;;) {
        int64_t kind;
        memcpy(&kind, p->at, sizeof kind);
        switch ((TapeKind)kind) {
        case TAPE_FONT:
            play_font(p);
            break;
        case TAPE_PAGE:
            play_page(p, first);
            first = false;
            break;
        case TAPE_GLYPHS:
            play_glyphs(p);
            break;
        case TAPE_RECT:
            play_rect(p);
            break;
        case TAPE_SHAPE:
            play_shape(p);
            break;
        case TAPE_END:
            cairo_show_page(p->cr);
            return;
        }
    }
}

/* ---- a paper ---- */

static void paint(Player *p)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(collect, p, 595, 842);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    p->cr = cairo_create(surface);
    play(p);
    cairo_destroy(p->cr);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface))
        fail(cairo_status_to_string(cairo_surface_status(surface)));
    cairo_surface_destroy(surface);
    for (int i = 0; i < p->face_count; i++) {
        cairo_scaled_font_destroy(p->scaled[i]);
        cairo_font_face_destroy(p->faces[i]);
    }
}

static void write_file(const char *path, const unsigned char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd < 0 || write(fd, bytes, length) != (ssize_t)length || close(fd))
        fail(path);
}

/* As output/finish.c has qpdf write, with nothing mended. */
static void finish(const Player *p, const char *path)
{
    qpdf_data qpdf = qpdf_init();
    qpdf_silence_errors(qpdf);
    if (qpdf_read_memory(qpdf, "paper", p->pdf, p->length, NULL) & QPDF_ERRORS ||
        qpdf_init_write_memory(qpdf) & QPDF_ERRORS)
        fail("qpdf");
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
    qpdf_set_compress_streams(qpdf, QPDF_TRUE);
    if (qpdf_write(qpdf) & QPDF_ERRORS)
        fail("qpdf");
    write_file(path, qpdf_get_buffer(qpdf), qpdf_get_buffer_length(qpdf));
    qpdf_cleanup(&qpdf);
}

static void make_paper(const char *tape, const char *folder)
{
    struct stat stat;
    char path[4096];
    const char *name = strrchr(tape, '/');
    Player player = {0};
    int fd = open(tape, O_RDONLY);
    if (fd < 0 || fstat(fd, &stat))
        fail(tape);
    player.tape = player.at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (player.tape == MAP_FAILED)
        fail(tape);
    close(fd);
    paint(&player);
    snprintf(path, sizeof path, "%s/%s.pdf", folder, name ? name + 1 : tape);
    finish(&player, path);
    free(player.pdf);
    /* The tape stays mapped: Cairo keeps fonts for later, and they lie on it. */
}

int main(int argc, char **argv)
{
    int workers = argc > 3 ? argv[1][0] - '0' : 0, status, failed = 0;
    if (workers < 1 || workers > 9) {
        fprintf(stderr, "usage: floor WORKERS FOLDER TAPE...\n");
        return 2;
    }
    for (int k = 0; k < workers; k++) {
        if (workers > 1 && fork() != 0)
            continue;
        for (int i = 3 + k; i < argc; i += workers)
            make_paper(argv[i], argv[2]);
        if (workers > 1)
            _exit(0);
    }
    while (wait(&status) > 0)
        failed |= status;
    return failed != 0;
}
