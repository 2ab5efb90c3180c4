/* What each form of paper may and must have, and in which order, as data; and what there can be
 * only one of. Elements of different branches of one <if> are never both there. */
#include "template/schema_forms.h"

#include <string.h>
#include "base/map.h"
#include "base/utf8.h"
#include "document/document.h"
#include "template/audience.h"
#include "template/schema.h"
#include "template/schema_table.h"

#define F(form) (1u << FORM_##form)

enum {
    HEADED = F(OFFICIAL) | F(UPWARD) | F(LETTER) | F(ORDER),
    PLAIN = F(REPORT) | F(SPEECH),
    ALL = (1u << FORM_COUNT) - 1
};

/* An element, or one of its attributes, that some forms do not have, and what to do about it. */
typedef struct Ban {
    const char *element, *attr;
    unsigned forms;
    DiagCode hint;
    const char *instead; /* of the hint, if it names anything */
} Ban;

static const Ban BANS[] = {
    /* flat table */
    {"masthead", NULL, PLAIN, DIAG_H604, "公文"},
    {"masthead", NULL, F(BULLETIN), DIAG_H605, "issue"},
    {"issue", NULL, PLAIN, DIAG_H604, "简报"},
    {"issue", NULL, HEADED, DIAG_H605, "masthead"},
    {"title", NULL, F(ORDER), DIAG_H611, NULL},
    {"to", NULL, F(SPEECH), DIAG_H605, "salutation"},
    {"to", NULL, F(MINUTES) | F(BULLETIN), DIAG_H605, "imprint"},
    {"to", NULL, F(ORDER), DIAG_H611, NULL},
    {"salutation", NULL, F(OFFICIAL) | F(UPWARD) | F(LETTER), DIAG_H605, "to"},
    {"salutation", NULL, F(ORDER) | F(MINUTES) | F(BULLETIN), DIAG_H611, NULL},
    {"attendance", NULL, PLAIN | HEADED, DIAG_H604, "纪要"},
    {"imprint", NULL, PLAIN, DIAG_H604, "公文"},
    /* 签发人: 7.2.6; 信函 has no 印发机关 and 印发日期: 10.1 */
    {"masthead", "signatory", ALL & ~F(UPWARD), DIAG_H604, "上行文"},
    {"imprint", "issuer", F(LETTER), DIAG_H611, NULL},
    {"imprint", "date", F(LETTER), DIAG_H611, NULL},
};

/* The order of a paper. What stands before the text, `strict`, comes before all that ranks higher;
 * the text itself before the signature, the others only before the attachments. Elements of no row
 * stand anywhere. */
enum {
    RANK_HEAD,
    RANK_FRONT,
    RANK_TO,
    RANK_TEXT,
    RANK_END,
    RANK_SIGN,
    RANK_ATTACHMENT,
    RANK_COUNT
};

static const struct {
    const char *element;
    int rank;
    bool only; /* there is one at most */
} PARTS[] = {  /* flat table */
    {"masthead", RANK_HEAD, true}, {"issue", RANK_HEAD, true}, {"title", RANK_FRONT, true},
    {"subtitle", RANK_FRONT, true}, {"byline", RANK_FRONT, true}, {"date", RANK_FRONT, true},
    {"to", RANK_TO, true}, {"salutation", RANK_TO, true}, {"h1", RANK_TEXT, false},
    {"h2", RANK_TEXT, false}, {"h3", RANK_TEXT, false}, {"h4", RANK_TEXT, false},
    {"p", RANK_TEXT, false}, {"text", RANK_TEXT, false}, {"list", RANK_TEXT, false},
    {"table", RANK_TEXT, false},
    {"chart", RANK_TEXT, false}, {"figure", RANK_TEXT, false}, {"photos", RANK_TEXT, false},
    {"keep", RANK_TEXT, false}, {"landscape", RANK_TEXT, false}, {"attendance", RANK_END, false},
    {"sign", RANK_SIGN, true}, {"annotation", RANK_END, true},
    {"attachment", RANK_ATTACHMENT, false}, {"slip", RANK_COUNT, false},
    {"contents", RANK_COUNT, true}, {"imprint", RANK_COUNT, true}};

enum { PART_COUNT = sizeof PARTS / sizeof *PARTS, ALTERNATIVES = 16 };

/* Elements of which no two are ever both there. */
typedef struct Seen {
    const XmlNode *elements[ALTERNATIVES];
    int count;
} Seen;

typedef struct Forms {
    Diags *diags;
    DocForm form;
    const char *form_name;
    Seen parts[PART_COUNT], ranks[RANK_COUNT];
    bool meant[PART_COUNT]; /* another stands where this one should */
    bool late_text_told;
    bool ok;
} Forms;

