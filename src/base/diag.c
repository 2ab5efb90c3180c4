#include "base/diag.h"
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag_internal.h"
#include "base/limits.h"
#include "base/utf8.h"

enum {
    MESSAGE_BYTES = 1000,            /* a cell may be a megabyte, its message may not */
    SEEN_MESSAGES = 10 * LIMIT_DIAGS /* beyond that repetitions are counted as messages */
};

static const struct {
    const char *name;
    DiagLevel level;
    const char *text[2];
} rows[] = {
/* flat table */
#define D(code, level, chinese, english) {#code, level, {chinese, english}},
#include "base/diag.def"
#undef D
};

const char *diag_code_name(DiagCode code)
{
    return rows[code].name;
}

DiagLevel diag_code_level(DiagCode code)
{
    return rows[code].level;
}

static const char *diag_code_text(DiagCode code, DiagLanguage language)
{
    return rows[code].text[language];
}

Diags *diag_new(Arena *arena)
{
    Diags *diags = ARENA_NEW(arena, Diags);
    diags->arena = arena;
    diags->seen = map_new(arena);
    diags->files = map_new(arena);
    return diags;
}

void diag_set_language(Diags *diags, DiagLanguage language)
{
    diags->language = language;
}

DiagLanguage diag_language(const Diags *diags)
{
    return diags->language;
}

static char *format(Diags *diags, DiagCode code, va_list args)
{
    char *text = arena_vprintf(diags->arena, diag_code_text(code, diags->language), args);
    size_t length = strlen(text);
    if (length <= MESSAGE_BYTES)
        return text;
    length = MESSAGE_BYTES;
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return arena_printf(diags->arena, "%.*s…", (int)length, text);
}

/* What makes two messages the same one. */
static char *identity(Diags *diags, DiagCode code, const At *at, const char *text)
{
    Buf key = {0};
    buf_addf(&key, "%d", (int)code);
    if (at && at->span.source)
        buf_addf(&key, "|%s|%zu-%zu", at->span.source->name, at->span.start, at->span.end);
    if (at && at->data)
        buf_addf(&key, "|%s|%ld|%d", at->data->file, at->data->row, at->data->column);
    buf_addf(&key, "|%s", text);
    char *copy = arena_strndup(diags->arena, key.data, key.length);
    buf_free(&key);
    return copy;
}

static size_t file_rank(Diags *diags, const At *at)
{
    const char *file = "";
    if (at && at->span.source)
        file = at->span.source->name;
    else if (at && at->data)
        file = at->data->file;
    void *rank = map_find(diags->files, file);
    if (!rank) {
        rank = (void *)(uintptr_t)(map_count(diags->files) + 1);
        map_put(diags->files, file, rank);
    }
    return (size_t)(uintptr_t)rank - 1;
}

static const DataPlace *copy_place(Arena *arena, const DataPlace *place)
{
    DataPlace *copy = arena_copy(arena, place, sizeof *place);
    copy->file = arena_strdup(arena, place->file);
    if (place->column_name)
        copy->column_name = arena_strdup(arena, place->column_name);
    return copy;
}

static void keep(Diags *diags, DiagCode code, const At *at, const char *text, bool repeated)
{
    Message *message = ARENA_NEW(diags->arena, Message);
    message->code = code;
    message->text = text;
    message->repeated = repeated;
    message->order = diags->count;
    message->file_rank = file_rank(diags, at);
    if (at) {
        message->span = at->span;
        message->data = at->data ? copy_place(diags->arena, at->data) : NULL;
    }
    diags->messages = arena_grow(
        diags->arena, diags->messages, diags->count, &diags->capacity, sizeof *diags->messages);
    diags->messages[diags->count++] = message;
    diags->kept[code]++;
    diags->last = message;
}

static bool is_told(const Diags *diags, const char *key)
{
    while (diags && !map_find(diags->seen, key))
        diags = diags->before;
    return diags != NULL;
}

/* By an earlier part of the volume. */
static bool is_repeated(const Diags *diags, const char *key)
{
    for (; diags; diags = diags->before)
        for (const Diags *part = diags->earlier; part; part = part->earlier)
            if (map_find(part->seen, key))
                return true;
    return false;
}

static void add(Diags *diags, DiagCode code, const At *at, const char *text)
{
    char *key = identity(diags, code, at, text);
    if (is_told(diags, key))
        return;
    if (map_count(diags->seen) < SEEN_MESSAGES)
        map_put(diags->seen, key, diags);
    bool repeated = is_repeated(diags, key);
    diags->levels[diag_code_level(code)]++;
    if ((diags->keeps_all || diags->kept[code] < LIMIT_DIAGS_PER_CODE) &&
        diags->count < LIMIT_DIAGS)
        keep(diags, code, at, text, repeated);
    else {
        diags->dropped[code]++;
        diags->repeated[code] += repeated;
    }
}

