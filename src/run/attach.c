#include "run/attach.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "data/files.h"
#include "run/outputs.h"

typedef struct Gathering {
    const Session *session;
    Attachments *out;
    size_t capacity;
} Gathering;

static bool is_taken(const Attachments *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i].name, name) == 0)
            return true;
    return false;
}

/* Readers save attachments into one folder: each has the file's own name; where another has it,
 * with the folders above it as far as is needed: 二组-月报.csv. */
static const char *free_name(const Gathering *g, const char *path)
{
    Arena *arena = g->session->arena;
    char *whole = arena_strdup(arena, path), *slash = strrchr(whole, '/');
    const char *name = slash ? slash + 1 : whole;
    while (slash && slash > whole && is_taken(g->out, name)) {
        *slash = '-';
        slash = strrchr(whole, '/');
        name = slash ? slash + 1 : whole;
    }
    const char *wanted = name;
    for (int number = 2; is_taken(g->out, name); number++)
        name = arena_printf(arena, "%d-%s", number, wanted);
    return name;
}

static bool add(Gathering *g, const char *path)
{
    Arena *arena = g->session->arena;
    Attachments *out = g->out;
    out->items = arena_grow(arena, out->items, out->count, &g->capacity, sizeof *out->items);
    Attachment *made = &out->items[out->count];
    *made = (Attachment){.name = free_name(g, path),
        .type = output_ends(path, ".csv")   ? "text/csv"
                : output_ends(path, ".xml") ? "application/xml"
                                            : "text/plain"};
    out->count++;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool done = file >= 0 && buf_read(&made->bytes, file, SIZE_MAX);
    if (!done)
        diag_add(
            g->session->diags, DIAG_E581, NULL, path, diag_system_text(g->session->diags, errno));
    if (file >= 0)
        close(file);
    return done;
}

/* The leader's word is what some figures come from; it is no input of the store. */
static bool add_rulings(Gathering *g)
{
    const char *folder = g->session->spec->data_dir;
    const char *path =
        folder ? arena_printf(g->session->arena, "%s/%s", folder, FILES_RULINGS) : "";
    return access(path, F_OK) != 0 || add(g, path);
}

bool attachments_read(const Session *session, Attachments *out)
{
    Gathering gathering = {.session = session, .out = out};
    const char *path;
    bool done = true;
    for (size_t i = 0; done && (path = store_input(session->store, i)); i++)
        done = add(&gathering, path);
    done = done && add_rulings(&gathering) && add(&gathering, session->spec->template_path);
    for (size_t i = 0; done && (path = template_included(session->template, i)); i++)
        done = add(&gathering, path);
    return done;
}

void attachments_free(Attachments *attachments)
{
    for (size_t i = 0; i < attachments->count; i++)
        buf_free(&attachments->items[i].bytes);
    *attachments = (Attachments){0};
}
