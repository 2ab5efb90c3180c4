#include "template/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "data/encode.h"
#include "data/files.h"
#include "template/data_file.h"

/* A file that was read for a <text>; another turn of an each may name another one. */
typedef struct TextContent {
    const char *name;
    Node *holder; /* NULL: its fault is told */
    struct TextContent *next;
} TextContent;

struct TextUse {
    Node *node;
    const CheckScope *scope;
    TextContent *contents;
    struct TextUse *next;
};

enum { NAMES_SHOWN = 6 };

void text_file_note(Template *t, Node *node, const CheckScope *scope)
{
    TextUse *use = ARENA_NEW(t->arena, TextUse), **last = &t->texts;
    *use = (TextUse){.node = node, .scope = scope};
    while (*last)
        last = &(*last)->next;
    *last = use;
}

/* ---- the file ---- */

/* 文字/2024-05.txt、文字/2024-04.txt …: what is there instead. */
static void hint_names(Template *t, const char *name)
{
    FileNames names = {0};
    data_file_names(t->arena, t->data_dir, NULL, name, &names);
    const char *meant = data_file_nearest(t->arena, &names, names.count, name), *list = NULL;
    if (meant)
        diag_hint(t->diags, DIAG_H001, meant);
    /* the last ones: files are named by months */
    size_t from = names.count > NAMES_SHOWN ? names.count - NAMES_SHOWN : 0;
    for (size_t i = from; i < names.count; i++)
        list = list ? arena_printf(t->arena, "%s、%s", list, names.items[i]) : names.items[i];
    if (list)
        diag_hint(t->diags, DIAG_H658, list, from ? " …" : "");
}

/* Where it lies; NULL after a message. */
static const char *find_text(Template *t, const char *name, const At *at)
{
    const char *path = NULL;
    DataFileState state = data_file_find(t->arena, t->data_dir, NULL, name, &path);
    const char *cause = diag_system_text(t->diags, errno);
    switch (state) {
    case DATA_FILE_FOUND:
        break;
    case DATA_FILE_NO_FOLDER:
        diag_add(t->diags, DIAG_E688, at);
        break;
    case DATA_FILE_OUTSIDE:
        diag_add(t->diags, DIAG_E681, at, name);
        diag_hint(t->diags, DIAG_H631);
        break;
    case DATA_FILE_ABSENT:
    case DATA_FILE_CLOSED:
        diag_add(t->diags, DIAG_E680, at, name, cause);
        if (state == DATA_FILE_ABSENT)
            hint_names(t, name);
        break;
    }
    return path;
}

static bool may_read(Template *t, const char *name, const char *path, const At *at)
{
    struct stat facts;
    if (stat(path, &facts) != 0)
        return true; /* files_read tells */
    if (!S_ISREG(facts.st_mode))
        return diag_add(t->diags, DIAG_E109, at, name);
    if (facts.st_size > LIMIT_TEXT_BYTES)
        return diag_add(t->diags, DIAG_E682, at, name, (size_t)facts.st_size, LIMIT_TEXT_BYTES);
    return true;
}

static bool is_blank(const char *text, size_t length)
{
    for (const char *next = text; next < text + length;)
        if (!*next || !utf8_is_blank(utf8_next(&next)))
            return false;
    return true;
}

