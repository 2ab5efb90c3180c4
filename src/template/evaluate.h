/* The parts of evaluate*.c, split by subject: inlines, spacing, lists, blocks, tables, charts. A
 * Paper is one evaluation under way. A fault adds its message, sets paper->failed and evaluation
 * goes on, so that all of them show in one run. */
#ifndef TEMPLATE_EVALUATE_H
#define TEMPLATE_EVALUATE_H

#include "template/template_tree.h"

typedef struct Paper {
    const Template *t;
    Arena *arena;
    Engine *engine;
    Diags *diags;
    Document *document;
    int headings[4];
    int tables, charts;
    Block *run_in; /* a heading that waits for its paragraph */
    bool failed;
} Paper;

/* A growing list of inlines. Start with flow_start. */
typedef struct Flow {
    Inline *first;
    Inline **tail;
    bool bold;
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

/* The if itself or the one of its else that holds, or NULL. */
const Node *branch_taken(Paper *paper, const Node *condition, const Scope *scope);
/* when= of an element: true when absent. */
bool is_wanted(Paper *paper, const Node *node, const Scope *scope);
/* of by where when sort top of an each, table or chart worked out. False after a message. */
bool evaluate_groups(Paper *paper, const Node *node, const Scope *scope, Groups *out);

void list_inline(Paper *paper, const Node *list, const Scope *scope, Flow *flow);
void list_blocks(Paper *paper, const Node *list, const Scope *scope);

/* Adds a block with the form's default indent; a heading that waits for a paragraph waits no
 * longer. */
Block *add_block(Paper *paper, BlockKind kind, const Node *node);
void evaluate_blocks(Paper *paper, const Node *parent, const Scope *scope);
/* What a table or chart is called in messages: its caption, else its of=. */
const char *rows_title(Paper *paper, const Node *node, const Scope *scope);
void evaluate_table(Paper *paper, const Node *table, const Scope *scope);
void evaluate_chart(Paper *paper, const Node *chart, const Scope *scope);

/* A group with the keys of another group of the same rows as well: a category of one series. NULL
 * where their periods exclude each other. */
const Scope *scope_cross(Arena *arena, const Scope *group, const Scope *other);

/* A unit that the author typed (NULL or "": none) over figures that have another one is a warning.
 */
void evaluate_unit(Paper *paper, const Node *node, const char *typed, const char *known);
/* What a figure is called where the template gives no name: 月报.生活垃圾|环比 is 生活垃圾, or with
 * `steps` 生活垃圾环比. */
const char *figure_name(Arena *arena, const char *source, bool steps);

/* A table written row by row; fills everything but caption, number and unit. False after a message.
 */
bool evaluate_grid(Paper *paper, const Node *node, const Scope *scope, DocTable *table);
/* What the cells of a column are like; settles its alignment where the template is silent. */
typedef struct ColumnFacts {
    bool numeric;
    size_t longest; /* characters */
} ColumnFacts;
void settle_columns(Paper *paper, const Node *table, const Node *const *cols,
    const ColumnFacts *facts, DocTable *out);
/* The col elements of a table in order, those of colgroups too; groups[i] is the colgroup or NULL.
 * Returns how many. */
int collect_columns(Paper *paper, const Node *table, const Node ***cols, const Node ***groups);
/* Head cells of the columns, two rows where a colgroup stands. */
void evaluate_head(Paper *paper, const Node *const *cols, const Node *const *groups, int count,
    const Scope *scope, DocTable *out);

#endif
