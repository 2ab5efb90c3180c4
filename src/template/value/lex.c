/* Text of a value → tokens. What the input method makes full-width counts as ASCII here, but not
 * inside quotes. */
#include <string.h>
#include "base/utf8.h"
#include "template/value/value_internal.h"

typedef struct Lexer {
    Engine *engine;
    const Expr *expr;
    const char *text, *end; /* of the value */
    const char *at;
    Token *tokens;
    size_t count, capacity;
} Lexer;

/* The character at `at` and, in *next, what stands behind it. 0 at the end of the value. */
static uint32_t peek(const Lexer *lexer, const char *at, const char **next)
{
    *next = at;
    if (at >= lexer->end) {
        return 0;
    }
    uint32_t c = utf8_next(next);
    switch (c) {
    case 0x2212: /* − */
        return '-';
    case 0x3001: /* 、 */
        return ',';
    default:
        return utf8_fold_width(c);
    }
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_character(uint32_t c)
{
    if (c < 0x80) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
    static const uint32_t operators[] = {0xD7, 0xF7, 0x2264, 0x2265, 0x2260};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (c == operators[i]) {
            return false;
        }
    }
    return !utf8_is_blank(c) && !utf8_is_cjk_mark(c);
}

static Token *add(Lexer *lexer, TokenKind kind, const char *start)
{
    lexer->tokens = arena_grow(
        lexer->engine->arena, lexer->tokens, lexer->count, &lexer->capacity, sizeof *lexer->tokens);
    Token *token = &lexer->tokens[lexer->count++];
    *token = (Token){.kind = kind,
        .start = (size_t)(start - lexer->text),
        .end = (size_t)(lexer->at - lexer->text)};
    return token;
}

static bool fault(Lexer *lexer, DiagCode code, const char *start, const char *end)
{
    At at = value_at(lexer->expr, (size_t)(start - lexer->text), (size_t)(end - lexer->text));
    const char *shown = arena_strndup(lexer->engine->arena, start, (size_t)(end - start));
    return diag_add(lexer->engine->diags, code, &at, shown);
}

/* ---- names ---- */

static bool lex_name(Lexer *lexer)
{
    const char *start = lexer->at, *next;
    while (is_name_character(peek(lexer, lexer->at, &next))) {
        lexer->at = next;
    }
    Token *token = add(lexer, TOKEN_NAME, start);
    Arena *arena = lexer->engine->arena;
    token->text = utf8_fold(arena, arena_strndup(arena, start, (size_t)(lexer->at - start)));
    token->word = word_find(token->text);
    if (token->word != WORD_NONE) {
        token->kind = TOKEN_WORD;
    }
    return true;
}

/* Text up to `close`: a quoted text or a name in brackets. */
static bool lex_enclosed(Lexer *lexer, TokenKind kind, const char *close, DiagCode code)
{
    const char *start = lexer->at, *next;
    (void)peek(lexer, start, &next);
    size_t length = strlen(close);
    const char *end = next;
    while (end + length <= lexer->end && memcmp(end, close, length) != 0) {
        end++;
    }
    if (end + length > lexer->end) {
        return fault(lexer, code, start, lexer->end);
    }
    lexer->at = end + length;
    Arena *arena = lexer->engine->arena;
    const char *inside = arena_strndup(arena, next, (size_t)(end - next));
    Token *token = add(lexer, kind, start);
    token->bracketed = kind == TOKEN_NAME;
    token->text = token->bracketed ? utf8_fold(arena, inside) : inside;
    return true;
}

/* ---- numbers and dates ---- */

/* Reads `count` digits at *at; false (and *at unmoved) when there are fewer. */
static bool digits(const Lexer *lexer, const char **at, int count, int *out)
{
    const char *here = *at, *next;
    int value = 0;
    for (int i = 0; i < count; i++) {
        uint32_t c = peek(lexer, here, &next);
        if (!is_digit(c)) {
            return false;
        }
        value = value * 10 + (int)(c - '0');
        here = next;
    }
    *at = here;
    *out = value;
    return true;
}

