#include "typeset/page/head.h"

static HeadText head_text(PageBuilder *builder, Role role, const Inline *text)
{
    HeadText made = {.style = body_style(builder, role)};
    if (text) {
        made.pieces = text_pieces(&builder->ts, text, &made.style);
        made.text = inline_plain(builder->ts.arena, text);
    }
    return made;
}

/* `second` follows `first` on the same line. */
static void join(PageBuilder *builder, HeadText *first, const HeadText *second)
{
    if (!second->pieces) {
        return;
    }
    first->pieces = item_join(first->pieces, second->pieces);
    first->text =
        arena_printf(builder->ts.arena, "%s%s", first->text ? first->text : "", second->text);
}

static HeadText red_text(PageBuilder *builder, const Inline *text)
{
    HeadText made = head_text(builder, ROLE_TITLE, text);
    for (TextPiece *piece = made.pieces; piece; piece = piece->next) {
        piece->style.color = builder->style->red;
    }
    made.style.color = builder->style->red;
    return made;
}

static void push(Head *head, HeadText text)
{
    if (text.pieces) {
        head->stack[head->stack_count++] = text;
    }
}

/* The mark of a 信函 is that of the host alone, without 文件 (10.1). */
static void read_issuers(PageBuilder *builder, const DocMasthead *masthead, Head *head)
{
    bool letter = builder->document->form == FORM_LETTER;
    head->issuer_count = letter && masthead->issuer_count > 1 ? 1 : masthead->issuer_count;
    head->issuers = ARENA_ARRAY(builder->ts.arena, HeadText, head->issuer_count);
    for (int i = 0; i < head->issuer_count; i++) {
        head->issuers[i] = red_text(builder, masthead->issuers[i]);
    }
    HeadText suffix = red_text(builder, letter ? NULL : masthead->suffix);
    if (head->issuer_count == 1) {
        join(builder, head->issuers, &suffix);
    } else {
        head->suffix = suffix;
    }
}

static void read_signatories(PageBuilder *builder, const DocMasthead *masthead, Head *head)
{
    head->signatory_count = masthead->signatory_count;
    head->signatories = ARENA_ARRAY(builder->ts.arena, HeadText, masthead->signatory_count);
    for (int i = 0; i < masthead->signatory_count; i++) {
        head->signatories[i] = head_text(builder, ROLE_KAI, masthead->signatories[i]);
    }
    if (head->signatory_count > 0) {
        Inline *label = inline_text(builder->ts.arena, "签发人：", masthead->at);
        head->label = head_text(builder, ROLE_BODY, label);
    }
}

static void read_masthead(PageBuilder *builder, const DocMasthead *masthead, Head *head)
{
    head->at = masthead->at;
    read_issuers(builder, masthead, head);
    push(head, head_text(builder, ROLE_BODY, masthead->copy));
    push(head, head_text(builder, ROLE_HEI, masthead->secrecy));
    push(head, head_text(builder, ROLE_HEI, masthead->urgency));
    head->number = head_text(builder, ROLE_BODY, masthead->number);
    read_signatories(builder, masthead, head);
}

/* A 纪要 may have its name from the 版头 and the rows below it from here. */
static void read_issue(PageBuilder *builder, const DocIssue *issue, Head *head)
{
    if (head->issuer_count == 0) {
        head->at = issue->at;
        head->issuer_count = 1;
        head->issuers = ARENA_NEW(builder->ts.arena, HeadText);
        head->issuers[0] = red_text(builder, issue->name);
    }
    if (issue->secrecy && head->stack_count < HEAD_STACK) {
        push(head, head_text(builder, ROLE_HEI, issue->secrecy));
    }
    head->serial = head_text(builder, ROLE_BODY, issue->copy);
    if (!head->number.pieces || issue->number) {
        HeadText total = head_text(builder, ROLE_BODY, issue->total);
        head->number = head_text(builder, ROLE_BODY, issue->number);
        join(builder, &head->number, &total);
    }
    head->editor = head_text(builder, ROLE_BODY, issue->editor);
    head->date = head_text(builder, ROLE_BODY, issue->date);
}

const Head *head_read(PageBuilder *builder)
{
    const Document *document = builder->document;
    if (!document->masthead && !document->issue) {
        return NULL;
    }
    Head *head = ARENA_NEW(builder->ts.arena, Head);
    if (document->masthead) {
        read_masthead(builder, document->masthead, head);
    }
    if (document->issue) {
        read_issue(builder, document->issue, head);
    }
    return head;
}
