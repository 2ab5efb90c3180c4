/* 版头, 报头 and 版记 (typesetting.md 2, 4, 8): what stands at fixed places of the paper. */
#include "template/evaluate/evaluate.h"

#include <stddef.h>
#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "document/proper.h"

/* ---- 版头 ---- */

/* 文件, 令 and 纪要 come of themselves where the name does not end so (7.2.4, 10.2, 10.3). */
static Inline *masthead_suffix(
    Paper *paper, const Node *node, const Scope *scope, const DocMasthead *head)
{
    static const char *const words[FORM_COUNT] = {[FORM_OFFICIAL] = "文件",
        [FORM_UPWARD] = "文件",
        [FORM_ORDER] = "令",
        [FORM_MINUTES] = "纪要"};
    const char *word = words[paper->document->form];
    if (node_attr(node, "suffix"))
        return evaluate_prose(paper, node, "suffix", scope);
    if (!word || !head->issuer_count ||
        utf8_ends_with(head->issuers[head->issuer_count - 1]->text, word))
        return NULL;
    return inline_text(paper->arena, word, node->at);
}

/* 第　期 and 第×期 are filled in by hand; what has no figure else is no number of an issue. */
static void check_issue_number(Paper *paper, const Node *node, const char *text)
{
    static const char *const open[] = {"第　", "第 ", "第×", "第X"};
    if (strpbrk(text, "0123456789"))
        return;
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (strncmp(text, open[i], strlen(open[i])) == 0)
            return;
    diag_add(paper->diags, DIAG_W126, &node_attr(node, "number")->at, text);
    diag_hint(paper->diags, DIAG_H616);
}

static Inline *document_number(Paper *paper, const Node *node, const Scope *scope)
{
    bool mended = false;
    DocForm form = paper->document->form;
    const char *typed = part_plain(paper, node, "number", scope), *proper = NULL;
    if (!typed)
        return NULL;
    if (form == FORM_ORDER || form == FORM_MINUTES)
        proper = proper_serial(paper->arena, typed, form == FORM_ORDER ? "号" : "期", &mended);
    if (!proper || strcmp(proper, typed) == 0) {
        const char *whole = proper_number(paper->arena, typed, &mended);
        proper = whole ? whole : proper;
    }
    if (proper && form == FORM_MINUTES)
        check_issue_number(paper, node, proper);
    if (!proper) {
        diag_add(paper->diags, DIAG_W115, &node_attr(node, "number")->at, typed);
        diag_hint(paper->diags, DIAG_H612);
        return part_text(paper, node, "number", typed);
    }
    return mended ? part_mended(paper, node, "number", typed, proper)
                  : part_text(paper, node, "number", proper);
}

static Inline *secrecy(Paper *paper, const Node *node, const Scope *scope)
{
    bool mended;
    const char *typed = part_plain(paper, node, "secrecy", scope);
    const char *proper = typed ? proper_secrecy(paper->arena, typed, &mended) : NULL;
    if (typed && !proper) {
        part_fault(paper, node, "secrecy", DIAG_E611, typed);
        diag_hint(paper->diags, DIAG_H606);
    }
    if (!proper)
        return NULL;
    return mended ? part_mended(paper, node, "secrecy", typed, proper)
                  : part_text(paper, node, "secrecy", proper);
}

/* Two characters are often spread: 特　急. */
static const char *without_blanks(Arena *arena, const char *text)
{
    Buf out = {0};
    for (uint32_t next; (next = utf8_next(&text)) != 0;)
        if (!utf8_is_blank(next))
            buf_addc(&out, next);
    const char *dense = arena_strndup(arena, out.data ? out.data : "", out.length);
    buf_free(&out);
    return dense;
}

static Inline *urgency(Paper *paper, const Node *node, const Scope *scope)
{
    const char *typed = part_plain(paper, node, "urgency", scope);
    typed = typed ? without_blanks(paper->arena, typed) : NULL;
    if (typed && strcmp(typed, "特急") != 0 && strcmp(typed, "加急") != 0)
        part_fault(paper, node, "urgency", DIAG_E610, typed);
    return typed ? part_text(paper, node, "urgency", typed) : NULL;
}

static Inline *copy_number(Paper *paper, const Node *node, const Scope *scope)
{
    const char *typed = part_plain(paper, node, "copy", scope);
    return typed ? part_text(paper, node, "copy", proper_copy(paper->arena, typed)) : NULL;
}

static void check_masthead(Paper *paper, const Node *node, const DocMasthead *head)
{
    if (head->issuer_count == 0)
        part_required(paper, node, "issuer");
    if (paper->document->form == FORM_UPWARD && head->signatory_count == 0)
        part_required(paper, node, "signatory");
    if (paper->document->form == FORM_LETTER && head->issuer_count > 1)
        paper->failed =
            !diag_add(paper->diags, DIAG_E608, &node_attr(node, "issuer")->at, head->issuer_count);
}

void evaluate_masthead(Paper *paper, const Node *node, const Scope *scope)
{
    DocMasthead *head = ARENA_NEW(paper->arena, DocMasthead);
    head->at = node->at;
    head->issuers = part_names(paper, node, "issuer", false, scope, &head->issuer_count);
    head->signatories = part_names(paper, node, "signatory", true, scope, &head->signatory_count);
    if (head->signatory_count > 0)
        drop_label(paper, head->signatories[0], "签发人");
    head->suffix = masthead_suffix(paper, node, scope, head);
    head->number = document_number(paper, node, scope);
    head->copy = copy_number(paper, node, scope);
    head->secrecy = secrecy(paper, node, scope);
    head->urgency = urgency(paper, node, scope);
    check_masthead(paper, node, head);
    paper->document->masthead = head;
}

