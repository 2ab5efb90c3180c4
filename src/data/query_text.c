#include "data/query_text.h"

#include <string.h>
#include <strings.h>
#include "base/buf.h"
#include "base/utf8.h"

/* ---- full-width forms ---- */

/* What an input method gives that has no ASCII twin, or one that is a quote. */
static const struct {
    uint32_t mark;
    const char *meant;
} MARKS[] = {{0x201C, "'"}, {0x201D, "'"}, {0x2018, "'"}, {0x2019, "'"}, {0xFF02, "\""},
    {0xFF07, "'"}, {0x3001, ","}, {0x3002, "."}, {0x00D7, "*"}, {0x00F7, "/"}, {0x2264, "<="},
    {0x2265, ">="}, {0x2260, "<>"}, {0x3010, "\""}, {0x3011, "\""}, {0x300A, "\""}, {0x300B, "\""},
    {0xFF3B, "\""}, {0xFF3D, "\""}, {0xFF40, "\""}, {0x2014, "-"}, {0x2026, ","}, {0x300C, "'"},
    {0x300D, "'"}};

typedef struct Folding {
    Arena *arena;
    Diags *diags;
    const XmlNode *node;
    Buf sql, from; /* from: of size_t */
    bool sound;
} Folding;

static void put(Folding *f, const char *bytes, size_t length, size_t from)
{
    buf_add(&f->sql, bytes, length);
    for (size_t i = 0; i < length; i++) {
        size_t at = from + (length > 1 ? i : 0);
        buf_add(&f->from, &at, sizeof at);
    }
}

static const char *meant_by(uint32_t mark)
{
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (MARKS[i].mark == mark) {
            return MARKS[i].meant;
        }
    }
    return NULL;
}

static void fold_one(Folding *f, size_t start, size_t end, uint32_t c)
{
    const char *text = f->node->text + start, *meant = meant_by(c);
    At at = {.span = xml_span(f->node, NULL, start, end)};
    uint32_t folded = utf8_fold_width(c);
    char ascii = (char)folded;
    if (meant) {
        f->sound =
            diag_add(f->diags, DIAG_E674, &at, arena_strndup(f->arena, text, end - start), meant);
        diag_hint(f->diags, DIAG_H653);
    } else if (c < 0x20 && !strchr("\t\r\n", (int)c)) {
        f->sound =
            diag_add(f->diags, DIAG_E673, &at, arena_printf(f->arena, "U+%04X", (unsigned)c));
    }
    if (folded != c) {
        put(f, &ascii, 1, start);
    } else {
        put(f, text, end - start, start);
    }
}