/* What a paper is looked through for may be switched off; what makes it wrong may not, nor what
 * tells that somebody overruled a figure (W79x N79x). */
static bool may_be_off(const char *name)
{
    return (name[0] == 'W' || name[0] == 'N') && name[1] == '7' && name[2] != '9';
}

static bool switch_off(Diags *diags, const char *word)
{
    for (int code = 0; code < DIAG_CODE_COUNT; code++)
        if (strcmp(rows[code].name, word) == 0 && may_be_off(word))
            return diags->off[code] = true;
    return false;
}

const char *diag_switch_off(Diags *diags, const char *codes)
{
    char *text = utf8_fold(diags->arena, codes);
    const char *word = text;
    for (const char *at = text; *word;) {
        const char *end = at;
        uint32_t next = utf8_next(&at);
        if (next && next != ' ' && next != ',' && next != 0x3001)
            continue;
        const char *name = arena_strndup(diags->arena, word, (size_t)(end - word));
        if (*name && !switch_off(diags, name))
            return name;
        word = at;
    }
    return NULL;
}

bool diag_add(Diags *diags, DiagCode code, const At *at, ...)
{
    diags->last = NULL;
    if (diags->off[code])
        return false;
    if (map_count(diags->seen) >= SEEN_MESSAGES && diags->kept[code] >= LIMIT_DIAGS_PER_CODE) {
        /* A million bad cells cost no memory. */
        diags->levels[diag_code_level(code)]++;
        diags->dropped[code]++;
        return false;
    }
    va_list args;
    va_start(args, at);
    add(diags, code, at, format(diags, code, args));
    va_end(args);
    return false;
}

void diag_hint(Diags *diags, DiagCode code, ...)
{
    if (!diags->last)
        return; /* its message was left out */
    DiagHint *hint = ARENA_NEW(diags->arena, DiagHint);
    va_list args;
    va_start(args, code);
    hint->code = code;
    hint->text = format(diags, code, args);
    va_end(args);
    if (diags->last->last_hint)
        diags->last->last_hint->next = hint;
    else
        diags->last->hints = hint;
    diags->last->last_hint = hint;
}

Diags *diag_apart(Diags *diags, Arena *arena, const char *unit)
{
    Diags *before = arena_copy(arena, diags, sizeof *diags), *fresh = diag_new(arena);
    fresh->unit = unit;
    fresh->part = before->part;
    fresh->before = before;
    fresh->language = before->language;
    fresh->notes_hidden = before->notes_hidden;
    fresh->keeps_all = before->keeps_all;
    memcpy(fresh->off, before->off, sizeof fresh->off);
    *diags = *fresh;
    return before;
}

Diags *diag_of_part(const Diags *run, Arena *arena, const char *part, const Diags *earlier)
{
    Diags *fresh = diag_new(arena);
    fresh->part = part;
    fresh->earlier = earlier;
    fresh->language = run->language;
    fresh->notes_hidden = run->notes_hidden;
    return fresh;
}

Diags *diag_copy(const Diags *diags, Arena *arena)
{
    return arena_copy(arena, diags, sizeof *diags);
}

void diag_rejoin(Diags *diags, const Diags *before)
{
    *diags = *before;
}

size_t diag_count(const Diags *diags, DiagLevel level)
{
    return diags->levels[level];
}

bool diag_failed(const Diags *diags)
{
    return diags->levels[DIAG_ERROR] + diags->levels[DIAG_SYSTEM] > 0;
}

const char *diag_system_text(const Diags *diags, int error)
{
    static const struct {
        int error;
        const char *text;
    } reasons[] = {
        {ENOENT, "没有这个文件或文件夹"},
        {EACCES, "没有权限"},
        {EPERM, "系统不允许"},
        {EISDIR, "这是文件夹"},
        {ENOTDIR, "路径中有一段不是文件夹"},
        {EEXIST, "同名文件已存在"},
        {ENOSPC, "磁盘已满"},
        {EDQUOT, "超过磁盘配额"},
        {EROFS, "磁盘只读"},
        {EIO, "磁盘读写出错"},
        {EBUSY, "文件正被占用"},
        {ETXTBSY, "文件正被占用"},
        {EMFILE, "打开的文件太多"},
        {ENFILE, "打开的文件太多"},
        {ENAMETOOLONG, "名称太长"},
        {ELOOP, "符号链接成环"},
        {EFBIG, "文件太大"},
        {ENOMEM, "内存不足"},
        {EPIPE, "接收方已关闭"},
        {EXDEV, "不在同一磁盘上"},
        {EBADF, "没有打开，或不能写"},
    };
    for (size_t i = 0; diags->language == DIAG_CHINESE && i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].error == error)
            return reasons[i].text;
    return strerror(error);
}
