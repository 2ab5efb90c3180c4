#include "run/batch/source_digest.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"

/* The head of a font file has a checksum of each of its tables, in collections too. */
enum { FONT_HEAD_BYTES = 16 << 10 };

/* ---- what all units share ---- */

static void add_number(Digest *digest, long number)
{
    char text[32];
    snprintf(text, sizeof text, "%ld", number);
    digest_add_text(digest, text);
}

static void add_wishes(Digest *digest, const RenderJob *job, const Session *s)
{
    const SessionSpec *spec = &job->session;
    digest_add_text(digest, job->output + strlen(job->output) - 4);
    digest_add_text(digest, job->only);
    digest_add_text(digest, spec->audience);
    digest_add_text(digest, spec->each);
    digest_add_text(digest, spec->as_of);
    digest_add_text(digest, s->options.has_period ? period_raw(s->arena, s->options.period) : NULL);
    for (int i = 0; i < spec->param_count; i++) {
        digest_add_text(digest, spec->params[i].name);
        digest_add_text(digest, spec->params[i].value);
    }
    add_number(digest, (long)(job->dpi * 1000 + 0.5));
    add_number(
        digest, job->attach_data | job->accessible << 1 | job->whole << 2 | spec->draft << 3);
    add_number(digest, job->messages == DIAG_JSON);
    add_number(digest, diag_language(s->diags)); /* of messages, and of a draft's last pages */
}

/* What cannot be read any more is told where it is used. */
static void add_file(Digest *digest, const char *name, const char *path, size_t most)
{
    digest_add_text(digest, name);
    if (!digest_add_file(digest, path, most))
        digest_add_text(digest, NULL);
}

/* By their bytes, wherever they lie. */
static void add_template(Digest *digest, const Session *s)
{
    const char *path = s->spec->template_path;
    for (size_t i = 0; path; path = template_included(s->template, i++))
        add_file(digest, NULL, path, SIZE_MAX);
}

static int is_font(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && entry->d_type != DT_DIR;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name); /* whatever the locale */
}

static void add_fonts(Digest *digest, Arena *arena, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_font, by_bytes);
    for (int i = 0; i < count; i++) {
        add_file(digest, entries[i]->d_name,
            arena_printf(arena, "%s/%s", folder, entries[i]->d_name), FONT_HEAD_BYTES);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

void source_digest_run(const RenderJob *job, const Session *session, const Attachments *attachments,
    char out[DIGEST_TEXT])
{
    Digest *digest = digest_new();
    digest_add_text(digest, WENYIN_VERSION);
    digest_add_program(digest);
    add_wishes(digest, job, session);
    add_template(digest, session);
    add_fonts(digest, session->arena, job->fonts_dir);
    for (size_t i = 0; i < attachments->count; i++) {
        const Attachment *file = &attachments->items[i];
        digest_add_text(digest, file->name);
        add_number(digest, (long)file->bytes.length);
        digest_add(digest, file->bytes.data, file->bytes.length);
    }
    digest_end(digest, out);
}

/* ---- the unit's own ---- */

static void add_picture(Digest *digest, const DocPicture *picture)
{
    if (picture->path)
        add_file(digest, picture->name, picture->path, SIZE_MAX);
}

static void add_pictures(Digest *digest, const Document *document)
{
    for (const FontFace *face = document->style.faces; face; face = face->next)
        add_file(digest, NULL, face->path, FONT_HEAD_BYTES);
    for (const Block *block = document->first; block; block = block->next) {
        const DocPhotos *photos = block->photos;
        if (block->figure)
            add_picture(digest, &block->figure->picture);
        for (int i = 0; photos && i < photos->entry_count; i++)
            for (int side = 0; side < 2; side++)
                add_picture(digest, &photos->entries[i].pictures[side]);
    }
}

/* What is in the file, or told of it, and not in the dump. */
static void add_facts(Digest *digest, const Document *document)
{
    digest_add_text(digest, document->title);
    digest_add_text(digest, document->author);
    digest_add_text(digest, document->subject);
    digest_add_text(digest, document->style.running_head);
    add_number(digest, document->figures);
    for (int i = 0; i < document->message_count; i++) {
        const DocMessage *message = &document->messages[i];
        digest_add_text(digest, message->place);
        digest_add_text(digest, message->text);
        digest_add_text(digest, message->hints);
    }
}

void source_digest_unit(const UnitWork *work, const Document *document, char out[DIGEST_TEXT])
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (!stream)
        arena_exhausted();
    document_dump(document, stream);
    diag_print(work->session->diags, stream, work->job->messages);
    fclose(stream);
    Digest *digest = digest_new();
    digest_add_text(digest, work->source_digest);
    digest_add(digest, text, length);
    add_facts(digest, document);
    add_pictures(digest, document);
    digest_end(digest, out);
    free(text);
}