/* ---- alternatives ---- */

static int depth_of(const XmlNode *node)
{
    int depth = 0;
    for (; node->parent; node = node->parent)
        depth++;
    return depth;
}

static bool is_named(const XmlNode *node, const char *name)
{
    return strcmp(node->name, name) == 0;
}

/* Below the last element that holds both, one at least stands in an <else>. */
static bool part_in_branches(const XmlNode *a, const XmlNode *b)
{
    int depth_a = depth_of(a), depth_b = depth_of(b);
    for (; depth_a > depth_b; depth_a--)
        a = a->parent;
    for (; depth_b > depth_a; depth_b--)
        b = b->parent;
    while (a != b && a->parent != b->parent) {
        a = a->parent;
        b = b->parent;
    }
    return a != b && (is_named(a, "else") || is_named(b, "else"));
}

/* A paper is for one audience: <title audience="县"> and <title audience="镇"> never meet. */
static bool part_by_audience(const XmlNode *a, const XmlNode *b)
{
    for (; a; a = a->parent) {
        const XmlAttr *mine = xml_attr_find(a, "audience");
        for (const XmlNode *round = b; mine && round; round = round->parent) {
            const XmlAttr *theirs = xml_attr_find(round, "audience");
            if (theirs && audience_disjoint(mine->value, theirs->value))
                return true;
        }
    }
    return false;
}

static bool are_exclusive(const XmlNode *a, const XmlNode *b)
{
    return part_by_audience(a, b) || part_in_branches(a, b);
}

/* One of them that may be there together with the element; NULL: none. */
static const XmlNode *seen_beside(const Seen *seen, const XmlNode *element)
{
    for (int i = 0; i < seen->count; i++)
        if (!are_exclusive(seen->elements[i], element))
            return seen->elements[i];
    return NULL;
}

/* Whatever comes later and can meet the element can meet the one that is seen already. */
static void seen_add(Seen *seen, const XmlNode *element)
{
    if (seen->count < ALTERNATIVES && !seen_beside(seen, element))
        seen->elements[seen->count++] = element;
}

static bool tell_place(
    Diags *diags, DiagCode code, const At *at, const char *name, const XmlNode *other)
{
    size_t line, column;
    const Source *source = other->span.source;
    source_position(source, other->span.start, &line, &column);
    return diag_add(diags, code, at, name, source->name, line);
}

/* Something may be missing because its file is. */
static bool lacks_file(const XmlNode *parent)
{
    for (const XmlNode *child = parent->first; child; child = child->next)
        if (child->kind == XML_ELEMENT && (is_named(child, "include") || lacks_file(child)))
            return true;
    return false;
}

/* ---- bans ---- */

static bool bans(const Ban *ban, DocForm form, const XmlNode *element)
{
    return ban->forms & 1u << form && is_named(element, ban->element);
}

static void hint_ban(const Ban *ban, Diags *diags)
{
    if (ban->instead)
        diag_hint(diags, ban->hint, ban->instead);
    else
        diag_hint(diags, ban->hint);
}

static void check_attr_bans(Forms *forms, const XmlNode *element)
{
    for (size_t i = 0; i < sizeof BANS / sizeof *BANS; i++) {
        const XmlAttr *attr = BANS[i].attr ? xml_attr_find(element, BANS[i].attr) : NULL;
        if (!attr || !bans(&BANS[i], forms->form, element))
            continue;
        At at = {.span = attr->name_span};
        forms->ok =
            diag_add(forms->diags, DIAG_E605, &at, forms->form_name, element->name, attr->name);
        hint_ban(&BANS[i], forms->diags);
    }
}

/* The one that should stand in its place is not missing as well. */
static void mean_instead(Forms *forms, const Ban *ban)
{
    for (int i = 0; ban->hint == DIAG_H605 && i < PART_COUNT; i++)
        if (strcmp(PARTS[i].element, ban->instead) == 0)
            forms->meant[i] = true;
}

/* One that may not be there at all has no attributes to tell of. */
static bool check_bans(Forms *forms, const XmlNode *element)
{
    At at = {.span = element->span};
    for (size_t i = 0; i < sizeof BANS / sizeof *BANS; i++) {
        if (BANS[i].attr || !bans(&BANS[i], forms->form, element))
            continue;
        forms->ok = diag_add(forms->diags, DIAG_E603, &at, forms->form_name, element->name);
        hint_ban(&BANS[i], forms->diags);
        mean_instead(forms, &BANS[i]);
        return false;
    }
    check_attr_bans(forms, element);
    return true;
}

