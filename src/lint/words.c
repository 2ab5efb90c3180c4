/* Wrong characters in common words (words.def), and 截止 for 截至. */
#include "lint/lint_internal.h"

typedef struct Word {
    const char32_t *wrong;
    const char *right;
    const char32_t *not_behind, *not_before;
    DiagCode code;
} Word;

#define W(wrong, right, not_behind, not_before) {wrong, right, not_behind, not_before, DIAG_W752},
#define D(wrong, right, not_behind, not_before) {wrong, right, not_behind, not_before, DIAG_N733},
static const Word words[] = {
/* flat table */
#include "lint/words.def"
};
#undef W
#undef D

enum { WORDS = sizeof words / sizeof *words, BUCKETS = 512 };

/* The words by their first character: a line is looked through once, not once a word. */
struct WordIndex {
    uint16_t heads[BUCKETS]; /* 1 + the first word, 0: none */
    uint16_t next[WORDS];
};

static const struct WordIndex *word_index(Lint *lint)
{
    if (lint->words)
        return lint->words;
    struct WordIndex *index = ARENA_NEW(lint->arena, struct WordIndex);
    for (size_t k = WORDS; k-- > 0;) {
        uint16_t *head = &index->heads[words[k].wrong[0] % BUCKETS];
        index->next[k] = *head;
        *head = (uint16_t)(k + 1);
    }
    return lint->words = index;
}

static size_t judge_word(Lint *lint, const Line *line, const struct WordIndex *index, size_t i)
{
    const uint32_t *c = line->c;
    for (size_t k = index->heads[c[i] % BUCKETS]; k > 0; k = index->next[k - 1]) {
        const Word *word = &words[k - 1];
        size_t length = word_at(c + i, word->wrong);
        if (!length || has(word->not_behind, c[i - 1]) || has(word->not_before, c[i + length]))
            continue;
        lint_tell(lint, line, word->code, i, i + length, NULL, word->right);
        return length;
    }
    return 1;
}

/* 截止目前, 截止6月底: up to then is 截至; 报名于6月底截止, 截止日期 are right. */
static void judge_until(Lint *lint, const Line *line, size_t i)
{
    static const char32_t *const times[] = {/* flat table */
        U"目前", U"今", U"当前", U"现在", U"上月", U"上年", U"上季", U"本月", U"本年", U"本季",
        U"去年", U"前年", U"昨", U"二〇", U"一月", U"二月", U"三月", U"四月", U"五月", U"六月",
        U"七月", U"八月", U"九月", U"十月", U"十一月", U"十二月", U"年底", U"月底", U"到", U"至"};
    const uint32_t *c = line->c;
    size_t at = i + word_at(c + i, U"截止");
    if (at == i || has(U"已将为的", c[i - 1]))
        return;
    bool digits = is_digit(c[at]) && has(U"年月日", c[digits_end(c, at)]);
    bool time = digits && !is_han(c[i - 1]);
    for (size_t k = 0; !time && k < sizeof times / sizeof *times; k++) {
        bool verb = is_han(c[i - 1]) && k < sizeof times / sizeof *times - 2 && k > 0;
        time = !verb && word_at(c + at, times[k]) && !word_at(c + at, U"到期");
    }
    if (time)
        lint_tell(lint, line, DIAG_W726, i, at + has(U"到至", c[at]), NULL, "截至");
}

void scan_words(Lint *lint, const Line *line)
{
    const struct WordIndex *index = word_index(lint);
    for (size_t i = line->first; i < line->end;) {
        if (line->c[i] == U'截')
            judge_until(lint, line, i);
        i += is_han(line->c[i]) ? judge_word(lint, line, index, i) : 1;
    }
}
