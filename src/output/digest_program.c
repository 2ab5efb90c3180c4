/* Which build of the program and of its libraries this is: a version number stays the same while
 * they are mended. */
#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "output/digest.h"

/* Libraries that shape a page or write it: another version may set a line elsewhere. What the rest
 * of them do (SQLite, libxml2) shows in the document. */
static bool shapes_pages(const char *path)
{
    static const char *const names[] = {"libcairo", "libfontconfig", "libfreetype", "libfribidi",
        "libglib", "libharfbuzz", "libjpeg", "liblcms2", "libpango", "libpixman", "libpng",
        "libqpdf", "libturbojpeg", "libz"};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    if (!*path) /* the program itself */
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(name, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* True when there is a build ID among the notes: it differs with every build of another source. */
static bool add_notes(Digest *digest, const char *notes, size_t length)
{
    bool found = false;
    digest_add(digest, notes, length);
    for (size_t at = 0; length - at >= sizeof(ElfW(Nhdr));) {
        const ElfW(Nhdr) *note = (const void *)(notes + at);
        size_t size = sizeof *note + (note->n_namesz + 3u) / 4 * 4 + (note->n_descsz + 3u) / 4 * 4;
        found = found || note->n_type == NT_GNU_BUILD_ID;
        at += size < length - at ? size : length - at;
    }
    return found;
}

static int add_object(struct dl_phdr_info *object, size_t size, void *digest)
{
    (void)size;
    bool known = false;
    if (!shapes_pages(object->dlpi_name))
        return 0;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        const char *notes = (const char *)(object->dlpi_addr + part->p_vaddr); /* NOLINT */
        if (part->p_type == PT_NOTE)
            known = add_notes(digest, notes, part->p_memsz) || known;
    }
    if (!known)
        digest_add_file(
            digest, *object->dlpi_name ? object->dlpi_name : "/proc/self/exe", SIZE_MAX);
    return 0;
}

void digest_add_program(Digest *digest)
{
    dl_iterate_phdr(add_object, digest);
}
