/* Where a line of a title may end by its sense: a rough segmentation into words, names of places
 * and offices kept whole, particles with what they belong to (typesetting.md 3.1). */
#include <string.h>

#include "base/utf8.h"
#include "typeset/title_internal.h"

enum { HAN_BYTES = 3 };

/* Penalties below TITLE_HARD, in the unit of title.c (squared tenths of a cell). */
enum {
    SENSE_NAME = 8000,       /* within a run of characters that are in no word: maybe a name */
    SENSE_SHORT_PAIR = 8000, /* 实施|方案 */
    SENSE_OFFICE = 8000,     /* ××县|农业农村局 */
    SENSE_COMPOUND = 5000,   /* 农村|人居环境整治 */
    SENSE_PARTICLE = 800,    /* …的|农村人居环境整治 */
    SENSE_LONE = 2000,       /* beside a single character: ××|公司 */
    SENSE_MANNER = 2000,     /* 深入|实施 */
    SENSE_TAIL = 700,        /* 乡村振兴|工作 */
    SENSE_PLACE = 600        /* ××县|生活垃圾分类 */
};

/* Costs of the segmentation: few words, few characters that are in none. */
enum {
    COST_WORD = 10,
    COST_PLACE = 18,
    COST_STEM = 3,       /* for each character beyond two */
    COST_STEM_WORD = 12, /* a word is in it: 平安县, but not 印发××县 */
    COST_SINGLE = 25,
    LONGEST_STEM = 4
};

/* What a word of the segmentation is. */
typedef enum WordKind { WORD_SINGLE, WORD_KNOWN, WORD_PLACE } WordKind;

typedef struct Word {
    int cost, length; /* length in boxes */
    WordKind kind;
} Word;

typedef struct Sense {
    const Shaped *shaped;
    int first, count; /* boxes */
    Word *words;      /* the best one that starts at each box */
    int *start;       /* the word that a box is in */
    int *penalties;
} Sense;

static const Box *box_at(const Sense *sense, int i)
{
    return &sense->shaped->boxes[sense->first + i];
}

static const char *text_at(const Sense *sense, int i)
{
    return sense->shaped->text + box_at(sense, i)->start;
}

static bool is_among(uint32_t code, const char *members)
{
    for (uint32_t member = utf8_next(&members); member != 0; member = utf8_next(&members)) {
        if (member == code) {
            return true;
        }
    }
    return false;
}

/* Han, and the signs that stand for one in samples: ×× ○○. */
static bool is_han(const Box *box)
{
    return box->class == CLASS_HAN || box->code == 0xd7;
}

/* ---------------------------------------------------------------- words */

