#include <string.h>
#include "base/utf8.h"
#include "data/files_internal.h"
#include "data/infer.h"

/* Names are matched byte by byte, for they need not be UTF-8; a character is its first byte and the
 * continuation bytes behind it. Of several ways to part a name the first braces take the most, so
 * that 2024-05-长塘村 under {月份}-{村} is parted as it is read. */
typedef struct Matching {
    const char *pattern, *name;
    const char *period; /* the name of the period column: its text must be one; NULL: any text */
    bool *failed;       /* [pattern][name]: tried in vain */
    size_t width;
    Capture *captures;
} Matching;

static size_t character(const char *text)
{
    size_t length = *text != '\0';
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
        length++;
    }
    return length;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_period(const char *text, size_t length)
{
    char copy[64];
    DateCell date;
    if (length >= sizeof copy) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    size_t bad;
    DateForm form =
        utf8_valid(copy, length, &bad) ? infer_date(copy, 2000, true, &date) : DATE_NONE;
    return form != DATE_NONE && form != DATE_IMPOSSIBLE;
}

/* [a-z一二] and [!…]: *end is moved behind the bracket; NULL when it is none. */
static bool in_set(const char *set, const char *name, const char **end)
{
    const char *at = set + 1;
    bool negated = *at == '!' || *at == '^', found = false;
    size_t length = character(name);
    at += negated;
    for (const char *first = at; *at && (*at != ']' || at == first); at += character(at)) {
        size_t low = character(at);
        const char *high = at[low] == '-' && at[low + 1] && at[low + 1] != ']' ? at + low + 1 : at;
        bool same = low == length && character(high) == length;
        found = found || (same && memcmp(name, at, length) >= 0 && memcmp(name, high, length) <= 0);
        at = high;
    }
    *end = *at == ']' ? at + 1 : NULL;
    return length > 0 && found != negated;
}

static bool match(Matching *m, size_t p, size_t n, int capture);

/* * may be nothing, {列} may not. */
static bool match_run(Matching *m, size_t p, size_t n, int capture)
{
    const char *close = m->pattern[p] == '{' ? strchr(m->pattern + p, '}') : NULL;
    size_t rest = strlen(m->name + n), next = close ? (size_t)(close - m->pattern) + 1 : p + 1;
    for (size_t length = rest + 1; length-- > (close ? 1 : 0);) {
        if (((unsigned char)m->name[n + length] & 0xC0) == 0x80) {
            continue;
        }
        if (close) {
            size_t name_length = (size_t)(close - (m->pattern + p)) - 1;
            bool dated = m->period && strlen(m->period) == name_length &&
                         memcmp(m->period, m->pattern + p + 1, name_length) == 0;
            if (dated && !is_period(m->name + n, length)) {
                continue;
            }
            m->captures[capture] = (Capture){n, length};
        }
        if (match(m, next, n + length, capture + (close != NULL))) {
            return true;
        }
    }
    return false;
}

static bool match_here(Matching *m, size_t p, size_t n, int capture)
{
    const char *pattern = m->pattern + p, *name = m->name + n, *end;
    switch (*pattern) {
    case '\0':
        return *name == '\0';
    case '*':
    case '{':
        return match_run(m, p, n, capture);
    case '?':
        return *name && match(m, p + 1, n + character(name), capture);
    case '[':
        if (in_set(pattern, name, &end) && end) {
            return match(m, p + (size_t)(end - pattern), n + character(name), capture);
        }
        if (end) {
            return false;
        }
        break; /* never closed: itself */
    default:
        break;
    }
    return lower(*pattern) == lower(*name) && match(m, p + 1, n + 1, capture);
}

static bool match(Matching *m, size_t p, size_t n, int capture)
{
    bool *failed = &m->failed[p * m->width + n];
    if (*failed) {
        return false;
    }
    bool found = match_here(m, p, n, capture);
    *failed = !found;
    return found;
}

bool pattern_match(Arena *arena, const char *pattern, const char *name, const char *period,
    Capture captures[PATTERN_CAPTURES])
{
    size_t length = strlen(pattern) + 1, width = strlen(name) + 1;
    Matching m = {pattern, name, period, ARENA_ARRAY(arena, bool, length *width), width, captures};
    if (match(&m, 0, 0, 0)) {
        return true;
    }
    if (!period) {
        return false;
    }
    /* 月报/六月底/…: the folder is meant, its month will be told as none */
    m.period = NULL;
    m.failed = ARENA_ARRAY(arena, bool, length *width);
    return match(&m, 0, 0, 0);
}

bool pattern_columns(Arena *arena, const char *pattern, const char ***out, int *count)
{
    const char **names = ARENA_ARRAY(arena, const char *, PATTERN_CAPTURES);
    *out = names;
    *count = 0;
    for (const char *at = pattern; *(at += strcspn(at, "{}"));) {
        size_t length = *at == '{' ? strcspn(at + 1, "{}/") : 0;
        if (*at != '{' || at[length + 1] != '}' || length == 0 || *count == PATTERN_CAPTURES) {
            return false;
        }
        char *name = utf8_fold(arena, arena_strndup(arena, at + 1, length));
        for (int i = 0; i < *count; i++) {
            if (strcmp(names[i], name) == 0) {
                return false; /* once is enough */
            }
        }
        if (!*name) {
            return false;
        }
        names[(*count)++] = name;
        at += length + 2;
    }
    return true;
}
