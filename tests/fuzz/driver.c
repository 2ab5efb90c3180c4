/* Feeds files to a fuzz target without libFuzzer, so that the corpora can be rerun with plain gcc.
   Names each input before it runs it: after a crash the last name is the guilty one. */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Runs the target on one file; false when it cannot be read. */
static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        return 0;
    }
    long size = ftell(file);
    rewind(file);
    /* A buffer of the exact size, so that ASan sees a read beyond the input. */
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    int whole = data && size >= 0 && fread(data, 1, (size_t)size, file) == (size_t)size;
    fclose(file);
    if (whole) {
        LLVMFuzzerTestOneInput(data, (size_t)size);
    }
    free(data);
    return whole;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        printf("input %s\n", argv[i]);
        fflush(stdout);
        if (!run_file(argv[i])) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            return 1;
        }
    }
    return 0;
}
