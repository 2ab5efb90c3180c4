/* Photographs: two in a row of equal height, single ones or a pair 整改前 | 整改后, with what they
 * show below. A row is never parted. */
#include "typeset/page/picture.h"

enum {
    ONE_A_ROW = 3,     /* so few single photographs a page stand below one another */
    SHRINK = 85,       /* per cent, so that one more row comes on a page */
    SHRINK_WISHED = 60 /* where the number on a page was wished and something stands above */
};

#define COLUMN_GAP LENGTH_MM(5)
#define TALLEST LENGTH_MM(80) /* of its own accord */
#define LABEL_GAP LENGTH_PT(4)
#define ROW_GAP LENGTH_PT(12)
#define LARGEST_GAP LENGTH_PT(36)
#define CAPTION_LEADING LENGTH_PT(17)
#define FRAME LENGTH_PT(0.5)
#define VACANT_MARGIN LENGTH_PT(7) /* beside the words in an empty frame */

static const TextStyle LABEL = {.role = ROLE_HEI, .size = LENGTH_PT(10.5)};
static const TextStyle CAPTION = {.role = ROLE_BODY, .size = LENGTH_PT(12)};
static const TextStyle VACANT = {.role = ROLE_BODY, .size = LENGTH_PT(14)};

/* What stands where a photograph is still to come. */
static const char *const VACANT_WORDS[2] = {"暂无照片", "待整改"};

/* A place for a photograph. */
typedef struct Box {
    const DocPicture *picture; /* without a path: an empty frame … */
    const DocPicture *shape;   /* … as large as this one; NULL: 4 : 3 */
    const char *label;         /* right below; NULL: none */
    const char *vacant;
    const char *alt;    /* what it shows, in words */
    TextLines *caption; /* of a single photograph */
    Length least;       /* it and its label have at least this width, however slim it is */
    Length column;      /* room for it and its caption */
} Box;

typedef struct Row {
    Box boxes[2];
    int count;
    TextLines *caption; /* of a pair */
    Length height;      /* of the photographs, when nothing shrinks them */
    Length below;       /* of labels and captions */
} Row;

typedef struct Photos {
    Row *rows;
    int count;
    int per_page; /* rows; 0: as many as fit */
} Photos;

/* ---- texts ---- */

static bool need_inline(PageBuilder *builder, const Inline *first)
{
    return text_need(&builder->ts, text_pieces(&builder->ts, first, &CAPTION));
}

static bool need_photos(PageBuilder *builder, const Item *item)
{
    const DocPhotos *photos = item->block->photos;
    FontSet *fonts = builder->ts.fonts;
    At at = item->block->at;
    bool fine = true;
    for (int i = 0; i < 2; i++) {
        if (photos->labels[i]) {
            fine &= fonts_need(fonts, LABEL.role, photos->labels[i], at);
        }
        fine &= fonts_need(fonts, VACANT.role, VACANT_WORDS[i], at);
    }
    for (int i = 0; i < photos->entry_count; i++) {
        fine &= need_inline(builder, photos->entries[i].caption);
    }
    return fine;
}

/* One line is centred, more are set as a paragraph. */
static TextLines *break_caption(PageBuilder *builder, const Inline *caption, Length measure)
{
    TextPiece *pieces = caption ? text_pieces(&builder->ts, caption, &CAPTION) : NULL;
    if (!pieces) {
        return NULL;
    }
    LineSpec spec = {.measure = measure, .align = ALIGN_CENTRE, .no_orphan = true};
    TextLines *lines = text_break(&builder->ts, pieces, &spec);
    if (lines->count > 1) {
        spec.align = ALIGN_JUSTIFY;
        lines = text_break(&builder->ts, pieces, &spec);
    }
    return lines;
}

static Length caption_height(const TextLines *lines)
{
    return lines && lines->count > 0
               ? LABEL_GAP + (lines->count - 1) * CAPTION_LEADING + CAPTION.size
               : 0;
}

/* ---- rows ---- */

/* Of the photograph itself; an empty frame has room for its words. */
static Length frame_width(const Box *box, Length height)
{
    Length width = box->shape ? picture_width(box->shape, height) : height / 3 * 4;
    return box->picture->path ? width : length_max(width, box->least);
}

static Length box_width(const Box *box, Length height)
{
    return length_max(frame_width(box, height), box->least);
}

static Length boxes_width(const Row *row, Length height)
{
    Length width = 0;
    for (int i = 0; i < row->count; i++) {
        width += box_width(&row->boxes[i], height);
    }
    return width;
}

