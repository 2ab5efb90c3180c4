/* Any pattern and any value, with a NUL between, as the name of an output (trust.md O1): what the
 * value gives is one component, valid, of 200 bytes at most, and leads nowhere else. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/limits.h"
#include "base/utf8.h"
#include "output/outname.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static size_t count_of(const char *text, char c)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == c;
    return count;
}

/* A component that holds a value. */
static void check_component(const char *name, size_t length)
{
    size_t bad;
    demand(length > 0 && length <= LIMIT_OUTPUT_NAME);
    demand(utf8_valid(name, length, &bad));
    demand(!(length == 1 && name[0] == '.') && !(length == 2 && memcmp(name, "..", 2) == 0));
    for (size_t i = 0; i < length; i++)
        demand((unsigned char)name[i] >= 0x20 && name[i] != 0x7F);
}

/* The value alone, in a folder, and as a folder. */
static void check_value(Arena *arena, Diags *diags, const char *value)
{
    static const char *const words[] = {"村"}, *const patterns[] = {"{村}", "a/{村}.pdf", "{村}/b"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const OutName *name = outname_read(arena, patterns[i], words, 1, diags);
        const char *path = outname_make(arena, name, &value);
        const char *slash = strchr(path, '/');
        demand(count_of(path, '/') == count_of(patterns[i], '/'));
        if (i == 2)
            check_component(path, (size_t)(slash - path));
        else
            check_component(slash ? slash + 1 : path, strlen(slash ? slash + 1 : path));
        demand(strpbrk(slash && i == 1 ? slash + 1 : path, "\\:*?\"<>|") == NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const words[] = {"村", "期间"};
    Arena *arena = arena_new();
    Diags *diags = diag_new(arena);
    char *text = arena_strndup(arena, (const char *)data, size);
    size_t head = strlen(text);
    const char *value = head < size ? text + head + 1 : "";
    const char *values[] = {value, "2024-06"};
    const OutName *name = outname_read(arena, text, words, 2, diags);
    demand(!name == diag_failed(diags));
    if (name) {
        const char *path = outname_make(arena, name, values), *owners[] = {"甲", "乙"};
        demand(count_of(path, '/') == count_of(text, '/'));
        demand(!outname_distinct(arena, (const char *[]){path, path}, owners, 2, diags));
    }
    check_value(arena, diags, value);
    arena_free(arena);
    return 0;
}
