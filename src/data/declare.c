#include "data/declare.h"

#include <string.h>
#include "base/utf8.h"

typedef struct Word {
    const char *chinese, *english;
    int value;
} Word;

static const Word TYPES[] = {{"文字", "text", COLUMN_TEXT}, {"数", "number", COLUMN_NUMBER},
    {"日期", "date", COLUMN_DATE}, {"月份", "month", COLUMN_MONTH}};
static const Word DUPLICATES[] = {{"报错", "error", DUPLICATES_REFUSED},
    {"首条", "first", DUPLICATES_FIRST}, {"末条", "last", DUPLICATES_LAST},
    {"相加", "sum", DUPLICATES_ADDED}};
static const Word EMPTIES[] = {
    {"空", "empty", EMPTY_NONE}, {"零", "zero", EMPTY_ZERO}, {"同上", "ditto", EMPTY_DITTO}};
static const Word ANSWERS[] = {{"是", "yes", true}, {"否", "no", false}};

#define COUNT(words) (sizeof words / sizeof *words)

enum { HEADER_LIMIT = 200 }; /* rows that are held in memory until the head is there */

typedef struct Declaring {
    Arena *arena;
    Diags *diags;
    CsvDecl *csv;
    ColumnDecl *columns;
    size_t count, capacity;
    bool whole;
} Declaring;

