#include "check/entries.h"

#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "check/place.h"
#include "check/reckoned.h"
#include "check/typed.h"

/* So many characters of the clause stand on either side of the figure at most. */
enum { CONTEXT_BEFORE = 14, CONTEXT_BEHIND = 8, HEADING_LEVELS = 4 };

typedef struct Walk {
    Arena *arena;
    EntryList *out;
    Map *places;         /* place → how often it was taken */
    Map *containers;     /* 图1, 无题表 → the same */
    const char *section; /* 附件1, 回执; "" before any */
    const char *path[HEADING_LEVELS];
    int paragraphs; /* below the heading in hand */
    int photos;
} Walk;

/* One line of inlines, or one cell. */
typedef struct Line {
    const char *place;
    const char *holder, *line, *head; /* of a cell (entries.h) */
    EntryWhere where;
    bool counted; /* figures have a number also where there is but one: prose */
    const Block *block;
    int row, column;
    int figures, typed; /* so far */
} Line;

/* ---- an entry ---- */

static int count_up(Walk *w, Map *map, const char *key)
{
    int *count = map_find(map, key);
    if (!count) {
        count = ARENA_NEW(w->arena, int);
        map_put(map, key, count);
    }
    return ++*count;
}

/* 表1 长塘村·资金, 表1 长塘村·资金（2）. */
static const char *only_place(Walk *w, const char *place)
{
    for (const char *candidate = place;;) {
        int times = count_up(w, w->places, place);
        if (times > 1)
            candidate = arena_printf(w->arena, "%s（%d）", place, times);
        if (times == 1 || !map_find(w->places, candidate)) {
            if (times > 1)
                count_up(w, w->places, candidate);
            return candidate;
        }
    }
}

static Entry *add(Walk *w, const Line *line, EntryOrigin origin)
{
    EntryList *list = w->out;
    size_t capacity = (size_t)list->capacity;
    list->items =
        arena_grow(w->arena, list->items, (size_t)list->count, &capacity, sizeof *list->items);
    list->capacity = (int)capacity;
    Entry *entry = &list->items[list->count++];
    *entry = (Entry){.number = list->count,
        .origin = origin,
        .where = line->where,
        .context = "",
        .block = line->block,
        .row = line->row,
        .column = line->column};
    return entry;
}

static bool is_listed(const Provenance *figure)
{
    return figure && figure->kind != FIGURE_TEXT && figure->kind != FIGURE_DATE;
}

/* 第2段第3数; of a title or caption the first is the line itself: 标题, 标题第2数. */
static const char *figure_place(Walk *w, Line *line, const char *typed)
{
    int number = *typed ? ++line->typed : ++line->figures;
    bool bare = number == 1 && !line->counted && !*typed;
    return only_place(
        w, bare ? line->place : arena_printf(w->arena, "%s%s第%d数", line->place, typed, number));
}

/* ---- the clause round a figure ---- */

static bool ends_clause(uint32_t c)
{
    return c == 0xFF0C || c == 0x3002 || c == 0xFF1B || c == 0xFF1A || c == 0xFF01 || c == 0xFF1F;
}

/* A figure that opens its clause takes the one before with it. */
static const char *clause_before(const char *text, const char *figure)
{
    const char *start = text;
    for (const char *at = text; at < figure;)
        if (ends_clause(utf8_next(&at)) && at < figure)
            start = at;
    return start;
}

static const char *clause_behind(const char *figure_end)
{
    const char *end = figure_end;
    for (const char *at = end; *at && !ends_clause(utf8_next(&at));)
        end = at;
    return end;
}

/* 全月共清理生活垃圾［670余］吨 */
static const char *context(Walk *w, const char *text, size_t start, size_t end)
{
    const char *from = clause_before(text, text + start), *to = clause_behind(text + end);
    const char *cut_from = from, *cut_to = text + end;
    size_t before = utf8_count(from, (size_t)(text + start - from));
    for (; before > CONTEXT_BEFORE; before--)
        utf8_next(&cut_from);
    for (int i = 0; i < CONTEXT_BEHIND && cut_to < to; i++)
        utf8_next(&cut_to);
    return arena_printf(w->arena, "%s%.*s［%.*s］%.*s%s", cut_from > from ? "…" : "",
        (int)(text + start - cut_from), cut_from, (int)(end - start), text + start,
        (int)(cut_to - text - (long)end), text + end, cut_to < to ? "…" : "");
}

/* ---- a line ---- */

static void add_typed(Walk *w, Line *line, const char *plain, const TypedFigure *typed)
{
    Entry *entry = add(w, line, ENTRY_TYPED);
    entry->place = figure_place(w, line, "手写");
    entry->context = context(w, plain, typed->start, typed->end);
    entry->printed = typed->text;
    entry->typed = typed->value;
    entry->typed_unit = typed->unit;
    entry->at = typed->piece->at;
    entry->piece = typed->piece;
    entry->offset = typed->offset;
}

