/* A folder of its own with one file in it, gone when the fuzzer ends. */
#ifndef TESTS_FUZZ_FOLDER_H
#define TESTS_FUZZ_FOLDER_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/wenyin-fuzz-XXXXXX";
static char path[sizeof folder + sizeof "/a.csv"];

static void remove_folder(void)
{
    unlink(path);
    rmdir(folder);
}

static void make_folder(void)
{
    if (!mkdtemp(folder))
        abort();
    snprintf(path, sizeof path, "%s/a.csv", folder);
    atexit(remove_folder);
}

static void write_file(const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        abort();
}

static inline void must(bool good)
{
    if (!good)
        abort();
}

#endif
