#include "base/utf8.h"
#include "markup/xml.h"

/* XML 1.0 has tab, line feed and carriage return of the control characters. */
static bool is_character(uint32_t c)
{
    return (c >= 0x20 && c != 0xFFFE && c != 0xFFFF) || c == '\t' || c == '\n' || c == '\r';
}

void xml_escape(Buf *out, const char *text)
{
    for (uint32_t c; (c = utf8_next(&text));) {
        if (c == '&')
            buf_adds(out, "&amp;");
        else if (c == '<')
            buf_adds(out, "&lt;");
        else if (c == '"')
            buf_adds(out, "&quot;");
        else
            buf_addc(out, is_character(c) ? c : 0xFFFD);
    }
}

void xml_attribute(Buf *out, const char *name, const char *value)
{
    buf_addf(out, " %s=\"", name);
    xml_escape(out, value);
    buf_adds(out, "\"");
}

void xml_comment(Buf *out, const char *text)
{
    bool dash = false;
    buf_adds(out, "<!-- ");
    for (uint32_t c; (c = utf8_next(&text)); dash = c == '-') {
        buf_adds(out, dash && c == '-' ? " " : "");
        buf_addc(out, is_character(c) ? c : 0xFFFD);
    }
    buf_adds(out, " -->");
}
