/* SHA-256 of files and of what they are made of, as 64 hexadecimal digits: sha256sum agrees. */
#ifndef OUTPUT_DIGEST_H
#define OUTPUT_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { DIGEST_TEXT = 65 }; /* with its NUL */

typedef struct Digest Digest;

Digest *digest_new(void);
void digest_add(Digest *digest, const void *bytes, size_t length);
/* A text with its length in front, so that no two lists of texts are one; NULL is none. */
void digest_add_text(Digest *digest, const char *text);
/* The bytes of a file; of one that is longer than `most` only its length and the first `most`
 * (SIZE_MAX: all). False when it cannot be read: errno says why. */
bool digest_add_file(Digest *digest, const char *path, size_t most);
/* The program that runs and the libraries that shape its pages, by their build IDs (what has none
 * by its bytes). */
void digest_add_program(Digest *digest);
void digest_end(Digest *digest, char out[DIGEST_TEXT]); /* frees it */

#endif
