/* The parts of the evaluation, split by subject: inlines, spacing, lists, blocks, tables, charts. A
 * Paper is one evaluation under way. A fault adds its message, sets paper->failed and evaluation
 * goes on, so that all of them show in one run. */
#ifndef TEMPLATE_EVALUATE_EVALUATE_H
#define TEMPLATE_EVALUATE_EVALUATE_H

#include "template/template_tree.h"

/* An element that <ref> can name, as it was printed. */
typedef struct Mark {
    const Node *node;
    const char *id, *text; /* text: 表3; NULL: it has no number */
    struct Mark *next;
} Mark;

/* A <ref> that waits for the number of what it names. */
typedef struct Reference {
    Inline *piece;
    const char *id;
    struct Reference *next;
} Reference;

/* An attachment that waits for its number. */
typedef struct Attachment {
    const Node *node;
    Block *block;
    struct Attachment *next;
} Attachment;

/* An attribute with a value that could not be worked out, as a message told. */
typedef struct Hole {
    const Attr *attr;
    struct Hole *next;
} Hole;

/* 【缺：…】 of a draft for what leaves no text of its own: a condition, a list, a point of a chart.
 * It is printed behind the piece or block in hand. */
typedef struct Lack {
    const Expr *expr;
    Inline *text;
    struct Lack *next;
} Lack;

struct StyleDraft;

typedef struct Paper {
    Template *t;
    Arena *arena;
    Engine *engine;
    Diags *diags;
    Document *document;
    int headings[4];
    int tables, charts;
    int keeps, landscapes; /* how many groups there were … */
    int keep, landscape;   /* … and the one under way; 0: none */
    Block *run_in;         /* a heading that waits for its paragraph */
    Mark *marks;
    Reference *references;
    Attachment *attachments, **next_attachment; /* where the next one is chained */
    struct StyleDraft *style;
    Hole *holes;
    Lack *lacks, **next_lack; /* those that are not printed yet */
    const Attr *read;         /* the prose attribute that was worked out last … */
    const struct Provenance *figure; /* … and the one figure in it, of a traced paper; or NULL */
    bool failed;
} Paper;

/* A growing list of inlines. Start with flow_start. */
typedef struct Flow {
    Inline *first;
    Inline **tail;
    bool bold;
    Script script;
} Flow;

void flow_start(Flow *flow, bool bold);
void flow_text(Paper *paper, Flow *flow, const char *text, At at);
void flow_append(Flow *flow, Inline *first);

/* White space of language.md 1: blanks at both ends go, a run with a line break vanishes beside a
 * Han character or mark, other runs are one space. Pieces left empty drop out. Returns the new
 * first one, NULL when nothing is left. */
Inline *inlines_settle(Arena *arena, Inline *first);

/* The content of an element that holds text, settled. */
Inline *evaluate_inlines(Paper *paper, const Node *node, const Scope *scope);
/* A prose attribute: settled; NULL when absent or empty. As plain text: NULL when absent, else a
 * text, perhaps empty. */
Inline *evaluate_prose(Paper *paper, const Node *node, const char *name, const Scope *scope);
const char *evaluate_plain(Paper *paper, const Node *node, const char *name, const Scope *scope);
/* What is wrong with such an attribute, or that it is empty, goes without saying. */
bool has_hole(const Paper *paper, const Attr *attr);

/* What an expression gives could not be worked out: in a draft a lack, else the paper has failed. */
void paper_lacks(Paper *paper, const Expr *expr);
/* Prints the lacks: behind what is in the flow; as paragraphs. */
void lacks_inline(Paper *paper, Flow *flow);
void lacks_blocks(Paper *paper, const Node *node);
/* Those of what stands round a content wait until it is there. */
Lack *lacks_hold(Paper *paper);
void lacks_release(Paper *paper, Lack *held);

/* The if itself or the one of its else that holds, or NULL; of a draft NULL too where it cannot be
 * told: an else would claim what is not known. */
const Node *branch_taken(Paper *paper, const Node *condition, const Scope *scope);
/* when= of an element: true when absent. */
bool is_wanted(Paper *paper, const Node *node, const Scope *scope);
/* of by where when sort top of an each, table or chart worked out. False after a message. */
bool evaluate_groups(Paper *paper, const Node *node, const Scope *scope, Groups *out);

/* The element was printed as `word` and `number` (表3); number 0: without caption, it cannot be
 * named. Called for every table, chart and figure; without id= nothing happens. */
