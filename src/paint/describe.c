#include "paint/describe.h"

#include <stdlib.h>
#include <string.h>

/* The position of a number among those seen so far, from 1. */
static size_t position_of(Buf *seen, unsigned long number)
{
    size_t count = seen->length / sizeof number;
    for (size_t i = 0; i < count; i++)
        if (memcmp(seen->data + i * sizeof number, &number, sizeof number) == 0)
            return i + 1;
    buf_add(seen, &number, sizeof number);
    return count + 1;
}

/* Cairo 1.16 names surfaces and pictures by numbers that count through the whole process, so that
 * the bytes would depend on what was painted before: counted anew, in the order in which they come.
 * The text of an embedded picture is passed over. */
static void renumber_surfaces(const Buf *svg, Buf *out)
{
    static const char *const WORDS[] = {"surface", "image", "\"data:"};
    Buf seen = {0};
    const char *from = svg->data;
    for (const char *at = from; *at; at++) {
        int word = *at == 's' || *at == 'i' || *at == '"' ? 0 : 3;
        while (word < 3 && strncmp(at, WORDS[word], strlen(WORDS[word])) != 0)
            word++;
        if (word == 3)
            continue;
        const char *end = at + strlen(WORDS[word]);
        if (word == 2) {
            at = strchr(end, '"');
        } else if (*end >= '0' && *end <= '9') {
            buf_add(out, from, (size_t)(end - from));
            char *behind;
            buf_addf(out, "%zu", position_of(&seen, strtoul(end, &behind, 10)));
            from = behind;
            at = behind - 1;
        }
    }
    buf_adds(out, from);
    buf_free(&seen);
}

static void add_descriptions(const Pages *pages, size_t page, Buf *out)
{
    bool any = false;
    for (size_t i = 0; i < pages->figure_count; i++) {
        const PageFigure *figure = &pages->figures[i];
        if (figure->page != (int)page)
            continue;
        if (!any) {
            buf_adds(out, "\n<title>");
            buf_add_xml(out, pages->title ? pages->title : figure->title);
            buf_adds(out, "</title>\n<desc>");
        } else {
            buf_adds(out, "\n");
        }
        buf_add_xml(out, figure->alt);
        any = true;
    }
    buf_adds(out, any ? "</desc>" : "");
}

void svg_describe(const Pages *pages, size_t page, const Buf *cairo_svg, Buf *out)
{
    Buf svg = {0};
    renumber_surfaces(cairo_svg, &svg);
    const char *root = strstr(svg.data, "<svg");
    const char *inside = root ? strchr(root, '>') : NULL;
    size_t head = inside ? (size_t)(inside + 1 - svg.data) : 0;
    buf_add(out, svg.data, head);
    if (inside)
        add_descriptions(pages, page, out);
    buf_add(out, svg.data + head, svg.length - head);
    buf_free(&svg);
}
