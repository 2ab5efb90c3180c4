#include "output/content.h"

#include <stdbool.h>
#include <string.h>

typedef struct Token {
    size_t start, end;
} Token;

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return is_blank(c) || strchr("()<>[]{}/%", c) != NULL;
}

/* Behind a (…) string: parentheses nest, a backslash hides the next byte. */
static size_t skip_string(const char *p, size_t length, size_t at)
{
    int depth = 0;
    for (; at < length; at++) {
        if (p[at] == '\\')
            at++;
        else if (p[at] == '(')
            depth++;
        else if (p[at] == ')' && --depth == 0)
            return at + 1;
    }
    return length;
}

static bool next_token(const char *p, size_t length, size_t *at, Token *token)
{
    while (*at < length && is_blank(p[*at]))
        (*at)++;
    if (*at >= length)
        return false;
    token->start = *at;
    if (p[*at] == '(') {
        *at = skip_string(p, length, *at);
    } else {
        (*at)++;
        while (*at < length && !is_delimiter(p[*at]))
            (*at)++;
    }
    token->end = *at;
    return true;
}

static bool same(const char *p, Token a, Token b)
{
    return a.end - a.start == b.end - b.start &&
           memcmp(p + a.start, p + b.start, a.end - a.start) == 0;
}

static bool is_operator(const char *p, Token token, const char *name)
{
    size_t length = strlen(name);
    return token.end - token.start == length && memcmp(p + token.start, name, length) == 0;
}

size_t content_to_gray(const char *bytes, size_t length, Buf *out)
{
    Token last[3] = {{0, 0}}; /* the three tokens before this one */
    Token token;
    size_t at = 0, copied = 0, count = 0;
    while (next_token(bytes, length, &at, &token)) {
        bool fill = is_operator(bytes, token, "rg");
        if ((fill || is_operator(bytes, token, "RG")) && same(bytes, last[0], last[1]) &&
            same(bytes, last[1], last[2])) {
            buf_add(out, bytes + copied, last[1].start - copied);
            buf_adds(out, fill ? "g" : "G");
            copied = token.end;
            count++;
        }
        last[0] = last[1];
        last[1] = last[2];
        last[2] = token;
    }
    buf_add(out, bytes + copied, length - copied);
    return count;
}

/* The tokens of /P << /MCID 3 >> BDC; a << is two of them. */
enum { OPENING = 8, OPENING_KEY = 3 };

size_t content_mark(
    const char *bytes, size_t length, const char *const *openings, size_t count, Buf *out)
{
    Token last[OPENING] = {{0, 0}}, token; /* the last one is that in hand */
    size_t at = 0, copied = 0, found = 0;
    while (next_token(bytes, length, &at, &token)) {
        memmove(last, last + 1, sizeof last - sizeof *last);
        last[OPENING - 1] = token;
        if (!is_operator(bytes, token, "BDC") || !is_operator(bytes, last[OPENING_KEY], "/MCID"))
            continue;
        if (found < count) {
            buf_add(out, bytes + copied, last[0].start - copied);
            buf_adds(out, openings[found]);
            copied = token.end;
        }
        found++;
    }
    buf_add(out, bytes + copied, length - copied);
    return found;
}