/* The height at which a row fills the measure. */
static Length filling_height(const Row *row, Length measure)
{
    const Length unit = LENGTH_PT(1000);
    int64_t width = boxes_width(row, unit), room = measure - COLUMN_GAP * (row->count - 1);
    Length height = length_max((Length)(room * unit / width), LENGTH_PT(1));
    while (boxes_width(row, height) > room && height > LENGTH_PT(1)) {
        height -= LENGTH_PT(1); /* slim ones do not shrink with it */
    }
    return length_max(height, LENGTH_PT(1));
}

/* Room that the photographs leave goes to their columns, for the captions. */
static void settle_row(PageBuilder *builder, Row *row, Length measure, Length tallest)
{
    Length height = filling_height(row, measure);
    row->height = height < tallest ? height : tallest;
    Length room = measure - COLUMN_GAP * (row->count - 1) - boxes_width(row, row->height);
    for (int i = 0; i < row->count; i++) {
        Box *box = &row->boxes[i];
        box->column = box_width(box, row->height) + (room > 0 ? room / row->count : 0);
        if (box->picture->path) {
            picture_check(builder, box->picture, frame_width(box, row->height));
        }
    }
}

static void break_captions(
    PageBuilder *builder, const DocPhoto *entries, Row *row, bool pairs, Length measure)
{
    Length labels = 0, captions = 0;
    for (int i = 0; i < row->count; i++) {
        Box *box = &row->boxes[i];
        labels = box->label ? LABEL_GAP + LABEL.size : labels;
        if (!pairs) {
            box->caption = break_caption(builder, entries[i].caption, box->column);
            captions = length_max(captions, caption_height(box->caption));
        }
    }
    if (pairs) {
        row->caption = break_caption(builder, entries->caption, measure);
        captions = caption_height(row->caption);
    }
    row->below = labels + captions;
}

/* An empty place is like its neighbour. */
static Box make_box(const DocPicture *picture, const DocPicture *neighbour)
{
    const DocPicture *shape = picture->path ? picture : neighbour;
    return (Box){.picture = picture,
        .shape = shape && shape->path ? shape : NULL,
        .vacant = VACANT_WORDS[0]};
}

/* Labels side by side must not touch, nor words burst their frame. */
static Length least_width(PageBuilder *builder, const Box *box, Length most)
{
    Length least = box->label ? text_width(&builder->ts, &LABEL, box->label) : 0;
    if (!box->picture->path) {
        Length words = text_width(&builder->ts, &VACANT, box->vacant);
        least = length_max(least, words + 2 * VACANT_MARGIN);
    }
    return length_min(least, most);
}

static void fill_row(PageBuilder *builder, const DocPhotos *photos, const DocPhoto *entries,
    int count, Length measure, Row *row)
{
    row->count = photos->pairs ? 2 : count;
    for (int i = 0; i < row->count; i++) {
        const DocPicture *neighbour = NULL;
        const DocPicture *picture = &entries[photos->pairs ? 0 : i].pictures[photos->pairs ? i : 0];
        if (row->count == 2) {
            neighbour = photos->pairs ? &entries->pictures[1 - i] : &entries[1 - i].pictures[0];
        }
        const char *label = photos->pairs ? photos->labels[i] : NULL;
        row->boxes[i] = make_box(picture, neighbour);
        row->boxes[i].alt =
            picture_alt(builder, picture, label, entries[photos->pairs ? 0 : i].caption);
        if (photos->pairs) {
            row->boxes[i].label = label;
            row->boxes[i].vacant = VACANT_WORDS[i];
        }
        row->boxes[i].least = least_width(builder, &row->boxes[i], (measure - COLUMN_GAP) / 2);
    }
}

/* ---- measuring ---- */

static int entries_a_row(const DocPhotos *photos)
{
    bool few = photos->per_page > 0 && photos->per_page <= ONE_A_ROW;
    return photos->pairs || few ? 1 : 2;
}

/* With a wished number a row has its share of a page, else a height of which three rows of
 * landscape photographs go on a page. Two thirds of a page are enough for any. */
static Length tallest(const PageGrid *grid, int per_page, Length below)
{
    Length most = grid->height / 3 * 2;
    if (per_page == 0) {
        return TALLEST < most ? TALLEST : most;
    }
    Length share = (grid->height - ROW_GAP * (per_page - 1)) / per_page - below;
    return share < most ? length_max(share, LENGTH_PT(1)) : most;
}

/* A last one without a neighbour is no higher than those above it. */
static Length most_height(
    const DocPhotos *photos, const PageGrid *grid, const Photos *own, const Row *row, Length below)
{
    Length most = tallest(grid, own->per_page, below);
    bool alone = !photos->pairs && row > own->rows && row->count < row[-1].count;
    return alone && row[-1].height < most ? row[-1].height : most;
}