/* What ends a quote or comment that begins here; NULL where none does. */
static const char *closing(const char *at)
{
    static const char *const pairs[][2] = {
        {"'", "'"}, {"\"", "\""}, {"`", "`"}, {"[", "]"}, {"--", "\n"}, {"/*", "*/"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (strncmp(at, pairs[i][0], strlen(pairs[i][0])) == 0) {
            return pairs[i][1];
        }
    }
    return NULL;
}

/* The end of a quote or comment; a doubled quote mark stands for itself, which comes to the same as
 * two quotes side by side. */
static const char *closed(const char *at, const char *close)
{
    const char *end = strstr(at + (at[0] == '/' ? 2 : 1), close);
    return end ? end + strlen(close) : at + strlen(at);
}

static void fold(Folding *f)
{
    const char *start = f->node->text, *at = start;
    while (*at) {
        const char *close = closing(at), *from = at;
        if (close) {
            at = closed(at, close);
            put(f, from, (size_t)(at - from), (size_t)(from - start));
        } else {
            uint32_t c = utf8_next(&at);
            fold_one(f, (size_t)(from - start), (size_t)(at - start), c);
        }
    }
    put(f, "", 1, (size_t)(at - start));
}

/* ---- tokens ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* As SQLite has it: every byte beyond ASCII too. */
static bool is_word(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

static size_t run_of_word(const char *at)
{
    size_t length = 0;
    while (is_word(at[length])) {
        length++;
    }
    return length;
}

/* Between the quotes, doubled ones made one. */
static char *unquoted(Arena *arena, const char *start, size_t length, char close)
{
    char *text = arena_strndup(arena, start, length), *to = text;
    for (const char *from = text; *from; from++) {
        *to++ = *from;
        from += *from == close && from[1] == close;
    }
    *to = '\0';
    return text;
}

static size_t read_quoted(Arena *arena, const char *at, SqlToken *token)
{
    const char *close = closing(at), *end = closed(at, close);
    while (*close == *at && *end == *close) {
        end = closed(end, close);
    }
    size_t length = (size_t)(end - at),
           inside = length > 1 && end[-1] == *close ? length - 2 : length - 1;
    token->kind = *at == '\'' ? SQL_STRING : SQL_NAME;
    token->text = unquoted(arena, at + 1, inside, *close);
    return length;
}

static size_t read_number(const char *at)
{
    size_t length = 0;
    while (is_word(at[length]) || at[length] == '.' ||
           (strchr("+-", at[length]) && at[length] && length > 0 && strchr("eE", at[length - 1]))) {
        length++;
    }
    return length;
}

static size_t read_mark(const char *at)
{
    static const char *const two[] = {"||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->"};
    for (size_t i = 0; i < sizeof two / sizeof *two; i++) {
        if (strncmp(at, two[i], 2) == 0) {
            return 2;
        }
    }
    return 1;
}

static size_t read_token(Arena *arena, const char *at, SqlToken *token)
{
    size_t length;
    if (strchr("'\"`[", *at)) {
        return read_quoted(arena, at, token);
    }
    if (is_digit(*at) || (*at == '.' && is_digit(at[1]))) {
        token->kind = SQL_NUMBER;
        length = read_number(at);
    } else if (strchr(":@#$?", *at) && (*at == '?' || is_word(at[1]))) {
        token->kind = SQL_PARAM;
        length = 1 + run_of_word(at + 1);
        token->text = arena_strndup(arena, at + 1, length - 1);
        return length;
    } else if (is_word(*at)) {
        token->kind = SQL_WORD;
        length = run_of_word(at);
    } else {
        token->kind = SQL_MARK;
        length = read_mark(at);
    }
    token->text = arena_strndup(arena, at, length);
    return length;
}

static void read_tokens(Arena *arena, QueryText *text)
{
    size_t capacity = 0, at = 0;
    while (text->sql[at]) {
        const char *here = text->sql + at;
        const char *close =
            strncmp(here, "--", 2) == 0 || strncmp(here, "/*", 2) == 0 ? closing(here) : NULL;
        if (close) {
            at += (size_t)(closed(here, close) - here);
        } else if (strchr(" \t\r\n\f", *here)) {
            at++;
        } else {
            text->tokens =
                arena_grow(arena, text->tokens, text->count, &capacity, sizeof *text->tokens);
            SqlToken *token = &text->tokens[text->count++];
            token->start = at;
            at += read_token(arena, here, token);
            token->end = at;
        }
    }
}

/* ---- places ---- */

At query_text_at(const QueryText *text, size_t start, size_t end)
{
    size_t last = text->length < end ? text->length : end;
    return (At){.span = xml_span(text->node, NULL, text->from[start], text->from[last])};
}

At query_token_at(const QueryText *text, const SqlToken *token)
{
    return query_text_at(text, token->start, token->end);
}

const SqlToken *query_text_token(const QueryText *text, size_t byte)
{
    const SqlToken *found = text->tokens;
    for (size_t i = 1; i < text->count && text->tokens[i].start <= byte; i++) {
        found = &text->tokens[i];
    }
    return found;
}

const SqlToken *query_text_find(const QueryText *text, const char *name)
{
    for (size_t i = 0; i < text->count; i++) {
        const SqlToken *token = &text->tokens[i];
        if (token->kind <= SQL_STRING && strcasecmp(token->text, name) == 0) {
            return token;
        }
    }
    return NULL;
}

bool sql_is(const SqlToken *token, const char *word)
{
    return (token->kind == SQL_WORD || token->kind == SQL_MARK) &&
           strcasecmp(token->text, word) == 0;
}

/* Behind a list of columns in brackets, if there is one. */
static size_t behind_list(const QueryText *text, size_t at)
{
    if (at < text->count && sql_is(&text->tokens[at], "(")) {
        while (at < text->count && !sql_is(&text->tokens[at], ")")) {
            at++;
        }
        at++;
    }
    return at;
}

static size_t behind_word(const QueryText *text, size_t at, const char *word)
{
    return at < text->count && sql_is(&text->tokens[at], word) ? at + 1 : at;
}

bool query_text_defines(const QueryText *text, const char *name)
{
    for (size_t i = 0; i < text->count; i++) {
        const SqlToken *token = &text->tokens[i];
        size_t list = behind_list(text, i + 1), as = behind_word(text, list, "AS");
        size_t open = behind_word(text, behind_word(text, as, "NOT"), "MATERIALIZED");
        if (token->kind <= SQL_NAME && strcasecmp(token->text, name) == 0 && as > list &&
            behind_word(text, open, "(") > open) {
            return true;
        }
    }
    return false;
}

/* ---- one SELECT ---- */

static bool refuse_word(const QueryText *text, const SqlToken *token, Diags *diags)
{
    At at = query_token_at(text, token);
    return diag_add(diags, DIAG_E670, &at, token->text);
}

static bool is_one_select(const QueryText *text, Diags *diags)
{
    const SqlToken *first = text->tokens;
    if (!sql_is(first, "SELECT") && !sql_is(first, "WITH")) {
        return refuse_word(text, first, diags);
    }
    for (size_t i = 0; i + 1 < text->count; i++) {
        if (sql_is(&text->tokens[i], ";")) {
            return refuse_word(text, &text->tokens[i + 1], diags);
        }
    }
    return true;
}

/* count(*) or a whole number, read towards the right. */
static bool is_whole_right(const QueryText *text, size_t at)
{
    const SqlToken *token = at < text->count ? &text->tokens[at] : NULL;
    bool call = token && at + 1 < text->count && sql_is(&text->tokens[at + 1], "(");
    return token && ((token->kind == SQL_NUMBER && !strpbrk(token->text, ".eE")) ||
                        (call && sql_is(token, "count")));
}

/* The first token of the call whose bracket closes here; 0: none. */
static size_t call_start(const QueryText *text, size_t at)
{
    int depth = 0;
    for (; at > 0; at--) {
        depth += sql_is(&text->tokens[at], ")") - sql_is(&text->tokens[at], "(");
        if (depth == 0) {
            return at - 1;
        }
    }
    return 0;
}

/* All factors to the left are whole: 100*count(*), but not 1.0*count(*). */
static bool is_whole_left(const QueryText *text, size_t at)
{
    for (;;) {
        const SqlToken *token = &text->tokens[at];
        if (sql_is(token, ")")) {
            at = call_start(text, at);
            if (!sql_is(&text->tokens[at], "count")) {
                return false;
            }
        } else if (token->kind != SQL_NUMBER || strpbrk(token->text, ".eE")) {
            return false;
        }
        if (at < 2 || !sql_is(&text->tokens[at - 1], "*")) {
            return true;
        }
        at -= 2;
    }
}

/* SQL divides whole numbers without a remainder: 3 of 8 villages would be 0. */
static void warn_divisions(const QueryText *text, Diags *diags)
{
    for (size_t i = 1; i < text->count; i++) {
        if (sql_is(&text->tokens[i], "/") && is_whole_right(text, i + 1) &&
            is_whole_left(text, i - 1)) {
            At at = query_token_at(text, &text->tokens[i]);
            diag_add(diags, DIAG_W166, &at);
        }
    }
}

/* ---- the whole ---- */

static bool is_blank(const char *text)
{
    for (uint32_t c; (c = utf8_next(&text)) != 0;) {
        if (!utf8_is_blank(c)) {
            return false;
        }
    }
    return true;
}

/* The first text of the element; a second one, behind a <column>, is told. NULL after a message. */
static const XmlNode *text_node(const XmlNode *element, Diags *diags)
{
    const XmlNode *found = NULL;
    for (const XmlNode *child = element->first; child; child = child->next) {
        if (child->kind != XML_TEXT || is_blank(child->text)) {
            continue;
        }
        if (found) {
            At at = {.span = child->span};
            diag_add(diags, DIAG_E115, &at, element->name);
            return NULL;
        }
        found = child;
    }
    if (!found) {
        At at = {.span = element->span};
        diag_add(diags, DIAG_E670, &at, "<query/>");
    }
    return found;
}

QueryText *query_text_read(Arena *arena, const XmlNode *element, Diags *diags)
{
    const XmlNode *node = text_node(element, diags);
    if (!node) {
        return NULL;
    }
    Folding folding = {.arena = arena, .diags = diags, .node = node, .sound = true};
    QueryText *text = ARENA_NEW(arena, QueryText);
    fold(&folding);
    text->sql = arena_copy(arena, folding.sql.data, folding.sql.length);
    text->from = arena_copy(arena, folding.from.data, folding.from.length);
    text->length = folding.sql.length - 1;
    text->node = node;
    buf_free(&folding.sql);
    buf_free(&folding.from);
    read_tokens(arena, text);
    if (!folding.sound) {
        return NULL;
    }
    if (text->count == 0) {
        At at = {.span = element->span};
        diag_add(diags, DIAG_E670, &at, "<query/>"); /* comments alone */
        return NULL;
    }
    warn_divisions(text, diags);
    return is_one_select(text, diags) ? text : NULL;
}

/* ---- sum(x) → x ---- */

bool query_text_is_compound(const QueryText *text)
{
    for (size_t i = 0; i < text->count; i++) {
        const SqlToken *token = &text->tokens[i];
        if (sql_is(token, "UNION") || sql_is(token, "INTERSECT") || sql_is(token, "EXCEPT")) {
            return true;
        }
    }
    return false;
}

static bool is_name(const SqlToken *token)
{
    return token->kind == SQL_WORD || token->kind == SQL_NAME;
}

/* The token of the bracket that closes “sum(x)” or “sum(t.x)” beginning at `at`; 0: it is none. */
static size_t aggregate_end(const QueryText *text, size_t at)
{
    static const char *const names[] = {"sum", "avg", "min", "max"};
    const SqlToken *token = text->tokens + at;
    size_t left = text->count - at;
    bool aggregate = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        aggregate = aggregate || sql_is(token, names[i]);
    }
    if (!aggregate || left < 4 || !sql_is(token + 1, "(") || !is_name(token + 2)) {
        return 0;
    }
    size_t close = sql_is(token + 3, ".") && left >= 6 && is_name(token + 4) ? 5 : 3;
    bool window = left > close + 1 &&
                  (sql_is(token + close + 1, "OVER") || sql_is(token + close + 1, "FILTER"));
    return sql_is(token + close, ")") && !window ? at + close : 0;
}

char *query_text_bare(Arena *arena, const QueryText *text)
{
    char *bare = arena_strndup(arena, text->sql, text->length);
    bool any = false;
    for (size_t i = 0; i < text->count && !query_text_is_compound(text); i++) {
        size_t end = aggregate_end(text, i);
        if (end) {
            memset(
                bare + text->tokens[i].start, ' ', text->tokens[i + 1].end - text->tokens[i].start);
            bare[text->tokens[end].start] = ' ';
            any = true;
        }
    }
    return any ? bare : NULL;
}
