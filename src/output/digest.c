#include "output/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

/* Nettle uses what the processor has for SHA-256; GLib takes five times as long, a seventh of the
 * time of a whole paper. */
struct Digest {
    struct sha256_ctx sha256;
};

Digest *digest_new(void)
{
    Digest *digest = malloc(sizeof *digest);
    if (!digest)
        arena_exhausted();
    sha256_init(&digest->sha256);
    return digest;
}

void digest_add(Digest *digest, const void *bytes, size_t length)
{
    sha256_update(&digest->sha256, length, bytes);
}

static void add_number(Digest *digest, uint64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    digest_add(digest, bytes, sizeof bytes);
}

void digest_add_text(Digest *digest, const char *text)
{
    add_number(digest, text ? strlen(text) + 1 : 0);
    if (text)
        digest_add(digest, text, strlen(text));
}

static bool add_bytes(Digest *digest, int file, size_t most)
{
    char block[1 << 16];
    while (most > 0) {
        ssize_t n = read(file, block, most < sizeof block ? most : sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        digest_add(digest, block, (size_t)n);
        most -= (size_t)n;
    }
    return true;
}

bool digest_add_file(Digest *digest, const char *path, size_t most)
{
    struct stat status;
    /* O_NONBLOCK: opening a FIFO must not wait for a writer. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return false;
    bool done = fstat(file, &status) == 0;
    if (done && !S_ISREG(status.st_mode)) {
        errno = EINVAL;
        done = false;
    }
    if (done && most < SIZE_MAX)
        add_number(digest, (uint64_t)status.st_size);
    done = done && add_bytes(digest, file, most);
    int error = errno;
    close(file);
    errno = error;
    return done;
}

void digest_end(Digest *digest, char out[DIGEST_TEXT])
{
    static const char HEX[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(&digest->sha256, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        out[2 * i] = HEX[bytes[i] >> 4];
        out[2 * i + 1] = HEX[bytes[i] & 0xf];
    }
    out[DIGEST_TEXT - 1] = '\0';
    free(digest);
}
