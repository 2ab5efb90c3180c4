/* White space between the pieces of a block (language.md 1). What needs data is proved by the
 * golden cases. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "template/evaluate/evaluate.h"

/* Pieces are parted by |; ^ is a break, * a note. */
static const struct {
    const char *in, *out;
} cases[] = {
    {"甲乙", "甲乙"},
    {" 　\n甲 \t", "甲"},
    {"甲\n乙", "甲乙"},
    {"甲 \r\n  乙", "甲乙"},
    {"甲 乙", "甲 乙"},
    {"甲  \t乙", "甲 乙"},
    {"甲　乙", "甲　乙"},
    {"甲　　乙", "甲　　乙"},
    {"甲\n　　乙", "甲乙"},
    {"abc\ndef", "abc def"},
    {"abc  def", "abc def"},
    {"abc\n　def", "abc def"},
    {"甲\nabc", "甲abc"},
    {"abc\n，def", "abc，def"},
    {"2024\n年", "2024年"},
    {"甲|\n|乙", "甲|乙"},
    {"甲 | 乙", "甲| 乙"},
    {"abc\n| |\ndef", "abc| def"},
    {" | 甲| ", "甲"},
    {"甲 |^|\n乙", "甲|^|乙"},
    {"甲|*|\n乙", "甲|*|乙"},
    {"甲|*| ", "甲|*"},
    {"", ""},
    {" \n　", ""},
};

static Inline *pieces_of(Arena *arena, const char *in)
{
    Inline *first = NULL, **tail = &first;
    for (const char *from = in; from; from = strchr(from, '|') ? strchr(from, '|') + 1 : NULL) {
        size_t length = strcspn(from, "|");
        Inline *piece = inline_text(arena, arena_strndup(arena, from, length), (At){.data = NULL});
        if (length == 1 && (*from == '^' || *from == '*'))
            piece->kind = *from == '^' ? INLINE_BREAK : INLINE_NOTE;
        *tail = piece;
        tail = &piece->next;
    }
    return first;
}

static void test_spacing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        Buf out = {0};
        buf_add(&out, "", 0);
        for (Inline *piece = inlines_settle(arena, pieces_of(arena, cases[i].in)); piece;
             piece = piece->next) {
            buf_adds(&out, out.length ? "|" : "");
            buf_adds(&out, piece->kind == INLINE_TEXT    ? piece->text
                           : piece->kind == INLINE_BREAK ? "^"
                                                         : "*");
        }
        if (strcmp(out.length ? out.data : "", cases[i].out) != 0)
            fail_msg("“%s” became “%s”", cases[i].in, out.length ? out.data : "");
        buf_free(&out);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_spacing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