/* The captions' heights are known once the columns are, which the photographs' height decides: so
 * that is settled first with one line for a caption, then again. */
static void measure_row(PageBuilder *builder, const DocPhotos *photos, const DocPhoto *entries,
    const PageGrid *grid, const Photos *own, Row *row)
{
    Length below = LABEL_GAP + CAPTION.size + (photos->pairs ? LABEL_GAP + LABEL.size : 0);
    settle_row(builder, row, grid->width, most_height(photos, grid, own, row, below));
    break_captions(builder, entries, row, photos->pairs, grid->width);
    if (row->below > below) {
        Length most = most_height(photos, grid, own, row, row->below);
        row->height = row->height < most ? row->height : most;
    }
}

static bool measure_photos(PageBuilder *builder, Item *item)
{
    const DocPhotos *photos = item->block->photos;
    PageGrid grid = picture_grid(builder, item);
    int a_row = entries_a_row(photos);
    Photos *own = ARENA_NEW(builder->ts.arena, Photos);
    own->rows = ARENA_ARRAY(builder->ts.arena, Row, photos->entry_count / a_row + 1);
    own->per_page = (photos->per_page + a_row - 1) / a_row;
    for (int i = 0; i < photos->entry_count; i += a_row) {
        int left = photos->entry_count - i;
        const DocPhoto *entries = photos->entries + i;
        Row *row = &own->rows[own->count++];
        fill_row(builder, photos, entries, left < a_row ? left : a_row, grid.width, row);
        measure_row(builder, photos, entries, &grid, own, row);
        if (grid.height - row->below < PICTURE_LEAST) {
            return diag_add(builder->ts.diags, DIAG_E363, &entries->at);
        }
    }
    item->own = own;
    return true;
}

/* ---- placing ---- */

static void place_caption(
    PageBuilder *builder, const TextLines *lines, int group, Length x, Length top)
{
    Length baseline = top + LABEL_GAP + text_ascent(CAPTION.size);
    tag_hold(builder, lines ? pages_tag(builder->ts.pages, group, TAG_CAPTION) : 0);
    for (int i = 0; lines && i < lines->count; i++) {
        TextEnd end = i + 1 < lines->count ? TEXT_GOES_ON : TEXT_NEW_LINE;
        text_put_line(&builder->ts, flow_page(builder), lines->lines[i], x,
            baseline + i * CAPTION_LEADING, end);
    }
}

static void place_vacant(PageBuilder *builder, const Box *box, int group, const Rect *frame)
{
    static const Color BLACK = {0, 0, 0};
    Arena *arena = builder->ts.arena;
    Page *page = flow_page(builder);
    Length x = frame->x, y = frame->y, width = frame->width, height = frame->height;
    tag_hold(builder, 0);
    page_rect(arena, page, x, y, width, FRAME, BLACK);
    page_rect(arena, page, x, y + height - FRAME, width, FRAME, BLACK);
    page_rect(arena, page, x, y + FRAME, FRAME, height - 2 * FRAME, BLACK);
    page_rect(arena, page, x + width - FRAME, y + FRAME, FRAME, height - 2 * FRAME, BLACK);
    tag_hold(builder, pages_tag(builder->ts.pages, group, TAG_PARAGRAPH));
    text_put(&builder->ts, page, &VACANT, box->vacant, x + width / 2,
        y + (height - VACANT.size) / 2 + text_ascent(VACANT.size), ALIGN_CENTRE, TEXT_SPACE);
}

static void place_box(PageBuilder *builder, const Box *box, int group, const Rect *frame)
{
    if (box->picture->path) {
        picture_place(builder, box->picture, frame, group, box->alt);
    } else {
        place_vacant(builder, box, group, frame);
    }
}

static void place_label(
    PageBuilder *builder, const Row *row, int group, int index, Length centre, Length top)
{
    const char *label = row->boxes[index].label;
    if (label) {
        tag_hold(builder, pages_tag(builder->ts.pages, group, TAG_PARAGRAPH));
        text_put(&builder->ts, flow_page(builder), &LABEL, label, centre,
            top + LABEL_GAP + text_ascent(LABEL.size), ALIGN_CENTRE,
            index + 1 < row->count ? TEXT_SPACE : TEXT_NEW_LINE);
    }
}