/* A word that is none of these has been told by the schema. */
static bool find_word(
    const Word *words, size_t count, const XmlNode *element, const char *name, int *out)
{
    const XmlAttr *attr = xml_attr_find(element, name);
    for (size_t i = 0; attr && i < count; i++) {
        if (strcmp(attr->value, words[i].chinese) == 0 ||
            strcmp(attr->value, words[i].english) == 0) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}

static const char *text_of(const XmlNode *element, const char *name)
{
    const XmlAttr *attr = xml_attr_find(element, name);
    return attr ? attr->value : NULL;
}

static At at_of(const XmlNode *element, const char *name)
{
    const XmlAttr *attr = xml_attr_find(element, name);
    return (At){.span = attr ? attr->value_span : element->span};
}

static void fault(Declaring *d, DiagCode code, const At *at, const char *text)
{
    d->whole = diag_add(d->diags, code, at, text);
}

/* ---- header="3" or "3-4" ---- */

static bool read_number(const char **at, long *out)
{
    const char *start = *at;
    for (*out = 0; **at >= '0' && **at <= '9' && *out <= HEADER_LIMIT; (*at)++) {
        *out = *out * 10 + (**at - '0');
    }
    return *at > start && *out >= 1 && *out <= HEADER_LIMIT;
}

static void read_header(Declaring *d, const XmlNode *csv)
{
    const char *value = text_of(csv, "header");
    long first, last;
    if (!value) {
        return;
    }
    const char *at = utf8_fold(d->arena, value);
    bool sound = read_number(&at, &first);
    last = first;
    if (sound && *at == '-') {
        at++;
        sound = read_number(&at, &last) && last == first + 1;
    }
    if (!sound || *at) {
        fault(d, DIAG_E261, &d->csv->header_at, value);
        return;
    }
    d->csv->header_first = first;
    d->csv->header_last = last;
}

/* ---- columns ---- */

static bool is_list_mark(uint32_t c)
{
    return c == ',' || c == 0xFF0C || c == 0x3001;
}

static void read_values(Declaring *d, const XmlNode *element, ColumnDecl *column)
{
    const char *rest = text_of(element, "values");
    size_t capacity = 0;
    while (rest && *rest) {
        const char *start = rest, *end = rest;
        for (uint32_t c; (c = utf8_next(&rest)) && !is_list_mark(c);) {
            end = rest;
        }
        char *value = utf8_trim(d->arena, arena_strndup(d->arena, start, (size_t)(end - start)));
        if (*value) {
            column->values = arena_grow(d->arena, column->values, (size_t)column->value_count,
                &capacity, sizeof *column->values);
            column->values[column->value_count++] = value;
        }
    }
}

static bool is_numeric(ColumnKind kind)
{
    return kind != KIND_TEXT && kind != KIND_DATE;
}

/* 文字 with 流量 says two things at once. */
static bool kinds_agree(const ColumnDecl *column)
{
    ColumnKind kind = column->said.kind;
    switch (column->type) {
    case COLUMN_TEXT:
        return kind == KIND_TEXT;
    case COLUMN_NUMBER:
        return is_numeric(kind);
    case COLUMN_DATE:
    case COLUMN_MONTH:
        break;
    }
    return kind == KIND_DATE;
}

/* kind and good are fixed words: a wrong one has been told by the schema. */
static void read_said(Declaring *d, const XmlNode *element, ColumnDecl *column)
{
    for (int i = 0; i < element->attr_count; i++) {
        const XmlAttr *attr = &element->attrs[i];
        bool told = strcmp(attr->name, "kind") == 0 || strcmp(attr->name, "good") == 0;
        Diags *diags = told ? diag_new(d->arena) : d->diags;
        bool known, read = indicator_read(d->arena, attr, diags, &column->said, &known);
        d->whole = d->whole && (read || !known);
    }
}

static bool is_taken(const Declaring *d, const char *name)
{
    CsvDecl so_far = {.columns = d->columns, .column_count = (int)d->count};
    return column_declared(&so_far, name) != NULL;
}

static void check_names(Declaring *d, const ColumnDecl *column)
{
    if (is_taken(d, column->said.name)) {
        fault(d, DIAG_E263, &column->at, column->said.name);
    }
    for (int i = 0; i < column->said.alias_count; i++) {
        if (is_taken(d, column->said.aliases[i])) {
            fault(d, DIAG_E263, &column->at, column->said.aliases[i]);
        }
    }
}

static void read_column(Declaring *d, const XmlNode *element)
{
    ColumnDecl column = {.said = {.decimals = -1}, .at = at_of(element, "name")};
    int word;
    read_said(d, element, &column);
    if (!column.said.name) {
        d->whole = false; /* told: by the schema, or as a name without letters */
        return;
    }
    if ((column.has_type = find_word(TYPES, COUNT(TYPES), element, "type", &word))) {
        column.type = (ColumnType)word;
    }
    if (find_word(EMPTIES, COUNT(EMPTIES), element, "missing", &word)) {
        column.empty = (EmptyCell)word;
    }
    column.required = find_word(ANSWERS, COUNT(ANSWERS), element, "required", &word) && word;
    read_values(d, element, &column);
    d->whole = indicator_parts_agree(&column.said, d->diags) && d->whole;
    if (column.has_type && column.said.has_kind && !kinds_agree(&column)) {
        At at = at_of(element, "kind");
        fault(d, DIAG_E262, &at, column.said.name);
    }
    check_names(d, &column);
    d->columns = arena_grow(d->arena, d->columns, d->count, &d->capacity, sizeof *d->columns);
    d->columns[d->count++] = column;
}

bool csv_declare(Arena *arena, const XmlNode *csv, Diags *diags, CsvDecl *out)
{
    Declaring d = {.arena = arena, .diags = diags, .csv = out, .whole = true};
    int word;
    *out = (CsvDecl){.id = text_of(csv, "id"),
        .files = text_of(csv, "files"),
        .period = text_of(csv, "period"),
        .key = text_of(csv, "key"),
        .encoding = text_of(csv, "encoding"),
        .delimiter = text_of(csv, "delimiter"),
        .at = {.span = csv->span},
        .files_at = at_of(csv, "files"),
        .period_at = at_of(csv, "period"),
        .key_at = at_of(csv, "key"),
        .header_at = at_of(csv, "header"),
        .encoding_at = at_of(csv, "encoding"),
        .delimiter_at = at_of(csv, "delimiter")};
    if (find_word(DUPLICATES, COUNT(DUPLICATES), csv, "duplicates", &word)) {
        out->duplicates = (DuplicatePolicy)word;
    }
    out->empty_is_zero =
        find_word(EMPTIES, COUNT(EMPTIES), csv, "missing", &word) && word == EMPTY_ZERO;
    if (xml_attr_find(csv, "duplicates") && !out->key) {
        d.whole = diag_add(diags, DIAG_E113, &out->at, csv->name, "key");
    }
    read_header(&d, csv);
    for (const XmlNode *child = csv->first; child; child = child->next) {
        if (child->kind == XML_ELEMENT && strcmp(child->name, "column") == 0) {
            read_column(&d, child);
        }
    }
    out->columns = d.columns;
    out->column_count = (int)d.count;
    return d.whole;
}

const ColumnDecl *column_declared(const CsvDecl *csv, const char *name)
{
    for (int i = 0; i < csv->column_count; i++) {
        const Indicator *said = &csv->columns[i].said;
        if (strcmp(said->name, name) == 0) {
            return &csv->columns[i];
        }
        for (int j = 0; j < said->alias_count; j++) {
            if (strcmp(said->aliases[j], name) == 0) {
                return &csv->columns[i];
            }
        }
    }
    return NULL;
}
