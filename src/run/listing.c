#include "run/listing.h"

#include "base/utf8.h"
#include "output/csvwrite.h"
#include "output/sink.h"

enum { GAP = 2 };

Listing listing_new(Arena *arena, int column_count)
{
    return (Listing){.arena = arena, .column_count = column_count};
}

void listing_add(Listing *listing, const char *const *cells)
{
    listing->rows = arena_grow(
        listing->arena, listing->rows, listing->count, &listing->capacity, sizeof *listing->rows);
    for (int i = 0; i < listing->column_count; i++)
        listing->rows[listing->count][i] = cells[i] ? cells[i] : "";
    listing->count++;
}

const char *listing_line(Arena *arena, const char *text)
{
    Buf line = {0};
    while (*text)
        buf_addc(&line, utf8_printable(utf8_next(&text)));
    const char *kept = arena_strndup(arena, line.data ? line.data : "", line.length);
    buf_free(&line);
    return kept;
}

int listing_width(const char *text)
{
    int sum = 0;
    while (*text)
        sum += utf8_columns(utf8_printable(utf8_next(&text)));
    return sum;
}

static void print_row(
    const Listing *listing, const char *const *cells, const int *widths, FILE *out)
{
    int last = listing->column_count - 1;
    while (last > 0 && !*cells[last])
        last--;
    for (int i = 0; i <= last; i++) {
        fputs(listing_line(listing->arena, cells[i]), out);
        if (i < last)
            fprintf(out, "%*s", widths[i] + GAP - listing_width(cells[i]), "");
    }
    fputc('\n', out);
}

void listing_print(const Listing *listing, int indent, FILE *out)
{
    int widths[LISTING_COLUMNS] = {0};
    for (size_t r = 0; r < listing->count; r++) {
        for (int i = 0; i < listing->column_count; i++) {
            int width = listing_width(listing->rows[r][i]);
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
    for (size_t r = 0; r < listing->count; r++) {
        fprintf(out, "%*s", indent, "");
        print_row(listing, listing->rows[r], widths, out);
    }
}

bool listing_save(const Listing *listing, const char *path, Diags *diags)
{
    Buf text = {0};
    for (size_t r = 0; r < listing->count; r++)
        csv_write_row(&text, listing->rows[r], listing->column_count);
    bool done = sink_save(path, text.data ? text.data : "", text.length, diags);
    buf_free(&text);
    return done;
}