static void add_piece(Walk *w, Line *line, const char *plain, size_t start, const Inline *piece)
{
    Entry *entry = add(w, line, ENTRY_COMPUTED);
    entry->place = figure_place(w, line, "");
    entry->context = context(w, plain, start, start + strlen(piece->text));
    entry->printed = piece->figure->printed ? piece->figure->printed : piece->text;
    entry->figure = piece->figure;
    entry->at = piece->at;
    entry->piece = piece;
}

/* A note is read where it is called. */
static void walk_line(Walk *w, Line *line, const Inline *first);

static void walk_note(Walk *w, const Line *from, const Inline *note)
{
    const char *table = from->where == WHERE_TABLE && from->block->table->number
                            ? arena_printf(w->arena, "表%d", from->block->table->number)
                            : "";
    Line line = {.place = arena_printf(w->arena, "%s脚注%d", table, note->note_number),
        .where = WHERE_TEXT,
        .block = from->block};
    walk_line(w, &line, note->note);
}

/* `cell`: what the cell of the line shows, NULL: prose, in which figures may be typed. A figure may
 * come in several pieces. */
static void walk_pieces(Walk *w, Line *line, const Inline *first, const Provenance *cell)
{
    const char *plain = inline_plain(w->arena, first);
    const Provenance *last = NULL;
    TypedList typed = {0};
    size_t next = 0, start = 0;
    if (!cell) /* what it prints is the data's */
        typed_find(w->arena, first, &typed);
    for (const Inline *piece = first; piece; piece = piece->next) {
        for (; next < typed.count && typed.items[next].piece == piece; next++)
            add_typed(w, line, plain, &typed.items[next]);
        if (piece->kind == INLINE_NOTE)
            walk_note(w, line, piece);
        if (piece->kind != INLINE_TEXT)
            continue;
        if (is_listed(piece->figure) && piece->figure != cell && piece->figure != last)
            add_piece(w, line, plain, start, piece);
        last = piece->figure;
        start += strlen(piece->text);
    }
}

static void walk_line(Walk *w, Line *line, const Inline *first)
{
    walk_pieces(w, line, first, NULL);
}

/* Prose outside the paragraphs: a title, a caption. */
static void walk_words(Walk *w, const Block *block, const char *place, const Inline *first)
{
    Line line = {.place = arena_printf(w->arena, "%s%s", w->section, place), .block = block};
    if (first)
        walk_line(w, &line, first);
}

/* ---- tables ---- */

/* 表1, 附件1无题表, and 无题表2 where there is one already. */
static const char *container(Walk *w, const char *word, int number)
{
    const char *name = number ? arena_printf(w->arena, "%s%d", word, number)
                              : arena_printf(w->arena, "%s无题%s", w->section, word);
    int times = count_up(w, w->containers, name);
    if (times == 1)
        return name;
    /* Charts side by side have one number. */
    return number ? arena_printf(w->arena, "%s（%d）", name, times)
                  : arena_printf(w->arena, "%s%d", name, times);
}

static void walk_part(Walk *w, const Block *block, const char *name, const char *part,
    const Inline *first, EntryWhere where)
{
    Line line = {.place = arena_printf(w->arena, "%s%s", name, part),
        .where = where,
        .block = block,
        .row = -1,
        .column = -1};
    if (first)
        walk_line(w, &line, first);
}

/* A cell or a point, at 表1 长塘村·生活垃圾 or 图1 目标线. */
static Entry *add_cell(Walk *w, const Line *line, EntryOrigin origin)
{
    Entry *entry = add(w, line, origin);
    entry->holder = line->holder;
    entry->line = line->line;
    entry->head = line->head;
    entry->place = only_place(w, line->place);
    return entry;
}

static const char *cell_place(Walk *w, const Line *line)
{
    return arena_printf(w->arena, "%s %s%s%s", line->holder, line->line, line->head ? "·" : "",
        line->head ? line->head : "");
}

static void walk_cell(Walk *w, Line *line, const Cell *cell)
{
    const Provenance *figure = cell->figure;
    if (is_listed(figure)) {
        Entry *entry = add_cell(w, line, ENTRY_COMPUTED);
        entry->printed = figure->printed ? figure->printed : inline_plain(w->arena, cell->content);
        entry->figure = figure;
        entry->at = cell->content ? cell->content->at : line->block->at;
    }
    walk_pieces(w, line, cell->content, figure);
}

