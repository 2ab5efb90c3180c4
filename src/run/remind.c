#include "run/remind.h"

#include <stdio.h>
#include <string.h>

#include "output/sink.h"
#include "run/outputs.h"
#include "run/listing.h"

enum { CSV_CELLS = 7 };

/* ---- text ---- */

static void add_words(const Reminder *item, int number, bool english, Buf *out)
{
    buf_addf(out, "%d. ", number);
    if (*item->file) {
        buf_adds(out, item->file);
        buf_adds(out, *item->cell || *item->column ? " " : "");
        buf_adds(out, item->cell);
        if (*item->column)
            buf_addf(out, "“%s”", item->column);
    } else {
        buf_adds(out, item->table);
    }
    bool placed = *item->file || *item->table;
    buf_addf(out, "%s%s", placed ? english ? ": " : "：" : "", item->text);
    if (*item->hints)
        buf_addf(out, english ? ". %s" : "。%s", item->hints);
}

static void add_item(
    const Session *session, const Reminder *item, int number, bool english, Buf *out)
{
    Buf line = {0};
    add_words(item, number, english, &line);
    buf_adds(out, listing_line(session->arena, line.data));
    buf_adds(out, "\n");
    buf_free(&line);
}

static void add_items(const Session *session, const Reminders *reminders, bool english, Buf *out)
{
    int number = 0;
    for (size_t i = 0; i < reminders->count; i++) {
        const Reminder *item = &reminders->items[i];
        if (i == 0 || strcmp(item->unit, reminders->items[i - 1].unit) != 0) {
            const char *others = english ? "the town, others" : "镇/其他";
            buf_addf(out, "\n%s\n", *item->unit ? item->unit : others);
            number = 0;
        }
        add_item(session, item, ++number, english, out);
    }
}

/* Nobody is said to have reported where that was not looked at. */
static const char *opening(bool nothing, bool checked, bool english)
{
    if (!nothing)
        return english ? "Some data are still missing or to be checked. Please send or correct "
                         "them soon. Thank you.\n"
                       : "下列数据还没有报或要核对，请尽快补报、更正，谢谢。\n";
    if (!checked)
        return english ? "Nothing is to be corrected.\n" : "没有要更正的地方。\n";
    return english ? "All data have come in; nothing is to be corrected.\n"
                   : "各村数据已报齐，没有要更正的地方。\n";
}

/* Why it was not looked for who is absent. */
static void add_unchecked(const Reminders *reminders, bool asked, bool english, Buf *out)
{
    if (!asked)
        buf_adds(out, english ? "Not checked: who is absent (that takes a roster and a period).\n"
                              : "没有核对缺报（要有名册和报告期）。\n");
    else if (*reminders->unchecked)
        buf_addf(out,
            english ? "Not checked: who is absent from %s (that takes a key of period and village, "
                      "and the roster's names).\n"
                    : "没有核对缺报的表：%s（期间和村要都是主键，村名要在名册里）。\n",
            reminders->unchecked);
    else
        buf_adds(
            out, english ? "Not checked: who is absent (no table is a return of months or quarters "
                           "by village).\n"
                         : "没有核对缺报（没有一张按月、按季由各村报的表）。\n");
}

void remind_text(const Session *session, const Reminders *reminders, Buf *out)
{
    bool english = diag_language(session->diags) == DIAG_ENGLISH;
    bool dated = session->options.has_period, nothing = reminders->count == 0;
    bool asked = dated && store_roster(session->store);
    bool checked = asked && reminders->checked > 0 && !*reminders->unchecked;
    const char *period = dated ? period_name(session->arena, session->options.period) : "";
    buf_adds(out, english ? "[Reminder]" : "【催报】");
    buf_addf(out, "%s%s\n", english && *period ? " " : "", period);
    buf_adds(out, opening(nothing, checked, english));
    add_items(session, reminders, english, out);
    if (!nothing && reminders->units == 0)
        buf_addf(out, english ? "\nItems: %zu.\n" : "\n共 %zu 处。\n", reminders->count);
    else if (!nothing)
        buf_addf(out, english ? "\nUnits: %zu, items: %zu.\n" : "\n共 %zu 个村、%zu 处。\n",
            reminders->units, reminders->count);
    if (!checked)
        add_unchecked(reminders, asked, english, out);
}

/* ---- output ---- */

static bool save_csv(const Session *session, const Reminders *reminders, const char *path)
{
    static const char *const heads[][CSV_CELLS] = {
        {"村", "类别", "表", "文件", "单元格", "内容", "提示"},
        {"unit", "kind", "table", "file", "cell", "text", "hint"}};
    bool english = diag_language(session->diags) == DIAG_ENGLISH;
    Listing listing = listing_new(session->arena, CSV_CELLS);
    listing_add(&listing, heads[english]);
    for (size_t i = 0; i < reminders->count; i++) {
        const Reminder *item = &reminders->items[i];
        const char *const cells[CSV_CELLS] = {*item->unit ? item->unit
                                              : english   ? "the town, others"
                                                          : "镇/其他",
            item->kind, item->table, item->file, item->cell, item->text, item->hints};
        listing_add(&listing, cells);
    }
    return listing_save(&listing, path, session->diags);
}

static bool save_text(const Session *session, const Reminders *reminders, const char *path)
{
    Buf text = {0};
    remind_text(session, reminders, &text);
    bool done = sink_save(path, text.data, text.length, session->diags);
    buf_free(&text);
    return done;
}

/* The extension tells the form; without an output the text goes to stdout. */
static bool check_output(const char *path, Diags *diags)
{
    if (!path || strcmp(path, "-") == 0 || output_ends(path, ".txt") || output_ends(path, ".csv"))
        return true;
    diag_add(diags, DIAG_E507, NULL, path);
    diag_hint(diags, DIAG_H643);
    return false;
}

static bool save(const Session *session, const Reminders *reminders, const char *path)
{
    if (!path)
        return save_text(session, reminders, "-");
    if (!output_is_free(session, NULL, path))
        return false;
    return output_ends(path, ".csv") ? save_csv(session, reminders, path)
                                     : save_text(session, reminders, path);
}

/* What is left when the reminders are taken out is the template's own. */
static ExitStatus status_of(const Session *session, const Reminders *reminders, bool saved)
{
    ExitStatus status = session_status(session->diags, saved);
    return status == EXIT_DONE && reminders->count > 0 ? EXIT_WARNED : status;
}

int run_remind(Arguments *arguments)
{
    const char *output = arguments->values[OPTION_OUTPUT];
    SessionSpec spec = session_spec(arguments, arguments->operands[0]);
    Session session = {0};
    Reminders reminders = {0};
    spec.draft = true;
    diag_keep_all(arguments->diags);
    bool saved = check_output(output, arguments->diags) &&
                 session_begin(&session, &spec, arguments->arena, arguments->diags);
    if (saved) {
        (void)session_declare(&session); /* its messages are what is looked for */
        saved = session.store != NULL;
    }
    if (saved) {
        remind_collect(&session, &reminders);
        saved = save(&session, &reminders, output);
    }
    session_close(&session);
    return saved ? (int)status_of(&session, &reminders, saved)
                 : (int)session_status(arguments->diags, false);
}
