/* Messages as data: for what sorts them by something of its own, and tells them itself. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/diag_internal.h"

void diag_keep_all(Diags *diags)
{
    diags->keeps_all = true;
}

size_t diag_entry_count(const Diags *diags)
{
    return diags->count;
}

static const char *join_hints(const Message *message, Arena *arena)
{
    const char *list = "";
    for (const DiagHint *hint = message->hints; hint; hint = hint->next)
        list = *list ? arena_printf(arena, "%s %s", list, hint->text) : hint->text;
    return list;
}

DiagEntry diag_entry(const Diags *diags, size_t index, Arena *arena)
{
    const Message *message = diags->messages[index];
    return (DiagEntry){.code = message->code,
        .level = diag_code_level(message->code),
        .text = message->text,
        .hints = join_hints(message, arena),
        .in_template = message->span.source != NULL,
        .data = message->data};
}

void diag_withdraw(Diags *diags, size_t index)
{
    Message *message = diags->messages[index];
    DiagLevel level = diag_code_level(message->code);
    diags->levels[level] -= !message->withdrawn;
    message->withdrawn = true;
}