static bool hyphen(const Lexer *lexer, const char **at)
{
    const char *next;
    if (peek(lexer, *at, &next) != '-') {
        return false;
    }
    *at = next;
    return true;
}

/* 2024-06 or 2024-06-15. *found says whether a date stands here. */
static bool lex_date(Lexer *lexer, bool *found)
{
    const char *start = lexer->at, *at = start, *next;
    int year, month, day = 1;
    *found = digits(lexer, &at, 4, &year) && hyphen(lexer, &at) && digits(lexer, &at, 2, &month);
    const char *month_end = at;
    bool whole = *found && hyphen(lexer, &at) && digits(lexer, &at, 2, &day);
    if (*found && !whole) {
        at = month_end;
    }
    if (!*found || is_name_character(peek(lexer, at, &next))) {
        *found = false;
        return true;
    }
    lexer->at = at;
    if (!date_valid(year, month, day)) {
        return fault(lexer, DIAG_E144, start, at);
    }
    add(lexer, whole ? TOKEN_DATE : TOKEN_MONTH, start)->date = (Date){year, month, day};
    return true;
}

/* The digits and point from `start` on, in ASCII. */
static const char *number_end(const Lexer *lexer, const char *start, Buf *ascii, bool *point)
{
    const char *at = start, *next, *behind;
    *point = false;
    for (;;) {
        uint32_t c = peek(lexer, at, &next);
        bool decimal_point = c == '.' && !*point && is_digit(peek(lexer, next, &behind));
        if (!is_digit(c) && !decimal_point) {
            return at;
        }
        *point = *point || decimal_point;
        buf_addc(ascii, c);
        at = next;
    }
}

/* % 万 亿 behind a number. */
static bool number_suffix(Lexer *lexer, Decimal *number, bool *percent)
{
    const char *next, *behind;
    uint32_t c = peek(lexer, lexer->at, &next);
    *percent = c == '%';
    if (c == '%') {
        lexer->at = next;
        number->scale += 2;
        return number->scale <= DECIMAL_MAX_SCALE;
    }
    if ((c == 0x4E07 || c == 0x4EBF) && !is_name_character(peek(lexer, next, &behind))) {
        lexer->at = next;
        Decimal unit = decimal_from_int(c == 0x4E07 ? 10000 : 100000000);
        return decimal_mul(*number, unit, number);
    }
    return true;
}

static bool is_scale_word(uint32_t c)
{
    return c == 0x4E07 || c == 0x4EBF; /* 万 亿 */
}

static bool lex_number(Lexer *lexer)
{
    bool found, point, percent;
    if (!lex_date(lexer, &found)) {
        return false;
    }
    if (found) {
        return true;
    }
    const char *start = lexer->at, *next, *behind;
    Buf ascii = {0};
    const char *end = number_end(lexer, start, &ascii, &point);
    uint32_t c = peek(lexer, end, &next);
    bool suffix = is_scale_word(c) && !is_name_character(peek(lexer, next, &behind));
    if (!point && is_name_character(c) && !suffix) {
        buf_free(&ascii);
        return lex_name(lexer);
    }
    Decimal number;
    lexer->at = end;
    bool fits = decimal_parse(ascii.data, &number) && number_suffix(lexer, &number, &percent);
    buf_free(&ascii);
    if (!fits) {
        return fault(lexer, DIAG_E145, start, lexer->at);
    }
    Token *token = add(lexer, TOKEN_NUMBER, start);
    token->number = number;
    token->percent = percent;
    return true;
}

/* ---- marks ---- */

typedef struct Mark {
    uint32_t first, second; /* second 0: one character */
    TokenKind kind;
    Word word;
} Mark;

