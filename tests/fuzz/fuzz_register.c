/* Any bytes as a 发文登记: what is added goes behind what was there, byte by byte, and is found
 * again. */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"
#include "run/batch/register.h"
#include "fuzz_folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const RegisterKey key = {
    .year = 2024, .template = "函", .period = "2024-06", .unit = "=长,塘;村"};

static void check_kept(const uint8_t *data, size_t size)
{
    Buf found = {0};
    int file = open(path, O_RDONLY);
    must(file >= 0 && buf_read(&found, file, SIZE_MAX));
    close(file);
    must(found.length >= size && (size == 0 || memcmp(found.data, data, size) == 0));
    buf_free(&found);
}

static const char *meant(void *context, const char *cell)
{
    (void)context;
    return strcmp(cell, key.unit) == 0 ? key.unit : NULL;
}

static void check_register(Arena *arena, const uint8_t *data, size_t size)
{
    Diags *diags = diag_new(arena);
    Register *reg = register_open(arena, path, false, diags);
    must(!reg == diag_failed(diags));
    bool settled = reg && register_settle(reg, &key, meant, NULL);
    must(settled != diag_failed(diags));
    long number = settled ? register_number(reg, &key) : 0;
    must(number > 0 || diag_failed(diags));
    if (number == 0) {
        register_close(reg);
        check_kept(data, size);
        return;
    }
    must(register_save(reg));
    register_close(reg);
    check_kept(data, size);
    reg = register_open(arena, path, false, diags);
    must(reg && register_settle(reg, &key, meant, NULL));
    must(register_number(reg, &key) == number);
    register_close(reg);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    if (!*path)
        make_folder();
    write_file(data, size);
    check_register(arena, data, size);
    arena_free(arena);
    return 0;
}