void paper_mark(Paper *paper, const Node *node, const char *word, int number);
/* The same for what is called by a text of its own: 附件2. */
void paper_mark_text(Paper *paper, const Node *node, const char *text);
/* <ref>: its text is filled in by references_resolve, when the whole paper is there. */
void reference_inline(Paper *paper, const Node *node, Flow *flow);
void references_resolve(Paper *paper);

/* ---- small texts of 版头, 版记 and signature ---- */

/* A prose attribute as plain text, settled; NULL when absent or empty. */
const char *part_plain(Paper *paper, const Node *node, const char *name, const Scope *scope);
/* An inline that stands for the attribute. */
Inline *part_text(Paper *paper, const Node *node, const char *name, const char *text);
/* The same after a warning that it is printed in its proper form. */
Inline *part_mended(
    Paper *paper, const Node *node, const char *name, const char *typed, const char *proper);
/* Adds the message, whose argument is `text`, at the attribute, unless that has a hole. False. */
bool part_fault(Paper *paper, const Node *node, const char *name, DiagCode code, const char *text);
/* The attribute is needed but empty; the same. */
bool part_required(Paper *paper, const Node *node, const char *name);
/* A date, with a warning where it is not in its proper form (7.3.5.4). */
Inline *part_date(Paper *paper, const Node *node, const char *name, const Scope *scope);
void check_date(Paper *paper, const Inline *date, At at);
/* Names with ； between, of people also 、 and blanks. */
Inline **part_names(
    Paper *paper, const Node *node, const char *name, bool people, const Scope *scope, int *count);
/* Takes away what is printed anyhow: a label with its colon (after a warning), brackets round it
 * all. */
void drop_label(Paper *paper, Inline *content, const char *word);
void drop_brackets(Paper *paper, Inline *first);

void evaluate_masthead(Paper *paper, const Node *node, const Scope *scope);
void evaluate_issue(Paper *paper, const Node *node, const Scope *scope);
void evaluate_imprint(Paper *paper, const Node *node, const Scope *scope);
void evaluate_sign(Paper *paper, const Node *node, const Scope *scope);
void evaluate_attendance(Paper *paper, const Node *node, const Scope *scope);
void evaluate_annotation(Paper *paper, const Node *node, const Scope *scope);
void evaluate_attachment(Paper *paper, const Node *node, const Scope *scope);
/* Numbers the attachments and puts the 附件说明 behind the body. */
void attachments_settle(Paper *paper);

/* <style>: the later one wins, attribute by attribute. style_settle fills document->style. */
void evaluate_style(Paper *paper, const Node *node, const Scope *scope);
void style_start(Paper *paper);
void style_settle(Paper *paper);

void list_inline(Paper *paper, const Node *list, const Scope *scope, Flow *flow);
void list_blocks(Paper *paper, const Node *list, const Scope *scope);

/* Adds a block with the form's default indent, in the keep and landscape under way; a heading that
 * waits for a paragraph waits no longer. */
Block *add_block(Paper *paper, BlockKind kind, const Node *node);
void evaluate_blocks(Paper *paper, const Node *parent, const Scope *scope);
/* The blocks of a paper, or of the cover of a volume, and all that is settled behind them. `parent`
 * may be NULL: its style alone. */
void evaluate_body(Paper *paper, const Node *parent);
/* One evaluation begins: its document is empty. */
Paper paper_begin(Template *t, Arena *arena, Document *out);
/* <check>, told. False where the paper is not to be made. */
bool paper_check(Paper *paper);
/* What a table or chart is called in messages: its caption, else its of=. */
const char *rows_title(Paper *paper, const Node *node, const Scope *scope);
void evaluate_table(Paper *paper, const Node *table, const Scope *scope);
void evaluate_chart(Paper *paper, const Node *chart, const Scope *scope);
/* Those with pair= that follow one another stand side by side. */
void charts_settle(Paper *paper);
void evaluate_figure(Paper *paper, const Node *figure, const Scope *scope);
/* The picture of the data folder that is called so. False after a message. */
bool read_picture(Paper *paper, const char *name, At at, DocPicture *out);
/* The file of a <text> becomes its children. False where there is none, after messages. */
bool text_open(Paper *paper, const Node *node, const Scope *scope);
void evaluate_text(Paper *paper, const Node *node, const Scope *scope);
void evaluate_photos(Paper *paper, const Node *photos, const Scope *scope);

/* A unit that the author typed in this attribute (NULL or "": none) over figures that have another
 * one is a warning. */
void evaluate_unit(Paper *paper, const Node *node, const char *attr, const char *typed,
    const char *known);
/* What a figure is called where the template gives no name: 月报.生活垃圾|环比 is 生活垃圾, or with
 * `steps` 生活垃圾环比. */
const char *figure_name(Arena *arena, const char *source, bool steps);

#endif
