#include "run/outputs.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

bool output_ends(const char *path, const char *extension)
{
    size_t length = strlen(path), tail = strlen(extension);
    return length > tail && strcasecmp(path + length - tail, extension) == 0;
}

/* ---- inputs are never overwritten ---- */

static bool is_same_file(const char *path, const struct stat *output)
{
    struct stat status;
    return stat(path, &status) == 0 && status.st_dev == output->st_dev &&
           status.st_ino == output->st_ino;
}

static bool template_reads(const Session *session, const struct stat *output)
{
    const char *path = session->spec->template_path;
    bool read = path && is_same_file(path, output);
    for (size_t i = 0; path && !read && (path = template_included(session->template, i)); i++)
        read = is_same_file(path, output);
    return read;
}

static bool store_reads(const Store *store, const struct stat *output)
{
    const char *path;
    for (size_t i = 0; (path = store_input(store, i)); i++)
        if (is_same_file(path, output))
            return true;
    return false;
}

static bool is_picture(const DocPicture *picture, const struct stat *output)
{
    return picture->path && is_same_file(picture->path, output);
}

/* Pictures and fonts of the office's own. */
static bool document_reads(const Document *document, const struct stat *output)
{
    for (const FontFace *face = document->style.faces; face; face = face->next)
        if (is_same_file(face->path, output))
            return true;
    for (const Block *block = document->first; block; block = block->next) {
        const DocPhotos *photos = block->photos;
        if (block->figure && is_picture(&block->figure->picture, output))
            return true;
        for (int i = 0; photos && i < photos->entry_count; i++)
            for (int side = 0; side < 2; side++)
                if (is_picture(&photos->entries[i].pictures[side], output))
                    return true;
    }
    return false;
}

bool output_is_free(const Session *session, const Document *document, const char *path)
{
    struct stat output;
    if (strcmp(path, "-") == 0 || stat(path, &output) != 0)
        return true;
    bool read = template_reads(session, &output) || store_reads(session->store, &output) ||
                (document && document_reads(document, &output));
    return !read || diag_add(session->diags, DIAG_E403, NULL, path);
}

bool output_spares(Diags *diags, const char *path, const char *input)
{
    struct stat output;
    return strcmp(path, "-") == 0 || stat(path, &output) != 0 || !is_same_file(input, &output) ||
           diag_add(diags, DIAG_E403, NULL, path);
}
