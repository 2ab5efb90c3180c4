/* <text src>: prose of the month from a plain text file of the data folder, as 记事本 saves it
 * (language.md 3). A line is a paragraph; one with a number at its head is a heading. The lines
 * become the children of the <text> node, so that all that reads nodes reads them. */
#ifndef TEMPLATE_TEXT_FILE_H
#define TEMPLATE_TEXT_FILE_H

#include "template/template_tree.h"

/* A <text> was parsed; `scope` is that of its values. */
void text_file_note(Template *t, Node *node, const CheckScope *scope);
/* Reads the file `name` (as src says) into the children of the <text>; a second time it is known.
 * The values in it join the pending ones. False after messages. */
bool text_file_read(Template *t, const Node *node, const char *name);
/* Has what such a reading left pending checked. False after messages. */
bool text_file_check(Template *t);
/* Before the paper is worked out: reads every text whose name can be known already, told by
 * `is_sound` (its src may be worked out). One that stands under a condition and is not there is no
 * fault yet. False after messages. */
bool text_files_read(Template *t, bool (*is_sound)(void *context, const Expr *expr), void *context);

/* Texts that are read from now on are those of one unit's paper, and are forgotten with it. */
struct TextHold;
struct TextHold *text_files_hold(Template *t, Arena *arena);
void text_files_return(const struct TextHold *hold);

/* ---- text_lines.c ---- */

/* The lines of `source` as children of `holder`, with the values' scope; false after messages. */
bool text_lines(Template *t, const Source *source, bool values, const CheckScope *scope,
    const XmlNode *element, Node *holder);

#endif