/* The file in UTF-8; NULL after messages. */
static const Source *read_source(Template *t, const char *name, const At *at)
{
    Buf bytes = {0}, text = {0};
    const Source *source = NULL;
    Files files = {.folder = -1};
    const char *path = find_text(t, name, at);
    if (!path || !may_read(t, name, path, at))
        return NULL;
    included_add(t->arena, &t->included, path);
    files.folder = open(t->data_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (files_read(&files, name, &bytes, t->diags) &&
        encode_to_utf8(
            name, bytes.data ? bytes.data : "", bytes.length, ENCODING_UNKNOWN, &text, t->diags)) {
        if (is_blank(text.data ? text.data : "", text.length)) {
            diag_add(t->diags, DIAG_E684, at, name);
            diag_hint(t->diags, DIAG_H660);
        } else {
            source = source_new(t->arena, name, text.data, text.length);
        }
    }
    files_close(&files);
    buf_free(&bytes);
    buf_free(&text);
    return source;
}

/* ---- reading ---- */

static TextUse *use_of(Template *t, const Node *node)
{
    TextUse *use = t->texts;
    while (use && use->node != node)
        use = use->next;
    return use;
}

static TextContent *read_content(Template *t, TextUse *use, const char *name)
{
    TextContent *content = ARENA_NEW(t->arena, TextContent);
    const Node *node = use->node;
    const Attr *src = node_attr(node, "src");
    const Source *source = read_source(t, name, &src->at);
    Node *holder = ARENA_NEW(t->arena, Node);
    bool values = node_choice(node, "values", CHOICE_NO) == CHOICE_YES;
    bool done = source && text_lines(t, source, values, use->scope, node->xml, holder);
    *content = (TextContent){name, done ? holder : NULL, use->contents};
    return use->contents = content;
}

bool text_file_read(Template *t, const Node *node, const char *name)
{
    TextUse *use = use_of(t, node);
    const char *path = data_file_name(t->arena, name);
    TextContent *content = use->contents;
    while (content && strcmp(content->name, path) != 0)
        content = content->next;
    if (!*path)
        return diag_add(t->diags, DIAG_E687, &node_attr(node, "src")->at);
    if (!content)
        content = read_content(t, use, path);
    if (!content->holder)
        return false;
    use->node->first = content->holder->first;
    use->node->last = content->holder->last;
    return true;
}

bool text_file_check(Template *t)
{
    bool ok = true;
    for (const Pending *pending = t->pending; pending; pending = pending->next)
        ok = expr_check(t->engine, pending->expr, pending->scope) && ok;
    t->pending = t->last_pending = NULL;
    return ok;
}

/* ---- one paper a unit ---- */

struct TextHold {
    TextUse *use;
    TextContent *contents;
    struct TextHold *next;
};

struct TextHold *text_files_hold(Template *t, Arena *arena)
{
    struct TextHold *first = NULL;
    for (TextUse *use = t->texts; use; use = use->next) {
        struct TextHold *hold = ARENA_NEW(arena, struct TextHold);
        *hold = (struct TextHold){use, use->contents, first};
        first = hold;
    }
    return first;
}

void text_files_return(const struct TextHold *hold)
{
    for (; hold; hold = hold->next) {
        hold->use->contents = hold->contents;
        hold->use->node->first = hold->use->node->last = NULL;
    }
}

/* ---- before the paper is worked out ---- */

typedef struct Names {
    bool (*is_sound)(void *context, const Expr *expr);
    void *context;
} Names;

/* The name, where all its values are there; NULL without a message. */
static const char *known_name(Template *t, const TextUse *use, const Names *names)
{
    const Attr *src = node_attr(use->node, "src");
    const Scope *root = engine_root(t->engine);
    const char *name = "";
    if (use->scope || t->each)
        for (const Segment *segment = src->prose; segment; segment = segment->next)
            if (segment->value)
                return NULL;
    for (const Segment *segment = src->prose; segment; segment = segment->next) {
        const char *text = segment->text;
        const DataPlace *place;
        bool there = true;
        if (!text && (!names->is_sound(names->context, segment->value) ||
                         !expr_has_figures(t->engine, segment->value, root, &there) || !there ||
                         !expr_text(t->engine, segment->value, root, &text, &place)))
            return NULL;
        name = arena_printf(t->arena, "%s%s", name, text);
    }
    return name;
}

/* It may be that this paper does without it. */
static bool is_conditional(const Node *node)
{
    static const char *const attrs[] = {"when", "audience", "test", "of"};
    for (const XmlNode *round = node->xml; round; round = round->parent)
        for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++)
            if (xml_attr_find(round, attrs[i]) || strcmp(round->name, "else") == 0)
                return true;
    return false;
}

bool text_files_read(Template *t, bool (*is_sound)(void *context, const Expr *expr), void *context)
{
    const Names names = {is_sound, context};
    bool ok = true;
    for (TextUse *use = t->texts; use; use = use->next) {
        const char *path, *name = known_name(t, use, &names);
        bool there = name && data_file_find(t->arena, t->data_dir, NULL,
                                 data_file_name(t->arena, name), &path) == DATA_FILE_FOUND;
        if (name && (there || !is_conditional(use->node)))
            ok = text_file_read(t, use->node, name) && ok;
    }
    return ok;
}
