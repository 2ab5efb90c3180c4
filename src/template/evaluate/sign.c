/* 署名 and 成文日期 in their three cases (GB/T 9704 7.3.5), 出席, 附注, 附件 and 附件说明. */
#include "template/evaluate/evaluate.h"

#include <string.h>
#include "base/utf8.h"
#include "template/schema.h"

/* ---- 署名 ---- */

enum { STAMP_WIDTH = 40, STAMP_HEIGHT = 20 };

static void fill_sign(Paper *paper, const Node *node, const Scope *scope, DocSign *sign)
{
    bool stamped = node_attr(node, "post") != NULL;
    const char *who = stamped ? "post" : "unit";
    Inline **names = part_names(paper, node, who, false, scope, &sign->signer_count);
    if (sign->signer_count == 0)
        part_required(paper, node, who);
    sign->signers = ARENA_ARRAY(paper->arena, DocSigner, sign->signer_count);
    for (int i = 0; i < sign->signer_count; i++)
        sign->signers[i].unit = names[i];
    sign->kind = stamped ? SIGN_STAMPED : node_attr(node, "seal") ? SIGN_SEALED : SIGN_UNSEALED;
    if (sign->kind == SIGN_SEALED)
        sign->seal = LENGTH_MM(node_attr(node, "seal")->millimetres);
    if (stamped) {
        const Attr *stamp = node_attr(node, "stamp");
        sign->stamp_width = LENGTH_MM(stamp ? stamp->millimetres : STAMP_WIDTH);
        sign->stamp_height = LENGTH_MM(STAMP_HEIGHT);
    }
    sign->date = part_date(paper, node, "date", scope);
    if (!sign->date)
        part_required(paper, node, "date");
}

/* That there is a unit or a post, schema_check has seen. */
void evaluate_sign(Paper *paper, const Node *node, const Scope *scope)
{
    DocSign *sign = ARENA_NEW(paper->arena, DocSign);
    sign->at = node->at;
    paper->failed = !schema_check_rooms(node->xml, paper->diags) || paper->failed;
    fill_sign(paper, node, scope, sign);
    if (sign->signer_count && sign->date)
        add_block(paper, BLOCK_SIGN, node)->sign = sign;
}

/* ---- 出席, 附注 ---- */

void evaluate_attendance(Paper *paper, const Node *node, const Scope *scope)
{
    static const char *const labels[] = {"出席", "请假", "列席"};
    int kind = node_choice(node, "kind", 0);
    const char *label = labels[kind];
    Inline *content = evaluate_inlines(paper, node, scope);
    if (!content) {
        if (!paper->failed && kind == 0) /* that nobody is on leave is as it should be */
            diag_add(paper->diags, DIAG_W129, &node->at, label);
        return;
    }
    drop_label(paper, content, label);
    Block *block = add_block(paper, BLOCK_ATTENDANCE, node);
    block->number = label;
    block->content = content;
}

/* Its brackets are printed anyhow (7.3.6). */
void evaluate_annotation(Paper *paper, const Node *node, const Scope *scope)
{
    Inline *content = evaluate_inlines(paper, node, scope);
    if (!content)
        return;
    drop_brackets(paper, content);
    add_block(paper, BLOCK_ANNOTATION, node)->content = content;
}

/* ---- 附件 ---- */

/* 7.3.4: no mark behind the name; 《》 are left out by habit. */
static void check_title(Paper *paper, const Node *node, const Inline *title)
{
    static const char *const marks[] = {"。", "，", "；", "、", "：", "！", "？", ".", ";"};
    const char *text = inline_plain(paper->arena, title), *open = "《", *close = "》";
    size_t length = strlen(text), quote = strlen(open);
    bool faulty = length > 2 * quote && strncmp(text, open, quote) == 0 &&
                  strstr(text, close) == text + length - quote;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t mark = strlen(marks[i]);
        faulty = faulty || (length > mark && strcmp(text + length - mark, marks[i]) == 0);
    }
    if (faulty)
        diag_add(paper->diags, DIAG_W117, &node_attr(node, "title")->at, text);
}

/* Its number is known when all of them are there. Headings begin anew in it; tables and charts are
 * counted on. */
void evaluate_attachment(Paper *paper, const Node *node, const Scope *scope)
{
    Inline *title = evaluate_prose(paper, node, "title", scope);
    if (!title) {
        part_required(paper, node, "title");
        return;
    }
    check_title(paper, node, title);
    Attachment *attachment = ARENA_NEW(paper->arena, Attachment);
    attachment->node = node;
    attachment->block = add_block(paper, BLOCK_ATTACHMENT, node);
    attachment->block->content = title;
    *paper->next_attachment = attachment;
    paper->next_attachment = &attachment->next;
    memset(paper->headings, 0, sizeof paper->headings);
    evaluate_blocks(paper, node, scope);
    paper->run_in = NULL;
}

/* X政发〔2024〕3号附件1 where it is bound separately (7.3.7). */
static const char *printed_label(Paper *paper, const Attachment *attachment, const char *label)
{
    const DocMasthead *head = paper->document->masthead;
    const Attr *separate = node_attr(attachment->node, "separate");
    if (!separate || separate->choice == CHOICE_NO)
        return label;
    if (!head || !head->number) {
        paper->failed = !diag_add(paper->diags, DIAG_E629, &separate->at);
        return label;
    }
    return arena_printf(paper->arena, "%s%s", inline_plain(paper->arena, head->number), label);
}

static DocAttachment *number_attachments(Paper *paper)
{
    DocAttachment *first = NULL, **tail = &first;
    bool alone = paper->attachments && !paper->attachments->next;
    int number = 0;
    for (Attachment *one = paper->attachments; one; one = one->next) {
        DocAttachment *entry = ARENA_NEW(paper->arena, DocAttachment);
        entry->number = alone ? 0 : ++number;
        entry->title = one->block->content;
        const char *label = alone ? "附件" : arena_printf(paper->arena, "附件%d", entry->number);
        one->block->number = printed_label(paper, one, label);
        paper_mark_text(paper, one->node, label);
        *tail = entry;
        tail = &entry->next;
    }
    return first;
}

static bool follows_body(const Block *block)
{
    return block->kind == BLOCK_ATTENDANCE || block->kind == BLOCK_SIGN ||
           block->kind == BLOCK_ANNOTATION || block->kind == BLOCK_ATTACHMENT ||
           block->kind == BLOCK_SLIP;
}

/* The last block of the body, page breaks behind it left out; NULL: there is none. */
static Block *body_end(const Document *document)
{
    Block *last = NULL;
    for (Block *block = document->first; block && !follows_body(block); block = block->next)
        if (block->kind != BLOCK_PAGE_BREAK)
            last = block;
    return last;
}

void attachments_settle(Paper *paper)
{
    Document *document = paper->document;
    DocAttachment *entries = number_attachments(paper);
    if (!entries)
        return;
    Block *list = ARENA_NEW(paper->arena, Block), *before = body_end(document);
    list->kind = BLOCK_ATTACHMENT_LIST;
    list->attachments = entries;
    list->indent_cells = -1;
    list->at = paper->attachments->node->at;
    list->next = before ? before->next : document->first;
    if (before)
        before->next = list;
    else
        document->first = list;
    if (!list->next)
        document->last = list;
}