/* ---- 报头 ---- */

static Inline *issue_number(Paper *paper, const Node *node, const Scope *scope)
{
    bool mended;
    const char *typed = part_plain(paper, node, "number", scope);
    if (!typed)
        return NULL;
    const char *proper = proper_serial(paper->arena, typed, "期", &mended);
    check_issue_number(paper, node, proper);
    return mended ? part_mended(paper, node, "number", typed, proper)
                  : part_text(paper, node, "number", proper);
}

/* （总第45期）; a bare figure is short for it. */
static Inline *issue_total(Paper *paper, const Node *node, const Scope *scope)
{
    Inline *content = evaluate_prose(paper, node, "total", scope);
    if (!content)
        return NULL;
    drop_brackets(paper, content);
    const char *text = inline_plain(paper->arena, content);
    bool bare = strspn(text, "0123456789") == strlen(text);
    return part_text(
        paper, node, "total", arena_printf(paper->arena, bare ? "（总第%s期）" : "（%s）", text));
}

void evaluate_issue(Paper *paper, const Node *node, const Scope *scope)
{
    DocIssue *issue = ARENA_NEW(paper->arena, DocIssue);
    issue->at = node->at;
    issue->name = evaluate_prose(paper, node, "name", scope);
    issue->number = issue_number(paper, node, scope);
    issue->total = issue_total(paper, node, scope);
    issue->editor = evaluate_prose(paper, node, "editor", scope);
    issue->date = part_date(paper, node, "date", scope);
    issue->secrecy = evaluate_prose(paper, node, "secrecy", scope);
    issue->copy = evaluate_prose(paper, node, "copy", scope);
    if (!issue->name)
        part_required(paper, node, "name");
    paper->document->issue = issue;
}

/* ---- 版记 ---- */

static const struct {
    const char *name, *label; /* label: printed before it */
    size_t offset;
} ROWS[] = {{"to", "主送", offsetof(DocImprint, to)},
    {"copy-to", "抄送", offsetof(DocImprint, copy_to)},
    {"report-to", "报", offsetof(DocImprint, report_to)},
    {"send-to", "送", offsetof(DocImprint, send_to)},
    {"issue-to", "发", offsetof(DocImprint, issue_to)},
    {"issuer", NULL, offsetof(DocImprint, issuer)},
    {"disclosure", NULL, offsetof(DocImprint, disclosure)}};

static bool is_closing_mark(uint32_t code_point)
{
    uint32_t folded = utf8_fold_width(code_point);
    return folded == '.' || folded == ',' || folded == ';' || folded == 0x3001 || folded == 0x3002;
}

/* The last name is followed by 。 (7.4.2): another mark that is typed there gives way to it. */
static void mend_stop(Paper *paper, const Inline *content, Inline *last)
{
    const char *typed = inline_plain(paper->arena, content), *name_end = last->text;
    for (const char *at = last->text; *at;)
        if (!is_closing_mark(utf8_next(&at)))
            name_end = at;
    if (name_end == last->text || !*name_end || strcmp(name_end, "。") == 0)
        return;
    last->text = arena_printf(paper->arena, "%.*s。", (int)(name_end - last->text), last->text);
    diag_add(paper->diags, DIAG_W114, &last->at, typed, inline_plain(paper->arena, content));
}

static void mend_row(Paper *paper, Inline *content, const char *label)
{
    drop_label(paper, content, label);
    Inline *last = content;
    while (last && last->next)
        last = last->next;
    if (last && last->kind == INLINE_TEXT)
        mend_stop(paper, content, last);
}

/* 印发 is printed behind it. */
static Inline *issuing_date(Paper *paper, const Node *node, const Scope *scope)
{
    Inline *date = part_date(paper, node, "date", scope);
    const char *text = date ? inline_plain(paper->arena, date) : "", *word = "印发";
    if (!utf8_ends_with(text, word))
        return date;
    return part_text(paper, node, "date",
        utf8_trim(paper->arena, arena_strndup(paper->arena, text, strlen(text) - strlen(word))));
}

/* A bare figure is short for 共印30份. */
static Inline *copies(Paper *paper, const Node *node, const Scope *scope)
{
    const char *text = part_plain(paper, node, "copies", scope);
    if (!text)
        return NULL;
    bool bare = strspn(text, "0123456789") == strlen(text);
    return part_text(
        paper, node, "copies", bare ? arena_printf(paper->arena, "共印%s份", text) : text);
}

void evaluate_imprint(Paper *paper, const Node *node, const Scope *scope)
{
    DocImprint *imprint = ARENA_NEW(paper->arena, DocImprint);
    bool any = false;
    imprint->at = node->at;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        Inline *content = evaluate_prose(paper, node, ROWS[i].name, scope);
        if (ROWS[i].label)
            mend_row(paper, content, ROWS[i].label);
        memcpy((char *)imprint + ROWS[i].offset, &content, sizeof content);
        any = any || content;
    }
    imprint->date = issuing_date(paper, node, scope);
    imprint->copies = copies(paper, node, scope);
    if (!any && !imprint->date && !imprint->copies)
        paper->failed = !diag_add(paper->diags, DIAG_E624, &node->at);
    paper->document->imprint = imprint;
}