static void check_sign(Forms *forms, const XmlNode *sign)
{
    bool unit = xml_attr_find(sign, "unit") != NULL, post = xml_attr_find(sign, "post") != NULL;
    const XmlAttr *seal = xml_attr_find(sign, "seal"), *stamp = xml_attr_find(sign, "stamp");
    At at = {.span = sign->span};
    if (unit == post)
        forms->ok = diag_add(forms->diags, DIAG_E612, &at);
    else if (post ? seal != NULL : stamp != NULL) {
        at.span = (post ? seal : stamp)->name_span;
        forms->ok = diag_add(forms->diags, DIAG_E626, &at);
    }
}

/* ---- order ---- */

static void check_order(Forms *forms, const XmlNode *element, int rank)
{
    const XmlNode *other = NULL;
    At at = {.span = element->span};
    bool strict = rank < RANK_TEXT, piece = forms->form == FORM_BULLETIN;
    bool signed_off = (rank == RANK_TEXT || is_named(element, "attendance")) && !piece;
    int from = strict ? rank + 1 : signed_off ? RANK_SIGN : RANK_ATTACHMENT;
    for (int higher = from; !other && higher < RANK_COUNT; higher++)
        if (higher > rank)
            other = seen_beside(&forms->ranks[higher], element);
    seen_add(&forms->ranks[rank], element);
    if (!other || (!strict && forms->late_text_told))
        return;
    size_t line, column;
    const Source *source = other->span.source;
    source_position(source, other->span.start, &line, &column);
    forms->late_text_told = forms->late_text_told || !strict;
    forms->ok =
        diag_add(forms->diags, DIAG_E607, &at, element->name, other->name, source->name, line);
    if (signed_off && is_named(other, "sign"))
        diag_hint(forms->diags, DIAG_H614);
}

/* A 简报 may hold several pieces, each with a title, its unit and its date; above the first, and
 * above any, there is room for a 按语 (typesetting.md 8). */
static void begin_piece(Forms *forms)
{
    static const Seen NONE;
    for (int i = 0; i < PART_COUNT; i++)
        if (PARTS[i].rank == RANK_FRONT)
            forms->parts[i] = NONE;
    forms->ranks[RANK_FRONT] = forms->ranks[RANK_TEXT] = NONE;
}

static void check_part(Forms *forms, const XmlNode *element)
{
    At at = {.span = element->span};
    if (!check_bans(forms, element))
        return;
    if (forms->form == FORM_BULLETIN && is_named(element, "title"))
        begin_piece(forms);
    if (is_named(element, "sign"))
        check_sign(forms, element);
    for (int i = 0; i < PART_COUNT; i++) {
        if (!is_named(element, PARTS[i].element))
            continue;
        const XmlNode *other = PARTS[i].only ? seen_beside(&forms->parts[i], element) : NULL;
        if (other)
            forms->ok = tell_place(forms->diags, DIAG_E602, &at, element->name, other);
        seen_add(&forms->parts[i], element);
        if (PARTS[i].rank < RANK_COUNT && !other)
            check_order(forms, element, PARTS[i].rank);
    }
}

/* Through what only decides or repeats. */
static void check_parts(Forms *forms, const XmlNode *parent)
{
    for (const XmlNode *child = parent->first; child; child = child->next) {
        if (child->kind != XML_ELEMENT)
            continue;
        if (is_named(child, "if") || is_named(child, "else") || is_named(child, "each"))
            check_parts(forms, child);
        else
            check_part(forms, child);
    }
}

/* ---- needs ---- */

static const Seen *seen_part(const Forms *forms, const char *element)
{
    for (int i = 0; i < PART_COUNT; i++)
        if (strcmp(PARTS[i].element, element) == 0)
            return &forms->parts[i];
    return NULL;
}

static bool is_there(const Forms *forms, const char *element)
{
    const Seen *seen = seen_part(forms, element);
    return seen->count > 0 || forms->meant[seen - forms->parts];
}

bool schema_check_heads(DocForm form, bool masthead, bool issue, const At *at, Diags *diags)
{
    unsigned bit = 1u << form;
    const AttrDef *def = schema_attr_find(schema_element_find("report"), "form");
    const Choice *name = def->choices;
    while (name->value != (int)form)
        name++;
    if (bit & HEADED && !masthead)
        return diag_add(diags, DIAG_E604, at, name->name, "masthead");
    if (bit & F(BULLETIN) && !issue)
        return diag_add(diags, DIAG_E604, at, name->name, "issue");
    if (bit & F(MINUTES) && !masthead && !issue)
        return diag_add(diags, DIAG_E627, at, name->name, "masthead", "issue");
    return true;
}

