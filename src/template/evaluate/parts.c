/* The small texts of 版头, 版记 and signature: attributes in their proper form, names one by one.
 */
#include "template/evaluate/evaluate.h"

#include <string.h>
#include "base/utf8.h"
#include "document/proper.h"
#include "document/provenance.h"

const char *part_plain(Paper *paper, const Node *node, const char *name, const Scope *scope)
{
    Inline *content = evaluate_prose(paper, node, name, scope);
    return content ? inline_plain(paper->arena, content) : NULL;
}

Inline *part_text(Paper *paper, const Node *node, const char *name, const char *text)
{
    const Attr *attr = node_attr(node, name);
    Inline *piece = inline_text(paper->arena, text, attr->at);
    if (paper->read == attr && paper->figure && strstr(text, paper->figure->printed))
        piece->figure = paper->figure;
    return piece;
}

bool part_fault(Paper *paper, const Node *node, const char *name, DiagCode code, const char *text)
{
    const Attr *attr = node_attr(node, name);
    if (has_hole(paper, attr))
        return false;
    paper->failed = true;
    return diag_add(paper->diags, code, attr ? &attr->at : &node->at, text);
}

bool part_required(Paper *paper, const Node *node, const char *name)
{
    const Attr *attr = node_attr(node, name);
    if (has_hole(paper, attr))
        return false;
    paper->failed = true;
    return diag_add(paper->diags, DIAG_E609, attr ? &attr->at : &node->at, node->xml->name, name);
}

Inline *part_mended(
    Paper *paper, const Node *node, const char *name, const char *typed, const char *proper)
{
    diag_add(paper->diags, DIAG_W114, &node_attr(node, name)->at, typed, proper);
    return part_text(paper, node, name, proper);
}

/* ---- dates ---- */

void check_date(Paper *paper, const Inline *date, At at)
{
    bool mended;
    const char *typed = date ? inline_plain(paper->arena, date) : "";
    const char *proper = proper_date(paper->arena, typed, &mended);
    const char *impossible = impossible_date(paper->arena, typed);
    if (impossible)
        diag_add(paper->diags, DIAG_W127, &at, impossible);
    if (!mended)
        return;
    diag_add(paper->diags, DIAG_W116, &at, typed);
    diag_hint(paper->diags, DIAG_H609, proper);
}

Inline *part_date(Paper *paper, const Node *node, const char *name, const Scope *scope)
{
    Inline *date = evaluate_prose(paper, node, name, scope);
    if (date)
        check_date(paper, date, node_attr(node, name)->at);
    return date;
}

/* ---- names ---- */

static bool is_mark_between(uint32_t code_point, bool people)
{
    return code_point == ';' || code_point == 0xFF1B ||
           (people && (code_point == 0x3001 || code_point == ',' || code_point == 0xFF0C));
}

static bool blank_ahead(const char *text)
{
    return utf8_is_blank(utf8_next(&text));
}

static size_t length_of_run(const char *text, bool people)
{
    size_t length = 0;
    for (uint32_t next; (next = utf8_next(&text)) != 0; length++)
        if (is_mark_between(next, people) || utf8_is_blank(next))
            break;
    return length;
}

/* A name of two characters is often spread: 张　三. Such a blank, between single characters, parts
 * nothing. */
static bool parts_people(const char *behind, size_t before)
{
    while (blank_ahead(behind))
        utf8_next(&behind);
    return before != 1 || length_of_run(behind, true) != 1;
}

/* The end of the name that begins at `text`. */
static const char *name_end(const char *text, bool people)
{
    size_t run = 0;
    while (*text) {
        const char *here = text;
        uint32_t code_point = utf8_next(&text);
        bool blank = utf8_is_blank(code_point);
        if (is_mark_between(code_point, people) || (people && blank && parts_people(text, run)))
            return here;
        run = blank ? 0 : run + 1;
    }
    return text;
}

/* 张 三, whatever blank is typed, is spread by one character. */
static const char *spread_name(Arena *arena, const char *name)
{
    const char *first = name, *rest;
    while (*first && !blank_ahead(first))
        utf8_next(&first);
    for (rest = first; blank_ahead(rest);)
        utf8_next(&rest);
    return *rest ? arena_printf(arena, "%.*s　%s", (int)(first - name), name, rest) : name;
}

Inline **part_names(
    Paper *paper, const Node *node, const char *name, bool people, const Scope *scope, int *count)
{
    const char *text = part_plain(paper, node, name, scope);
    Inline **names = NULL;
    size_t used = 0, room = 0;
    while (text && *text) {
        const char *end = name_end(text, people);
        const char *one =
            utf8_trim(paper->arena, arena_strndup(paper->arena, text, (size_t)(end - text)));
        if (*one) {
            names = arena_grow(paper->arena, names, used, &room, sizeof(Inline *));
            names[used++] =
                part_text(paper, node, name, people ? spread_name(paper->arena, one) : one);
        }
        text = end;
        if (*text)
            utf8_next(&text);
    }
    *count = (int)used;
    return names;
}

/* ---- what is printed anyhow ---- */

/* Behind `word` and its colon, if the text begins so; else the text itself. */
static const char *behind_label(const char *text, const char *word)
{
    const char *at = text;
    size_t length = strlen(word);
    while (blank_ahead(at))
        utf8_next(&at);
    if (strncmp(at, word, length) != 0)
        return text;
    at += length;
    return utf8_fold_width(utf8_next(&at)) == ':' ? at : text;
}

void drop_label(Paper *paper, Inline *content, const char *word)
{
    if (!content || content->kind != INLINE_TEXT)
        return;
    const char *rest = behind_label(content->text, word);
    if (rest == content->text)
        return;
    diag_add(paper->diags, DIAG_W118, &content->at,
        arena_strndup(paper->arena, content->text, (size_t)(rest - content->text)));
    content->text = utf8_trim(paper->arena, rest);
}

/* The one pair of brackets round all of it. */
static bool is_bracketed(const char *text)
{
    int depth = 0;
    for (uint32_t next; (next = utf8_fold_width(utf8_next(&text))) != 0;) {
        depth += (next == '(') - (next == ')');
        if (depth == 0)
            return next == ')' && !*text;
    }
    return false;
}

void drop_brackets(Paper *paper, Inline *first)
{
    Inline *last = first;
    if (!first || !is_bracketed(inline_plain(paper->arena, first)))
        return;
    while (last->next)
        last = last->next;
    if (first->kind != INLINE_TEXT || last->kind != INLINE_TEXT)
        return;
    const char *behind = first->text, *closing = last->text;
    utf8_next(&behind);
    first->text = behind;
    if (last == first)
        closing = behind;
    const char *at = closing;
    for (const char *next = at; *next; utf8_next(&next))
        at = next;
    last->text = arena_strndup(paper->arena, closing, (size_t)(at - closing));
}