/* The first word of the table that begins like `text`. */
static int first_word(const char *text)
{
    int low = 0, high = TITLE_WORD_COUNT;
    while (low < high) {
        int middle = (low + high) / 2;
        if (strncmp(TITLE_WORDS[middle], text, HAN_BYTES) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Boxes of the longest word of at most `limit` boxes that `text` begins with; 0: none. */
static int longest_word(const char *text, int limit)
{
    int longest = 0;
    for (int w = first_word(text); w < TITLE_WORD_COUNT; w++) {
        int bytes = (int)strlen(TITLE_WORDS[w]);
        if (strncmp(TITLE_WORDS[w], text, HAN_BYTES) != 0) {
            break;
        }
        if (bytes <= limit * HAN_BYTES && bytes > longest * HAN_BYTES &&
            strncmp(TITLE_WORDS[w], text, (size_t)bytes) == 0) {
            longest = bytes / HAN_BYTES;
        }
    }
    return longest;
}

static void take_word(Sense *sense, int i, int length, int own, WordKind kind)
{
    int cost = own + sense->words[i + length].cost;
    Word *word = &sense->words[i];
    if (word->length == 0 || cost < word->cost) {
        *word = (Word){cost, length, kind};
    }
}

/* The suffix of a place at box i, in boxes; 0: none, or it belongs to what follows (村庄). */
static int place_suffix(const Sense *sense, int i)
{
    static const char *const SUFFIXES[] = {"省", "市", "县", "区", "镇", "乡", "村", "州", "盟",
        "旗", "局", "厅", "街道", "社区", "农场", "林场"};
    const char *text = text_at(sense, i);
    int word = longest_word(text, sense->count - i);
    for (size_t k = 0; k < sizeof SUFFIXES / sizeof *SUFFIXES; k++) {
        size_t bytes = strlen(SUFFIXES[k]);
        int length = (int)bytes / HAN_BYTES;
        if (i + length <= sense->count && strncmp(text, SUFFIXES[k], bytes) == 0 &&
            word <= length) {
            return length;
        }
    }
    return 0;
}

/* 洋江镇, ××县, 城关街道: an unknown stem and what makes it a place or an office. */
static void take_places(Sense *sense, int i)
{
    bool after_figure = i > 0 && box_at(sense, i - 1)->class == CLASS_DIGIT; /* 6月农村 */
    bool has_word = false;
    for (int stem = 1; stem <= LONGEST_STEM && i + stem < sense->count && !after_figure; stem++) {
        const Box *last = box_at(sense, i + stem - 1);
        if (!is_han(last) || is_among(last->code, "的和与及等之在对于")) {
            return;
        }
        for (int from = i; from < i + stem - 1; from++) {
            has_word |= longest_word(text_at(sense, from), i + stem - from) > 0;
        }
        int suffix = place_suffix(sense, i + stem);
        if (suffix > 0) {
            int own = COST_PLACE + (stem > 2 ? (stem - 2) * COST_STEM : 0);
            take_word(sense, i, stem + suffix, own + (has_word ? COST_STEM_WORD : 0), WORD_PLACE);
        }
    }
}

static void take_known(Sense *sense, int i)
{
    const char *text = text_at(sense, i);
    for (int limit = sense->count - i; limit > 1;) {
        int length = longest_word(text, limit);
        if (length == 0) {
            return;
        }
        take_word(sense, i, length, COST_WORD, WORD_KNOWN);
        limit = length - 1;
    }
}

static void segment(Sense *sense)
{
    for (int i = sense->count - 1; i >= 0; i--) {
        if (is_han(box_at(sense, i))) {
            take_known(sense, i);
            take_places(sense, i);
        }
        take_word(sense, i, 1, COST_SINGLE, WORD_SINGLE);
    }
    for (int i = 0; i < sense->count;) {
        int length = sense->words[i].length;
        for (int k = 0; k < length; k++) {
            sense->start[i + k] = i;
        }
        i += length;
    }
}

/* ---------------------------------------------------------------- penalties */

/* Do known words fill boxes from … to-1? */
static bool is_made_of_words(const Sense *sense, int from, int to)
{
    while (from < to) {
        int length = longest_word(text_at(sense, from), to - from);
        if (length == 0) {
            return false;
        }
        from += length;
    }
    return true;
}

/* Within the word that starts at `start`: long ones are made of shorter ones. */
static int inside_word(const Sense *sense, int start, int i)
{
    enum { SHORT_PAIR = 4 };
    const Word *word = &sense->words[start];
    if (word->kind != WORD_KNOWN || !is_made_of_words(sense, start, i) ||
        !is_made_of_words(sense, i, start + word->length)) {
        return TITLE_HARD;
    }
    return word->length <= SHORT_PAIR ? SENSE_SHORT_PAIR : SENSE_COMPOUND;
}

static bool is_word(const Sense *sense, int start, const char *text)
{
    return strlen(text) == (size_t)sense->words[start].length * HAN_BYTES &&
           strncmp(text_at(sense, start), text, strlen(text)) == 0;
}

/* The last character of the word that starts there. */
static uint32_t word_end(const Sense *sense, int start)
{
    return box_at(sense, start + sense->words[start].length - 1)->code;
}

/* 2024年 and 上半年, 第三季度. */
static bool is_time_after_year(const Sense *sense, int i)
{
    return i >= 2 && box_at(sense, i - 1)->code == 0x5e74 &&
           box_at(sense, i - 2)->class == CLASS_DIGIT && sense->words[i].kind == WORD_KNOWN &&
           is_among(word_end(sense, i), "年度");
}

/* 乡村振兴 and 工作: what a matter ends with. */
static bool is_tail(const Sense *sense, int i)
{
    static const char *const TAILS[] = {"工作", "情况", "问题", "活动", "项目", "工程", "机制",
        "制度", "体系", "建设", "事项", "事宜", "任务", "措施"};
    for (size_t k = 0; k < sizeof TAILS / sizeof *TAILS; k++) {
        if (strncmp(text_at(sense, i), TAILS[k], strlen(TAILS[k])) == 0) {
            return true;
        }
    }
    return false;
}

/* 深入|实施: how something is done, not yet what. */
static bool is_manner(const Sense *sense, int start)
{
    static const char *const MANNERS[] = {
        "全面", "切实", "加快", "扎实", "持续", "有序", "深入", "积极", "统筹", "进一步"};
    for (size_t k = 0; k < sizeof MANNERS / sizeof *MANNERS; k++) {
        if (is_word(sense, start, MANNERS[k])) {
            return true;
        }
    }
    return false;
}

/* Between two words that are no particles. */
static int between_nouns(const Sense *sense, int before, int i)
{
    const Word *a = &sense->words[before], *b = &sense->words[i];
    bool names = is_han(box_at(sense, i - 1)) && is_han(box_at(sense, i));
    if (names && a->kind == WORD_SINGLE && b->kind == WORD_SINGLE) {
        return SENSE_NAME;
    }
    if (names && (a->kind == WORD_SINGLE || b->kind == WORD_SINGLE)) {
        return SENSE_LONE;
    }
    if (is_manner(sense, before)) {
        return SENSE_MANNER;
    }
    if (b->kind != WORD_SINGLE &&
        is_among(word_end(sense, before), "省市县区镇乡村州府局厅委会组道") &&
        is_among(word_end(sense, i), "府局厅委会室组部队站所")) {
        return SENSE_OFFICE;
    }
    return is_tail(sense, i) ? SENSE_TAIL : a->kind == WORD_PLACE ? SENSE_PLACE : 0;
}

/* The words before and after a break do not want it. */
static int between_words(const Sense *sense, int before, int i)
{
    const Box *a = box_at(sense, i - 1), *b = box_at(sense, i);
    bool lone_before = sense->words[before].kind == WORD_SINGLE,
         lone_after = sense->words[i].kind == WORD_SINGLE;
    if ((lone_after && is_among(b->code, "的和与及等之、")) || is_word(sense, before, "关于") ||
        (lone_before && is_among(a->code, "和与及在对为向将把以并或由从就暨于按、")) ||
        is_time_after_year(sense, i)) {
        return TITLE_HARD;
    }
    if (lone_before && a->code == 0x7684) { /* 的: never parted from the kind of paper */
        enum { KIND_LENGTH = 6 };
        return sense->count - i <= KIND_LENGTH ? TITLE_HARD : SENSE_PARTICLE;
    }
    return between_nouns(sense, before, i);
}

/* Figures, years and what they count stay together whatever a paragraph's line would allow. */
static int figure_penalty(const Sense *sense, int i)
{
    int cost = box_at(sense, i)->break_before;
    bool figure =
        box_at(sense, i)->class == CLASS_DIGIT || box_at(sense, i - 1)->class == CLASS_DIGIT;
    return cost > 0 && figure ? TITLE_HARD : cost * 10;
}

/* Short pieces are values put in by the template: the name of a town, a month. */
static void keep_pieces(Sense *sense)
{
    enum { NAME_LENGTH = 6 };
    for (int i = 0; i < sense->count;) {
        int end = i + 1;
        while (end < sense->count && box_at(sense, end)->style == box_at(sense, i)->style) {
            end++;
        }
        for (int k = i + 1; k < end && end - i <= NAME_LENGTH && end - i < sense->count; k++) {
            if (sense->penalties[k] != BREAK_NEVER) {
                sense->penalties[k] += TITLE_HARD;
            }
        }
        i = end;
    }
}

/* Within 《…》 “…” （…） the name of another paper is split. */
static void keep_marks(Sense *sense)
{
    int depth = 0;
    for (int i = 0; i < sense->count; i++) {
        if (depth > 0 && sense->penalties[i] != BREAK_NEVER) {
            sense->penalties[i] += TITLE_HARD + TITLE_HARD / 2;
        }
        const Box *box = box_at(sense, i);
        depth += box->class == CLASS_OPEN ? 1 : box->class == CLASS_CLOSE && depth > 0 ? -1 : 0;
    }
}

int *title_penalties(Arena *arena, const Shaped *shaped, int first, int end)
{
    Sense sense = {.shaped = shaped, .first = first, .count = end - first};
    sense.words = ARENA_ARRAY(arena, Word, sense.count + 1);
    sense.start = ARENA_ARRAY(arena, int, sense.count + 1);
    sense.penalties = ARENA_ARRAY(arena, int, sense.count + 1);
    segment(&sense);
    for (int i = 1; i < sense.count; i++) {
        if (box_at(&sense, i)->break_before == BREAK_NEVER) {
            sense.penalties[i] = BREAK_NEVER;
            continue;
        }
        int start = sense.start[i];
        sense.penalties[i] =
            figure_penalty(&sense, i) + (start < i ? inside_word(&sense, start, i)
                                                   : between_words(&sense, sense.start[i - 1], i));
    }
    keep_pieces(&sense);
    keep_marks(&sense);
    return sense.penalties;
}