static void check_needs(Forms *forms, const XmlNode *root)
{
    At at = {.span = xml_attr_find(root, "form")->value_span};
    forms->ok = schema_check_heads(forms->form, is_there(forms, "masthead"),
                    is_there(forms, "issue"), &at, forms->diags) &&
                forms->ok;
}

/* 纪要 has one head or the other. */
static void check_heads(Forms *forms)
{
    const Seen *heads = seen_part(forms, "masthead"), *issues = seen_part(forms, "issue");
    for (int i = 0; forms->form == FORM_MINUTES && i < issues->count; i++) {
        const XmlNode *other = seen_beside(heads, issues->elements[i]);
        At at = {.span = issues->elements[i]->span};
        if (!other)
            continue;
        forms->ok = tell_place(forms->diags, DIAG_E628, &at, issues->elements[i]->name, other);
        diag_hint(forms->diags, DIAG_H611);
        return;
    }
}

static void check_signatory(Forms *forms)
{
    const Seen *heads = seen_part(forms, "masthead");
    for (int i = 0; forms->form == FORM_UPWARD && i < heads->count; i++) {
        At at = {.span = heads->elements[i]->span};
        if (!xml_attr_find(heads->elements[i], "signatory"))
            forms->ok =
                diag_add(forms->diags, DIAG_E606, &at, forms->form_name, "masthead", "signatory");
    }
}

bool schema_check_form(const XmlNode *root, Diags *diags)
{
    const XmlAttr *form = xml_attr_find(root, "form");
    const ElementDef *report = schema_element_find("report");
    const Choice *choice =
        form ? schema_choice_find(schema_attr_find(report, "form"), form->value) : NULL;
    if (!choice)
        return true; /* told already */
    Forms forms = {
        .diags = diags, .form = (DocForm)choice->value, .form_name = choice->name, .ok = true};
    check_parts(&forms, root);
    if (!lacks_file(root))
        check_needs(&forms, root);
    check_heads(&forms);
    check_signatory(&forms);
    return forms.ok;
}

/* ---- ids and references ---- */

/* Elements that can be referred to; the id of a csv names a table of data. */
static bool is_numbered(const XmlNode *element)
{
    static const char *const names[] = {
        "table", "chart", "figure", "attachment", "h1", "h2", "h3", "h4"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_named(element, names[i]))
            return true;
    return false;
}

typedef struct Ids {
    Arena *arena;
    Diags *diags;
    Map *seen; /* id → Seen */
    bool ok;
} Ids;

static void gather_id(Ids *ids, const XmlNode *element)
{
    const XmlAttr *id = is_numbered(element) ? xml_attr_find(element, "id") : NULL;
    if (!id)
        return;
    Seen *seen = map_find(ids->seen, id->value);
    if (!seen) {
        seen = ARENA_NEW(ids->arena, Seen);
        map_put(ids->seen, id->value, seen);
    }
    const XmlNode *other = seen_beside(seen, element);
    At at = {.span = id->value_span};
    if (other)
        ids->ok = tell_place(ids->diags, DIAG_E617, &at, id->value, other);
    seen_add(seen, element);
}

static void gather_ids(Ids *ids, const XmlNode *parent)
{
    for (const XmlNode *child = parent->first; child; child = child->next) {
        if (child->kind != XML_ELEMENT)
            continue;
        gather_id(ids, child);
        gather_ids(ids, child);
    }
}

static void check_reference(Ids *ids, const XmlNode *element)
{
    const XmlAttr *to = xml_attr_find(element, "to");
    size_t count = map_count(ids->seen);
    if (!is_named(element, "ref") || !to || !to->value[0] || map_find(ids->seen, to->value))
        return;
    At at = {.span = to->value_span};
    const char **names = ARENA_ARRAY(ids->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        names[i] = map_key(ids->seen, i);
    const char *nearest = utf8_nearest(to->value, names, count);
    ids->ok = diag_add(ids->diags, DIAG_E616, &at, to->value);
    if (nearest)
        diag_hint(ids->diags, DIAG_H001, nearest);
}

static void check_references(Ids *ids, const XmlNode *parent)
{
    for (const XmlNode *child = parent->first; child; child = child->next) {
        if (child->kind != XML_ELEMENT)
            continue;
        check_reference(ids, child);
        check_references(ids, child);
    }
}

bool schema_check_references(const XmlNode *root, Diags *diags)
{
    Arena *arena = arena_new();
    Ids ids = {arena, diags, map_new(arena), true};
    gather_ids(&ids, root);
    if (!lacks_file(root))
        check_references(&ids, root);
    arena_free(arena);
    return ids.ok;
}
