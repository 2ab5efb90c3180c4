#include "paint/describe.h"

#include <string.h>

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

void svg_describe(const Pages *pages, size_t page, const Buf *svg, Buf *out)
{
    const char *root = strstr(svg->data, "<svg");
    const char *inside = root ? strchr(root, '>') : NULL;
    size_t head = inside ? (size_t)(inside + 1 - svg->data) : 0;
    buf_add(out, svg->data, head);
    if (inside)
        add_descriptions(pages, page, out);
    buf_add(out, svg->data + head, svg->length - head);
}