static void walk_table(Walk *w, const Block *block)
{
    const DocTable *table = block->table;
    const char *name = container(w, "表", table->number);
    TableLabels labels;
    place_labels(w->arena, table, &labels);
    walk_part(w, block, name, "标题", table->caption, WHERE_TEXT);
    for (int i = 0; i < table->head_cell_count; i++)
        walk_part(w, block, name, "表头", table->head[i].content, WHERE_TABLE);
    for (int r = 0; r < table->row_count; r++) {
        for (int i = 0; i < table->rows[r].cell_count; i++) {
            const Cell *cell = &table->rows[r].cells[i];
            if (!cell->content || cell->column >= table->column_count)
                continue;
            Line line = {.holder = name,
                .line = labels.rows[r],
                .head = labels.columns[cell->column],
                .where = WHERE_TABLE,
                .block = block,
                .row = r,
                .column = cell->column};
            line.place = cell_place(w, &line);
            walk_cell(w, &line, cell);
        }
    }
    walk_part(w, block, name, "注", table->notes, WHERE_TEXT);
}

/* ---- charts ---- */

/* head NULL: the target of all. */
static void add_point(Walk *w, Line *line, const ChartPoint *point)
{
    const Provenance *figure = point->figure;
    if (!is_listed(figure))
        return;
    line->place = cell_place(w, line);
    Entry *entry = add_cell(w, line, ENTRY_COMPUTED);
    entry->printed = figure->printed ? figure->printed : point->label ? point->label : "";
    entry->figure = figure;
    entry->at = line->block->chart->at;
}

static void walk_reckoned(Walk *w, const Block *block, const char *name)
{
    ReckonedList list = {0};
    reckoned_find(w->arena, block->chart, &list);
    for (size_t i = 0; i < list.count; i++) {
        const Reckoned *one = &list.items[i];
        Line line = {.holder = name,
            .line = one->line,
            .head = one->head,
            .where = WHERE_CHART,
            .block = block,
            .row = -1,
            .column = -1};
        line.place = cell_place(w, &line);
        Entry *entry = add_cell(w, &line, ENTRY_RECKONED);
        entry->printed = one->figure.printed;
        entry->figure = &one->figure;
        entry->at = block->chart->at;
    }
}

/* series -1: the targets. */
static void walk_points(Walk *w, const Block *block, const char *name, int series)
{
    const DocChart *chart = block->chart;
    const ChartPoint *points = series < 0 ? chart->targets : chart->series[series].points;
    const char *head = series < 0 ? "目标" : chart->series[series].name;
    for (int i = 0; points && i < chart->category_count; i++) {
        Line line = {.holder = name,
            .line = chart->categories[i],
            .head = head ? head : "",
            .where = WHERE_CHART,
            .block = block,
            .row = series,
            .column = i};
        add_point(w, &line, &points[i]);
    }
}

static void walk_chart(Walk *w, const Block *block)
{
    const DocChart *chart = block->chart;
    const char *name = container(w, "图", chart->number);
    walk_part(w, block, name, "标题", chart->caption, WHERE_TEXT);
    for (int s = 0; s < chart->series_count; s++)
        walk_points(w, block, name, s);
    walk_points(w, block, name, -1);
    Line line = {.holder = name,
        .line = "目标线",
        .where = WHERE_CHART,
        .block = block,
        .row = -1,
        .column = -1};
    if (chart->target)
        add_point(w, &line, chart->target);
    walk_reckoned(w, block, name);
    walk_part(w, block, name, "来源", chart->source, WHERE_TEXT);
}

/* ---- blocks ---- */

static void begin_section(Walk *w, const char *name)
{
    w->section = name;
    memset(w->path, 0, sizeof w->path);
    w->paragraphs = 0;
}

/* 附件1 一（一）, with what stands above the line. */
static const char *heading_path(Walk *w)
{
    const char *path = w->section;
    for (int i = 0; i < HEADING_LEVELS; i++)
        if (w->path[i])
            path = arena_printf(w->arena, "%s%s", path, w->path[i]);
    return path;
}

static void walk_paragraph(Walk *w, const Block *block, const Inline *content)
{
    Line line = {.place = arena_printf(w->arena, "%s第%d段", heading_path(w), ++w->paragraphs),
        .counted = true,
        .block = block};
    walk_line(w, &line, content);
}

static void walk_heading(Walk *w, const Block *block)
{
    int level = block->level < 1                ? 1
                : block->level > HEADING_LEVELS ? HEADING_LEVELS
                                                : block->level;
    w->path[level - 1] = place_heading(w->arena, block);
    for (int i = level; i < HEADING_LEVELS; i++)
        w->path[i] = NULL;
    w->paragraphs = 0;
    Line line = {.place = arena_printf(w->arena, "%s标题", heading_path(w)), .block = block};
    walk_line(w, &line, block->content);
    if (block->run_in)
        walk_paragraph(w, block, block->tail);
}

static void walk_sign(Walk *w, const Block *block)
{
    for (int i = 0; i < block->sign->signer_count; i++)
        walk_words(w, block, "落款", block->sign->signers[i].unit);
    walk_words(w, block, "落款日期", block->sign->date);
}