/* The photographs of a pair stand side by side in the middle, single ones each in its column. */
static void place_row(PageBuilder *builder, const Row *row, Length y, Length height)
{
    Length left = builder->grid.left, foot = y + height, x = left;
    Length spare = builder->grid.width - boxes_width(row, height) - COLUMN_GAP * (row->count - 1);
    bool pair = row->boxes[0].label || row->caption;
    int group = pages_tag(builder->ts.pages, 0, TAG_GROUP);
    x += pair ? spare / 2 : 0;
    for (int i = 0; i < row->count; i++) {
        const Box *box = &row->boxes[i];
        Length column = pair ? box_width(box, height) : box->column;
        Length width = frame_width(box, height);
        place_box(builder, box, group,
            &(Rect){.x = x + (column - width) / 2, .y = y, .width = width, .height = height});
        place_label(builder, row, group, i, x + column / 2, foot);
        place_caption(builder, box->caption, group, x, foot);
        x += column + COLUMN_GAP;
    }
    Length labels = row->boxes[0].label ? LABEL_GAP + LABEL.size : 0;
    place_caption(builder, row->caption, group, left, foot + labels);
}

/* What some rows need on a page when their photographs have so many per cent of their height. */
static int64_t rows_height(const Row *rows, int count, int percent)
{
    int64_t height = (int64_t)ROW_GAP * (count - 1);
    for (int i = 0; i < count; i++) {
        height += (int64_t)rows[i].height * percent / 100 + rows[i].below;
    }
    return height;
}

static int shrink_to(const Photos *photos)
{
    return photos->per_page > 0 ? SHRINK_WISHED : SHRINK;
}

/* As many rows as come into the room when shrunk as far as may be. */
static int count_rows(const Photos *photos, int from, Length room)
{
    int most = photos->count - from, count = 0;
    if (photos->per_page > 0 && photos->per_page < most) {
        most = photos->per_page;
    }
    while (count < most && rows_height(photos->rows + from, count + 1, shrink_to(photos)) <= room) {
        count++;
    }
    return count;
}

static int percent_that_fits(const Row *rows, int count, Length room)
{
    int percent = 100;
    while (percent > 1 && rows_height(rows, count, percent) > room) {
        percent--;
    }
    return percent;
}

/* Rows on the page in hand. On a page that they fill, the room left goes between them. */
static void place_rows(PageBuilder *builder, const Photos *photos, int from, int count, Length room)
{
    const Row *rows = photos->rows + from;
    int percent = percent_that_fits(rows, count, room);
    Length gap = ROW_GAP, y = flow_top(builder);
    if (from + count < photos->count && count > 1) {
        int64_t spare = room - rows_height(rows, count, percent);
        gap += (Length)(spare / (count - 1));
        gap = gap < LARGEST_GAP ? gap : LARGEST_GAP;
    }
    for (int i = 0; i < count; i++) {
        Length height = (Length)((int64_t)rows[i].height * percent / 100);
        place_row(builder, &rows[i], y, height);
        y += height + rows[i].below + (i + 1 < count ? gap : FLOAT_GAP);
    }
    flow_below(builder, y);
}

static Length photos_least(const PageBuilder *builder, const Item *item)
{
    (void)builder;
    const Photos *own = item->own;
    return own->count > 0 ? (Length)rows_height(own->rows, 1, shrink_to(own)) : 0;
}

/* Where more of a kept group comes below, nothing is shrunk for it. More rows than a page may have
 * are higher than any. */
static Length photos_whole(const PageBuilder *builder, const Item *item)
{
    const Photos *own = item->own;
    Length page = item_page_height(builder, item);
    bool ends = !item->next || item->next->keep != item->keep;
    bool parted = own->per_page > 0 && own->count > own->per_page;
    int64_t height = rows_height(own->rows, own->count, ends ? shrink_to(own) : 100);
    return parted || height > page ? page * 2 : (Length)height;
}

/* How many rows come on the page in hand; the last ones leave room for the signature after them.
 * On an empty page there is always one. */
static int rows_here(
    const PageBuilder *builder, const Photos *photos, const Item *item, int from, Length *room)
{
    *room = flow_room(builder);
    int count = count_rows(photos, from, *room);
    Length sign = float_sign_room(builder, item);
    if (sign > 0 && from + count == photos->count) {
        Length kept = *room - sign;
        if (count_rows(photos, from, kept) == count) {
            *room = kept;
        } else {
            count--;
        }
    }
    return count > 0 || !builder->fresh ? count : 1;
}

static bool place_photos(PageBuilder *builder, Item *item)
{
    const Photos *own = item->own;
    for (int from = 0; from < own->count;) {
        Length room;
        int count = rows_here(builder, own, item, from, &room);
        if (count > 0) {
            place_rows(builder, own, from, count, room);
            from += count;
        }
        if (from < own->count && !flow_next_page(builder)) {
            return false;
        }
    }
    return true;
}

const ItemClass PHOTOS_CLASS = {
    need_photos, measure_photos, photos_least, photos_whole, place_photos};
