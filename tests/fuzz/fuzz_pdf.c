/* Bytes of a PDF that is not ours: its pages measured, put into a volume, and imposed. Nothing may
 * crash or hang; what fails says why. */
#include <stdint.h>
#include <stdlib.h>
#include "output/finish.h"
#include "output/impose.h"
#include "paint/paint.h"

enum { PAGES = 4, CELLS = 2 }; /* more only cost time */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(bool done, const Diags *diags)
{
    if (done == diag_failed(diags))
        abort(); /* a failure without a message, or a message without failure */
}

static Pages *volume(Arena *arena, const PageForeign *foreign, const ForeignPage *sizes, long count)
{
    Pages *pages = pages_new(arena);
    pages->title = foreign->path;
    pages->date = (Date){2024, 6, 30};
    int number = pages_foreign(pages, foreign);
    for (long i = 0; i < count && i < PAGES; i++) {
        Page *page = pages_add(pages, sizes[i].width, sizes[i].height);
        page->foreign = number;
        page->foreign_page = (int)i;
        pages_outline(pages, 1, "外", (int)i, 0);
    }
    return pages;
}

static void put_into_volume(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    PageForeign foreign = {
        .path = "fuzz", .name = "fuzz", .bytes = (const char *)data, .length = size};
    ForeignPage *sizes;
    long count = finish_foreign_pages(arena, &foreign, &sizes, diags);
    judge(count > 0, diags);
    if (count > 0) {
        Buf painted = {0}, finished = {0};
        Pages *pages = volume(arena, &foreign, sizes, count);
        judge(paint_pdf(pages, &painted, diags) &&
                  finish_pdf(&painted, pages, NULL, &finished, diags),
            diags);
        buf_free(&painted);
        buf_free(&finished);
    }
    arena_free(arena);
}

static void impose(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    const Buf bytes = {.data = (char *)data, .length = size};
    ImposeSpec spec = {.booklet = true, .cells = CELLS, .size = SHEET_A3};
    Imposer *imposer = impose_open(arena, &spec, diags);
    ImposeSummary summary;
    Buf out = {0};
    bool done = impose_read(imposer, "fuzz", &bytes) >= 0;
    if (done) {
        long count = impose_page_count(imposer, 0);
        int paper = impose_paper(imposer, 0, 0, count < PAGES ? count : PAGES);
        done =
            paper >= 0 && impose_print(imposer, paper, 1) && impose_write(imposer, &out, &summary);
    }
    judge(done, diags);
    buf_free(&out);
    impose_close(imposer);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    put_into_volume(data, size);
    impose(data, size);
    return 0;
}
