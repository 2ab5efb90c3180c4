/* wenyin lint: the wording rules on plain text files, ours or not. */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "data/encode.h"
#include "lint/lint.h"
#include "run/command.h"
#include "run/input_file.h"

/* ---- the file ---- */

/* What a file is that is no text; NULL: it may be one. */
static const char *other_form(const Buf *bytes, bool english)
{
    static const struct {
        const char *mark;
        size_t length;
        const char *name[2];
    } forms[] = {
        /* flat table */
        {"PK\x03\x04", 4, {"Word、WPS 文档（docx）或压缩包", "a document (docx) or a zip file"}},
        {"\xD0\xCF\x11\xE0", 4, {"Word、WPS 文档（doc）", "a document (doc)"}},
        {"%PDF", 4, {"PDF", "a PDF"}},
        {"{\\rtf", 5, {"RTF 文档", "an RTF document"}},
        {"\x89PNG", 4, {"图片", "a picture"}},
        {"\xFF\xD8\xFF", 3, {"图片", "a picture"}},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (bytes->length >= forms[i].length &&
            memcmp(bytes->data, forms[i].mark, forms[i].length) == 0)
            return forms[i].name[english];
    Encoding encoding = encode_detect(bytes->data ? bytes->data : "", bytes->length);
    bool wide = encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE;
    if (!wide && bytes->length && memchr(bytes->data, 0, bytes->length))
        return english ? "something else" : "别的文件";
    return NULL;
}

static bool is_blank(const char *text)
{
    while (*text)
        if (!utf8_is_blank(utf8_next(&text)))
            return false;
    return true;
}

static bool decode(const char *name, const Buf *bytes, Buf *text, Diags *diags)
{
    const char *form = other_form(bytes, diag_language(diags) == DIAG_ENGLISH);
    if (form) {
        diag_add(diags, DIAG_E721, NULL, name, form);
        diag_hint(diags, DIAG_H720);
        return false;
    }
    if (!encode_to_utf8(
            name, bytes->data ? bytes->data : "", bytes->length, ENCODING_UNKNOWN, text, diags))
        return false;
    return (text->data && !is_blank(text->data)) || diag_add(diags, DIAG_E722, NULL, name);
}

/* Each paper for itself: what one says does not bind the next. */
static bool lint_file(Arguments *arguments, const char *name)
{
    Arena *arena = arguments->arena;
    Buf bytes = {0}, text = {0};
    bool done =
        input_operand_read(name, LIMIT_TEXT_BYTES, &bytes, arguments->diags) &&
        decode(name, &bytes, &text, arguments->diags);
    if (done) {
        Lint *lint = lint_new(arena, arguments->diags);
        lint_text(lint, source_new(arena, name, text.data, text.length));
        lint_finish(lint);
    }
    buf_free(&bytes);
    buf_free(&text);
    return done;
}

int run_lint(Arguments *arguments)
{
    Diags *diags = arguments->diags;
    const char *codes = arguments->values[OPTION_OFF];
    const char *unknown = codes ? diag_switch_off(diags, codes) : NULL;
    bool english = diag_language(diags) == DIAG_ENGLISH;
    if (unknown) {
        diag_add(diags, DIAG_E712, NULL, unknown);
        return EXIT_REJECTED;
    }
    diag_keep_all(diags);
    for (int i = 0; i < arguments->operand_count; i++)
        lint_file(arguments, arguments->operands[i]);
    size_t warnings = diag_count(diags, DIAG_WARNING), notes = diag_count(diags, DIAG_NOTE);
    if (diag_count(diags, DIAG_SYSTEM) > 0)
        return EXIT_SYSTEM;
    if (diag_failed(diags))
        return EXIT_REJECTED;
    printf(
        english ? "Warnings: %zu, notes: %zu.\n" : "警告 %zu 处，说明 %zu 处。\n", warnings, notes);
    return warnings > 0 && arguments->values[OPTION_STRICT] ? EXIT_WARNED : EXIT_DONE;
}