static const Mark marks[] = {
    /* flat table; longer ones first */
    {'>', '=', TOKEN_WORD, WORD_AT_LEAST},
    {'<', '=', TOKEN_WORD, WORD_AT_MOST},
    {'!', '=', TOKEN_WORD, WORD_UNEQUAL},
    {'<', '>', TOKEN_WORD, WORD_UNEQUAL},
    {'=', '=', TOKEN_WORD, WORD_EQUAL},
    {'>', 0, TOKEN_WORD, WORD_GREATER},
    {'<', 0, TOKEN_WORD, WORD_LESS},
    {'=', 0, TOKEN_WORD, WORD_EQUAL},
    {0x2265, 0, TOKEN_WORD, WORD_AT_LEAST},
    {0x2264, 0, TOKEN_WORD, WORD_AT_MOST},
    {0x2260, 0, TOKEN_WORD, WORD_UNEQUAL},
    {'|', 0, TOKEN_PIPE, WORD_NONE},
    {'+', 0, TOKEN_PLUS, WORD_NONE},
    {'-', 0, TOKEN_MINUS, WORD_NONE},
    {'*', 0, TOKEN_TIMES, WORD_NONE},
    {0xD7, 0, TOKEN_TIMES, WORD_NONE},
    {'/', 0, TOKEN_OVER, WORD_NONE},
    {0xF7, 0, TOKEN_OVER, WORD_NONE},
    {'(', 0, TOKEN_OPEN, WORD_NONE},
    {')', 0, TOKEN_CLOSE, WORD_NONE},
    {',', 0, TOKEN_COMMA, WORD_NONE},
    {'.', 0, TOKEN_DOT, WORD_NONE},
};

/* 月报。生活垃圾, 月报!生活垃圾, 状态：已销号. */
static const char *mark_meant(uint32_t c)
{
    switch (c) {
    case 0x3002: /* 。 */
    case '!':
        return ".";
    case ':':
        return "=";
    case '&':
        return "且";
    default:
        return NULL;
    }
}

static bool lex_mark(Lexer *lexer)
{
    const char *start = lexer->at, *next, *behind;
    uint32_t c = peek(lexer, start, &next), d = peek(lexer, next, &behind);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i].first == c && (marks[i].second == 0 || marks[i].second == d)) {
            lexer->at = marks[i].second ? behind : next;
            add(lexer, marks[i].kind, start)->word = marks[i].word;
            return true;
        }
    }
    fault(lexer, DIAG_E146, start, next);
    const char *meant = mark_meant(c);
    const XmlAttr *attr = lexer->expr->place.attr;
    if (meant) {
        diag_hint(lexer->engine->diags, DIAG_H001, meant);
    } else if ((c == '{' || c == '}') && attr) {
        diag_hint(lexer->engine->diags, DIAG_H626, attr->name);
    }
    return false;
}

typedef struct Enclosure {
    const char *open, *close;
    TokenKind kind;
    DiagCode code;
} Enclosure;

static const Enclosure enclosures[] = {
    {"'", "'", TOKEN_TEXT, DIAG_E147},
    {"\"", "\"", TOKEN_TEXT, DIAG_E147},
    {"‘", "’", TOKEN_TEXT, DIAG_E147},
    {"“", "”", TOKEN_TEXT, DIAG_E147},
    {"[", "]", TOKEN_NAME, DIAG_E148},
    {"【", "】", TOKEN_NAME, DIAG_E148},
};

static bool lex_one(Lexer *lexer, uint32_t c)
{
    size_t left = (size_t)(lexer->end - lexer->at);
    for (size_t i = 0; i < sizeof enclosures / sizeof *enclosures; i++) {
        const Enclosure *e = &enclosures[i];
        size_t length = strlen(e->open);
        if (left >= length && memcmp(lexer->at, e->open, length) == 0) {
            return lex_enclosed(lexer, e->kind, e->close, e->code);
        }
    }
    if (is_digit(c)) {
        return lex_number(lexer);
    }
    return is_name_character(c) ? lex_name(lexer) : lex_mark(lexer);
}

Token *value_lex(Engine *engine, const Expr *expr)
{
    Lexer lexer = {.engine = engine, .expr = expr, .text = expr->source};
    lexer.end = lexer.text + strlen(lexer.text);
    lexer.at = lexer.text;
    for (;;) {
        const char *next;
        uint32_t c = peek(&lexer, lexer.at, &next);
        if (c == 0) {
            break;
        }
        if (utf8_is_blank(c)) {
            lexer.at = next;
        } else if (!lex_one(&lexer, c)) {
            return NULL;
        }
    }
    add(&lexer, TOKEN_END, lexer.end);
    return lexer.tokens;
}
