#include "run/outputs.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/path.h"
#include "data/files.h"

bool output_ends(const char *path, const char *extension)
{
    size_t length = strlen(path), tail = strlen(extension);
    return length > tail && strcasecmp(path + length - tail, extension) == 0;
}

bool output_folders(const Session *session, const char *path)
{
    const char *slash = path && *path ? strchr(path + 1, '/') : NULL;
    for (; slash; slash = strchr(slash + 1, '/')) {
        const char *folder = arena_strndup(session->arena, path, (size_t)(slash - path));
        if (mkdir(folder, 0777) != 0 && errno != EEXIST)
            return diag_add(session->diags, DIAG_E532, NULL, folder,
                diag_system_text(session->diags, errno));
    }
    return true;
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
    const char *beside = session->spec->beside;
    bool read = (path && is_same_file(path, output)) || (beside && is_same_file(beside, output));
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

/* 改定.csv, whether it says anything of this paper or not. */
static bool is_rulings(const Session *session, const struct stat *output)
{
    const char *folder = session->spec->data_dir;
    return folder &&
           is_same_file(arena_printf(session->arena, "%s/%s", folder, FILES_RULINGS), output);
}

/* How deep the output lies below the data folder: 0 in it; -1: not at all. */
static int depth_in_data(const Session *session, const char *path)
{
    enum { DEEPEST = 64 };
    struct stat data;
    const char *folder = session->spec->data_dir, *at = path_folder(session->arena, path);
    if (!folder || stat(folder, &data) != 0)
        return -1;
    for (int depth = 0; depth < DEEPEST; depth++) {
        struct stat here, above;
        if (stat(at, &here) != 0)
            return -1;
        if (here.st_dev == data.st_dev && here.st_ino == data.st_ino)
            return depth;
        at = arena_printf(session->arena, "%s/..", at);
        if (stat(at, &above) != 0 || (above.st_dev == here.st_dev && above.st_ino == here.st_ino))
            return -1;
    }
    return -1;
}

/* What lies there is read as a leader's word, or as data, the next time. */
static bool is_free_of_data(const Session *session, const char *path)
{
    const char *slash = strrchr(path, '/');
    int depth = depth_in_data(session, path);
    if (depth == 0 && strcmp(slash ? slash + 1 : path, FILES_RULINGS) == 0)
        return diag_add(session->diags, DIAG_E403, NULL, path);
    if (depth >= 0 && output_ends(path, ".csv"))
        diag_add(session->diags, DIAG_W403, NULL, path);
    return true;
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
    if (strcmp(path, "-") == 0)
        return true;
    if (stat(path, &output) != 0)
        return is_free_of_data(session, path);
    bool read = template_reads(session, &output) || store_reads(session->store, &output) ||
                is_rulings(session, &output) ||
                (document && document_reads(document, &output));
    return read ? diag_add(session->diags, DIAG_E403, NULL, path) : is_free_of_data(session, path);
}

bool output_spares(Diags *diags, const char *path, const char *input)
{
    struct stat output;
    return strcmp(path, "-") == 0 || stat(path, &output) != 0 || !is_same_file(input, &output) ||
           diag_add(diags, DIAG_E403, NULL, path);
}