static void walk_photos(Walk *w, const Block *block)
{
    for (int i = 0; i < block->photos->entry_count; i++)
        walk_words(w, block, arena_printf(w->arena, "第%d组照片", ++w->photos),
            block->photos->entries[i].caption);
}

static void walk_attachments(Walk *w, const Block *block)
{
    int number = 0;
    for (const DocAttachment *one = block->attachments; one; one = one->next)
        walk_words(w, block, arena_printf(w->arena, "附件说明第%d项", ++number), one->title);
}

/* What a line of its own is called; NULL: the kind has none. */
static const char *line_name(const Block *block)
{
    static const char *const names[BLOCK_KIND_COUNT] = {[BLOCK_TITLE] = "标题",
        [BLOCK_BYLINE] = "题下署名",
        [BLOCK_DATE] = "题下日期",
        [BLOCK_TO] = "主送",
        [BLOCK_SUBTITLE] = "副标题",
        [BLOCK_SALUTATION] = "称呼",
        [BLOCK_ANNOTATION] = "附注",
        [BLOCK_ATTACHMENT] = "标题",
        [BLOCK_SLIP] = "标题"};
    return block->kind == BLOCK_ATTENDANCE ? block->number : names[block->kind];
}

static void walk_block(Walk *w, const Block *block)
{
    if (block->kind == BLOCK_ATTACHMENT)
        begin_section(w, block->number);
    else if (block->kind == BLOCK_SLIP)
        begin_section(w, "回执");
    if (line_name(block))
        walk_words(w, block, line_name(block), block->content);
    else if (block->kind == BLOCK_HEADING)
        walk_heading(w, block);
    else if (block->kind == BLOCK_PARAGRAPH)
        walk_paragraph(w, block, block->content);
    else if (block->kind == BLOCK_TABLE)
        walk_table(w, block);
    else if (block->kind == BLOCK_CHART)
        walk_chart(w, block);
    else if (block->kind == BLOCK_SIGN)
        walk_sign(w, block);
    else if (block->kind == BLOCK_PHOTOS)
        walk_photos(w, block);
    else if (block->kind == BLOCK_ATTACHMENT_LIST)
        walk_attachments(w, block);
    else if (block->kind == BLOCK_FIGURE)
        walk_part(w, block, container(w, "图", block->figure->number), "标题",
            block->figure->picture.caption, WHERE_TEXT);
}

/* ---- 版头 and 版记 ---- */

typedef struct Part {
    const char *name;
    const Inline *content;
} Part;

static void walk_parts(Walk *w, const Part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        walk_words(w, NULL, parts[i].name, parts[i].content);
}

static void walk_masthead(Walk *w, const DocMasthead *head)
{
    const Part parts[] = {{"份号", head->copy}, {"密级", head->secrecy},
        {"紧急程度", head->urgency}, {"发文机关标志", head->suffix}, {"发文字号", head->number}};
    for (int i = 0; i < head->issuer_count; i++)
        walk_words(w, NULL, "发文机关标志", head->issuers[i]);
    walk_parts(w, parts, sizeof parts / sizeof *parts);
    for (int i = 0; i < head->signatory_count; i++)
        walk_words(w, NULL, "签发人", head->signatories[i]);
}

static void walk_issue(Walk *w, const DocIssue *issue)
{
    const Part parts[] = {{"密级", issue->secrecy}, {"份号", issue->copy},
        {"报头名称", issue->name}, {"期号", issue->number}, {"总期号", issue->total},
        {"编发单位", issue->editor}, {"报头日期", issue->date}};
    walk_parts(w, parts, sizeof parts / sizeof *parts);
}

static void walk_imprint(Walk *w, const DocImprint *imprint)
{
    const Part parts[] = {{"版记主送", imprint->to}, {"抄送", imprint->copy_to},
        {"报", imprint->report_to}, {"送", imprint->send_to}, {"发", imprint->issue_to},
        {"印发机关", imprint->issuer}, {"印发日期", imprint->date},
        {"公开方式", imprint->disclosure}, {"印数", imprint->copies}};
    w->section = "";
    walk_parts(w, parts, sizeof parts / sizeof *parts);
}

void entries_collect(Arena *arena, const Document *document, EntryList *out)
{
    Walk walk = {.arena = arena,
        .out = out,
        .places = map_new(arena),
        .containers = map_new(arena),
        .section = ""};
    *out = (EntryList){0};
    if (document->masthead)
        walk_masthead(&walk, document->masthead);
    if (document->issue)
        walk_issue(&walk, document->issue);
    for (const Block *block = document->first; block; block = block->next)
        walk_block(&walk, block);
    if (document->imprint)
        walk_imprint(&walk, document->imprint);
}
