/* What SQLite says of a SELECT that does not hold → our messages, at the right place. */
#include <string.h>
#include "base/utf8.h"
#include "data/query_internal.h"

static void hint(Query *query, const char *meant)
{
    if (meant) {
        diag_hint(query->diags, DIAG_H001, meant);
    }
}

static void hint_nearest_table(Query *query, const char *name)
{
    size_t count = store_table_count(query->store);
    const char **names = ARENA_ARRAY(query->scratch, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        names[i] = store_table(query->store, i)->id;
    }
    hint(query, utf8_nearest(name, names, count));
}

/* Among the columns of the tables that the SELECT names. */
static void hint_nearest_column(Query *query, const char *name)
{
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < store_table_count(query->store); i++) {
        const Table *table = store_table(query->store, i);
        for (int j = 0; query_text_find(query->text, table->id) && j < table->column_count; j++) {
            names = arena_grow(query->scratch, names, count, &capacity, sizeof *names);
            names[count++] = table->columns[j].name;
        }
    }
    hint(query, utf8_nearest(name, names, count));
}

/* With what stands behind its dot: m.村 */
static At name_at(const QueryText *text, const SqlToken *token)
{
    size_t left = text->count - (size_t)(token - text->tokens);
    bool path = left > 2 && sql_is(token + 1, ".");
    return query_text_at(text, token->start, token[path ? 2 : 0].end);
}

/* A table, column or function that is not there, at its first mention. */
bool query_tell_name(Query *query, DiagCode code, const char *name, int offset)
{
    const char *dot = code == DIAG_E672 ? strrchr(name, '.') : NULL;
    const char *last = dot ? dot + 1 : name;
    const SqlToken *token = offset >= 0 ? query_text_token(query->text, (size_t)offset)
                                        : query_text_find(query->text, last);
    At at = token ? name_at(query->text, token) : query->decl->table.at;
    if (code == DIAG_E676 && token) {
        name = token->text; /* not as it was diverted */
    }
    diag_add(query->diags, code, &at, name);
    if (code == DIAG_E671) {
        hint_nearest_table(query, name);
    } else if (code == DIAG_E672) {
        hint_nearest_column(query, last);
    } else if (offset >= 0) { /* one that there is, but not for queries, is no slip of the pen */
        hint(query, functions_nearest(name));
    }
    return false;
}

/* SQLite's own words, in ours; what is in none of these stands as SQLite has it. */
static const struct {
    const char *begins, *chinese;
} REASONS[] = {
    {"ambiguous column name", "几个表都有这一列，要写成 表.列"},
    {"wrong number of arguments to function", "函数的参数个数不对"},
    {"misuse of aggregate", "汇总函数不能用在这里，按汇总的结果挑选用 HAVING"},
    {"misuse of window function", "窗口函数不能用在这里"},
    {"sub-select returns", "括号里的 SELECT 只能有一列"},
    {"SELECTs to the left and right of", "UNION 两边的列数不同"},
    {"no tables specified", "SELECT * 要有 FROM"},
    {"a GROUP BY clause is required before HAVING", "HAVING 前面要有 GROUP BY"},
    {"aggregate functions are not allowed in the GROUP BY clause", "GROUP BY 里不能有汇总函数"},
    {"circular reference", "WITH 的表引用了自己"},
    {"duplicate WITH table name", "WITH 里表名重复"},
    {"cannot join using column", "USING 的列要两个表都有"},
    {"integer overflow", "整数太大"},
};

static bool tell_reason(Query *query, const char *message, int offset)
{
    const SqlToken *token = query_text_token(query->text, offset >= 0 ? (size_t)offset : 0);
    At at = query_token_at(query->text, token);
    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++) {
        if (strncmp(message, REASONS[i].begins, strlen(REASONS[i].begins)) == 0) {
            bool chinese = diag_language(query->diags) == DIAG_CHINESE;
            message = chinese ? REASONS[i].chinese : REASONS[i].begins;
        }
    }
    char *told = arena_strdup(query->scratch, message);
    for (char *byte = told; *byte; byte++) {
        *byte = *byte == UNSPEAKABLE[0] ? '?' : *byte;
    }
    return diag_add(query->diags, DIAG_E679, &at, told);
}

/* 村 FORM 月报: SQL takes the slip for a name, and stumbles over what follows. */
static const char *keyword_meant(const QueryText *text, const SqlToken *token)
{
    static const char *const words[] = {"SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING",
        "LIMIT", "UNION", "JOIN", "WITH", "DISTINCT", "BETWEEN"};
    const char *meant = NULL;
    for (int back = 0; back < 2 && token - back >= text->tokens && !meant; back++) {
        const SqlToken *word = token - back;
        if (word->kind == SQL_WORD && strlen(word->text) > 3) {
            char upper[16] = "";
            for (size_t i = 0; word->text[i] && i + 1 < sizeof upper; i++) {
                char c = word->text[i];
                upper[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
            }
            meant = utf8_nearest(upper, words, sizeof words / sizeof *words);
            meant = meant && strcmp(meant, upper) == 0 ? NULL : meant;
        }
    }
    return meant;
}

static bool tell_syntax(Query *query, int offset)
{
    const SqlToken *last = &query->text->tokens[query->text->count - 1];
    const SqlToken *token = offset >= 0 ? query_text_token(query->text, (size_t)offset) : last;
    At at = query_token_at(query->text, token);
    diag_add(query->diags, DIAG_E673, &at, token->text);
    if (offset < 0) {
        diag_hint(query->diags, DIAG_H654);
    } else {
        hint(query, keyword_meant(query->text, token));
    }
    return false;
}

bool query_tell_limit(Query *query)
{
    diag_add(query->diags, DIAG_E678, &query->decl->table.at, query->decl->table.id);
    diag_hint(query->diags, DIAG_H656);
    return false;
}

static bool tell_clock(Query *query)
{
    const SqlToken *token = query_text_find(query->text, "now");
    At at = query_token_at(query->text, token ? token : query->text->tokens);
    diag_add(query->diags, DIAG_E676, &at, token ? "now" : "localtime");
    diag_hint(query->diags, DIAG_H655);
    return false;
}

static const char *after(const char *message, const char *begin)
{
    size_t length = strlen(begin);
    return strncmp(message, begin, length) == 0 ? message + length : NULL;
}

/* SQLite's parser and planner have limits of their own. */
static bool is_too_much(const char *message)
{
    static const char *const words[] = {"too many", "too large", "too complex", "stack overflow",
        "too long", "too big", "too deep"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(message, words[i])) {
            return true;
        }
    }
    return false;
}

bool query_tell(Query *query, const char *message, int offset)
{
    static const struct {
        const char *begins;
        DiagCode code;
    } names[] = {{"no such table: ", DIAG_E671}, {"no such column: ", DIAG_E672},
        {"no such function: ", DIAG_E676}};
    if (strcmp(message, CLOCK_REFUSED) == 0) {
        return tell_clock(query);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *name = after(message, names[i].begins);
        if (name) {
            return query_tell_name(query, names[i].code, name, offset);
        }
    }
    if (is_too_much(message)) {
        return query_tell_limit(query);
    }
    bool syntax = after(message, "near ") || after(message, "unrecognized token") ||
                  after(message, "incomplete input");
    return syntax ? tell_syntax(query, offset) : tell_reason(query, message, offset);
}
